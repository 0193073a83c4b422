import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { queries } from "@/shared/api/queries";
import { keyName, wheel } from "@/shared/lib/musicalKey";
import { Chip } from "@/shared/ui/controls";
import { openMenu } from "@/shared/ui/menu";
import { chosenKeys, energyRanges, energyWords, keyWords, tempoRanges, tempoWords, withKey, type Range, type TrackFilters } from "./trackFilters";

const TempoDialog = lazy(() => import("./TempoDialog"));

/** One chip a filter; each shows what it is set to, and its menu takes it off again. */
export interface ChipProps {
  value: TrackFilters;
  onChange: (change: TrackFilters) => void;
}

export function GenreChip({ value, onChange }: ChipProps) {
  const { data: genres = [] } = useQuery(queries.genres());
  const genre = genres.find((one) => one.id === value.genre_id);
  if (genres.length === 0) return null;
  const choose = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Genre"), [
      { label: i18n.t("All genres"), checked: !value.genre_id, run: () => onChange({ genre_id: undefined }) },
      "line",
      ...genres.map((one) => ({ label: one.name, checked: one.id === value.genre_id, run: () => onChange({ genre_id: one.id }) })),
    ]);
  return (
    <Chip menu pressed={value.genre_id !== undefined} onClick={(event) => choose(event.currentTarget)}>
      {genre?.name ?? i18n.t("Genre")}
    </Chip>
  );
}

const decadeName = (decade: number): string => i18n.t("{decade}s", { decade });

export function DecadeChip({ value, onChange }: ChipProps) {
  const { data: years = [] } = useQuery(queries.years());
  const decades = [...new Set(years.map((one) => Math.floor(one.year / 10) * 10))].filter((decade) => decade > 1000).sort((a, b) => b - a);
  if (decades.length === 0) return null;
  const choose = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Decade"), [
      { label: i18n.t("All years"), checked: value.year_from === undefined, run: () => onChange({ year_from: undefined, year_to: undefined }) },
      "line",
      ...decades.map((decade) => ({ label: decadeName(decade), checked: value.year_from === decade, run: () => onChange({ year_from: decade, year_to: decade + 9 }) })),
    ]);
  return (
    <Chip menu pressed={value.year_from !== undefined} onClick={(event) => choose(event.currentTarget)}>
      {value.year_from === undefined ? i18n.t("Decade") : decadeName(value.year_from)}
    </Chip>
  );
}

export const LikedChip = ({ value, onChange }: ChipProps) => (
  <Chip pressed={value.liked === true} onClick={() => onChange({ liked: value.liked ? undefined : true })}>
    {i18n.t("Liked")}
  </Chip>
);

export function TempoChip({ value, onChange }: ChipProps) {
  const [asking, setAsking] = useState(false);
  const now: Range = { from: value.bpm_min, to: value.bpm_max };
  const on = now.from !== undefined || now.to !== undefined;
  const set = ({ from, to }: Range): void => onChange({ bpm_min: from, bpm_max: to });
  const choose = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Tempo"), [
      { label: i18n.t("Any tempo"), checked: !on, run: () => set({}) },
      "line",
      ...tempoRanges.map((range) => ({ label: tempoWords(range), checked: range.from === now.from && range.to === now.to, run: () => set(range) })),
      "line",
      { label: i18n.t("Other range…"), icon: "edit", run: () => setAsking(true) },
    ]);
  return (
    <>
      <Chip menu pressed={on} onClick={(event) => choose(event.currentTarget)}>
        {on ? tempoWords(now) : i18n.t("Tempo")}
      </Chip>
      {asking && (
        <Suspense>
          <TempoDialog range={now} onClose={() => setAsking(false)} onChange={set} />
        </Suspense>
      )}
    </>
  );
}

export function KeyChip({ value, onChange }: ChipProps) {
  const keys = chosenKeys(value);
  const half = (letter: "A" | "B") => wheel.filter((key) => key.endsWith(letter)).map((key) => ({ label: `${key}  ${keyName(key)}`, checked: keys.includes(key), run: () => onChange(withKey(value, key)) }));
  const choose = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Key"), [
      { label: i18n.t("Any key"), checked: keys.length === 0, run: () => onChange({ key: undefined, key_compatible: undefined }) },
      { label: i18n.t("Also keys that mix with it"), checked: value.key_compatible ?? false, disabled: keys.length === 0, run: () => onChange({ key_compatible: value.key_compatible ? undefined : true }) },
      "line",
      { label: i18n.t("Minor keys"), entries: half("A") },
      { label: i18n.t("Major keys"), entries: half("B") },
    ]);
  return (
    <Chip menu pressed={keys.length > 0} onClick={(event) => choose(event.currentTarget)}>
      {keys.length > 0 ? keyWords(value) : i18n.t("Key")}
    </Chip>
  );
}

export function EnergyChip({ value, onChange }: ChipProps) {
  const on = value.energy_min !== undefined || value.energy_max !== undefined;
  const choose = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Energy"), [
      { label: i18n.t("Any energy"), checked: !on, run: () => onChange({ energy_min: undefined, energy_max: undefined }) },
      "line",
      ...energyRanges().map(({ from, to, label }) => ({ label, checked: on && from === value.energy_min && to === value.energy_max, run: () => onChange({ energy_min: from, energy_max: to }) })),
    ]);
  return (
    <Chip menu pressed={on} onClick={(event) => choose(event.currentTarget)}>
      {on ? energyWords({ from: value.energy_min, to: value.energy_max }) : i18n.t("Energy")}
    </Chip>
  );
}

export function AnalysedChip({ value, onChange }: ChipProps) {
  const choices: [boolean | undefined, string][] = [
    [undefined, i18n.t("Measured or not")],
    [true, i18n.t("Measured")],
    [false, i18n.t("Not measured")],
  ];
  const choose = (anchor: HTMLElement): void =>
    openMenu(
      anchor,
      i18n.t("Measured"),
      choices.map(([analysed, label]) => ({ label, checked: value.analysed === analysed, run: () => onChange({ analysed }) })),
    );
  return (
    <Chip menu pressed={value.analysed !== undefined} onClick={(event) => choose(event.currentTarget)}>
      {value.analysed === false ? i18n.t("Not measured") : i18n.t("Measured")}
    </Chip>
  );
}

const starWords = (stars: number): string => i18n.t("{stars, plural, one {# star or more} =5 {5 stars} other {# stars or more}}", { stars });

export function RatingChip({ value, onChange }: ChipProps) {
  const choose = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Rating"), [
      { label: i18n.t("Any rating"), checked: value.rated_min === undefined, run: () => onChange({ rated_min: undefined }) },
      "line",
      ...[5, 4, 3, 2, 1].map((stars) => ({ label: starWords(stars), checked: value.rated_min === stars, run: () => onChange({ rated_min: stars }) })),
    ]);
  return (
    <Chip menu pressed={value.rated_min !== undefined} onClick={(event) => choose(event.currentTarget)}>
      {value.rated_min === undefined ? i18n.t("Rating") : starWords(value.rated_min)}
    </Chip>
  );
}
