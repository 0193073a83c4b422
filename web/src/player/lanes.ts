import { amplitude } from "./engine";
import type { FeedEvents } from "./deckFeed";
import type { FragmentSource } from "./fragmentSource";
import { Lane } from "./lane";
import type { MediaPort } from "./mediaDeck";
import { playbackSettings } from "./playbackSettings";
import type { Streamed } from "./player";
import { levelOf, type Level } from "./sound/levelling";
import { SoundOutput } from "./soundOutput";
import { streamedOf } from "./streamed";
import { toPosition, type Piece, type Span } from "./timeline";

export interface LanesNeeds {
  port: MediaPort;
  /** Equaliser, visualizer, fades and exact levels; without it the elements play by themselves. */
  withGraph: boolean;
  /** A test brings its own. */
  makeOutput?: (elements: readonly HTMLMediaElement[]) => SoundOutput;
}

/** What a lane's element says; asked only of the active one, while it has something to play. */
export interface LaneListener {
  playing(): void;
  waiting(): void;
  timeupdate(): void;
  seeked(): void;
  ended(): void;
  pause(): void;
  error(): void;
}

export const levelFor = (piece: Piece): Level => levelOf(piece.manifest.gain, playbackSettings.getState(), { albumPlay: piece.cue.albumPlay });

/** The two lanes, which of them is the present one, and what concerns both. */
export class Lanes {
  readonly output: SoundOutput;
  active: Lane;
  private readonly pair: readonly [Lane, Lane];

  constructor(needs: LanesNeeds, source: FragmentSource, eventsOf: (lane: () => Lane) => FeedEvents, listener: LaneListener) {
    const make = (): Lane => {
      const made: Lane = new Lane(needs.port, source, eventsOf(() => made));
      for (const type of Object.keys(listener) as (keyof LaneListener)[]) {
        made.audio.addEventListener(type, () => made === this.active && made.feed.spans.length > 0 && listener[type]());
      }
      return made;
    };
    this.pair = [make(), make()];
    this.active = this.pair[0];
    const elements = this.pair.map((lane) => lane.audio);
    this.output = needs.makeOutput?.(elements) ?? new SoundOutput(elements, needs.withGraph);
  }

  get other(): Lane {
    return this.pair[this.active === this.pair[0] ? 1 : 0];
  }
  /** What the active lane plays. */
  get span(): Span | null {
    return this.active.feed.spans[0] ?? null;
  }
  get position(): number | null {
    return this.span && toPosition(this.span, this.active.time);
  }
  get buffered(): number | null {
    return this.span && toPosition(this.span, this.active.deck.bufferedEnd(this.active.time));
  }
  get streamed(): Streamed | null {
    return this.span && streamedOf(this.span, levelFor(this.span));
  }

  /** The other one becomes the present one. */
  swap(): void {
    this.active = this.other;
  }
  clear(): void {
    for (const lane of this.pair) lane.clear();
  }
  setVolume(volume: number): void {
    this.output.setVolume(amplitude(volume));
    for (const lane of this.pair) lane.setVolume(amplitude(volume));
  }
  setSpeed(speed: number): void {
    for (const lane of this.pair) lane.setSpeed(speed);
  }
}
