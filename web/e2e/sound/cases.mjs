// One listening: an album is played through the UI, recorded, and every joint is measured.
import { NEAR, locate, measureJoint, pauses } from "./joint.mjs";
import { heard } from "./recorder.mjs";
import { joined, served } from "./served.mjs";
import { cutsOf, signalOf, trackTitle } from "./library.mjs";
import * as ui from "./app.mjs";

/** Frames around an expected place in which a block is looked for. */
const WINDOW = 60_000;

/** What the page asked /seg for: names of tiers, in order of first request. */
export function watchTiers(page) {
  const tiers = [];
  page.on("request", (request) => {
    const tier = request.url().match(/\/seg\/[^/]+\/([^/]+)\//)?.[1];
    if (tier && !tiers.includes(tier)) tiers.push(tier);
  });
  return tiers;
}

/** The sound of the album as the server sends it: `{rate, channels, cuts}`. FLAC of FLAC is the signal itself. */
export async function referenceOf(session, album, tier) {
  if (tier === "flac" && album.encoder === "flac") return { rate: album.rate, channels: signalOf(album), cuts: cutsOf(album) };
  const ids = await ui.tracksOfAlbum(session.page, session.app, album.title);
  const parts = [];
  for (const id of ids) parts.push(await served(session.page, session.app, id, tier));
  let at = 0;
  return {
    rate: parts[0].rate,
    channels: [0, 1].map((side) => joined(parts.map((part) => part.channels[side]))),
    cuts: parts.slice(0, -1).map((part) => (at += part.channels[0].length)),
  };
}

/** How far the server's tracks lie from where the original has them, in samples; the largest of both ends of each. */
export function misplaced(reference, album) {
  const original = signalOf(album)[0];
  const step = album.rate / reference.rate;
  const ends = [0, ...reference.cuts, reference.channels[0].length];
  const originals = [0, ...cutsOf(album), original.length];
  let worst = 0;
  for (let i = 0; i + 1 < ends.length; i += 1) {
    const part = Float32Array.from(reference.channels[0].subarray(ends[i], ends[i + 1]));
    for (const from of [4000, originals[i + 1] - originals[i] - 16_000]) {
      const expected = from / step;
      const found = locate(part, original, originals[i] + from, { step, search: [expected - 3000, expected + 12_000] });
      worst = Math.max(worst, Math.abs(found.at - expected));
    }
  }
  return worst;
}

/** The largest error a lossy tier has by itself, away from the ends of its tracks; 0 where the rates differ. */
export function ownError(reference, album) {
  const original = signalOf(album)[0];
  if (reference.rate !== album.rate) return 0;
  const ends = [0, ...reference.cuts, original.length];
  let worst = 0;
  for (let i = 0; i + 1 < ends.length; i += 1)
    for (let k = ends[i] + NEAR; k < ends[i + 1] - NEAR; k += 1) worst = Math.max(worst, Math.abs(reference.channels[0][k] - original[k]));
  return worst;
}

/** Plays the album from its beginning (or from after a seek in its first track) until its last track sounds, and records. */
export async function playThrough(session, album, { seek = null } = {}) {
  const { page } = session;
  const tiers = watchTiers(page);
  await ui.playAlbum(session, album.title);
  if (seek !== null) {
    await ui.waitForPosition(page, 1);
    await ui.seekTo(page, seek);
  }
  const parts = album.parts ?? album.rates;
  await ui.waitForTitle(page, trackTitle(album, parts.length - 1));
  await page.waitForTimeout(1800);
  return { recording: await heard(page), tiers };
}

/** Every joint of the album in the recording, left and right. */
export function joints(recording, reference, { threshold, tail }) {
  const step = reference.rate / recording.rate;
  const [left] = recording.channels;
  // One search over everything, then small ones: from the middle joint's own side of the signal.
  const from = reference.cuts[0] - 20_000 * step;
  const anchor = locate(left, reference.channels[0], from, { step });
  return reference.cuts.flatMap((cut, index) => {
    const place = anchor.at + (cut - from) / step;
    const search = [place - WINDOW, place + WINDOW];
    return recording.channels.map((channel, side) => ({
      cut: index + 1,
      side: side === 0 ? "left" : "right",
      ...measureJoint(channel, reference.channels[side], cut, { step, threshold, tail, search }),
    }));
  });
}

export const inMs = (frames, rate) => (frames / rate) * 1000;

/** Where the sound stopped between its first (or the given) and last frame, as a text; "" = nowhere. */
export const stops = (recording, from = 0) => pauses(recording.channels[0]).filter(({ at }) => at >= from).map(({ at, frames }) => `${frames} frames at ${(at / recording.rate).toFixed(3)} s`).join(", ");

/** One line for the record. */
export const line = (name, recording, found) =>
  `${name.padEnd(34)} ${String(recording.rate).padEnd(6)} joint ${found.cut} ${found.side.padEnd(5)} gap ${found.gap.toFixed(3).padStart(9)} frames = ${inMs(found.gap, recording.rate).toFixed(3).padStart(7)} ms  ` +
  `damaged ${String(found.damaged).padStart(4)} (> ${found.threshold.toExponential(1)})  inside ${found.inside.toExponential(1)}  edge ${found.edge.toExponential(1)}`;
