import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import type { AlbumItem } from "@/shared/api/types";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { playAlbum, queueAlbum } from "./play";
import { albumMenuExtras } from "./trackMenu";

interface AlbumCardProps {
  album: AlbumItem;
  /** The line under the title; artist and year if not given. */
  line?: string;
  eager?: boolean;
}

export function openAlbumMenu(where: Parameters<typeof openMenu>[0], album: AlbumItem): void {
  openMenu(where, i18n.t("More for {name}", { name: album.title }), [
    { label: i18n.t("Play"), icon: "play", run: () => void playAlbum(album.id) },
    { label: i18n.t("Shuffle"), icon: "shuffle", run: () => void playAlbum(album.id, { shuffle: true }) },
    { label: i18n.t("Play next"), icon: "next", run: () => void queueAlbum(album, "next") },
    { label: i18n.t("Add to queue"), icon: "queue", run: () => void queueAlbum(album, "last") },
    ...albumMenuExtras(album),
  ]);
}

export function AlbumCard({ album, line, eager }: AlbumCardProps) {
  const under = line ?? (album.year ? `${album.artist}, ${album.year}` : album.artist);
  return (
    // The right click is a short cut; the same entries are on the album's page.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="cover"
      onContextMenu={(event) => {
        event.preventDefault();
        openAlbumMenu({ x: event.clientX, y: event.clientY, origin: event.currentTarget.querySelector("a") }, album);
      }}
    >
      <Link to="/albums/$albumId" params={{ albumId: album.id }} className="cover-link">
        <span className="on">
          <Cover coverId={album.cover_id} alt="" size={320} accent={album.accent} seed={album.id} {...(eager ? { eager } : {})} />
        </span>
        <b className="cut" data-tip={album.title} data-tip-cut>
          {album.title}
        </b>
        <small className="cut">{under}</small>
      </Link>
      <button type="button" className="icon-btn cover-play" data-kind="accent" aria-label={i18n.t("Play {name}", { name: album.title })} onClick={() => void playAlbum(album.id)}>
        <Icon name="play" />
      </button>
    </div>
  );
}
