import { useQuery } from "@tanstack/react-query";
import { usePlayer } from "@/player/usePlayer";
import { trackItemQuery } from "@/shared/api/trackItems";
import type { TrackItem } from "@/shared/api/types";

/** The current track with what changed since it began (a like): the query cache has the newer copy. */
export function useLiveTrack(): TrackItem | null {
  const track = usePlayer((state) => state.track);
  const { data } = useQuery({ ...trackItemQuery(track?.id ?? ""), enabled: track !== null });
  return data?.id === track?.id ? (data ?? track) : track;
}
