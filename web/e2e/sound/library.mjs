// A library made for listening with a ruler: every album is one known signal, cut at odd samples into tracks.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { continuous, filteredNoise, quantised, tone, wav } from "./signal.mjs";

const FFMPEG = process.env.FFMPEG_PATH ?? "ffmpeg";
/** Raise it with every change of what is generated. */
const EDITION = 4;

const ENCODERS = {
  flac: ["-c:a", "flac"],
  mp3: ["-c:a", "libmp3lame", "-b:a", "320k"],
  "mp3-v2": ["-c:a", "libmp3lame", "-q:a", "2"],
  m4a: ["-c:a", "aac", "-b:a", "256k"],
  opus: ["-c:a", "libopus", "-b:a", "192k"],
  vorbis: ["-c:a", "libvorbis", "-q:a", "8"],
};
const ENDINGS = { flac: "flac", mp3: "mp3", "mp3-v2": "mp3", m4a: "m4a", opus: "opus", vorbis: "ogg" };

/** Lengths in samples: the first track spans three fragments of 4 s, the second two; no cut lies on a frame border. */
const lengths = (rate) => [9 * rate + 123, 5 * rate + 4567, 6 * rate + 31];

function spliced(title, encoder, { seed, rate = 44100, bits = 16 }) {
  const parts = lengths(rate);
  const length = parts.reduce((sum, one) => sum + one, 0);
  const make = () => [continuous({ seed, length, rate }), filteredNoise({ seed: seed + 1000, length, rate })];
  return { title, encoder, rate, bits, parts, make };
}

const single = (title, seconds, make, more = {}) => ({ title, encoder: "flac", rate: 44100, bits: 16, parts: [Math.round(seconds * 44100)], make, ...more });
const noise = (title, seconds, seed, more = {}) =>
  single(title, seconds, () => [0, 1].map((side) => filteredNoise({ seed: seed + side * 1000, length: Math.round(seconds * 44100), rate: 44100 })), more);

const gain = (track, peak, album, albumPeak) => ({
  REPLAYGAIN_TRACK_GAIN: `${track} dB`,
  REPLAYGAIN_TRACK_PEAK: String(peak),
  ...(album === undefined ? {} : { REPLAYGAIN_ALBUM_GAIN: `${album} dB`, REPLAYGAIN_ALBUM_PEAK: String(albumPeak) }),
});

/** The amplitudes of the tones in "Levels" and what their tags say; the last one would clip without a guard. */
export const LEVELS = [
  { amplitude: 0.25, tags: gain(-6.5, 0.25, -3.25, 0.25) },
  { amplitude: 0.1, tags: gain(4.4, 0.1, -3.25, 0.25) },
  { amplitude: 0.2, tags: {} },
  { amplitude: 0.9, tags: gain(6, 0.9, -3.25, 0.9) },
];

export const LEVEL_SECONDS = 4;

function levels() {
  const seconds = LEVEL_SECONDS;
  const make = () => {
    const whole = LEVELS.flatMap(({ amplitude }) => [...tone({ hz: 997, length: seconds * 44100, rate: 44100, amplitude })]);
    return [Float64Array.from(whole), Float64Array.from(whole)];
  };
  return { title: "Levels", encoder: "flac", rate: 44100, bits: 16, parts: LEVELS.map(() => seconds * 44100), make, tags: LEVELS.map((one) => one.tags) };
}

export const ALBUMS = {
  flac: spliced("Cut flac", "flac", { seed: 11 }),
  flac2496: spliced("Cut hires", "flac", { seed: 12, rate: 96000, bits: 24 }),
  mp3: spliced("Cut mp3", "mp3", { seed: 13 }),
  mp3v2: spliced("Cut vbr", "mp3-v2", { seed: 14 }),
  m4a: spliced("Cut m4a", "m4a", { seed: 15 }),
  opus: spliced("Cut opus", "opus", { seed: 16, rate: 48000 }),
  vorbis: spliced("Cut vorbis", "vorbis", { seed: 17 }),
  /** Track rates alternate: parts are at the rate of their own track, and each is a signal of its own. */
  rates: {
    title: "Cut rates",
    encoder: "flac",
    bits: 16,
    rates: [44100, 48000, 44100],
    tracks: [44100, 48000, 44100].map((rate, i) => () => {
      const length = 6 * rate + 123 + i * 1000;
      return [continuous({ seed: 31 + i, length, rate }), filteredNoise({ seed: 41 + i, length, rate })];
    }),
  },
  one: noise("Noise one", 14, 51),
  two: noise("Noise two", 14, 61),
  levels: levels(),
};

/** The album's channels as its files hold them, at the album's rate (albums of one rate). */
export function signalOf(album) {
  return album.make().map((channel) => quantised(channel, album.bits));
}

/** Where the tracks of an album end, in samples from its start. */
export function cutsOf(album) {
  let at = 0;
  return album.parts.slice(0, -1).map((part) => (at += part));
}

/** The tracks of an album: `{rate, channels}` each. */
export function tracksOf(album) {
  if (album.tracks) return album.tracks.map((make, i) => ({ rate: album.rates[i], channels: make().map((one) => quantised(one, album.bits)) }));
  const channels = signalOf(album);
  let at = 0;
  return album.parts.map((part) => {
    at += part;
    return { rate: album.rate, channels: channels.map((one) => one.subarray(at - part, at)) };
  });
}

export const trackTitle = (album, index) => `${album.title} ${index + 1}`;

function writeTrack(folder, album, index, track) {
  const tags = {
    title: trackTitle(album, index),
    artist: `${album.title} artist`,
    album_artist: `${album.title} artist`,
    album: album.title,
    track: String(index + 1),
    disc: "1",
    ...(album.tags?.[index] ?? {}),
  };
  const named = Object.entries(tags).flatMap(([name, value]) => ["-metadata", `${name}=${value}`]);
  const path = join(folder, `${String(index + 1).padStart(2, "0")} ${album.title}.${ENDINGS[album.encoder]}`);
  const depth = album.encoder === "flac" && album.bits === 24 ? ["-sample_fmt", "s32", "-bits_per_raw_sample", "24"] : [];
  const head = ["-v", "error", "-y", "-f", "wav", "-i", "pipe:0"];
  execFileSync(FFMPEG, [...head, ...ENCODERS[album.encoder], ...depth, ...named, path], { input: wav(track.channels, track.rate, album.bits), maxBuffer: 1 << 26 });
}

/** Writes `albums` once below the system's temporary folder and answers the path. */
export function makeLibrary(name, albums = ALBUMS) {
  const path = join(tmpdir(), `resonance-e2e-${name}-${EDITION}`);
  if (existsSync(path)) return path;
  const work = `${path}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  for (const album of Object.values(albums)) {
    const folder = join(work, album.title);
    mkdirSync(folder, { recursive: true });
    tracksOf(album).forEach((track, index) => writeTrack(folder, album, index, track));
  }
  writeFileSync(join(work, "EDITION"), String(EDITION));
  renameSync(work, path);
  return path;
}
