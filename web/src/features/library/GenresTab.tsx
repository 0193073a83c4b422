import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { queries } from "@/shared/api/queries";
import { albumCount, trackCount } from "@/shared/lib/format";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { SortButton } from "./Filters";

const route = getRouteApi("/inside/app/library/genres");

export default function GenresTab() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isPending, refetch } = useQuery(queries.genres());
  const sort = search.sort ?? "name";
  const genres = [...(data ?? [])].sort((a, b) => (sort === "albums" ? b.album_count - a.album_count : a.name.localeCompare(b.name, i18n.locale)));
  return (
    <>
      <div className="toolbar toolbar-end">
        <SortButton
          value={sort}
          options={[
            ["name", i18n.t("Name")],
            ["albums", i18n.t("Number of albums")],
          ]}
          onChange={(next) => void navigate({ search: { sort: next }, replace: true })}
        />
      </div>
      {isPending && <SkeletonRows count={10} />}
      {error && <ErrorState what={i18n.t("The genres could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="list" title={i18n.t("No genres yet")}>
          {i18n.t("Genres come from the tags of your files.")}
        </EmptyState>
      )}
      <ul className="genres">
        {genres.map((genre) => (
          <li key={genre.id}>
            <Link to="/library/albums" search={{ genre_id: genre.id }}>
              <b>{genre.name}</b>
              <small className="num">
                {albumCount(genre.album_count)}
                <span className="dot" />
                {trackCount(genre.track_count)}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
