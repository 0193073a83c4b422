import { i18n } from "@lingui/core";
import type { ReactNode } from "react";
import { AnalysedChip, DecadeChip, EnergyChip, GenreChip, KeyChip, LikedChip, TempoChip } from "@/media/FilterChips";
import type { TrackFilters } from "@/media/trackFilters";
import { Button } from "@/shared/ui/Button";
import { openMenu } from "@/shared/ui/menu";

interface FiltersProps {
  value: TrackFilters;
  onChange: (change: TrackFilters) => void;
  /** Filters that only tracks have. */
  ofTracks?: boolean;
  children?: ReactNode;
}

/** Filter chips add up; each lives in the URL. */
export function Filters({ value, onChange, ofTracks, children }: FiltersProps) {
  const chip = { value, onChange };
  return (
    <div className="toolbar">
      <div className="chips grow scroll-x" role="group" aria-label={i18n.t("Filter")}>
        <GenreChip {...chip} />
        <DecadeChip {...chip} />
        {ofTracks && (
          <>
            <TempoChip {...chip} />
            <KeyChip {...chip} />
            <EnergyChip {...chip} />
          </>
        )}
        <LikedChip {...chip} />
        {ofTracks && <AnalysedChip {...chip} />}
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
