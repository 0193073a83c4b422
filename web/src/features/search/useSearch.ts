import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { SearchResult } from "@/shared/api/types";

const shownOfAll = 20;
const shownOfOne = 100;

export const searchQuery = (q: string, whole: boolean) =>
  queryOptions({
    queryKey: ["search", q, whole] as const,
    queryFn: ({ signal }) => api.get<SearchResult>("search", { q, limit: whole ? shownOfOne : shownOfAll }, signal),
  });

/** The answer to `q`; while the next one is on its way the last one stays. */
export function useSearch(q: string, whole: boolean) {
  return useQuery({ ...searchQuery(q, whole), enabled: q !== "", placeholderData: keepPreviousData });
}

export const isEmpty = (found: SearchResult): boolean =>
  found.tracks.length + found.albums.length + found.artists.length + found.playlists.length + found.genres.length === 0;
