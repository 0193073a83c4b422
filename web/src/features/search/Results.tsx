import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { AlbumCard } from "@/media/AlbumCard";
import { Mosaic } from "@/media/Mosaic";
import { playTracks } from "@/media/play";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import { artistImageUrl } from "@/shared/api/queries";
import type { ArtistItem, GenreItem, PlaylistItem, SearchResult, TrackItem } from "@/shared/api/types";
import { albumCount, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { TopHit } from "./TopHit";

export type Group = "tracks" | "artists" | "albums" | "playlists";

interface ResultsProps {
  found: SearchResult;
  /** Only this group, as long as it is. */
  only: Group | undefined;
  onOnly: (group: Group) => void;
  /** Something was opened or played: these words were a real search. */
  onUse: () => void;
}

const columns: readonly TrackColumn[] = ["art", "title", "album", "time", "like", "more"];
const few = { tracks: 7, artists: 6, albums: 12, playlists: 6 } as const;

function Section({ title, id, more, action, children }: { title: string; id: string; more?: (() => void) | false; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="sect found-sect" aria-labelledby={id}>
      <header>
        <h2 id={id} className="h-20">
          {title}
        </h2>
        <span className="row">
          {more && (
            <Button kind="quiet" size="s" onClick={more}>
              {i18n.t("Show all")}
              <span className="sr"> {title}</span>
            </Button>
          )}
          {action}
        </span>
      </header>
      {children}
    </section>
  );
}

function Tracks({ tracks, all, more, onUse }: { tracks: readonly TrackItem[]; all: readonly TrackItem[]; more: (() => void) | false; onUse: () => void }) {
  const play = (index: number): void => {
    onUse();
    playTracks(all, index, { kind: "search", id: null, name: i18n.t("Search") });
  };
  const playAll = (
    <Button icon="play" size="s" onClick={() => play(0)}>
      {i18n.t("Play all")}
    </Button>
  );
  return (
    <Section title={i18n.t("Tracks")} id="found-tracks" more={more} action={all.length > 1 && playAll}>
      <TrackList label={i18n.t("Tracks")} tracks={tracks} columns={columns} head={false} onPlay={play} />
    </Section>
  );
}

function ArtistRow({ artist, onUse }: { artist: ArtistItem; onUse: () => void }) {
  return (
    <Link to="/artists/$artistId" params={{ artistId: artist.id }} className="hit-row" data-hit="" onClick={onUse}>
      <span className="hit-art hit-round">
        <Cover coverId={artist.cover_id} seed={artist.id} alt="" size={96} icon="user" {...(artist.image_id ? { src: artistImageUrl(artist.id, 96) } : {})} />
      </span>
      <span className="cut">
        <b className="cut" data-tip={artist.name} data-tip-cut>
          {artist.name}
        </b>
        <small className="cut num">{artist.album_count > 0 ? albumCount(artist.album_count) : trackCount(artist.track_count)}</small>
      </span>
    </Link>
  );
}

function PlaylistRow({ playlist, onUse }: { playlist: PlaylistItem; onUse: () => void }) {
  return (
    <Link to="/playlists/$playlistId" params={{ playlistId: playlist.id }} className="hit-row" data-hit="" onClick={onUse}>
      <span className="hit-art">
        <Mosaic coverIds={playlist.cover_ids} seed={playlist.id} own={playlist.cover} size={96} />
      </span>
      <span className="cut">
        <b className="cut">{playlist.name}</b>
        <small className="cut num">{[trackCount(playlist.track_count), !playlist.mine && playlist.owner.name].filter(Boolean).join(", ")}</small>
      </span>
    </Link>
  );
}

export function Genres({ genres, onUse }: { genres: readonly GenreItem[]; onUse?: () => void }) {
  return (
    <ul className="hit-genres">
      {genres.map((genre) => (
        <li key={genre.id}>
          <Link to="/library/albums" search={{ genre_id: genre.id }} data-hit="" {...(onUse ? { onClick: onUse } : {})}>
            <b>{genre.name}</b>
            <small className="num">{albumCount(genre.album_count)}</small>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function Results({ found, only, onOnly, onUse }: ResultsProps) {
  const shows = (group: Group): boolean => (only ? only === group : true) && found[group].length > 0;
  const cut = <T,>(group: Group, list: readonly T[]): readonly T[] => (only ? list : list.slice(0, few[group]));
  const more = (group: Group): (() => void) | false => !only && found[group].length > few[group] && (() => onOnly(group));
  const top = only ? null : found.top;
  return (
    <>
      <div className="found" data-top={top ? "" : undefined}>
        {top && (
          <section aria-labelledby="found-top" className="found-top">
            <h2 id="found-top" className="h-20">
              {i18n.t("Top result")}
            </h2>
            <TopHit hit={top} onOpen={onUse} />
          </section>
        )}
        {shows("tracks") && <Tracks tracks={cut("tracks", found.tracks)} all={found.tracks} more={more("tracks")} onUse={onUse} />}
      </div>
      {shows("artists") && (
        <Section title={i18n.t("Artists")} id="found-artists" more={more("artists")}>
          <ul className="hit-rows">
            {cut("artists", found.artists).map((artist) => (
              <li key={artist.id}>
                <ArtistRow artist={artist} onUse={onUse} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {shows("albums") && (
        <Section title={i18n.t("Albums")} id="found-albums" more={more("albums")}>
          <ul className={only ? "grid" : "shelf scroll-x"} onClickCapture={onUse}>
            {cut("albums", found.albums).map((album) => (
              <li key={album.id}>
                <AlbumCard album={album} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {shows("playlists") && (
        <Section title={i18n.t("Playlists")} id="found-playlists" more={more("playlists")}>
          <ul className="hit-rows">
            {cut("playlists", found.playlists).map((playlist) => (
              <li key={playlist.id}>
                <PlaylistRow playlist={playlist} onUse={onUse} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {!only && found.genres.length > 0 && (
        <Section title={i18n.t("Genres")} id="found-genres">
          <Genres genres={found.genres} onUse={onUse} />
        </Section>
      )}
    </>
  );
}
