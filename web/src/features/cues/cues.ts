import { queryOptions } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { Cue, Id } from "@/shared/api/types";

/** A cue on the screen; `key` is its name here, the server gives cues none. */
export interface Shown extends Cue {
  key: number;
}

export const most = 128;
const pads = 16;
const shortestLoop = 0.05;
/** The colours DJ software knows: what is chosen here looks the same there. */
export const colours = ["#e5484d", "#f5a524", "#e8d44d", "#46a758", "#3ec6b0", "#3e8ef7", "#8e6cef", "#e36bb4"] as const;

export const cuesQuery = (trackId: Id) => queryOptions({ queryKey: ["cues", trackId], queryFn: ({ signal }) => api.get<{ cues: Cue[] }>(`tracks/${trackId}/cues`, undefined, signal).then((found) => found.cues), staleTime: 0 });
export const putCues = (trackId: Id, cues: readonly Cue[]): Promise<Cue[]> => api.put<{ cues: Cue[] }>(`tracks/${trackId}/cues`, { cues }).then((kept) => kept.cues);

let last = 0;
const nextKey = (): number => (last += 1);
export const inHand = (cues: readonly Cue[]): Shown[] => inOrder(cues.map((cue) => ({ ...cue, key: nextKey() })));
export const toSend = (cues: readonly Shown[]): Cue[] => cues.map(({ kind, start_s, end_s, number, name, colour, bpm, beat, beats }) => ({ kind, start_s, end_s, number, name: name.trim(), colour, bpm, beat, beats }));

export const inOrder = (cues: readonly Shown[]): Shown[] => [...cues].sort((a, b) => a.start_s - b.start_s || a.key - b.key);
/** Beat grids and fades of other software are kept and not shown among the cues. */
export const isEdited = ({ kind }: Cue): boolean => kind === "cue" || kind === "loop";

const freePad = (cues: readonly Cue[]): number | null => {
  const taken = new Set(cues.map((cue) => cue.number));
  const free = Array.from({ length: 8 }, (_, i) => i).find((pad) => !taken.has(pad));
  return free ?? null;
};
export const padsFor = (cues: readonly Shown[], own: Shown): number[] => Array.from({ length: pads }, (_, i) => i).filter((pad) => pad === own.number || !cues.some((cue) => cue.number === pad));

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
const within = (seconds: number, duration: number): number => round(Math.min(Math.max(0, seconds), duration));

export interface Beats {
  first_s: number;
  bpm: number;
}
/** The nearest beat, where the beats are known. */
export function snapped(seconds: number, beats: Beats | null): number {
  if (!beats) return seconds;
  const beat = 60 / beats.bpm;
  return Math.max(0, beats.first_s + Math.round((seconds - beats.first_s) / beat) * beat);
}

/** A new cue, or a loop of four beats (four seconds where none are known). */
export function added(cues: readonly Shown[], kind: "cue" | "loop", at: number, duration: number, beats: Beats | null): { cues: Shown[]; key: number } {
  const start_s = within(snapped(at, beats), duration);
  const long = beats ? (60 / beats.bpm) * 4 : 4;
  const end_s = kind === "loop" ? within(start_s + long, duration) : null;
  const number = freePad(cues);
  const cue: Shown = { kind, start_s, end_s, number, name: "", colour: colours[(number ?? cues.length) % colours.length] ?? null, bpm: null, beat: null, beats: null, key: nextKey() };
  // At the very end there is no room for a loop after the place.
  if (end_s !== null && end_s - start_s < shortestLoop) cue.start_s = Math.max(0, round(duration - long));
  return { cues: inOrder([...cues, cue]), key: cue.key };
}

/** Moves a cue, or a whole loop, so that it starts at `to`. */
export function movedTo(cue: Shown, to: number, duration: number): Shown {
  if (cue.end_s === null) return { ...cue, start_s: within(to, duration) };
  const long = cue.end_s - cue.start_s;
  const start_s = within(Math.min(to, duration - long), duration);
  return { ...cue, start_s, end_s: round(start_s + long) };
}
/** Moves the end of a loop, which stays behind its start. */
export const endedAt = (cue: Shown, to: number, duration: number): Shown => ({ ...cue, end_s: Math.max(round(cue.start_s + shortestLoop), within(to, duration)) });

/** "1:02.340", for places that are heard to the hundredth. */
export function place(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const minutes = Math.floor(ms / 60_000);
  return `${minutes}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, "0")}.${String(ms % 1000).padStart(3, "0")}`;
}
/** Reads "1:02.34", "62.34" and "62,34"; null for anything else. */
export function readPlace(text: string): number | null {
  const found = /^(?:(\d+):)?(\d{1,5}(?:[.,]\d{1,3})?)$/.exec(text.trim());
  if (!found) return null;
  const seconds = Number((found[2] ?? "").replace(",", "."));
  return found[1] !== undefined && seconds >= 60 ? null : Number(found[1] ?? 0) * 60 + seconds;
}
