import type { PlaybackManifest, Tier } from "./manifest";
import type { Quality } from "./playbackSettings";

/** What the choice of a tier depends on besides the track. */
export interface Conditions {
  readonly quality: Quality;
  /** Data has a price or the radio is slow. */
  readonly mobile: boolean;
  readonly saveData: boolean;
  /** Bits a second; null = not measured yet. */
  readonly throughput: number | null;
  readonly supports: (mime: string) => boolean;
  /** Names of tiers that failed for this track. */
  readonly failed?: ReadonlySet<string>;
}

/** A stream must have this much of the measured throughput to spare. */
const headroom = 1.5;
const cdRate = 48_000;
const cdDepth = 16;

/** Kilobits a second; FLAC is guessed where the server does not say. */
export const weight = (tier: Tier, channels = 2): number =>
  tier.bit_rate_kbps ?? (tier.lossless ? (tier.sample_rate_hz * (tier.bit_depth ?? 16) * channels * 0.65) / 1000 : 256);

const aboveCd = (tier: Tier): boolean => tier.sample_rate_hz > cdRate || (tier.bit_depth ?? 16) > cdDepth;

/** null = nothing this browser can be fed. */
export function chooseTier(manifest: PlaybackManifest, conditions: Conditions): Tier | null {
  const able = manifest.tiers.filter((tier) => conditions.supports(tier.mime) && !conditions.failed?.has(tier.name));
  if (conditions.quality === "smart") return smart(manifest, able, conditions);
  // An MP3 file's own frames are better than any new MP3 of them, if they are not heavier than what was asked for.
  const asked = able.find((tier) => tier.name === conditions.quality);
  const own = able.find((tier) => tier.name === "mp3");
  if (own && asked?.mime === own.mime && weight(own) <= weight(asked) + 1) return own;
  return asked ?? own ?? smart(manifest, able, conditions);
}

function smart(manifest: PlaybackManifest, able: readonly Tier[], conditions: Conditions): Tier | null {
  const wanted = (tier: Tier): boolean => {
    if (tier.name === "flac") return !conditions.mobile && !conditions.saveData && !aboveCd(tier) && !able.some((other) => other.name === "mp3");
    if (conditions.saveData) return weight(tier) <= 140;
    if (conditions.mobile) return tier.splice && weight(tier) <= 260;
    return true;
  };
  const fast = (tier: Tier): boolean => conditions.throughput === null || weight(tier, manifest.channels) * 1000 * headroom <= conditions.throughput;
  const suitable = able.filter(wanted);
  const lightest = [...able].sort((a, b) => weight(a) - weight(b))[0] ?? null;
  return suitable.find(fast) ?? [...suitable].sort((a, b) => weight(a) - weight(b))[0] ?? lightest;
}

interface Connection {
  readonly type?: string;
  readonly effectiveType?: string;
  readonly saveData?: boolean;
}

/** What the browser knows of its network; most say nothing, which counts as being at home. */
export function networkNow(): { mobile: boolean; saveData: boolean } {
  const { connection } = navigator as Navigator & { connection?: Connection };
  const slow = connection?.effectiveType === "2g" || connection?.effectiveType === "slow-2g" || connection?.effectiveType === "3g";
  return { mobile: connection?.type === "cellular" || (connection?.type === undefined && slow), saveData: connection?.saveData ?? false };
}
