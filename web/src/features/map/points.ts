/** Where all tracks lie: x and y over the unit square in 65,535ths, the region, and the energy (255 = not known). */
export interface MapPoints {
  layout: number;
  count: number;
  x: Uint16Array;
  y: Uint16Array;
  region: Uint8Array;
  energy: Uint8Array;
}

export const unknownEnergy = 255;
const magic = 0x50414d52; // "RMAP", read little endian
const headBytes = 16;
const bytesEach = 6;

/** @throws Error where the bytes are no map of a version known here. */
export function readPoints(bytes: ArrayBuffer): MapPoints {
  const head = new DataView(bytes);
  if (bytes.byteLength < headBytes || head.getUint32(0, true) !== magic) throw new Error("not a map");
  const version = head.getUint32(4, true);
  if (version !== 1) throw new Error(`a map of version ${version}`);
  const count = head.getUint32(8, true);
  if (bytes.byteLength !== headBytes + count * bytesEach) throw new Error("a map of another length than it says");
  return {
    layout: head.getUint32(12, true),
    count,
    x: numbers(bytes, headBytes, count),
    y: numbers(bytes, headBytes + 2 * count, count),
    region: new Uint8Array(bytes, headBytes + 4 * count, count),
    energy: new Uint8Array(bytes, headBytes + 5 * count, count),
  };
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function numbers(bytes: ArrayBuffer, start: number, count: number): Uint16Array {
  if (littleEndian) return new Uint16Array(bytes, start, count);
  const view = new DataView(bytes, start);
  return Uint16Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true));
}

export const world = 65_535;
