import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { SetCurve, SetLength, SetPool } from "@/shared/api/djSets";
import { queries } from "@/shared/api/queries";
import type { Items, PlaylistItem, PlaylistShelf } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";

export const curveNames = ["rise", "fall", "arc", "wave", "flat"] as const;
export function curveWords(name: string | null | undefined): string {
  switch (name) {
    case "rise":
      return i18n.t("Rise");
    case "fall":
      return i18n.t("Fall");
    case "arc":
      return i18n.t("Arc");
    case "wave":
      return i18n.t("Wave");
    case "flat":
      return i18n.t("Flat");
    default:
      return i18n.t("Draw");
  }
}
/** What a curve can be about, in words: energy, or a mood. */
export function levelWords(of: string | undefined): string {
  switch (of) {
    case "happy":
      return i18n.t("Happy");
    case "sad":
      return i18n.t("Sad");
    case "aggressive":
      return i18n.t("Aggressive");
    case "relaxed":
      return i18n.t("Relaxed");
    case "party":
      return i18n.t("Party");
    case "acoustic":
      return i18n.t("Acoustic");
    default:
      return i18n.t("Energy");
  }
}
export const isDrawn = (curve: SetCurve): boolean => (curve.points?.length ?? 0) > 0;

export function lengthWords({ tracks, minutes }: SetLength): string {
  if (tracks) return trackCount(tracks);
  if (minutes) return i18n.t("{minutes} min", { minutes: Math.round(minutes) });
  return i18n.t("Whole pool");
}

/** The same queries as the playlists page's. */
export const playlistsQuery = () => ({ queryKey: ["playlists"], queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Items<PlaylistItem>>("playlists", undefined, signal).then((page) => page.items) });

export const shelfQuery = () => ({ queryKey: ["playlists", "folders"], queryFn: ({ signal }: { signal: AbortSignal }) => api.get<PlaylistShelf>("playlist-folders", undefined, signal) });

/** Where the tracks come from, in words. */
export function usePoolWords(pool: SetPool): string {
  const { data: lists } = useQuery({ ...playlistsQuery(), enabled: pool.kind === "playlist" });
  const { data: genres } = useQuery({ ...queries.genres(), enabled: pool.kind === "genre" });
  const { data: shelf } = useQuery({ ...shelfQuery(), enabled: pool.kind === "folder" });
  switch (pool.kind) {
    case "folder":
      return shelf?.folders.find((one) => one.id === pool.id)?.name ?? i18n.t("A folder");
    case "playlist": {
      const list = lists?.find((one) => one.id === pool.id);
      return list ? i18n.t("“{name}”, {count}", { name: list.name, count: list.track_count }) : i18n.t("A playlist");
    }
    case "genre":
      return genres?.find((one) => one.id === pool.id)?.name ?? i18n.t("A genre");
    case "tracks":
      return i18n.t("{n, plural, one {# chosen track} other {# chosen tracks}}", { n: pool.track_ids?.length ?? 0 });
    case "liked":
      return i18n.t("Liked tracks");
    case "library":
      return i18n.t("Whole library");
    default:
      return i18n.t("Filter");
  }
}
