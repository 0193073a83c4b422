import { url } from "@/shared/api/client";
import type { TrackItem } from "@/shared/api/types";

/** Container or codec of the file -> what to ask the browser about. Not listed = it cannot play it. */
const types: Record<string, string> = {
  mp3: "audio/mpeg",
  mpeg: "audio/mpeg",
  flac: "audio/flac",
  ogg: 'audio/ogg; codecs="vorbis"',
  vorbis: 'audio/ogg; codecs="vorbis"',
  opus: 'audio/ogg; codecs="opus"',
  aac: 'audio/mp4; codecs="mp4a.40.2"',
  m4a: 'audio/mp4; codecs="mp4a.40.2"',
  wav: "audio/wav",
  pcm: "audio/wav",
};
const neverPlayed = /alac|aiff|ape|wavpack|wv|wma|monkey|musepack/i;

let probe: HTMLAudioElement | null = null;
const canPlay = (type: string): boolean => (probe ??= document.createElement("audio")).canPlayType(type) !== "";

export function playsDirectly(track: Pick<TrackItem, "codec" | "format">): boolean {
  const names = [track.codec, track.format].filter((name): name is string => name !== null).map((name) => name.toLowerCase());
  if (names.some((name) => neverPlayed.test(name))) return false;
  const type = names.map((name) => types[name]).find((one) => one !== undefined);
  return type !== undefined && canPlay(type);
}

/** The file itself where the browser can play it, else a transcode. `safe` asks for the format every browser plays. */
export function streamUrl(track: TrackItem, safe = false): string {
  const base = url(`stream/${track.id}`);
  if (!safe && playsDirectly(track)) return base;
  return `${base}?format=mp3&bit_rate=320`;
}
