import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { openAlbumMenu } from "@/media/AlbumCard";
import { LikeButton } from "@/media/LikeButton";
import { playAlbum } from "@/media/play";
import { thePlayer } from "@/player";
import { isPlaying, usePlayer } from "@/player/usePlayer";
import type { AlbumDetail } from "@/shared/api/types";
import { span, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";

function kindName(album: AlbumDetail): string {
  const types = album.release_types.map((type) => type.toLowerCase());
  if (album.compilation || types.includes("compilation")) return i18n.t("Compilation");
  if (types.includes("ep")) return i18n.t("EP");
  if (types.includes("single")) return i18n.t("Single");
  if (types.includes("live")) return i18n.t("Live album");
  if (types.includes("soundtrack")) return i18n.t("Soundtrack");
  return i18n.t("Album");
}

export function AlbumHead({ album }: { album: AlbumDetail }) {
  // A queue that came from another device does not know where it was started.
  const fromHere = usePlayer(({ queue, track }) => (queue.source ? queue.source.kind === "album" && queue.source.id === album.id : track?.album_id === album.id));
  const playing = usePlayer(isPlaying) && fromHere;
  const year = album.original_year ?? album.year;
  return (
    <header className="album-head">
      <p className="t-2 w5 only-d">{[kindName(album), album.version].filter(Boolean).join(" · ")}</p>
      <h1 className={album.title.length > 32 ? "h-40 album-title" : "h-56 album-title"}>{album.title}</h1>
      <p className="album-meta">
        <span className="album-by">
          {album.artists.length === 0
            ? album.artist
            : album.artists.map((artist, index) => (
                <span key={artist.id}>
                  {index > 0 && ", "}
                  <Link className="w6 t-16" to="/artists/$artistId" params={{ artistId: artist.id }}>
                    {artist.name}
                  </Link>
                </span>
              ))}
        </span>
        <span className="t-2 album-f num">
          {year && (
            <>
              <span className="dot" />
              {year}
            </>
          )}
          <span className="dot" />
          {trackCount(album.track_count)}
          <span className="dot" />
          {span(album.duration_s)}
        </span>
      </p>
      <div className="album-act">
        <Button kind="primary" size="l" icon={playing ? "pause" : "play"} onClick={() => (fromHere ? thePlayer().toggle() : void playAlbum(album.id))}>
          {playing ? i18n.t("Pause") : i18n.t("Play")}
        </Button>
        <IconButton icon="shuffle" label={i18n.t("Shuffle this album")} onClick={() => void playAlbum(album.id, { shuffle: true })} />
        <LikeButton kind="album" id={album.id} name={album.title} liked={album.liked} />
        <IconButton icon="more" label={i18n.t("More for {name}", { name: album.title })} aria-haspopup="menu" onClick={(event) => openAlbumMenu(event.currentTarget, album)} />
      </div>
    </header>
  );
}
