import type { Accent } from "@/shared/api/types";

/** FNV-1a; the same id gives the same sleeve on every device. */
function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  value = Math.imul(value ^ (value >>> 15), 2246822507);
  return (value ^ (value >>> 13)) >>> 0;
}

/** Within the range of accents taken from covers, but quieter than any of them. */
export const sleeveAccent = (seed: string): Accent => ({ h: (hash(seed) % 24) * 15, c: 0.07, l: 0.78 });

/** Where the rings spread from: corners, edges, and places off the middle, on a 100 x 100 sleeve. */
const centres = [[0, 100], [100, 100], [100, 0], [0, 0], [50, 100], [0, 50], [62, 38], [38, 62]] as const;

/** A sleeve for an album without a picture: a sounding point and the rings around it. */
export function Sleeve({ seed }: { seed: string }) {
  const value = hash(seed);
  const [x, y] = centres[(value >>> 5) % centres.length] ?? centres[0];
  const gap = 13 + ((value >>> 9) % 4) * 3;
  const core = 9 + ((value >>> 12) % 3) * 4;
  const rings = 3 + ((value >>> 15) % 3);
  return (
    <svg className="sleeve" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx={x} cy={y} r={core} />
      {Array.from({ length: rings }, (_, i) => (
        <circle key={i} cx={x} cy={y} r={core + (i + 1) * gap} />
      ))}
    </svg>
  );
}
