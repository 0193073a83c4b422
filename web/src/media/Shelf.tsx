import type { ReactNode } from "react";
import type { AlbumItem } from "@/shared/api/types";
import { AlbumCard } from "./AlbumCard";

/** A heading and one row of covers, or all of them if `whole`; on a phone it scrolls sideways with the last cover cut. */
export function Shelf({ title, link, albums, eager, whole }: { title: string; link?: ReactNode; albums: readonly AlbumItem[]; eager?: boolean; whole?: boolean }) {
  const id = `shelf-${title.replace(/\W+/g, "-").toLowerCase()}`;
  return (
    <section className="sect" aria-labelledby={id}>
      <header>
        <h2 id={id} className="h-20">
          {title}
        </h2>
        {link}
      </header>
      <ul className={whole ? "grid scroll-x" : "shelf scroll-x"}>
        {albums.map((album) => (
          <li key={album.id}>
            <AlbumCard album={album} {...(eager ? { eager } : {})} />
          </li>
        ))}
      </ul>
    </section>
  );
}
