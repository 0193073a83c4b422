// Test signals. The same seed gives the same samples on every machine, so nothing but the seed has to be kept.

/** Uniform white noise in -1..1 (xorshift, 32 bit). */
function whiteNoise(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2147483648 - 1;
  };
}

/** Noise below about 2.5 kHz (four poles: hardly anything is left where resamplers and lossy codecs differ), peak about 0.5. */
export function filteredNoise({ seed, length, rate }) {
  const next = whiteNoise(seed);
  const keep = Math.exp((-2 * Math.PI * 2500) / rate);
  const out = new Float64Array(length);
  const poles = [0, 0, 0, 0];
  let energy = 0;
  for (let i = 0; i < length; i += 1) {
    let value = next();
    for (let p = 0; p < 4; p += 1) value = poles[p] = poles[p] * keep + value * (1 - keep);
    out[i] = value;
    energy += value * value;
  }
  const scale = 0.12 / Math.sqrt(energy / length);
  for (let i = 0; i < length; i += 1) out[i] = Math.max(-0.6, Math.min(0.6, out[i] * scale));
  return out;
}

export function tone({ hz, length, rate, amplitude }) {
  return Float64Array.from({ length }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate));
}

/** Noise that never repeats plus 440 Hz: any shift of a sample shows, and so does any missing period. */
export function continuous({ seed, length, rate }) {
  const noise = filteredNoise({ seed, length, rate });
  for (let i = 0; i < length; i += 1) noise[i] += 0.15 * Math.sin((2 * Math.PI * 440 * i) / rate);
  return noise;
}

/** What a file of `bits` holds of the signal: the nearest steps, as floats. */
export function quantised(signal, bits) {
  const steps = 2 ** (bits - 1);
  return Float64Array.from(signal, (value) => Math.max(-steps, Math.min(steps - 1, Math.round(value * steps))) / steps);
}

/** A PCM WAV of equally long channels (16 or 24 bit). */
export function wav(channels, rate, bits) {
  const bytes = bits / 8;
  const frames = channels[0].length;
  const size = frames * channels.length * bytes;
  const file = Buffer.alloc(44 + size);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + size, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * channels.length * bytes, 28);
  file.writeUInt16LE(channels.length * bytes, 32);
  file.writeUInt16LE(bits, 34);
  file.write("data", 36);
  file.writeUInt32LE(size, 40);
  const steps = 2 ** (bits - 1);
  let at = 44;
  for (let i = 0; i < frames; i += 1)
    for (const channel of channels) {
      file.writeIntLE(Math.max(-steps, Math.min(steps - 1, Math.round(channel[i] * steps))), at, bytes);
      at += bytes;
    }
  return file;
}
