import { useQuery } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { Id, Waveform } from "@/shared/api/types";

const askAgain = 20_000;

/** Peaks 0..255 of a track, or null: not measured yet, not measurable, or not asked for. The socket says when a pending one is there. */
export function useWaveform(trackId: Id | null): readonly number[] | null {
  const { data } = useQuery({
    queryKey: ["waveform", trackId],
    queryFn: ({ signal }) => api.get<Waveform>(`tracks/${trackId}/waveform`, undefined, signal),
    enabled: trackId !== null,
    staleTime: Infinity,
    retry: false,
    // Only for a socket that is down: the message "sound.measured" comes sooner.
    refetchInterval: (query) => (query.state.data?.state === "pending" ? askAgain : false),
  });
  return data?.state === "ready" && data.peaks && data.peaks.length > 0 ? data.peaks : null;
}
