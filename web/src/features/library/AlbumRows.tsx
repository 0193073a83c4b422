import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { openAlbumMenu } from "@/media/AlbumCard";
import type { AlbumItem } from "@/shared/api/types";
import { useMainScroll } from "@/shared/hooks/mainScroll";
import { span, trackCount } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";

const rowHeight = 64;

export function AlbumRows({ albums, onNearEnd }: { albums: readonly AlbumItem[]; onNearEnd: () => void }) {
  const scroll = useMainScroll();
  const box = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const parent = scroll.current;
    if (box.current && parent) setMargin(box.current.getBoundingClientRect().top - parent.getBoundingClientRect().top + parent.scrollTop);
  }, [scroll]);
  const virtual = useVirtualizer({ count: albums.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 8, scrollMargin: margin });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= albums.length - 20) onNearEnd();
  }, [last, albums.length, onNearEnd]);
  return (
    <ul ref={box} className="vgrid" aria-label={i18n.t("Albums")} style={{ height: virtual.getTotalSize() }}>
      {rows.map((row) => {
        const album = albums[row.index];
        if (!album) return null;
        return (
          <li key={album.id} className="album-row" style={{ transform: `translateY(${row.start - margin}px)` }}>
            <Link to="/albums/$albumId" params={{ albumId: album.id }}>
              <Cover coverId={album.cover_id} alt="" size={96} accent={album.accent} seed={album.id} />
              <span className="cut">
                <b className="cut">{album.title}</b>
                <small className="cut">{album.artist}</small>
              </span>
              <span className="t-3 num hide-p">{album.year ?? "–"}</span>
              <span className="t-3 num hide-p">{trackCount(album.track_count)}</span>
              <span className="t-3 num hide-p">{span(album.duration_s)}</span>
            </Link>
            <IconButton icon="more" size="s" label={i18n.t("More for {name}", { name: album.title })} aria-haspopup="menu" onClick={(event) => openAlbumMenu(event.currentTarget, album)} />
          </li>
        );
      })}
    </ul>
  );
}
