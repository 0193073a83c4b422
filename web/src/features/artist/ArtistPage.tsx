import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { AlbumCard } from "@/media/AlbumCard";
import { LikeButton } from "@/media/LikeButton";
import { playTracks } from "@/media/play";
import { ArtistsLike } from "@/media/SoundsLike";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { artistImageUrl, queries } from "@/shared/api/queries";
import type { AlbumItem, ArtistDetail, Page, TrackItem } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { albumCount, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, Loading, Skeleton, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import "./artist.css";

const route = getRouteApi("/inside/app/artists/$artistId");
const columns: readonly TrackColumn[] = ["number", "art", "title", "album", "time", "like", "more"];

export default function ArtistPage() {
  const { artistId } = route.useParams();
  const { data: artist, error, refetch } = useQuery(queries.artist(artistId));
  const accent = artist?.albums.find((album) => album.accent)?.accent ?? null;
  usePageLook({ owns: true, accent, wash: "full" });
  useTitle(artist?.name ?? i18n.t("Artist"));
  if (error instanceof Problem && error.status === 404) {
    return (
      <>
        <h1 className="sr">{i18n.t("Artist")}</h1>
        <EmptyState icon="user" title={i18n.t("This artist is not here")}>
          {i18n.t("The files may have been moved away, or they belong to a library you cannot see.")}
        </EmptyState>
      </>
    );
  }
  if (error) {
    return (
      <>
        <h1 className="sr">{i18n.t("Artist")}</h1>
        <ErrorState what={i18n.t("The artist could not be loaded")} error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!artist) {
    return (
      <Loading>
        <div className="artist-head">
          <Skeleton className="artist-art" />
          <Skeleton className="sk-title" />
        </div>
        <SkeletonRows count={6} />
      </Loading>
    );
  }
  return <Artist artist={artist} />;
}

async function playAll(artist: ArtistDetail, shuffle: boolean): Promise<void> {
  try {
    const page = await api.get<Page<TrackItem>>("tracks", { artist_id: artist.id, sort: "album", limit: 500 });
    playTracks(page.items, shuffle ? Math.floor(Math.random() * page.items.length) : 0, { kind: "artist", id: artist.id, name: artist.name }, { shuffle });
  } catch {
    toast({ text: i18n.t("The tracks could not be loaded.") });
  }
}

function Artist({ artist }: { artist: ArtistDetail }) {
  const cover = artist.cover_id ?? artist.albums[0]?.cover_id ?? null;
  const [singles, albums] = split(artist.albums);
  return (
    <article>
      <header className="artist-head">
        <span className="artist-art">
          <Cover coverId={cover} seed={artist.id} alt="" size={320} icon="user" accent={artist.albums[0]?.accent} eager {...(artist.image_id ? { src: artistImageUrl(artist.id, 960) } : {})} />
        </span>
        <div>
          <p className="t-2 w5 only-d">{i18n.t("Artist")}</p>
          <h1 className={artist.name.length > 28 ? "h-40" : "h-56"}>{artist.name}</h1>
          <p className="t-2 num artist-meta">
            {artist.album_count > 0 && (
              <>
                {albumCount(artist.album_count)}
                <span className="dot" />
              </>
            )}
            {trackCount(artist.track_count)}
          </p>
          <div className="row artist-act">
            <Button kind="primary" size="l" icon="play" onClick={() => void playAll(artist, false)}>
              {i18n.t("Play")}
            </Button>
            <IconButton icon="shuffle" label={i18n.t("Shuffle all tracks")} onClick={() => void playAll(artist, true)} />
            <LikeButton kind="artist" id={artist.id} name={artist.name} liked={artist.liked} />
          </div>
        </div>
      </header>
      {artist.top_tracks.length > 0 && (
        <section className="sect" aria-labelledby="artist-top">
          <h2 id="artist-top" className="h-20 artist-h">
            {i18n.t("Most played")}
          </h2>
          <TrackList
            label={i18n.t("Most played")}
            tracks={artist.top_tracks.slice(0, 5)}
            columns={columns}
            head={false}
            hideArtist={artist.name}
            onPlay={(index) => playTracks(artist.top_tracks, index, { kind: "artist", id: artist.id, name: artist.name })}
          />
        </section>
      )}
      <Releases title={i18n.t("Albums")} albums={albums} />
      <Releases title={i18n.t("Singles and EPs")} albums={singles} />
      <Releases title={i18n.t("Appears on")} albums={artist.appears_on} line={(album) => album.artist} />
      <ArtistsLike id={artist.id} name={artist.name} />
    </article>
  );
}

/** Up to three tracks is a single; the tags do not reach the list. */
function split(albums: readonly AlbumItem[]): [AlbumItem[], AlbumItem[]] {
  const newest = [...albums].sort((a, b) => (b.year ?? 0) - (a.year ?? 0));
  return [newest.filter((album) => album.track_count <= 3), newest.filter((album) => album.track_count > 3)];
}

function Releases({ title, albums, line }: { title: string; albums: readonly AlbumItem[]; line?: (album: AlbumItem) => string }) {
  if (albums.length === 0) return null;
  return (
    <section className="sect">
      <h2 className="h-20 artist-h">{title}</h2>
      <ul className="grid">
        {albums.map((album) => (
          <li key={album.id}>
            <AlbumCard album={album} line={line ? line(album) : [album.year, trackCount(album.track_count)].filter(Boolean).join(" · ")} />
          </li>
        ))}
      </ul>
    </section>
  );
}
