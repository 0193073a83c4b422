import type { MediaPort } from "../mediaDeck";

/** Chromium's rules of MediaSource and media elements, as far as the engine relies on them, without bytes and without sound. Time is the
 *  clock's; run it under fake timers. */

/** What a fragment stands for: samples of a track. */
export interface FakeBytes {
  readonly byteLength: number;
  readonly track: string;
  readonly tier: string;
  /** null = an init segment. */
  readonly n: number | null;
  /** Seconds within the track's stream (before the delay is taken off). */
  readonly start: number;
  readonly seconds: number;
  /** Carries its own time. */
  readonly timed: boolean;
}
export const asBuffer = (bytes: FakeBytes): ArrayBuffer => bytes as unknown as ArrayBuffer;

interface Piece {
  from: number;
  to: number;
  bytes: number;
  track: string;
  /** Stream second of the track that lies at deck second `from`. */
  at: number;
}

const now = (): number => performance.now() / 1000;
const fudge = 0.06;
const quota = 12_000_000;
const later = (ms: number, act: () => void): void => void setTimeout(act, ms);

const timeRanges = (ranges: readonly (readonly [number, number])[]): TimeRanges => ({ length: ranges.length, start: (i) => ranges[i]?.[0] ?? 0, end: (i) => ranges[i]?.[1] ?? 0 });

export class FakeSourceBuffer extends EventTarget {
  updating = false;
  appendWindowStart = 0;
  appendWindowEnd = Number.POSITIVE_INFINITY;
  pieces: Piece[] = [];
  largest = 0;
  private offset = 0;
  private groupEnd: number | null = null;
  private init: string | null = null;

  constructor(private readonly source: FakeMediaSource, private readonly mime: string) {
    super();
  }

  get sequence(): boolean {
    return this.mime === "audio/mpeg";
  }
  get timestampOffset(): number {
    return this.offset;
  }
  set timestampOffset(offset: number) {
    this.idle();
    this.source.reopen();
    this.offset = offset;
    if (this.sequence) this.groupEnd = null;
  }
  get bytes(): number {
    return this.pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  }
  get ranges(): [number, number][] {
    const merged: [number, number][] = [];
    for (const piece of [...this.pieces].sort((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last && piece.from <= last[1] + fudge) last[1] = Math.max(last[1], piece.to);
      else merged.push([piece.from, piece.to]);
    }
    return merged;
  }
  get buffered(): TimeRanges {
    return timeRanges(this.ranges);
  }

  abort(): void {
    if (this.source.readyState !== "open") throw new DOMException("not open", "InvalidStateError");
    this.appendWindowStart = 0;
    this.appendWindowEnd = Number.POSITIVE_INFINITY;
  }

  appendBuffer(bytes: FakeBytes): void {
    this.idle();
    this.source.reopen();
    if (this.bytes + bytes.byteLength > quota) throw new DOMException("full", "QuotaExceededError");
    this.operate(3, () => this.put(bytes));
  }

  remove(from: number, to: number): void {
    this.idle();
    if (from < 0 || from > this.source.duration || to <= from) throw new TypeError("range");
    this.source.reopen();
    this.operate(1, () => this.cut(from, to));
  }

  /** What lies at a deck's time. */
  pieceAt(time: number): Piece | null {
    return this.pieces.find((piece) => piece.from - 0.001 <= time && time < piece.to + 0.001) ?? null;
  }

  private idle(): void {
    if (this.updating || this.source.readyState === "closed") throw new DOMException("busy", "InvalidStateError");
  }

  private operate(ms: number, act: () => void): void {
    this.updating = true;
    later(ms, () => {
      act();
      this.updating = false;
      this.largest = Math.max(this.largest, this.bytes);
      this.dispatchEvent(new Event("updateend"));
      this.source.changed();
    });
  }

  private put(bytes: FakeBytes): void {
    const form = `${bytes.track}/${bytes.tier}`;
    this.source.known = true;
    if (bytes.n === null) {
      this.init = form;
      return;
    }
    if (bytes.timed && this.init !== form) throw new Error(`fragment of ${form} after the init segment of ${this.init}`);
    const start = bytes.timed ? this.offset + bytes.start : (this.groupEnd ?? this.offset);
    this.groupEnd = start + bytes.seconds;
    const from = Math.max(start, this.appendWindowStart);
    const to = Math.min(start + bytes.seconds, this.appendWindowEnd);
    if (to - from < 1e-6) return;
    this.cut(from, to);
    this.pieces.push({ from, to, bytes: bytes.byteLength, track: bytes.track, at: bytes.start + (from - start) });
    if (to > this.source.duration) this.source.duration = to;
  }

  private cut(from: number, to: number): void {
    this.pieces = this.pieces.flatMap((piece) => {
      if (piece.to <= from + 1e-6 || piece.from >= to - 1e-6) return [piece];
      const share = (a: number, b: number): Piece => ({ ...piece, from: a, to: b, at: piece.at + (a - piece.from), bytes: (piece.bytes * (b - a)) / (piece.to - piece.from) });
      return [...(piece.from < from - 1e-6 ? [share(piece.from, from)] : []), ...(piece.to > to + 1e-6 ? [share(to, piece.to)] : [])];
    });
  }
}

export class FakeMediaSource extends EventTarget {
  readyState: "closed" | "open" | "ended" = "closed";
  duration = Number.NaN;
  /** An init segment or a first frame was read. */
  known = false;
  buffer: FakeSourceBuffer | null = null;
  element: FakeAudio | null = null;

  addSourceBuffer(mime: string): FakeSourceBuffer {
    this.buffer = new FakeSourceBuffer(this, mime);
    return this.buffer;
  }
  endOfStream(): void {
    if (this.readyState !== "open" || this.buffer?.updating) throw new DOMException("not open", "InvalidStateError");
    this.readyState = "ended";
    this.duration = this.buffer?.ranges.at(-1)?.[1] ?? 0;
    this.changed();
  }
  reopen(): void {
    if (this.readyState === "ended") this.readyState = "open";
  }
  changed(): void {
    this.element?.look();
  }
}

/** Seconds between the moment data is there and the moment sound flows. */
const startUpMs = 15;

export class FakeAudio extends EventTarget {
  preload = "";
  volume = 1;
  preservesPitch = true;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 0;
  error: MediaError | null = null;
  defaultPlaybackRate = 1;
  source: FakeMediaSource | null = null;
  flowing = false;
  private rate = 1;
  private base = 0;
  /** Where the sound that is in the buffer ends. */
  private end = 0;
  private since = 0;
  private generation = 0;
  private ticks: ReturnType<typeof setInterval> | undefined;
  private hole: ReturnType<typeof setTimeout> | undefined;
  private starting = false;
  private waiters: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  get playbackRate(): number {
    return this.rate;
  }
  set playbackRate(rate: number) {
    this.rebase();
    this.rate = rate;
    if (this.flowing) this.planHole();
  }
  get currentTime(): number {
    return this.flowing ? Math.min(this.end, this.base + (now() - this.since) * this.rate) : this.base;
  }
  set currentTime(time: number) {
    this.stopFlow();
    this.base = time;
    this.ended = false;
    if (this.readyState === 0) return;
    this.seeking = true;
    this.readyState = 1;
    this.fire("seeking");
    this.look();
  }
  get duration(): number {
    return this.source?.duration ?? Number.NaN;
  }

  attach(source: FakeMediaSource): () => void {
    this.reset();
    this.source = source;
    source.element = this;
    const { generation } = this;
    later(1, () => {
      if (generation !== this.generation) return;
      source.readyState = "open";
      source.dispatchEvent(new Event("sourceopen"));
    });
    return () => {
      this.reset();
      source.element = null;
      source.readyState = "closed";
      if (source.buffer) source.buffer.pieces = [];
    };
  }

  play(): Promise<void> {
    if (this.ended) this.currentTime = 0;
    this.paused = false;
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject });
      if (this.flowing) this.settle();
      else this.look();
    });
  }

  pause(): void {
    if (this.paused) return;
    this.stopFlow();
    this.paused = true;
    this.settle(new DOMException("paused", "AbortError"));
    this.fire("pause");
  }

  /** What comes out of it now. */
  sounding(): { track: string; at: number } | null {
    if (!this.flowing) return null;
    const time = this.currentTime;
    const piece = this.source?.buffer?.pieceAt(time);
    return piece ? { track: piece.track, at: piece.at + (time - piece.from) } : null;
  }

  /** Data came or went. */
  look(): void {
    const { source } = this;
    if (!source) return;
    if (this.readyState === 0 && source.known) {
      this.readyState = 1;
      this.fire("loadedmetadata");
    }
    if (this.readyState === 0 || this.ended) return;
    if (this.flowing) return this.planHole();
    if (!this.hasData()) {
      if (source.readyState === "ended" && this.base >= source.duration - 0.01 && !this.paused && !this.seeking) this.finish();
      else if (this.seeking && source.readyState === "ended" && this.base >= source.duration - 0.01) this.arrive();
      return;
    }
    if (this.seeking) return this.arrive();
    this.readyState = 4;
    if (this.paused || this.starting) return;
    this.starting = true;
    const { generation } = this;
    later(startUpMs, () => {
      this.starting = false;
      if (generation !== this.generation || this.paused || this.seeking || !this.hasData()) return;
      this.flowing = true;
      this.since = now();
      this.end = this.base;
      this.ticks = setInterval(() => this.fire("timeupdate"), 250);
      this.planHole();
      this.settle();
      this.fire("playing");
    });
  }

  private arrive(): void {
    const { generation, base } = this;
    later(10, () => {
      if (generation !== this.generation || base !== this.base || !this.seeking) return;
      this.seeking = false;
      this.fire("seeked");
      this.look();
    });
  }
  private hasData(): boolean {
    return this.source?.buffer?.ranges.some(([from, to]) => from - 0.001 <= this.base && this.base < to - 0.0005) ?? false;
  }
  private limit(): number {
    return this.source?.buffer?.ranges.find(([from, to]) => from - 0.001 <= this.base && this.base <= to)?.[1] ?? this.base;
  }
  private rebase(): void {
    if (!this.flowing) return;
    this.base = this.currentTime;
    this.since = now();
  }
  private planHole(): void {
    clearTimeout(this.hole);
    const current = this.currentTime;
    this.base = current;
    this.since = now();
    this.end = this.limit();
    const left = (this.end - current) / this.rate;
    this.hole = setTimeout(() => this.reachHole(), Math.max(0, left * 1000));
  }
  private reachHole(): void {
    if (this.limit() - this.currentTime > 0.001) return this.planHole();
    this.stopFlow();
    if (this.source?.readyState === "ended" && this.base >= this.source.duration - 0.01) return this.finish();
    this.readyState = 2;
    this.fire("waiting");
  }
  private finish(): void {
    this.ended = true;
    this.paused = true;
    this.fire("timeupdate");
    this.fire("pause");
    this.fire("ended");
  }
  private stopFlow(): void {
    if (this.flowing) this.base = this.currentTime;
    this.flowing = false;
    clearInterval(this.ticks);
    clearTimeout(this.hole);
  }
  private reset(): void {
    this.stopFlow();
    this.generation += 1;
    this.starting = false;
    this.settle(new DOMException("load", "AbortError"));
    Object.assign(this, { source: null, readyState: 0, base: 0, ended: false, seeking: false, paused: true });
  }
  private settle(error?: unknown): void {
    for (const waiter of this.waiters.splice(0)) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
  }
  private fire(type: string): void {
    const { generation } = this;
    later(0, () => generation === this.generation && this.dispatchEvent(new Event(type)));
  }
}

/** A browser with elements that a test can look into. */
export function fakeBrowser(): { port: MediaPort; elements: FakeAudio[] } {
  const elements: FakeAudio[] = [];
  const port: MediaPort = {
    makeAudio() {
      const audio = new FakeAudio();
      elements.push(audio);
      return audio as unknown as HTMLAudioElement;
    },
    makeSource: () => new FakeMediaSource() as unknown as MediaSource,
    attach: (audio, source) => (audio as unknown as FakeAudio).attach(source as unknown as FakeMediaSource),
  };
  return { port, elements };
}
