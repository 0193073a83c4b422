import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { create } from "zustand";
import { usePlayer } from "@/player/usePlayer";
import { queries } from "@/shared/api/queries";
import type { Id, Lyrics } from "@/shared/api/types";
import { useBeat } from "./useBeat";

/** Which text of a track is read, where it has several; until the window closes. */
const useChoice = create<{ of: Readonly<Record<Id, string>> }>(() => ({ of: {} }));
export const keyOf = (lyrics: Lyrics): string => `${lyrics.source}/${lyrics.language}/${lyrics.synced}`;
export const chooseLyrics = (trackId: Id, lyrics: Lyrics): void => useChoice.setState(({ of }) => ({ of: { ...of, [trackId]: keyOf(lyrics) } }));

/** "eng" -> "en", which is what a page may say; null for texts whose language is not known. */
export function languageTag(code: string): string | null {
  if (!code || code === "xxx" || code === "und") return null;
  try {
    return Intl.getCanonicalLocales(code)[0] ?? null;
  } catch {
    return null;
  }
}

export interface ShownLyrics {
  lyrics: Lyrics | null;
  /** Last line that has begun; -1 before the first and for plain text. */
  line: number;
  /** Every text there is, the best first. */
  all: readonly Lyrics[];
  isPending: boolean;
  error: unknown;
  refetch: () => void;
}

const nothing: readonly Lyrics[] = [];

/** The words of what plays. */
export function useLyrics(): ShownLyrics {
  const id = usePlayer((state) => state.track?.id ?? null);
  const { data, isPending, error, refetch } = useQuery({ ...queries.lyrics(id ?? ""), enabled: id !== null });
  const chosen = useChoice(({ of }) => (id ? of[id] : undefined));
  const all = (id && data) || nothing;
  const lyrics = all.find((one) => keyOf(one) === chosen) ?? all[0] ?? null;
  const starts = useMemo(() => (lyrics?.synced ? lyrics.lines.map((one) => one.start_ms ?? 0) : []), [lyrics]);
  const line = useBeat(starts, lyrics?.offset_ms ?? 0);
  return { lyrics, line, all, isPending: id !== null && isPending, error: id === null ? null : error, refetch: () => void refetch() };
}
