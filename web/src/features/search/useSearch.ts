import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { filterCount, filterQuery, type TrackFilters } from "@/media/trackFilters";
import { api } from "@/shared/api/client";
import type { SearchResult, TrackAnswer } from "@/shared/api/types";

const shownOfAll = 20;
const shownOfOne = 100;
const shownFitting = 12;
const wholeFitting = 200;

export const searchQuery = (q: string, whole: boolean) =>
  queryOptions({
    queryKey: ["search", q, whole] as const,
    queryFn: ({ signal }) => api.get<SearchResult>("search", { q, limit: whole ? shownOfOne : shownOfAll }, signal),
  });

export const fittingQuery = (q: string, filters: TrackFilters, whole: boolean) =>
  queryOptions({
    queryKey: ["search", "tracks", q, filters, whole] as const,
    queryFn: ({ signal }) => api.get<TrackAnswer>("search/tracks", { q, ...filterQuery(filters), limit: whole ? wholeFitting : shownFitting }, signal),
  });

/** The answer to `q` by names; while the next one is on its way the last one stays. */
export function useSearch(q: string, whole: boolean) {
  return useQuery({ ...searchQuery(q, whole), enabled: q !== "", placeholderData: keepPreviousData });
}

/** The same by what the words mean, and by filters. */
export function useFitting(q: string, filters: TrackFilters, whole: boolean) {
  const enabled = q !== "" || filterCount(filters) > 0;
  return useQuery({ ...fittingQuery(q, filters, whole), enabled, placeholderData: enabled ? keepPreviousData : undefined });
}

/** Whether the words say more than names, or something is filtered: only then tracks that fit are another thing than tracks that are called so. */
export const saysMore = (answer: TrackAnswer | undefined, filters: TrackFilters): boolean => filterCount(filters) > 0 || (answer?.understood.some(({ means }) => means !== "a name") ?? false);

/** The question without one of its words; the same where the word is not found in it. */
export function withoutWord(q: string, word: string): string {
  const at = q.toLocaleLowerCase().indexOf(word.toLocaleLowerCase());
  if (at < 0) return q;
  return `${q.slice(0, at)} ${q.slice(at + word.length)}`.replace(/\s+([,;.])/g, "$1").replace(/\s+/g, " ").replace(/^[\s,;.]+|[\s,;]+$/g, "");
}

export const isEmpty = (found: SearchResult): boolean =>
  found.tracks.length + found.albums.length + found.artists.length + found.playlists.length + found.genres.length === 0;
