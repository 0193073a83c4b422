import type { Streamed } from "./player";
import type { Level } from "./sound/levelling";
import type { Piece } from "./timeline";

const codecOf = (mime: string): string => /codecs="([^".]+)/.exec(mime)?.[1]?.replace("mp4a", "aac") ?? (mime === "audio/mpeg" ? "mp3" : mime.replace(/^audio\//, ""));

/** What the quality badge tells of a piece. */
export const streamedOf = ({ tier }: Piece, level: Level): Streamed => ({
  tier: tier.name,
  codec: codecOf(tier.mime),
  lossless: tier.lossless,
  original: tier.original,
  sampleRateHz: tier.sample_rate_hz,
  bitDepth: tier.bit_depth,
  bitRateKbps: tier.bit_rate_kbps,
  levelDb: level.db,
  gapless: tier.splice,
});
