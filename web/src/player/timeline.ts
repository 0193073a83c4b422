import type { Cue } from "./engine";
import type { PlaybackManifest, Tier } from "./manifest";

/** A cue with the form in which it is fetched. */
export interface Piece {
  readonly cue: Cue;
  readonly manifest: PlaybackManifest;
  readonly tier: Tier;
}

/** A piece laid on the time of a deck, all in seconds. */
export interface Span extends Piece {
  /** Stays when other facts of the span change. */
  readonly id: number;
  readonly t0: number;
  readonly duration: number;
  /** Fragments there are; grows beyond the manifest's number only where that is an estimate. */
  readonly fragments: number;
  /** The end was seen in the buffer. */
  readonly settled: boolean;
}

/** Closer than this to a border is at the border: deck time is kept in microseconds by the browser. */
const tolerance = 0.0005;
/** A file shorter than its manifest by more than this moves what follows. */
const worthCorrecting = 0.001;

export const layOut = (piece: Piece, t0: number, id: number): Span => ({
  ...piece,
  id,
  t0,
  duration: piece.manifest.duration_s,
  fragments: piece.tier.fragments,
  settled: false,
});
export const endOf = (span: Span): number => span.t0 + span.duration;

/** What comes after `span` begins where it ends, to the sample. */
export const layAfter = (span: Span, piece: Piece, id: number): Span => layOut(piece, endOf(span), id);

/** Index of the span that sounds at a deck's time; between spans it is the later one. */
export function indexAt(spans: readonly Span[], deckTime: number): number {
  for (let i = spans.length - 1; i > 0; i -= 1) if (deckTime >= (spans[i] as Span).t0 - tolerance) return i;
  return 0;
}
export const toPosition = (span: Span, deckTime: number): number => Math.min(span.duration, Math.max(0, deckTime - span.t0));
export const toDeckTime = (span: Span, position: number): number => span.t0 + Math.min(Math.max(0, position), span.duration);

/** The span once its last fragment is in the buffer, which ends at `bufferedEnd`. */
export function settle(span: Span, bufferedEnd: number): Span {
  const missing = endOf(span) - bufferedEnd;
  return { ...span, settled: true, duration: missing > worthCorrecting ? Math.max(0, bufferedEnd - span.t0) : span.duration };
}

const fragmentSeconds = (span: Span): number => span.tier.fragment_samples / span.tier.sample_rate_hz;
const delaySeconds = (span: Span): number => span.tier.delay_samples / span.tier.sample_rate_hz;

/** Where a fragment's own time zero (fmp4) or its first sample (mp3, adts) is put. */
export const offsetOf = (span: Span, n: number): number =>
  span.t0 - delaySeconds(span) + (span.tier.container === "fmp4" ? 0 : n * fragmentSeconds(span));

/** What the deck lets through: the music and nothing of encoder delay and padding. */
export const windowOf = (span: Span): readonly [number, number] => [span.t0, endOf(span)];

/** The part of the deck's time that a fragment fills. */
export function rangeOf(span: Span, n: number): readonly [number, number] {
  const begin = span.t0 - delaySeconds(span) + n * fragmentSeconds(span);
  const [first, last] = windowOf(span);
  return [Math.min(last, Math.max(first, begin)), Math.min(last, Math.max(first, begin + fragmentSeconds(span)))];
}

/** The fragment that holds a deck's time. */
export function fragmentAt(span: Span, deckTime: number): number {
  const n = Math.floor((deckTime - span.t0 + delaySeconds(span) + 1e-6) / fragmentSeconds(span));
  return Math.min(Math.max(0, n), Math.max(0, span.fragments - 1));
}

/** The fragment to begin with after a seek: MP3 frames lean on the ones before them. */
export const firstFragmentFor = (span: Span, deckTime: number): number => fragmentAt(span, span.tier.container === "fmp4" ? deckTime : deckTime - 0.3);
