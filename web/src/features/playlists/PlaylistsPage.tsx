import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Mosaic } from "@/media/Mosaic";
import { newPlaylist } from "@/media/playlists";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import type { PlaylistItem } from "@/shared/api/types";
import { span, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonCovers } from "@/shared/ui/states";
import { playlistsQuery } from "./api";
import { mayWrite } from "./register";
import { playPlaylist } from "./playPlaylist";
import "./playlists.css";

function Card({ list }: { list: PlaylistItem }) {
  const facts = [trackCount(list.track_count), list.track_count > 0 && span(list.duration_s)].filter(Boolean).join(", ");
  return (
    <div className="cover">
      <Link to="/playlists/$playlistId" params={{ playlistId: list.id }} className="cover-link">
        <span className="on">
          <Mosaic coverIds={list.cover_ids} seed={list.id} size={320} />
        </span>
        <b className="cut" data-tip={list.name} data-tip-cut>
          {list.name}
        </b>
        <small className="cut num">{list.mine ? facts : i18n.t("{facts}, by {owner}", { facts: trackCount(list.track_count), owner: list.owner.name })}</small>
      </Link>
      {list.track_count > 0 && (
        <button type="button" className="icon-btn cover-play" data-kind="accent" aria-label={i18n.t("Play {name}", { name: list.name })} onClick={() => void playPlaylist(list.id)}>
          <Icon name="play" />
        </button>
      )}
    </div>
  );
}

function Grid({ lists }: { lists: readonly PlaylistItem[] }) {
  return (
    <ul className="grid">
      {lists.map((list) => (
        <li key={list.id}>
          <Card list={list} />
        </li>
      ))}
    </ul>
  );
}

export default function PlaylistsPage() {
  const { data, error, isPending, refetch } = useQuery(playlistsQuery());
  usePageLook({});
  useTitle(i18n.t("Playlists"));
  const mine = data?.filter((one) => one.mine) ?? [];
  const others = data?.filter((one) => !one.mine) ?? [];
  return (
    <>
      <header className="row between pls-head">
        <h1 className="h-28">{i18n.t("Playlists")}</h1>
        {data && mayWrite() && (
          <Button icon="plus" onClick={newPlaylist}>
            {i18n.t("New playlist")}
          </Button>
        )}
      </header>
      {isPending && <SkeletonCovers count={10} />}
      {error && !data && <ErrorState what={i18n.t("The playlists could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data && mine.length === 0 && (
        <EmptyState icon="list" title={i18n.t("No playlist of your own yet")}>
          {mayWrite() ? i18n.t("Use “Add to playlist” on any track or album, or save the queue as it is.") : i18n.t("Guests keep no playlists. Those that others share appear here.")}
        </EmptyState>
      )}
      {mine.length > 0 && <Grid lists={mine} />}
      {others.length > 0 && (
        <section className="sect" aria-labelledby="pls-others">
          <header>
            <h2 id="pls-others" className="h-20">
              {i18n.t("Shared by others")}
            </h2>
          </header>
          <Grid lists={others} />
        </section>
      )}
    </>
  );
}
