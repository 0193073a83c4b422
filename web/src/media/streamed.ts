import { i18n } from "@lingui/core";
import type { Streamed } from "@/player/player";

const names: Record<string, string> = { opus: "Opus", vorbis: "Vorbis", pcm: "PCM", wavpack: "WavPack" };
export const codecName = (codec: string): string => names[codec.toLowerCase()] ?? codec.toUpperCase();

interface Sound {
  codec: string;
  lossless: boolean;
  sampleRateHz: number | null;
  bitDepth: number | null;
  bitRateKbps: number | null;
}

/** "FLAC 24/96", "MP3 320", or the name alone. */
export function soundWords({ codec, lossless, sampleRateHz, bitDepth, bitRateKbps }: Sound): string {
  const name = codecName(codec);
  if (!lossless) return bitRateKbps ? `${name} ${Math.round(bitRateKbps)}` : name;
  if (!sampleRateHz) return name;
  const rate = Number((sampleRateHz / 1000).toFixed(1));
  return `${name} ${bitDepth ? `${bitDepth}/` : ""}${rate}`;
}

/** What the badge says: what comes out of the loudspeaker, and of which file it was made when it is not the file itself. */
export function badgeWords(streamed: Streamed, fileCodec: string | null): { now: string; from: string | null } {
  return { now: soundWords(streamed), from: streamed.original || !fileCodec ? null : i18n.t("from {codec}", { codec: codecName(fileCodec) }) };
}

const minus = "\u2212";
/** -3.14 -> "−3.1 dB"; nothing to add is "0 dB". */
export function decibels(db: number): string {
  const rounded = Math.round(db * 10) / 10;
  if (rounded === 0) return "0 dB";
  return `${rounded < 0 ? minus : "+"}${Math.abs(rounded).toFixed(1)} dB`;
}

/** 1.25 -> "1.25×". */
export const speedWords = (speed: number): string => `${Number(speed.toFixed(2))}×`;
