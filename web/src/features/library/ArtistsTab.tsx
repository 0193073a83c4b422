import { i18n } from "@lingui/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { artistImageUrl, queries } from "@/shared/api/queries";
import type { ArtistItem, ArtistQuery } from "@/shared/api/types";
import { albumCount, trackCount } from "@/shared/lib/format";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, SkeletonCovers } from "@/shared/ui/states";
import { NoMatch } from "./AlbumsTab";
import { SortButton } from "./Filters";
import { LetterRail } from "./LetterRail";
import { usePages } from "@/shared/hooks/usePages";
import { VirtualGrid } from "./VirtualGrid";

const route = getRouteApi("/inside/app/library/artists");

function ArtistCard({ artist }: { artist: ArtistItem }) {
  return (
    <Link to="/artists/$artistId" params={{ artistId: artist.id }} className="cover cover-link">
      <span className="on">
        <Cover coverId={artist.cover_id} seed={artist.id} alt="" size={320} icon="user" {...(artist.image_id ? { src: artistImageUrl(artist.id, 320) } : {})} />
      </span>
      <b className="cut" data-tip={artist.name} data-tip-cut>
        {artist.name}
      </b>
      <small className="cut">{artist.album_count > 0 ? albumCount(artist.album_count) : trackCount(artist.track_count)}</small>
    </Link>
  );
}

export default function ArtistsTab() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const sort = search.sort ?? "name";
  const { items, more, error, isPending, refetch } = usePages<ArtistItem, readonly [string, object]>(queries.artists({ ...search, sort } as ArtistQuery));
  const change = (next: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  return (
    <>
      <div className="toolbar toolbar-end">
        <SortButton
          value={sort}
          options={[
            ["name", i18n.t("Name")],
            ["albums", i18n.t("Number of albums")],
            ["added", i18n.t("Recently added")],
          ]}
          onChange={(next) => change({ sort: next })}
        />
      </div>
      {isPending && <SkeletonCovers count={15} />}
      {error && items.length === 0 && <ErrorState what={i18n.t("The artists could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!isPending && !error && items.length === 0 && (
        search.letter ? (
          <NoMatch onClear={() => change({ letter: undefined })} />
        ) : (
          <EmptyState icon="user" title={i18n.t("No artists yet")}>
            {i18n.t("Artists come from the tags of your files and appear here while the music folder is read.")}
          </EmptyState>
        )
      )}
      {items.length > 0 && (
        <VirtualGrid label={i18n.t("Artists")} items={items} keyOf={(artist) => artist.id} wordsHeight={52} onNearEnd={more}>
          {(artist) => <ArtistCard artist={artist} />}
        </VirtualGrid>
      )}
      {sort === "name" && !isPending && (items.length > 20 || search.letter) && <LetterRail value={search.letter} onChange={(letter) => change({ letter })} />}
    </>
  );
}
