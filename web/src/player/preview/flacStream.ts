/** A FLAC stream of its own out of the init segment and some fragments of an fMP4: every browser decodes that, and to the sample. */

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function* boxes(view: DataView, from: number, to: number): Generator<Box> {
  let at = from;
  while (at + 8 <= to) {
    let size = view.getUint32(at);
    const type = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5), view.getUint8(at + 6), view.getUint8(at + 7));
    let head = 8;
    if (size === 1) {
      size = Number(view.getBigUint64(at + 8));
      head = 16;
    } else if (size === 0) size = to - at;
    if (size < head || at + size > to) return;
    yield { type, start: at + head, end: at + size };
    at += size;
  }
}

/** Bytes between a box's head and the first box inside it. */
const inside: Record<string, number> = { moov: 0, trak: 0, mdia: 0, minf: 0, stbl: 0, stsd: 8, fLaC: 28 };

function find(view: DataView, type: string, from: number, to: number): Box | null {
  for (const box of boxes(view, from, to)) {
    if (box.type === type) return box;
    const skip = inside[box.type];
    const found = skip === undefined ? null : find(view, type, box.start + skip, box.end);
    if (found) return found;
  }
  return null;
}

const streamInfoBytes = 34;

/** null = it is no FLAC in fMP4. `samples` = how many the fragments hold. */
export function flacStream(init: ArrayBuffer, fragments: readonly ArrayBuffer[], samples: number): ArrayBuffer | null {
  const view = new DataView(init);
  const config = find(view, "dfLa", 0, init.byteLength);
  // Version and flags, then the metadata block's own head.
  if (!config || config.end - config.start < 8 + streamInfoBytes) return null;
  const info = new Uint8Array(init.slice(config.start + 8, config.start + 8 + streamInfoBytes));
  // 36 bits of length; the checksum of the whole is not that of a part.
  info[13] = ((info[13] ?? 0) & 0xf0) | (Math.floor(samples / 2 ** 32) & 0x0f);
  new DataView(info.buffer).setUint32(14, samples % 2 ** 32);
  info.fill(0, 18);
  const parts: Uint8Array[] = [Uint8Array.of(0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, streamInfoBytes), info];
  for (const fragment of fragments) {
    const body = new DataView(fragment);
    for (const box of boxes(body, 0, fragment.byteLength)) if (box.type === "mdat") parts.push(new Uint8Array(fragment, box.start, box.end - box.start));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole.buffer;
}
