import { queryOptions } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { Id, Items, PlaylistItem, TrackItem } from "@/shared/api/types";
import type { Rule } from "@/media/rules/rule";
import type { RuleField } from "@/media/rules/words";

/** What a rule finds right now. `count` match it, `kept` of them are in the list. */
export interface Preview {
  count: number;
  kept: number;
  duration_s: number;
  text: string;
  rule: Rule;
  names: Record<Id, string>;
  unknown: string[];
  items: TrackItem[];
  took_ms: number;
}
export interface PlaylistRule {
  rule: Rule;
  text: string;
  names: Record<Id, string>;
}
export interface Suggestion {
  value: string;
  tracks: number | null;
}
const shown = 40;

export const fieldsQuery = () =>
  queryOptions({
    queryKey: ["rule-fields"],
    queryFn: ({ signal }) => api.get<Items<RuleField>>("rules/fields", undefined, signal).then(({ items }) => new Map(items.map((field) => [field.name, field]))),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const ruleQuery = (id: Id) => queryOptions({ queryKey: ["playlist", id, "rule"], queryFn: ({ signal }) => api.get<PlaylistRule>(`playlists/${id}/rule`, undefined, signal), staleTime: 0 });

export const previewOf = (body: { rule: Rule } | { text: string } | { nsp: unknown }, signal?: AbortSignal): Promise<Preview> => api.post<Preview>("rules/preview", { ...body, limit: shown }, { signal });

export const suggestQuery = (field: string, q: string) =>
  queryOptions({ queryKey: ["rule-suggest", field, q], queryFn: ({ signal }) => api.get<Items<Suggestion>>("rules/suggest", { field, q }, signal), staleTime: 60_000 });

export const createSmart = (name: string, rule: Rule): Promise<PlaylistItem> => api.post<PlaylistItem>("playlists", { name, rule });
export const putRule = (id: Id, rule: Rule): Promise<PlaylistItem> => api.put<PlaylistItem>(`playlists/${id}/rule`, { rule });
