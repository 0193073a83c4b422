import { Link } from "@tanstack/react-router";

export function ArtistLinks({ artists, fallback }: { artists: readonly { id: string; name: string }[]; fallback: string }) {
  if (artists.length === 0) return fallback;
  return artists.map((artist, index) => (
    <span key={artist.id}>
      {index > 0 && ", "}
      <Link to="/artists/$artistId" params={{ artistId: artist.id }}>
        {artist.name}
      </Link>
    </span>
  ));
}
