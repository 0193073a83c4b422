import { aborted } from "./retry";

/** What a deck needs of the browser; a test brings its own. */
export interface MediaPort {
  makeAudio(): HTMLAudioElement;
  makeSource(): MediaSource;
  attach(audio: HTMLAudioElement, source: MediaSource): () => void;
}

export interface Append {
  readonly bytes: ArrayBuffer;
  readonly mime: string;
  /** Seconds; null = goes on where the append before it ended. */
  readonly offset: number | null;
  readonly window: readonly [number, number];
}

/** The browser has no room for the bytes. */
export class Full extends Error {
  override name = "Full";
}
/** The browser could not read what it was given. */
export class Undecodable extends Error {
  override name = "Undecodable";
}

export type Range = readonly [number, number];

const rangesOf = (ranges: TimeRanges): Range[] => Array.from({ length: ranges.length }, (_, i) => [ranges.start(i), ranges.end(i)] as const);
/** Browsers play over holes as short as this. */
const smallHole = 0.1;

/** One audio element with one source buffer. Operations wait for each other; what was asked before the last `open` is dropped. */
export class MediaDeck {
  readonly audio: HTMLAudioElement;
  private source: MediaSource | null = null;
  private buffer: SourceBuffer | null = null;
  private mime = "";
  private turn = 0;
  private chain: Promise<unknown> = Promise.resolve();
  private detach: (() => void) | null = null;
  /** Where to begin once the element knows its medium. */
  private startAt: number | null = null;

  constructor(private readonly port: MediaPort) {
    this.audio = port.makeAudio();
    this.audio.preload = "auto";
    this.audio.addEventListener("loadedmetadata", () => {
      if (this.startAt !== null && Math.abs(this.audio.currentTime - this.startAt) > 0.001) this.audio.currentTime = this.startAt;
      this.startAt = null;
    });
  }

  get isOpen(): boolean {
    return this.source !== null;
  }

  get time(): number {
    return this.startAt ?? this.audio.currentTime;
  }

  /** Drops everything and gets ready for bytes; the sound will begin at `at`. */
  open(at: number): void {
    this.close();
    const { turn } = this;
    const source = this.port.makeSource();
    this.source = source;
    this.startAt = at;
    this.chain = new Promise<void>((resolve) => source.addEventListener("sourceopen", () => resolve(), { once: true })).then(() => {
      if (turn !== this.turn) return;
      source.duration = Number.POSITIVE_INFINITY;
      // In a medium without an end a browser seeks only as far as it has bytes, unless it is told how far there will be some.
      if ("setLiveSeekableRange" in source) source.setLiveSeekableRange(0, 1e6);
    });
    this.detach = this.port.attach(this.audio, source);
  }

  close(): void {
    this.turn += 1;
    this.audio.pause();
    this.startAt = null;
    this.buffer = null;
    this.source = null;
    this.mime = "";
    this.detach?.();
    this.detach = null;
  }

  seek(to: number): void {
    if (this.audio.readyState === 0) this.startAt = to;
    else this.audio.currentTime = to;
  }

  /** @throws Full, Undecodable, AbortError. */
  append(append: Append): Promise<void> {
    return this.operate(append.mime, (buffer) => {
      if (append.offset !== null) {
        // Ends the run of frames before it, which for a stream without times would go on otherwise.
        if (this.source?.readyState === "open") buffer.abort();
        buffer.timestampOffset = append.offset;
      }
      const [from, to] = append.window;
      if (buffer.appendWindowStart !== from || buffer.appendWindowEnd !== to) {
        buffer.appendWindowStart = 0;
        buffer.appendWindowEnd = to;
        buffer.appendWindowStart = from;
      }
      buffer.appendBuffer(append.bytes);
    });
  }

  remove(from: number, to: number): Promise<void> {
    if (!this.buffer) return Promise.resolve();
    return this.operate(this.mime, (buffer) => buffer.remove(Math.max(0, from), to));
  }

  /** Tells the element that nothing follows; a later append takes it back. */
  end(): Promise<void> {
    return this.operate(this.mime, () => {
      if (this.source?.readyState === "open") this.source.endOfStream();
    });
  }

  get ended(): boolean {
    return this.source?.readyState === "ended";
  }

  /** A managed source says when it wants no bytes, to spare the radio. */
  get resting(): boolean {
    return (this.source as (MediaSource & { streaming?: boolean }) | null)?.streaming === false;
  }

  buffered(): Range[] {
    return this.buffer && this.source?.readyState !== "closed" ? rangesOf(this.buffer.buffered) : [];
  }

  /** Where the sound around `time` ends in the buffer; `time` itself when there is none. */
  bufferedEnd(time: number): number {
    let end = time;
    for (const [from, to] of this.buffered()) if (from <= end + smallHole && to > end) end = to;
    return end;
  }

  has(time: number): boolean {
    return this.buffered().some(([from, to]) => from <= time + 0.001 && time < to + 0.001);
  }

  private operate(mime: string, start: (buffer: SourceBuffer) => void): Promise<void> {
    const { turn } = this;
    const run = async (): Promise<void> => {
      if (turn !== this.turn) throw aborted();
      const buffer = this.bufferFor(mime);
      await operation(buffer, start);
      if (turn !== this.turn) throw aborted();
    };
    const done = this.chain.then(run, run);
    this.chain = done.catch(() => undefined);
    return done;
  }

  private bufferFor(mime: string): SourceBuffer {
    if (!this.source || this.source.readyState === "closed") throw aborted();
    if (!this.buffer) this.buffer = this.source.addSourceBuffer(mime);
    else if (mime !== this.mime) this.buffer.changeType(mime);
    this.mime = mime;
    return this.buffer;
  }
}

function operation(buffer: SourceBuffer, start: (buffer: SourceBuffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (settle: () => void) => (): void => {
      buffer.removeEventListener("updateend", done);
      buffer.removeEventListener("error", failed);
      settle();
    };
    const done = over(resolve);
    const failed = over(() => reject(new Undecodable()));
    buffer.addEventListener("error", failed);
    buffer.addEventListener("updateend", done);
    try {
      start(buffer);
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      return over(() => reject(name === "QuotaExceededError" ? new Full() : name === "InvalidStateError" ? aborted() : error))();
    }
    // endOfStream has no end to wait for.
    if (!buffer.updating) done();
  });
}
