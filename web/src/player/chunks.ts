import type { Range } from "./mediaDeck";

/** A fragment that was put into a deck. */
export interface Chunk {
  readonly spanId: number;
  readonly n: number;
  readonly from: number;
  /** As far as the browser really took it. */
  to: number;
  readonly bytes: number;
  /** Still on its way into the buffer. */
  pending: boolean;
}

/** Keeps account of what lies in a source buffer, which tells times but no bytes. */
export class Chunks {
  private held: Chunk[] = [];

  get bytes(): number {
    return this.held.reduce((sum, chunk) => sum + chunk.bytes, 0);
  }
  /** Something is on its way into the buffer. */
  get pending(): boolean {
    return this.held.some((chunk) => chunk.pending);
  }
  has(spanId: number, n: number): boolean {
    return this.held.some((chunk) => chunk.n === n && chunk.spanId === spanId);
  }
  add(chunk: Chunk): void {
    this.held.push(chunk);
  }
  drop(chunks: readonly Chunk[]): void {
    this.held = this.held.filter((chunk) => !chunks.includes(chunk));
  }
  /** What an estimate of the next fragment's size goes by. */
  sizeLike(spanId: number): number | null {
    return this.held.findLast((chunk) => chunk.spanId === spanId)?.bytes ?? null;
  }
  /** Drops a span; true when something of it was there. */
  dropSpan(spanId: number): boolean {
    const before = this.held.length;
    this.held = this.held.filter((chunk) => chunk.spanId !== spanId);
    return this.held.length < before;
  }
  clear(): void {
    this.held = [];
  }

  /** The browser may throw away what it likes; what it no longer has must be fetched again. */
  reconcile(buffered: readonly Range[]): void {
    this.held = this.held.filter((chunk) => {
      const middle = (chunk.from + chunk.to) / 2;
      return chunk.pending || chunk.to - chunk.from < 0.01 || buffered.some(([from, to]) => from <= middle && middle <= to);
    });
  }

  /** What to give up so that `excess` bytes become free: what was played, oldest first, then what lies farther ahead than `begin`.
   *  null = there is not enough of it. */
  toDrop(excess: number, time: number, begin: number): Chunk[] | null {
    if (excess <= 0) return [];
    const still = this.held.filter((chunk) => !chunk.pending);
    const behind = still.filter((chunk) => chunk.to <= time - keptBehind).sort((a, b) => a.to - b.to);
    const beyond = still.filter((chunk) => chunk.from > begin && chunk.from > time).sort((a, b) => b.from - a.from);
    const chosen: Chunk[] = [];
    let left = excess;
    for (const chunk of [...behind, ...beyond]) {
      if (left <= 0) break;
      chosen.push(chunk);
      left -= chunk.bytes;
    }
    return left <= 0 ? chosen : null;
  }
}

/** Seconds behind the playhead that are never taken away: the decoder may still be there. */
const keptBehind = 1;
