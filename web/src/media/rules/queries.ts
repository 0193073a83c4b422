import { queryOptions } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { Id, Items, PlaylistItem, PlaylistRule } from "@/shared/api/types";
import type { Rule } from "./rule";
import type { RuleField } from "./words";

/** The same for as long as the server is. */
export const fieldsQuery = () =>
  queryOptions({
    queryKey: ["rule-fields"],
    queryFn: ({ signal }) => api.get<Items<RuleField>>("rules/fields", undefined, signal).then(({ items }) => new Map(items.map((field) => [field.name, field]))),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The rule of one's own smart playlist. */
export const ruleQuery = (id: Id) =>
  queryOptions({ queryKey: ["playlist", id, "rule"], queryFn: ({ signal }) => api.get<Omit<PlaylistRule, "rule"> & { rule: Rule }>(`playlists/${id}/rule`, undefined, signal) });

export const putRule = (id: Id, rule: Rule): Promise<PlaylistItem> => api.put<PlaylistItem>(`playlists/${id}/rule`, { rule });
export const freezePlaylist = (id: Id): Promise<PlaylistItem> => api.post<PlaylistItem>(`playlists/${id}/freeze`);
export const refreshPlaylist = (id: Id): Promise<PlaylistItem> => api.post<PlaylistItem>(`playlists/${id}/refresh`);
