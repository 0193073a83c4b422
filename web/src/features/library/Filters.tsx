import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "@/shared/api/queries";
import { Button } from "@/shared/ui/Button";
import { Chip } from "@/shared/ui/controls";
import { openMenu } from "@/shared/ui/menu";

/** Filter chips add up; each lives in the URL. */
export interface FilterState {
  genre_id?: string | undefined;
  year_from?: number | undefined;
  year_to?: number | undefined;
  liked?: true | undefined;
}

export function Filters({ value, onChange, children }: { value: FilterState; onChange: (change: FilterState) => void; children?: ReactNode }) {
  const { data: genres = [] } = useQuery(queries.genres());
  const { data: years = [] } = useQuery(queries.years());
  const genre = genres.find((one) => one.id === value.genre_id);
  const decades = [...new Set(years.map((one) => Math.floor(one.year / 10) * 10))].filter((decade) => decade > 1000).sort((a, b) => b - a);
  const decadeName = (decade: number): string => i18n.t("{decade}s", { decade });

  const chooseGenre = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Genre"), [
      { label: i18n.t("All genres"), checked: !value.genre_id, run: () => onChange({ genre_id: undefined }) },
      "line",
      ...genres.map((one) => ({ label: one.name, checked: one.id === value.genre_id, run: () => onChange({ genre_id: one.id }) })),
    ]);
  const chooseDecade = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Decade"), [
      { label: i18n.t("All years"), checked: value.year_from === undefined, run: () => onChange({ year_from: undefined, year_to: undefined }) },
      "line",
      ...decades.map((decade) => ({ label: decadeName(decade), checked: value.year_from === decade, run: () => onChange({ year_from: decade, year_to: decade + 9 }) })),
    ]);

  return (
    <div className="toolbar">
      <div className="chips grow scroll-x" role="group" aria-label={i18n.t("Filter")}>
        {genres.length > 0 && (
          <Chip menu pressed={value.genre_id !== undefined} onClick={(event) => chooseGenre(event.currentTarget)}>
            {genre?.name ?? i18n.t("Genre")}
          </Chip>
        )}
        {decades.length > 0 && (
          <Chip menu pressed={value.year_from !== undefined} onClick={(event) => chooseDecade(event.currentTarget)}>
            {value.year_from === undefined ? i18n.t("Decade") : decadeName(value.year_from)}
          </Chip>
        )}
        <Chip pressed={value.liked === true} onClick={() => onChange({ liked: value.liked ? undefined : true })}>
          {i18n.t("Liked")}
        </Chip>
      </div>
      {children}
    </div>
  );
}

interface SortButtonProps<T extends string> {
  value: T;
  options: readonly (readonly [value: T, label: string])[];
  onChange: (value: T) => void;
  descending?: boolean | undefined;
  onDirection?: (descending: boolean) => void;
}
export function SortButton<T extends string>({ value, options, onChange, descending, onDirection }: SortButtonProps<T>) {
  const shown = options.find(([one]) => one === value)?.[1] ?? "";
  const open = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Sort"), [
      ...options.map(([one, label]) => ({ label, checked: one === value, run: () => onChange(one) })),
      ...(onDirection ? (["line", { label: i18n.t("Other way round"), checked: descending ?? false, run: () => onDirection(!descending) }] as const) : []),
    ]);
  return (
    <Button kind="quiet" size="s" icon="sort" aria-haspopup="menu" className="sort" onClick={(event) => open(event.currentTarget)}>
      <span className="sr">{i18n.t("Sort by")} </span>
      {shown}
    </Button>
  );
}
