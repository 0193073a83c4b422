import { createStore } from "zustand/vanilla";
import { persist } from "zustand/middleware";

/** How this device plays. Kept on the device: headphones, phone and living room want different things. */
export type Quality = "smart" | "flac" | "mp3-320" | "mp3-v2" | "opus-128" | "aac-192";
export type Levelling = "off" | "track" | "album" | "auto";

export interface Equaliser {
  readonly on: boolean;
  /** dB before the bands; null = as much lower as the curve rises. */
  readonly preampDb: number | null;
  /** dB at 31, 62, 125, 250, 500, 1k, 2k, 4k, 8k, 16k Hz. */
  readonly gainsDb: readonly number[];
  /** Name of the preset it came from, null once changed by hand. */
  readonly preset: string | null;
}

export interface PlaybackSettings {
  /** Tracks of one album follow without a gap, or all do; "off" = every change is a fade. */
  readonly gapless: "album" | "always" | "off";
  /** Seconds, 0..12; between tracks that do not belong together. */
  readonly crossfade: number;
  /** Leaves out silence at the ends and begins the fade where the music fades. */
  readonly smartFade: boolean;
  readonly levelling: Levelling;
  /** dB on top of the levelling, -12..12. */
  readonly preampDb: number;
  /** dB for tracks without a known loudness. */
  readonly unknownDb: number;
  readonly clipGuard: boolean;
  /** Of a network without and with a price for data. */
  readonly quality: { readonly home: Quality; readonly mobile: Quality };
  readonly equaliser: Equaliser;
  /** Of the output; "" = as the system says. */
  readonly output: string;
  /** Web Audio on iOS: equaliser and visualizer, at the price of pauses with the screen off. */
  readonly graphOnIos: boolean;
}

export const defaultPlayback: PlaybackSettings = {
  gapless: "album",
  crossfade: 0,
  smartFade: false,
  levelling: "auto",
  preampDb: 0,
  unknownDb: 0,
  clipGuard: true,
  quality: { home: "smart", mobile: "smart" },
  equaliser: { on: false, preampDb: null, gainsDb: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], preset: null },
  output: "",
  graphOnIos: false,
};

const oneOf = <T>(all: readonly T[], value: unknown, otherwise: T): T => (all.includes(value as T) ? (value as T) : otherwise);
const within = (least: number, most: number, value: unknown, otherwise: number): number => (typeof value === "number" && value >= least && value <= most ? value : otherwise);
const isOn = (value: unknown, otherwise: boolean): boolean => (typeof value === "boolean" ? value : otherwise);
const qualities: readonly Quality[] = ["smart", "flac", "mp3-320", "mp3-v2", "opus-128", "aac-192"];

/** What the device kept, value by value: one that makes no sense costs only itself. */
export function readPlayback(kept: unknown, fresh: PlaybackSettings = defaultPlayback): PlaybackSettings {
  const from = (kept ?? {}) as Partial<Record<keyof PlaybackSettings, unknown>>;
  const quality = (from.quality ?? {}) as Partial<Record<"home" | "mobile", unknown>>;
  const eq = (from.equaliser ?? {}) as Partial<Record<keyof Equaliser, unknown>>;
  const gains = Array.isArray(eq.gainsDb) && eq.gainsDb.length === fresh.equaliser.gainsDb.length ? eq.gainsDb : fresh.equaliser.gainsDb;
  return {
    gapless: oneOf(["album", "always", "off"], from.gapless, fresh.gapless),
    crossfade: within(0, 12, from.crossfade, fresh.crossfade),
    smartFade: isOn(from.smartFade, fresh.smartFade),
    levelling: oneOf(["off", "track", "album", "auto"], from.levelling, fresh.levelling),
    preampDb: within(-12, 12, from.preampDb, fresh.preampDb),
    unknownDb: within(-12, 12, from.unknownDb, fresh.unknownDb),
    clipGuard: isOn(from.clipGuard, fresh.clipGuard),
    quality: { home: oneOf(qualities, quality.home, fresh.quality.home), mobile: oneOf(qualities, quality.mobile, fresh.quality.mobile) },
    equaliser: {
      on: isOn(eq.on, fresh.equaliser.on),
      preampDb: typeof eq.preampDb === "number" ? within(-24, 12, eq.preampDb, 0) : null,
      gainsDb: gains.map((gain) => within(-12, 12, gain, 0)),
      preset: typeof eq.preset === "string" ? eq.preset : null,
    },
    output: typeof from.output === "string" ? from.output : fresh.output,
    graphOnIos: isOn(from.graphOnIos, fresh.graphOnIos),
  };
}

/** The version changes with the shape; an older shape is dropped, never guessed at. */
export const playbackSettings = createStore<PlaybackSettings>()(persist(() => defaultPlayback, { name: "resonance.playback", version: 1, merge: readPlayback }));
