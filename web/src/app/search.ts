import * as z from "zod/mini";
import type { AlbumSort, TrackSort } from "@/shared/api/types";

/** What each page keeps in the URL. A word that makes no sense is dropped, not refused. */
const maybe = <T extends z.ZodMiniType>(type: T) => z.catch(z.optional(type), undefined as never);
const reader =
  <T extends z.ZodMiniType<object>>(type: T) =>
  (raw: Record<string, unknown>): z.output<T> =>
    z.parse(type, raw);

const order = maybe(z.enum(["asc", "desc"]));
const year = maybe(z.number());
const id = maybe(z.string());
const letter = maybe(z.string().check(z.maxLength(2)));
const liked = maybe(z.literal(true));
const share = maybe(z.number().check(z.minimum(0), z.maximum(1)));
const tempo = maybe(z.number().check(z.minimum(0), z.maximum(1000)));
const trackFilters = {
  ...{ genre_id: id, year_from: year, year_to: year, liked, bpm_min: tempo, bpm_max: tempo, energy_min: share, energy_max: share },
  key: maybe(z.string().check(z.regex(/^(1[0-2]|[1-9])[AB](,(1[0-2]|[1-9])[AB]){0,23}$/))),
  key_compatible: maybe(z.literal(true)),
  analysed: maybe(z.boolean()),
  rated_min: maybe(z.number().check(z.minimum(1), z.maximum(5))),
};

export const albumSorts = ["title", "artist", "year", "added", "recently_played", "most_played", "rating", "liked", "random"] as const satisfies readonly AlbumSort[];
export const trackSorts = ["title", "artist", "album", "added", "year", "duration", "play_count", "rating", "liked", "bpm", "key", "energy", "random"] as const satisfies readonly TrackSort[];

export const albumSearch = reader(
  z.object({ sort: maybe(z.enum(albumSorts)), order, genre_id: id, artist_id: id, year_from: year, year_to: year, liked, letter, view: maybe(z.enum(["list"])) }),
);
export const trackSearch = reader(z.object({ sort: maybe(z.enum(trackSorts)), order, artist_id: id, ...trackFilters }));
export const artistSearch = reader(z.object({ sort: maybe(z.enum(["name", "albums", "added"])), letter }));
export const genreSearch = reader(z.object({ sort: maybe(z.enum(["name", "albums"])) }));
export const searchKinds = ["tracks", "artists", "albums", "playlists"] as const;
/** The router reads ?q=1984 as a number; it is a word all the same. */
const words = z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform((value) => String(value).slice(0, 200)));
export const searchSearch = reader(z.object({ q: maybe(words), in: maybe(z.enum([...searchKinds, "fitting"])), ...trackFilters }));
const sentence = z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform((value) => String(value).slice(0, 2000)));
export const promptSearch = reader(z.object({ q: maybe(sentence), seed: maybe(z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1))) }));
export const playlistsSearch = reader(z.object({ folder: id }));
export const mapSearch = reader(z.object({ colour: maybe(z.enum(["region"])), track: id }));
export const similarSearch = reader(z.object({ by: maybe(z.enum(["sound", "tags"])) }));
export const settingsSearch = reader(z.object({ error: id, linked: id }));
export const signInSearch = reader(z.object({ next: id, error: id }));
export const signUpSearch = reader(z.object({ invitation: id }));
