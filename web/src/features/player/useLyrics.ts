import { useQuery } from "@tanstack/react-query";
import { usePlayer, usePlayerTime } from "@/player/usePlayer";
import { queries } from "@/shared/api/queries";
import type { LyricLine, Lyrics } from "@/shared/api/types";

/** Last line that has begun; -1 before the first. */
export function lineAt(lines: readonly LyricLine[], seconds: number): number {
  const now = seconds * 1000;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start_ms ?? 0) <= now) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function useLyrics(): { lyrics: Lyrics | null; line: number; isPending: boolean; error: unknown; refetch: () => void } {
  const track = usePlayer((state) => state.track);
  const wanted = track?.has_lyrics ?? false;
  const { data, isPending, error, refetch } = useQuery({ ...queries.lyrics(track?.id ?? ""), enabled: wanted });
  const lyrics = wanted ? (data?.find((one) => one.synced) ?? data?.[0] ?? null) : null;
  const line = usePlayerTime((time) => (lyrics?.synced ? lineAt(lyrics.lines, time.position) : -1));
  return { lyrics, line, isPending: wanted && isPending, error: wanted ? error : null, refetch: () => void refetch() };
}
