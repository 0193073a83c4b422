import { i18n } from "@lingui/core";
import { keyName, wheel } from "@/shared/lib/musicalKey";

/** Filters of tracks as they stand in the URL. They add up. */
export interface TrackFilters {
  genre_id?: string | undefined;
  year_from?: number | undefined;
  year_to?: number | undefined;
  liked?: true | undefined;
  bpm_min?: number | undefined;
  bpm_max?: number | undefined;
  /** Places on the wheel: "8A" or "8A,9A". */
  key?: string | undefined;
  key_compatible?: true | undefined;
  energy_min?: number | undefined;
  energy_max?: number | undefined;
  analysed?: boolean | undefined;
  rated_min?: number | undefined;
}
const kinds: readonly (readonly (keyof TrackFilters)[])[] = [["genre_id"], ["year_from", "year_to"], ["liked"], ["bpm_min", "bpm_max"], ["key"], ["energy_min", "energy_max"], ["analysed"], ["rated_min"]];

const names: readonly (keyof TrackFilters)[] = [...kinds.flat(), "key_compatible"];

export const noFilters: TrackFilters = Object.fromEntries(names.map((name) => [name, undefined]));
/** The filters alone of all that stands in a URL. */
export const filtersOf = (search: TrackFilters): TrackFilters => Object.fromEntries(names.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])));
/** How many chips are set. */
export const filterCount = (filters: TrackFilters): number => kinds.filter((names) => names.some((name) => filters[name] !== undefined)).length;

export const chosenKeys = (filters: TrackFilters): string[] => (filters.key ? filters.key.split(",").filter((key) => wheel.includes(key)) : []);

/** What the server is asked. */
export function filterQuery<T extends TrackFilters>(filters: T): Omit<T, "key"> & { key: string[] | undefined } {
  const keys = chosenKeys(filters);
  return { ...filters, key: keys.length > 0 ? keys : undefined };
}

/** A key is added to those chosen, or taken from them, in the order of the wheel. */
export function withKey(filters: TrackFilters, key: string): TrackFilters {
  const before = chosenKeys(filters);
  const next = before.includes(key) ? before.filter((one) => one !== key) : [...before, key];
  const keys = wheel.filter((one) => next.includes(one));
  return { key: keys.join(",") || undefined, ...(keys.length === 0 ? { key_compatible: undefined } : {}) };
}

export interface Range {
  from?: number | undefined;
  to?: number | undefined;
}
const isRange = (range: Range, from: number | undefined, to: number | undefined): boolean => range.from === from && range.to === to;
export const tempoRanges: readonly Range[] = [{ to: 80 }, { from: 80, to: 100 }, { from: 100, to: 115 }, { from: 115, to: 130 }, { from: 130, to: 150 }, { from: 150 }];

export function tempoWords({ from, to }: Range): string {
  if (from === undefined) return i18n.t("up to {to} BPM", { to });
  if (to === undefined) return i18n.t("from {from} BPM", { from });
  return i18n.t("{from}–{to} BPM", { from, to });
}
export const energyRanges = (): readonly (Range & { label: string })[] => [
  { to: 0.35, label: i18n.t("Calm") },
  { from: 0.35, to: 0.65, label: i18n.t("Medium") },
  { from: 0.65, label: i18n.t("Energetic") },
];
export function energyWords({ from, to }: Range): string {
  const named = energyRanges().find((range) => isRange(range, from, to));
  return named?.label ?? i18n.t("Energy {from}–{to}", { from: Math.round((from ?? 0) * 100), to: Math.round((to ?? 1) * 100) });
}

export function keyWords(filters: TrackFilters): string {
  const keys = chosenKeys(filters);
  const [only] = keys;
  const text = keys.length > 3 ? i18n.t("{n} keys", { n: keys.length }) : keys.length === 1 && only ? `${only} ${keyName(only)}` : keys.join(", ");
  return filters.key_compatible ? i18n.t("{keys} and what mixes", { keys: keys.length === 1 && only ? only : text }) : text;
}
