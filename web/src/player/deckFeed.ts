import { Chunks, type Chunk } from "./chunks";
import type { FragmentSource } from "./fragmentSource";
import { Full, type MediaDeck } from "./mediaDeck";
import { Unplayable } from "./retry";
import { endOf, firstFragmentFor, fragmentAt, layAfter, layOut, offsetOf, rangeOf, settle, windowOf, type Piece, type Span } from "./timeline";

export interface FeedEvents {
  /** The network does not answer (true), or does again. */
  lost(yes: boolean): void;
  /** A fragment of `span` cannot be had or read; feeding rests until the next order. */
  failed(span: Span, error: unknown): void;
}

/** Bytes a deck may hold; Chromium's own limit for sound is about 12 MB. */
export const deckBytes = 10_000_000;
const leastBytes = 2_000_000;
/** Of the next track, while the current one still plays. */
export const nextAhead = 10;
/** A managed source that wants to rest is believed beyond this. */
const restAhead = 15;
const unknownSize = 300_000;

interface Job {
  readonly span: Span;
  readonly n: number;
}

/** Keeps a deck filled: the rest of the current track, then the first seconds of the one that is spliced to it. */
export class DeckFeed {
  /** The current one and, spliced to it, the next. */
  spans: readonly Span[] = [];
  /** Nothing follows on this deck. */
  private last = false;
  private readonly chunks = new Chunks();
  private capacity = deckBytes;
  private spanCount = 0;
  private turn = 0;
  private abort = new AbortController();
  private fetching: Job | null = null;
  private wakeUp: () => void = () => undefined;
  private resting = true;
  private readonly inits = new Map<number, ArrayBuffer>();
  private initIn: number | null = null;
  private lastIn: Job | null = null;
  private ending = false;

  constructor(
    readonly deck: MediaDeck,
    private readonly source: FragmentSource,
    private readonly events: FeedEvents,
  ) {}

  get bytes(): number {
    return this.chunks.bytes;
  }

  /** From the playhead to the end of the current track everything is in the buffer. */
  get wholeIn(): boolean {
    const [current] = this.spans;
    return current !== undefined && this.missing(current, this.deck.time, windowOf(current)[1]) === null;
  }

  /** Empties the deck and begins with `piece` at `at` seconds. */
  load(piece: Piece, at: number): void {
    this.clear();
    this.spans = [layOut(piece, 0, ++this.spanCount)];
    this.deck.open(at);
    this.restart();
  }

  /** What is spliced to the current track; `last` = nothing will follow on this deck. */
  setNext(piece: Piece | null, last: boolean): void {
    const [current, dropped] = this.spans;
    if (!current) return;
    this.last = last;
    this.spans = piece ? [current, layAfter(current, piece, ++this.spanCount)] : [current];
    if (dropped && this.chunks.dropSpan(dropped.id)) {
      this.lastIn = null;
      void this.deck.remove(dropped.t0, Number.POSITIVE_INFINITY).catch(() => undefined);
    }
    if (dropped && this.fetching?.span.id === dropped.id) this.restart();
    else this.poke();
  }

  /** The playhead went over to the spliced track. */
  advance(): void {
    const [old, ...rest] = this.spans;
    if (old) this.inits.delete(old.id);
    this.spans = rest;
    this.last = false;
    this.poke();
  }

  seek(deckTime: number): void {
    this.deck.seek(deckTime);
    const job = this.pick();
    if (this.fetching && job?.n === this.fetching.n && job.span.id === this.fetching.span.id) return;
    if (this.fetching) this.restart();
    else this.poke();
  }

  /** Time went on: there may be room, or need. */
  tick(): void {
    this.wakeUp();
  }

  private poke(): void {
    if (this.resting && this.spans.length > 0) this.restart();
    else this.wakeUp();
  }

  clear(): void {
    this.halt();
    this.spans = [];
    this.last = false;
    this.chunks.clear();
    this.inits.clear();
    this.initIn = null;
    this.lastIn = null;
    this.deck.close();
  }

  private halt(): void {
    this.turn += 1;
    this.abort.abort();
    this.abort = new AbortController();
    this.fetching = null;
    this.resting = true;
    this.ending = false;
    this.wakeUp();
  }

  private restart(): void {
    this.halt();
    this.resting = false;
    void this.run(this.turn, this.abort.signal);
  }

  private async run(turn: number, signal: AbortSignal): Promise<void> {
    while (turn === this.turn) {
      const job = this.pick();
      if (!job) {
        await new Promise<void>((resolve) => (this.wakeUp = resolve));
        continue;
      }
      try {
        await this.carryOut(job, signal, turn);
      } catch (error) {
        if (turn !== this.turn) return;
        this.resting = true;
        this.fetching = null;
        if (!(error instanceof DOMException && error.name === "AbortError")) this.events.failed(job.span, error);
        return;
      }
    }
  }

  /** The fragment that is needed most, if there is room for it. */
  private pick(): Job | null {
    const [current, next] = this.spans;
    if (!current || !this.deck.isOpen) return null;
    const { time } = this.deck;
    this.chunks.reconcile(this.deck.buffered());
    if (this.deck.resting && this.deck.bufferedEnd(time) - time > restAhead) return null;
    const n = this.missing(current, time, windowOf(current)[1]);
    if (n !== null) return this.affordable(current, n);
    if (!current.settled && this.chunks.pending) return null;
    this.settleCurrent(current);
    if (next) {
      const laid = this.spans[1] as Span;
      const m = this.missing(laid, laid.t0, Math.min(endOf(laid), laid.t0 + nextAhead));
      return m === null ? null : this.affordable(laid, m);
    }
    if (this.last && !this.deck.ended && !this.ending) {
      this.ending = true;
      void this.deck.end().catch(() => undefined).finally(() => (this.ending = false));
    }
    return null;
  }

  private missing(span: Span, from: number, to: number): number | null {
    const first = fragmentAt(span, Math.max(from, span.t0));
    for (let n = first; n < span.fragments; n += 1) {
      const [begin, end] = rangeOf(span, n);
      if (begin >= to - 0.0005) return null;
      if (end - begin < 0.0005 || this.chunks.has(span.id, n)) continue;
      // MP3 frames lean on the ones before them, which a jump did not bring.
      return n === first && n > 0 && !this.chunks.has(span.id, n - 1) ? firstFragmentFor(span, Math.max(from, span.t0)) : n;
    }
    return null;
  }

  private affordable(span: Span, n: number): Job | null {
    const guess = this.chunks.sizeLike(span.id) ?? unknownSize;
    return this.chunks.toDrop(this.chunks.bytes + guess - this.capacity, this.deck.time, rangeOf(span, n)[0]) ? { span, n } : null;
  }

  /** The last fragment is in: now it is known where the track ends, and so where the next one begins. */
  private settleCurrent(current: Span): void {
    if (current.settled) return;
    const tail = Math.max(current.t0, Math.min(endOf(current), rangeOf(current, Math.max(0, current.fragments - 1))[0]));
    const settled = settle(current, this.deck.bufferedEnd(Math.max(tail, this.deck.time)));
    const [, next] = this.spans;
    this.spans = next ? [settled, { ...next, t0: endOf(settled) }] : [settled];
  }

  private async carryOut(job: Job, signal: AbortSignal, turn: number): Promise<void> {
    const { span, n } = job;
    this.fetching = job;
    const [init, bytes] = await Promise.all([this.init(span, signal), this.fetchPart(span, n, signal)]);
    if (turn !== this.turn) return;
    this.fetching = null;
    if (bytes === null) return this.pastEnd(span, n);
    await this.putIn(job, init, bytes, turn);
  }

  private fetchPart(span: Span, part: number | "init", signal: AbortSignal): Promise<ArrayBuffer | null> {
    const { manifest, tier } = span;
    return this.source.get({ trackId: manifest.track_id, tier: tier.name, version: manifest.version, part }, signal, (yes) => this.events.lost(yes));
  }

  private async init(span: Span, signal: AbortSignal): Promise<ArrayBuffer | null> {
    if (!span.tier.init) return null;
    const known = this.inits.get(span.id);
    if (known) return known;
    const bytes = await this.fetchPart(span, "init", signal);
    if (!bytes) throw new Unplayable("format", "no init segment");
    this.inits.set(span.id, bytes);
    return bytes;
  }

  private pastEnd(span: Span, n: number): void {
    if (n === 0) throw new Unplayable("format", "no sound in it");
    this.spans = this.spans.map((one) => (one.id === span.id ? { ...one, fragments: n, duration: Math.min(one.duration, Math.max(0, this.deck.bufferedEnd(rangeOf(one, n - 1)[0]) - one.t0)) } : one));
  }

  private async putIn(job: Job, init: ArrayBuffer | null, bytes: ArrayBuffer, turn: number): Promise<void> {
    for (;;) {
      await this.makeRoom(job, bytes.byteLength, turn);
      const [from, to] = rangeOf(job.span, job.n);
      const chunk: Chunk = { spanId: job.span.id, n: job.n, from, to, bytes: bytes.byteLength, pending: true };
      this.chunks.add(chunk);
      try {
        await this.append(job, init, bytes);
        chunk.pending = false;
        chunk.to = Math.min(to, Math.max(from, this.deck.bufferedEnd(from + 0.001)));
        this.wakeUp();
        return;
      } catch (error) {
        this.chunks.drop([chunk]);
        this.lastIn = null;
        this.initIn = null;
        if (turn !== this.turn || !(error instanceof Full)) throw error;
        this.capacity = Math.max(leastBytes, Math.min(this.capacity, this.chunks.bytes + bytes.byteLength) * 0.8);
      }
    }
  }

  /** Waits until played parts make room. */
  private async makeRoom({ span, n }: Job, bytes: number, turn: number): Promise<void> {
    for (;;) {
      const drop = this.chunks.toDrop(this.chunks.bytes + bytes - this.capacity, this.deck.time, rangeOf(span, n)[0]);
      if (turn !== this.turn) throw new DOMException("", "AbortError");
      if (drop) {
        this.chunks.drop(drop);
        for (const chunk of drop) void this.deck.remove(chunk.from, chunk.to).catch(() => undefined);
        return;
      }
      await new Promise<void>((resolve) => (this.wakeUp = resolve));
    }
  }

  /** All orders are given before the first is waited for, so that they stay together. */
  private append({ span, n }: Job, init: ArrayBuffer | null, bytes: ArrayBuffer): Promise<unknown> {
    const { mime } = span.tier;
    const window = windowOf(span);
    const follows = this.lastIn?.span.id === span.id && (span.tier.container === "fmp4" || this.lastIn.n === n - 1);
    const offset = follows ? null : offsetOf(span, n);
    const orders: Promise<void>[] = [];
    if (init && this.initIn !== span.id) orders.push(this.deck.append({ bytes: init, mime, offset, window }));
    this.initIn = span.id;
    this.lastIn = { span, n };
    orders.push(this.deck.append({ bytes, mime, offset: orders.length > 0 ? null : offset, window }));
    return Promise.all(orders);
  }
}
