import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { queries } from "@/shared/api/queries";
import type { Id, Items, LyricLine, Lyrics } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";

/** While a finger is on the button the words already move; the server hears of it when it rests. */
const restMs = 500;
export const farthestMs = 60_000;

const timers = new Map<Id, ReturnType<typeof setTimeout>>();

type Texts = Items<Lyrics>;

export type FindAnswer = "found" | "none" | "off";

/** What a listener may change of a track's words. */
export function useLyricEdits(trackId: Id) {
  const client = useQueryClient();
  return useMemo(() => {
    const key = queries.lyrics(trackId).queryKey;
    const show = ({ items }: Texts): void => void client.setQueryData<Lyrics[]>(key, items);
    const sendOffset = async (offsetMs: number): Promise<void> => {
      try {
        await api.put(`tracks/${trackId}/lyrics/offset`, { offset_ms: offsetMs });
      } catch {
        toast({ text: i18n.t("The timing could not be saved.") });
        void client.invalidateQueries({ queryKey: key });
      }
    };
    return {
      /** @throws Problem with the reason why the text is refused. */
      save: async (text: string): Promise<void> => {
        show(await api.put<Texts>(`tracks/${trackId}/lyrics`, { text }));
      },
      remove: async (): Promise<void> => {
        show(await api.delete<Texts>(`tracks/${trackId}/lyrics`));
      },
      setOffset: (wanted: number): void => {
        const offsetMs = Math.max(-farthestMs, Math.min(farthestMs, wanted));
        client.setQueryData<Lyrics[]>(key, (old) => old?.map((one) => ({ ...one, offset_ms: offsetMs })));
        clearTimeout(timers.get(trackId));
        timers.set(trackId, setTimeout(() => void sendOffset(offsetMs), restMs));
      },
      find: async (): Promise<FindAnswer> => {
        try {
          const answer = await api.post<Texts>(`tracks/${trackId}/lyrics/find`);
          show(answer);
          return answer.items.length > 0 ? "found" : "none";
        } catch (error) {
          if (error instanceof Problem && error.code === "lyrics_lookup_off") return "off";
          throw error;
        }
      },
    };
  }, [client, trackId]);
}

const stamp = (ms: number): string => {
  const hundredths = Math.round(ms / 10);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
};
const sung = (line: LyricLine): string => (line.words?.length ? line.words.map((word) => `<${stamp(word.start_ms)}>${word.text}`).join("") : line.text);

/** A text as one may edit it: LRC where it has times, with those of the words. */
export const asText = (lyrics: Lyrics): string => lyrics.lines.map((line) => (lyrics.synced && line.start_ms !== null ? `[${stamp(line.start_ms)}] ${sung(line)}`.trimEnd() : line.text)).join("\n");

/** Lines of a text, and how many of them have a time. */
export function lineCounts(text: string): { lines: number; timed: number } {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() && !/^\[[a-zA-Z#]+:[^\]]*\]\s*$/.test(row.trim()));
  return { lines: rows.length, timed: rows.filter((row) => /^\s*\[\d{1,3}:\d{1,2}(?:[.:,]\d{1,3})?\]/.test(row)).length };
}
