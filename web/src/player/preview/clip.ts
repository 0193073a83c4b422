import type { FragmentSource } from "../fragmentSource";
import type { PlaybackManifest, Tier } from "../manifest";
import { Unplayable } from "../retry";
import { flacStream } from "./flacStream";
import type { Decoded } from "./schedule";

/** More is never decoded at once: a stereo minute is some 20 MB. */
const longestSeconds = 90;

/** FLAC, because its samples lie where the analysis heard them, in every browser; else MP3, which a decoder may shift by some milliseconds. */
export function previewTier(manifest: PlaybackManifest): Tier | null {
  const able = manifest.tiers.filter((tier) => tier.container !== "adts");
  return able.find((tier) => tier.name === "flac" && tier.init) ?? able.find((tier) => tier.name === "mp3-320") ?? able.find((tier) => tier.container === "mp3") ?? null;
}

/** The fragments that hold some seconds of a tier; a warm-up for MP3, whose frames need the ones before them. */
export function fragmentsOf(tier: Tier, from: number, to: number): { first: number; last: number } {
  const [a, b] = [from * tier.sample_rate_hz, to * tier.sample_rate_hz].map((sample) => Math.max(0, sample) + tier.delay_samples) as [number, number];
  const first = Math.max(0, Math.floor(a / tier.fragment_samples) - (tier.container === "mp3" ? 1 : 0));
  return { first, last: Math.min(tier.fragments - 1, Math.max(first, Math.ceil(b / tier.fragment_samples) - 1)) };
}

/** Fetches and decodes only the seconds from `from` to `to`.
 *  @throws Unplayable, FileChanged, AbortError. */
export async function fetchClip(source: FragmentSource, manifest: PlaybackManifest, from: number, to: number, signal: AbortSignal): Promise<Decoded> {
  const tier = previewTier(manifest);
  if (!tier) throw new Unplayable("format", "no tier that can be decoded");
  const end = Math.min(to, from + longestSeconds, manifest.duration_s);
  const { first, last } = fragmentsOf(tier, from, end);
  const get = (part: number | "init"): Promise<ArrayBuffer | null> => source.get({ trackId: manifest.track_id, tier: tier.name, version: manifest.version, part }, signal, () => undefined);
  const parts: ArrayBuffer[] = [];
  const init = tier.init ? await get("init") : null;
  for (let n = first; n <= last; n += 1) {
    const bytes = await get(n);
    if (!bytes) break;
    parts.push(bytes);
  }
  signal.throwIfAborted();
  if (parts.length === 0) throw new Unplayable("gone", "no fragments");
  const starts = first * tier.fragment_samples;
  const held = Math.min(tier.samples - starts, parts.length * tier.fragment_samples);
  const bytes = init ? flacStream(init, parts, held) : joined(parts);
  if (!bytes) throw new Unplayable("format", "no FLAC in it");
  const decoded = await decode(bytes, tier.sample_rate_hz, manifest.channels);
  return trimmed(decoded, (starts - tier.delay_samples) / tier.sample_rate_hz, from, end);
}

function joined(parts: readonly ArrayBuffer[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole.buffer;
}

/** At the file's own rate: a context of another would resample, and shift. */
async function decode(bytes: ArrayBuffer, rate: number, channels: number): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(Math.min(2, Math.max(1, channels)), 1, rate);
  try {
    return await context.decodeAudioData(bytes);
  } catch (error) {
    throw new Unplayable("format", String(error));
  }
}

/** Only what was asked for stays in memory. */
function trimmed(buffer: AudioBuffer, starts: number, from: number, to: number): Decoded {
  const rate = buffer.sampleRate;
  const skip = Math.max(0, Math.round((from - starts) * rate));
  const length = Math.max(1, Math.min(buffer.length - skip, Math.ceil((to - from) * rate)));
  const cut = new AudioBuffer({ length, numberOfChannels: buffer.numberOfChannels, sampleRate: rate });
  for (let channel = 0; channel < buffer.numberOfChannels; channel += 1) cut.copyToChannel(buffer.getChannelData(channel).subarray(skip, skip + length), channel);
  return { buffer: cut, from: starts + skip / rate, stretched: 1 };
}
