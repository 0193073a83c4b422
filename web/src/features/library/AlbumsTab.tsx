import { i18n } from "@lingui/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { AlbumCard } from "@/media/AlbumCard";
import { queries } from "@/shared/api/queries";
import type { AlbumItem, AlbumQuery, AlbumSort } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { EmptyState, ErrorState, SkeletonCovers } from "@/shared/ui/states";
import { AlbumRows } from "./AlbumRows";
import { Filters, SortButton } from "./Filters";
import { LetterRail } from "./LetterRail";
import { usePages } from "@/shared/hooks/usePages";
import { VirtualGrid } from "./VirtualGrid";

const route = getRouteApi("/inside/app/library/albums");
const defaultOrder: Partial<Record<AlbumSort, "desc">> = { added: "desc", year: "desc", recently_played: "desc", most_played: "desc" };

const sorts = (): [AlbumSort, string][] => [
  ["title", i18n.t("Title")],
  ["artist", i18n.t("Artist")],
  ["year", i18n.t("Year")],
  ["added", i18n.t("Recently added")],
  ["recently_played", i18n.t("Played lately")],
  ["most_played", i18n.t("Most played")],
  ["random", i18n.t("Random")],
];

export default function AlbumsTab() {
  const { view, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const sort = search.sort ?? "title";
  const order = search.order ?? defaultOrder[sort] ?? "asc";
  const query = { ...search, sort, order } as AlbumQuery;
  const { items, more, error, isPending, refetch } = usePages<AlbumItem, readonly [string, object]>(queries.albums(query));
  const change = (next: Partial<typeof search> & { view?: "list" | undefined }): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const filtered = Boolean(search.genre_id ?? search.year_from ?? search.liked ?? search.letter ?? search.artist_id);
  const byLetter = sort === "title" || sort === "artist";

  return (
    <>
      <Filters value={search} onChange={change}>
        <div className="row">
          <SortButton
            value={sort}
            options={sorts()}
            onChange={(next) => change({ sort: next, order: undefined })}
            descending={order === "desc"}
            {...(sort === "random" ? {} : { onDirection: (desc: boolean) => change({ order: desc ? "desc" : "asc" }) })}
          />
          <span className="only-d">
            <Segmented
              size="s"
              label={i18n.t("View")}
              value={view ?? "grid"}
              options={[
                { value: "grid", label: i18n.t("Grid"), icon: "grid" },
                { value: "list", label: i18n.t("List"), icon: "list" },
              ]}
              onChange={(next) => change({ view: next === "list" ? "list" : undefined })}
            />
          </span>
        </div>
      </Filters>
      {isPending && <SkeletonCovers count={15} />}
      {error && items.length === 0 && <ErrorState what={i18n.t("The albums could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!isPending && !error && items.length === 0 && (filtered ? <NoMatch onClear={() => void navigate({ search: {} })} /> : <NoAlbums />)}
      {items.length > 0 &&
        (view === "list" ? (
          <AlbumRows albums={items} onNearEnd={more} />
        ) : (
          <VirtualGrid label={i18n.t("Albums")} items={items} keyOf={(album) => album.id} wordsHeight={52} onNearEnd={more}>
            {(album) => <AlbumCard album={album} />}
          </VirtualGrid>
        ))}
      {byLetter && !isPending && (items.length > 20 || search.letter) && <LetterRail value={search.letter} onChange={(letter) => change({ letter })} />}
    </>
  );
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState icon="filter" title={i18n.t("Nothing matches all filters")} action={<Button onClick={onClear}>{i18n.t("Remove the filters")}</Button>}>
      {i18n.t("Each filter narrows the list further.")}
    </EmptyState>
  );
}

function NoAlbums() {
  return (
    <EmptyState icon="album" title={i18n.t("No albums yet")} action={<Link className="btn" to="/">{i18n.t("Go to Home")}</Link>}>
      {i18n.t("Albums appear here while the music folder is read.")}
    </EmptyState>
  );
}
