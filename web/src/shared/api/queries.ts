import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import type {
  AlbumDetail,
  AlbumItem,
  AlbumQuery,
  AnalysisStatus,
  ArtistDetail,
  ArtistItem,
  ArtistQuery,
  GenreItem,
  Home,
  Id,
  Items,
  Library,
  Lyrics,
  Page,
  Scan,
  ServerInfo,
  TrackAnalysis,
  TrackItem,
  TrackQuery,
  User,
  YearItem,
} from "./types";

/** Every query of more than one feature. The first word of a key is its family; socket messages name families. */
export const pageSize = 100;

const paged = <T>(family: string, path: string, query: object) =>
  infiniteQueryOptions({
    queryKey: [family, query] as const,
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(path, { ...query, limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<T>) => last.next,
  });

export const queries = {
  server: () => queryOptions({ queryKey: ["server"], queryFn: ({ signal }) => api.get<ServerInfo>("server", undefined, signal) }),
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => api.get<User>("me", undefined, signal), staleTime: Infinity }),
  home: () => queryOptions({ queryKey: ["home"], queryFn: ({ signal }) => api.get<Home>("home", undefined, signal) }),
  albums: (query: AlbumQuery) => paged<AlbumItem>("albums", "albums", query),
  tracks: (query: TrackQuery) => paged<TrackItem>("tracks", "tracks", query),
  artists: (query: ArtistQuery) => paged<ArtistItem>("artists", "artists", query),
  album: (id: Id) => queryOptions({ queryKey: ["album", id], queryFn: ({ signal }) => api.get<AlbumDetail>(`albums/${id}`, undefined, signal) }),
  artist: (id: Id) => queryOptions({ queryKey: ["artist", id], queryFn: ({ signal }) => api.get<ArtistDetail>(`artists/${id}`, undefined, signal) }),
  genres: () => queryOptions({ queryKey: ["genres"], queryFn: ({ signal }) => api.get<Items<GenreItem>>("genres", undefined, signal).then((page) => page.items) }),
  years: () => queryOptions({ queryKey: ["years"], queryFn: ({ signal }) => api.get<Items<YearItem>>("years", undefined, signal).then((page) => page.items) }),
  lyrics: (trackId: Id) =>
    queryOptions({ queryKey: ["lyrics", trackId], queryFn: ({ signal }) => api.get<Items<Lyrics>>(`tracks/${trackId}/lyrics`, undefined, signal).then((page) => page.items), staleTime: Infinity }),
  libraries: () => queryOptions({ queryKey: ["libraries"], queryFn: ({ signal }) => api.get<Items<Library>>("libraries", undefined, signal).then((page) => page.items) }),
  analysis: () => queryOptions({ queryKey: ["analysis"], queryFn: ({ signal }) => api.get<AnalysisStatus>("analysis", undefined, signal) }),
  trackAnalysis: (trackId: Id) => queryOptions({ queryKey: ["track-analysis", trackId], queryFn: ({ signal }) => api.get<TrackAnalysis>(`tracks/${trackId}/analysis`, undefined, signal) }),
  currentScans: () => queryOptions({ queryKey: ["scans", "current"], queryFn: ({ signal }) => api.get<Items<Scan>>("scans/current", undefined, signal).then((page) => page.items) }),
};

export const artworkUrl = (coverId: Id, size: 96 | 320 | 960): string => new URL(`api/v1/artwork/${coverId}?size=${size}`, document.baseURI).href;
export const artistImageUrl = (artistId: Id, size: 96 | 320 | 960): string => new URL(`api/v1/artist-images/${artistId}?size=${size}`, document.baseURI).href;
