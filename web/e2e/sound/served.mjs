// What the server sent for a track, decoded without the player: the measure of "damaged" for lossy tiers, whose edges differ
// from the original before any player touches them.
import { execFileSync } from "node:child_process";
import { api } from "../api.mjs";

const FFMPEG = process.env.FFMPEG_PATH ?? "ffmpeg";
/** Every MPEG layer 3 decoder starts this late; `delay_samples` of a tier counts from behind it. */
const MP3_DECODER_DELAY = 529;

async function bytes(page, app, path) {
  const answer = await page.request.get(new URL(`api/v1/${path}`, app.url).href);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.body();
}

/** The decoded music of a tier: `{rate, channels, tier, manifest}`; exactly `tier.samples` a channel. */
export async function served(page, app, trackId, name) {
  const manifest = await api(page, app, `tracks/${trackId}/playback`);
  const tier = manifest.tiers.find((one) => one.name === name);
  if (!tier) throw new Error(`no tier ${name} among ${manifest.tiers.map((one) => one.name).join(", ")}`);
  const parts = [];
  const part = async (which) => parts.push(await bytes(page, app, `seg/${trackId}/${name}/${which}?v=${manifest.version}`));
  if (tier.init) await part("init");
  for (let n = 0; n < tier.fragments; n += 1) await part(n);
  const format = { fmp4: "mp4", mp3: "mp3", adts: "aac" }[tier.container];
  const raw = execFileSync(FFMPEG, ["-v", "error", "-f", format, "-i", "pipe:0", "-ac", "2", "-f", "f32le", "pipe:1"], { input: Buffer.concat(parts), maxBuffer: 1 << 29 });
  const mixed = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  const skip = tier.container === "mp3" ? tier.delay_samples + MP3_DECODER_DELAY : tier.delay_samples;
  const length = mixed.length / 2 - skip;
  if (length < tier.samples) throw new Error(`${name}: the fragments hold ${length} samples, the manifest says ${tier.samples}`);
  const channels = [0, 1].map((side) => Float64Array.from({ length: tier.samples }, (_, i) => mixed[(skip + i) * 2 + side]));
  return { rate: tier.sample_rate_hz, channels, tier, manifest };
}

/** One array of all the parts. */
export function joined(parts) {
  const all = new Float64Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    all.set(one, at);
    at += one.length;
  }
  return all;
}
