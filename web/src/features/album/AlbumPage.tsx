import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { playTracks, tracksOf } from "@/media/play";
import { Shelf } from "@/media/Shelf";
import { AlbumsLike } from "@/media/SoundsLike";
import { Problem } from "@/shared/api/problem";
import { queries } from "@/shared/api/queries";
import type { AlbumDetail } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, Loading, Skeleton, SkeletonRows } from "@/shared/ui/states";
import "./album.css";
import { AlbumFacts } from "./AlbumFacts";
import { AlbumHead } from "./AlbumHead";
import { DiscList } from "./DiscList";

const route = getRouteApi("/inside/app/albums/$albumId");

function Waiting() {
  return (
    <Loading>
      <div className="album">
        <div className="album-side">
          <Skeleton className="sk-art" />
        </div>
        <div className="album-main">
          <Skeleton className="sk-title" />
          <Skeleton className="sk-line" />
          <div className="album-wait">
            <SkeletonRows count={8} />
          </div>
        </div>
      </div>
    </Loading>
  );
}

export default function AlbumPage() {
  const { albumId } = route.useParams();
  const { data: album, error, refetch } = useQuery(queries.album(albumId));
  usePageLook({ owns: true, accent: album?.accent ?? null, wash: "full" });
  useTitle(album ? `${album.title}, ${album.artist}` : i18n.t("Album"));
  if (error instanceof Problem && error.status === 404) {
    return (
      <>
        <h1 className="sr">{i18n.t("Album")}</h1>
        <EmptyState icon="album" title={i18n.t("This album is not here")}>
          {i18n.t("Its files may have been moved away, or it belongs to a library you cannot see.")}
        </EmptyState>
      </>
    );
  }
  if (error) {
    return (
      <>
        <h1 className="sr">{i18n.t("Album")}</h1>
        <ErrorState what={i18n.t("The album could not be loaded")} error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  return album ? <Album album={album} /> : <Waiting />;
}

function Album({ album }: { album: AlbumDetail }) {
  const tracks = tracksOf(album);
  const play = (trackId: string): void =>
    playTracks(
      tracks,
      tracks.findIndex((track) => track.id === trackId),
      { kind: "album", id: album.id, name: album.title },
    );
  return (
    <article className="album">
      <div className="album-side">
        <Cover coverId={album.cover_id} alt={i18n.t("Cover of {name}", { name: album.title })} size={960} accent={album.accent} seed={album.id} eager />
        <AlbumFacts album={album} tracks={tracks} />
      </div>
      <div className="album-main">
        <AlbumHead album={album} />
        {album.discs.map((disc) => (
          <DiscList key={disc.disc ?? 0} album={album} disc={disc} many={album.discs.length > 1} onPlay={play} />
        ))}
        <MoreByArtist album={album} />
        <AlbumsLike id={album.id} name={album.title} />
      </div>
    </article>
  );
}

function MoreByArtist({ album }: { album: AlbumDetail }) {
  const artist = album.artists.length === 1 && !album.compilation ? album.artists[0] : undefined;
  const { data } = useQuery({ ...queries.artist(artist?.id ?? ""), enabled: artist !== undefined });
  const others = data?.albums.filter((one) => one.id !== album.id).slice(0, 5) ?? [];
  if (!artist || others.length === 0) return null;
  return <Shelf title={i18n.t("More by {name}", { name: artist.name })} albums={others} />;
}
