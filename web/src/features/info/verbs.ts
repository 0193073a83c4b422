import type { QueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { patchEverywhere } from "@/shared/api/patch";
import { Problem } from "@/shared/api/problem";
import { queries } from "@/shared/api/queries";
import type { Id, Items, MoodItem, TrackAnalysis } from "@/shared/api/types";

export const problemText = (error: unknown): string => (error instanceof Problem ? error.message : String(error));

/** null takes a correction back; what is left out stays. */
export interface Correction {
  bpm?: number | null;
  key?: string | null;
}

/** Every list shows what counts now. */
export async function correct(client: QueryClient, trackId: Id, change: Correction): Promise<void> {
  const after = await api.patch<TrackAnalysis>(`tracks/${trackId}/analysis`, change);
  client.setQueryData(queries.trackAnalysis(trackId).queryKey, after);
  const { bpm, bpm_source, key, camelot, key_source } = after.effective;
  const { bpm_confidence, key_strength } = after.measured ?? { bpm_confidence: null, key_strength: null };
  patchEverywhere(client, "track", trackId, {
    ...{ bpm, bpm_source, key, camelot, key_source },
    bpm_confidence: bpm_source === "measured" ? bpm_confidence : null,
    key_confidence: key_source === "measured" ? key_strength : null,
  });
}

export async function setMood(client: QueryClient, trackId: Id, mood: string, value: number | null): Promise<void> {
  const { items } = await api.put<Items<MoodItem>>(`tracks/${trackId}/moods`, { [mood]: value });
  client.setQueryData(queries.trackAnalysis(trackId).queryKey, (before) => before && { ...before, moods: items });
}
