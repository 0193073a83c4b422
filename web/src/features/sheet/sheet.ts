import { i18n } from "@lingui/core";
import { api } from "@/shared/api/client";
import type { SetDetail } from "@/shared/api/djSets";
import type { Id, PlaylistDetail, TrackItem } from "@/shared/api/types";
import { changeText, countedWords, relationWords, tempoStep } from "@/shared/lib/joints";

/** What a sheet is printed of. */
export type SheetKind = "playlist" | "set";
export const isKind = (text: string): text is SheetKind => text === "playlist" || text === "set";

export interface SheetLine {
  key: string;
  number: number;
  track: TrackItem;
  /** When it begins, in seconds from the start of the list. */
  at: number;
  /** How the tempo and the key follow from the line before; null where nobody joined them. */
  step: string | null;
}

export interface Sheet {
  name: string;
  comment: string;
  lines: SheetLine[];
  duration: number;
  tempi: readonly [number, number] | null;
}

export const loadSheet = (kind: SheetKind, id: Id, signal: AbortSignal): Promise<Sheet> =>
  kind === "set" ? api.get<SetDetail>(`sets/${id}`, undefined, signal).then(ofSet) : api.get<PlaylistDetail>(`playlists/${id}`, undefined, signal).then(ofPlaylist);

export const ofPlaylist = (list: PlaylistDetail): Sheet =>
  sheet(
    list.name,
    list.comment,
    list.entries.map((entry) => ({ key: entry.id, track: entry.track, step: null })),
  );

export function ofSet(set: SetDetail): Sheet {
  const joints = new Map(set.joints.map((joint) => [`${joint.a} ${joint.b}`, joint]));
  const lines = set.slots.flatMap((slot, i) => {
    const before = set.slots[i - 1];
    const joint = before && joints.get(`${before.track_id} ${slot.track_id}`);
    const step = joint ? [changeText(tempoStep(joint)), countedWords(joint.tempo_factor), relationWords(joint.relation)].filter((part) => part !== null).join(", ") : null;
    return slot.track ? [{ key: slot.track_id, track: slot.track, step }] : [];
  });
  return sheet(set.name, "", lines);
}

function sheet(name: string, comment: string, lines: readonly Omit<SheetLine, "number" | "at">[]): Sheet {
  let at = 0;
  const placed = lines.map((line, i) => {
    const begins = at;
    at += line.track.duration_s;
    return { ...line, number: i + 1, at: begins };
  });
  const tempi = lines.flatMap(({ track }) => (track.bpm === null ? [] : [track.bpm]));
  return { name, comment, lines: placed, duration: at, tempi: tempi.length > 0 ? [Math.min(...tempi), Math.max(...tempi)] : null };
}

/** "118–126 BPM". */
export function tempoRange(tempi: readonly [number, number]): string {
  const [low, high] = [Math.round(tempi[0]), Math.round(tempi[1])];
  return low === high ? i18n.t("{low} BPM", { low }) : i18n.t("{low}–{high} BPM", { low, high });
}
