import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { Mosaic } from "@/media/Mosaic";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import { Problem } from "@/shared/api/problem";
import type { PlaylistDetail, TrackItem } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { EmptyState, ErrorState, Loading, Skeleton, SkeletonRows } from "@/shared/ui/states";
import { playlistQuery } from "./api";
import { moveEntries, removeEntries } from "./edits";
import { PlaylistHead } from "./PlaylistHead";
import { play } from "./playPlaylist";
import { useUndoKey } from "./useUndoKey";
import "./playlists.css";

const route = getRouteApi("/inside/app/playlists/$playlistId");
const columns: readonly TrackColumn[] = ["number", "art", "title", "album", "bpm", "key", "energy", "time", "like", "more"];

export default function PlaylistPage() {
  const { playlistId } = route.useParams();
  const { data: list, error, refetch } = useQuery(playlistQuery(playlistId));
  usePageLook({ wash: "soft" });
  useTitle(list?.name ?? i18n.t("Playlist"));
  if (error && !list) {
    const gone = error instanceof Problem && error.status === 404;
    return (
      <>
        <h1 className="sr">{i18n.t("Playlist")}</h1>
        {gone ? (
          <EmptyState
            icon="list"
            title={i18n.t("This playlist is not here")}
            action={
              <Link className="btn" to="/playlists">
                {i18n.t("All playlists")}
              </Link>
            }
          >
            {i18n.t("It may have been deleted, or its owner keeps it private.")}
          </EmptyState>
        ) : (
          <ErrorState what={i18n.t("The playlist could not be loaded")} error={error} onRetry={() => void refetch()} />
        )}
      </>
    );
  }
  if (!list) {
    return (
      <Loading>
        <div className="pl-head">
          <Skeleton className="pl-art sk-art" />
          <Skeleton className="sk-title" />
        </div>
        <SkeletonRows count={8} />
      </Loading>
    );
  }
  return <Playlist key={list.id} list={list} />;
}

function Playlist({ list }: { list: PlaylistDetail }) {
  const client = useQueryClient();
  const tracks = useMemo(() => list.entries.map((entry) => entry.track), [list.entries]);
  const remove = useCallback((indexes: readonly number[]) => void removeEntries(client, list.id, indexes), [client, list.id]);
  const reorder = useCallback((from: number, to: number, chosen: readonly number[]) => void moveEntries(client, list.id, from, to, chosen), [client, list.id]);
  const extra = useCallback((_track: TrackItem, index: number) => [{ label: i18n.t("Remove from playlist"), icon: "trash" as const, keys: "Del", run: () => remove([index]) }], [remove]);
  useUndoKey(list.mine && !list.smart ? list.id : null);
  const start = useCallback((index: number) => play(list, index), [list]);
  return (
    <article>
      <header className="pl-head">
        <span className="pl-art">
          <Mosaic coverIds={list.cover_ids} seed={list.id} own={list.cover} size={960} eager />
        </span>
        <PlaylistHead list={list} />
      </header>
      {tracks.length === 0 ? (
        <EmptyState
          icon={list.smart ? "filter" : "plus"}
          title={list.smart ? i18n.t("Nothing fits the rules now") : list.mine ? i18n.t("Nothing in it yet") : i18n.t("Nothing here you can play")}
          action={
            <Link className="btn" to="/library/albums">
              {i18n.t("Open the library")}
            </Link>
          }
        >
          {list.smart ? i18n.t("Tracks that fit come in by themselves.") : list.mine ? i18n.t("“Add to playlist” is in the menu of every track and album.") : i18n.t("The playlist is empty, or its music is in a library you cannot see.")}
        </EmptyState>
      ) : (
        <TrackList label={i18n.t("Tracks of {name}", { name: list.name })} tracks={tracks} columns={columns} onPlay={start} {...(list.mine && !list.smart ? { onReorder: reorder, onRemove: remove, removeLabel: i18n.t("Remove from playlist"), menuExtra: extra } : {})} />
      )}
    </article>
  );
}
