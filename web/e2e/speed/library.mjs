// Long tracks to jump about in and short ones to leave.
import { makeLibrary } from "../sound/library.mjs";
import { filteredNoise } from "../sound/signal.mjs";

const RATE = 44100;
export const LONG_SECONDS = 180;
export const SHORT_SECONDS = 5;
const SHORT_COUNT = 20;

/** Both sides alike: half the work, the same number of bytes for the player. */
const noise = (seed, seconds) => filteredNoise({ seed, length: seconds * RATE, rate: RATE });
const album = (title, encoder, seconds, seeds) => ({
  title,
  encoder,
  bits: 16,
  rates: seeds.map(() => RATE),
  seconds,
  seeds,
  tracks: seeds.map((seed) => () => {
    const side = noise(seed, seconds);
    return [side, side];
  }),
});

export const ALBUMS = {
  one: album("Long one", "flac", LONG_SECONDS, [201]),
  two: album("Long two", "flac", LONG_SECONDS, [202]),
  mp3: album("Long mp3", "mp3", LONG_SECONDS, [203]),
  short: album("Short", "flac", SHORT_SECONDS, Array.from({ length: SHORT_COUNT }, (_, i) => 300 + i)),
};
export const TRACKS = 3 + SHORT_COUNT;

export const trackSignal = (one, index = 0) => noise(one.seeds[index], one.seconds);

export const makeSpeedLibrary = () => makeLibrary("speed", ALBUMS);
