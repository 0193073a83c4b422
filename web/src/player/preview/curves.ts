/** How the two decks change places. "smooth": equal power over the whole overlap; "quick": both full, and a short change in the middle. */
export type FadeShape = "smooth" | "quick";
/** The way of a crossfader that is moved by hand has the same power everywhere. */
export const faderGains = (share: number): { a: number; b: number } => {
  const angle = Math.min(1, Math.max(0, share)) * (Math.PI / 2);
  return { a: Math.cos(angle), b: Math.sin(angle) };
};

const quickPart = 0.08;

/** Where the crossfader stands, 0 = the first alone, at a share of the overlap. */
export function faderAt(shape: FadeShape, share: number): number {
  const s = Math.min(1, Math.max(0, share));
  if (shape === "smooth") return s;
  return Math.min(1, Math.max(0, (s - 0.5) / quickPart + 0.5));
}

const points = 257;
/** The gains of one deck from one share of the overlap to another, for setValueCurveAtTime. */
export function gainCurve(shape: FadeShape, deck: "a" | "b", from: number, to: number): Float32Array<ArrayBuffer> {
  const curve = new Float32Array(points);
  for (let i = 0; i < points; i += 1) curve[i] = faderGains(faderAt(shape, from + ((to - from) * i) / (points - 1)))[deck];
  return curve;
}
