import { i18n } from "@lingui/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { playFromPages, playFromPlace } from "@/media/play";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import { filterCount, filterQuery } from "@/media/trackFilters";
import { queries } from "@/shared/api/queries";
import type { TrackItem, TrackQuery, TrackSort } from "@/shared/api/types";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { AnalysisNote } from "./AnalysisNote";
import { NoMatch } from "./AlbumsTab";
import { Filters, SortButton } from "./Filters";
import { usePages } from "@/shared/hooks/usePages";
import { useSparseList } from "@/shared/hooks/useSparseList";

const route = getRouteApi("/inside/app/library/tracks");
const columns: readonly TrackColumn[] = ["art", "title", "album", "bpm", "key", "energy", "quality", "time", "like", "more"];
const defaultOrder: Partial<Record<TrackSort, "desc">> = { added: "desc", play_count: "desc", rating: "desc", year: "desc", energy: "desc" };

const sorts = (): [TrackSort, string][] => [
  ["title", i18n.t("Title")],
  ["artist", i18n.t("Artist")],
  ["album", i18n.t("Album")],
  ["added", i18n.t("Recently added")],
  ["year", i18n.t("Year")],
  ["duration", i18n.t("Length")],
  ["play_count", i18n.t("Most played")],
  ["bpm", i18n.t("Tempo")],
  ["key", i18n.t("Key")],
  ["energy", i18n.t("Energy")],
  ["random", i18n.t("Random")],
];

export default function TracksTab() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const sort = search.sort ?? "title";
  const order = search.order ?? defaultOrder[sort] ?? "asc";
  const query = { ...filterQuery(search), sort, order } as TrackQuery;
  // A random order has no places: it is walked from its start.
  const random = sort === "random";
  const walk = usePages<TrackItem, readonly [string, object]>({ ...queries.tracks(query), enabled: random });
  const places = useSparseList<TrackItem>("tracks", "tracks", query, !random);
  const { items, total, error, isPending, refetch } = random ? walk : places;
  const { cursor } = walk;
  const change = (next: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const key = JSON.stringify(query);
  const play = useCallback(
    (index: number) => {
      const asked = JSON.parse(key) as TrackQuery;
      const source = { kind: "library", id: null, name: i18n.t("Library") } as const;
      if (random) playFromPages(items as TrackItem[], cursor, index, asked, source);
      else void playFromPlace(items, index, asked, source);
    },
    [items, cursor, key, random],
  );
  const filtered = filterCount(search) > 0 || search.artist_id !== undefined;
  const descending = order === "desc";
  const sortBy = (by: TrackSort): void => change(by === sort ? { order: descending ? "asc" : "desc" } : { sort: by, order: undefined });
  return (
    <>
      <Filters ofTracks value={search} onChange={change}>
        <SortButton
          value={sort}
          options={sorts()}
          onChange={(next) => change({ sort: next, order: undefined })}
          descending={descending}
          {...(sort === "random" ? {} : { onDirection: (desc: boolean) => change({ order: desc ? "desc" : "asc" }) })}
        />
      </Filters>
      <AnalysisNote />
      {isPending && <SkeletonRows count={12} />}
      {error && items.length === 0 && <ErrorState what={i18n.t("The tracks could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!isPending && !error && items.length === 0 && (
        filtered ? (
          <NoMatch onClear={() => void navigate({ search: {} })} />
        ) : (
          <EmptyState icon="album" title={i18n.t("No tracks yet")}>
            {i18n.t("Tracks appear here while the music folder is read.")}
          </EmptyState>
        )
      )}
      {items.length > 0 && <TrackList label={i18n.t("Tracks")} tracks={items} columns={columns} onPlay={play} total={total} order={{ by: sort, descending, onSort: sortBy }} {...(random ? { onNearEnd: walk.more } : { onRange: places.onRange })} />}
    </>
  );
}
