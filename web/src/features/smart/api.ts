import { queryOptions } from "@tanstack/react-query";
import type { Rule } from "@/media/rules/rule";
import { api } from "@/shared/api/client";
import type { Items, PlaylistItem, RulePreview, RuleSuggestion } from "@/shared/api/types";

/** What a rule finds right now. `count` match it, `kept` of them are in the list. */
export type Preview = Omit<RulePreview, "rule"> & { rule: Rule };
const shown = 12;

export const previewOf = (body: { rule: Rule } | { text: string } | { nsp: string }, signal?: AbortSignal): Promise<Preview> => api.post<Preview>("rules/preview", { ...body, limit: shown }, { signal });

export const suggestQuery = (field: string, q: string) =>
  queryOptions({ queryKey: ["rule-suggest", field, q], queryFn: ({ signal }) => api.get<Items<RuleSuggestion>>("rules/suggest", { field, q }, signal), staleTime: 60_000 });

export const createSmart = (name: string, rule: Rule): Promise<PlaylistItem> => api.post<PlaylistItem>("playlists", { name, rule });
