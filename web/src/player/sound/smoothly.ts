/** Changes that are heard at once take this long, so that they make no noise of their own. */
export const smoothSeconds = 0.02;

/** Before the first sound there is nothing to smooth. */
export function smoothly(context: BaseAudioContext, param: AudioParam, value: number): void {
  const now = context.currentTime;
  if (now === 0) {
    param.cancelScheduledValues(0);
    param.setValueAtTime(value, 0);
    return;
  }
  const from = param.value;
  param.cancelScheduledValues(0);
  param.setValueAtTime(from, now);
  param.linearRampToValueAtTime(value, now + smoothSeconds);
}
