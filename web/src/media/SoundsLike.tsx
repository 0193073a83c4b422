import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api } from "@/shared/api/client";
import { artistImageUrl } from "@/shared/api/queries";
import type { Id, SimilarAlbums, SimilarArtists } from "@/shared/api/types";
import { reasonWords } from "@/shared/lib/reasons";
import { Cover } from "@/shared/ui/Cover";
import { AlbumCard } from "./AlbumCard";
import "./sounds-like.css";

const most = 10;
/** The shelf is an extra: a page is whole without it, so it neither waits nor complains. */
const likeQuery = <T,>(kind: "albums" | "artists", id: Id) => ({
  queryKey: ["similar", kind, id],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<T>(`${kind}/${id}/similar`, { limit: most }, signal),
  staleTime: 10 * 60_000,
  retry: false,
});

interface Like {
  id: Id;
  card: ReactNode;
  reasons: Parameters<typeof reasonWords>[0];
}

/** Each with its reason. What was not listened to is compared by its tags, and is not called a sound. */
function LikeShelf({ name, by, likes }: { name: string; by: string; likes: readonly Like[] }) {
  if (likes.length === 0) return null;
  return (
    <section className="sect sounds-like" aria-labelledby="sounds-like">
      <header>
        <h2 id="sounds-like" className="h-20">
          {by === "tags" ? i18n.t("Similar by tags") : i18n.t("Sounds like")}
          <span className="sr"> {name}</span>
        </h2>
      </header>
      <ul className="shelf scroll-x">
        {likes.map(({ id, card, reasons }) => (
          <li key={id}>
            {card}
            {reasons.length > 0 && <p className="t-12 t-3 like-why">{reasonWords(reasons, 2)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Albums that sound like this one. */
export function AlbumsLike({ id, name }: { id: Id; name: string }) {
  const { data } = useQuery(likeQuery<SimilarAlbums>("albums", id));
  if (!data) return null;
  const likes = data.items.map(({ album, reasons }) => ({ id: album.id, reasons, card: <AlbumCard album={album} line={album.artist} /> }));
  return <LikeShelf name={name} by={data.by} likes={likes} />;
}

/** Artists whose music sounds like theirs. */
export function ArtistsLike({ id, name }: { id: Id; name: string }) {
  const { data } = useQuery(likeQuery<SimilarArtists>("artists", id));
  if (!data) return null;
  const likes = data.items.map(({ artist, reasons }) => ({
    id: artist.id,
    reasons,
    card: (
      <Link to="/artists/$artistId" params={{ artistId: artist.id }} className="cover cover-link like-artist">
        <span className="on">
          <Cover coverId={artist.cover_id} seed={artist.id} alt="" size={320} icon="user" {...(artist.image_id ? { src: artistImageUrl(artist.id, 320) } : {})} />
        </span>
        <b className="cut">{artist.name}</b>
      </Link>
    ),
  }));
  return <LikeShelf name={name} by={data.by} likes={likes} />;
}
