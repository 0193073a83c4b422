import type { SetPool } from "@/shared/api/djSets";
import { chosenKeys, type TrackFilters } from "@/media/trackFilters";

/** A filter of tracks as a rule, and back as far as it was made here. */
interface Condition {
  field: string;
  op: string;
  value: unknown;
}
export type Rule = { match: { all: Node[] } };
type Node = Condition | { any: Condition[] };

/** null = no filter is set. `genre` = the name behind the id, which rules go by. */
export function ruleOf(filters: TrackFilters, genre: string | null): Rule | null {
  const all: Node[] = [];
  const range = (field: string, low: number | undefined, high: number | undefined): void => {
    if (low !== undefined && high !== undefined) all.push({ field, op: "between", value: [low, high] });
    else if (low !== undefined) all.push({ field, op: "at_least", value: low });
    else if (high !== undefined) all.push({ field, op: "at_most", value: high });
  };
  if (genre !== null) all.push({ field: "genre", op: "is", value: genre });
  range("year", filters.year_from, filters.year_to);
  if (filters.liked) all.push({ field: "liked", op: "is", value: true });
  range("bpm", filters.bpm_min, filters.bpm_max);
  range("energy", filters.energy_min, filters.energy_max);
  if (filters.rated_min !== undefined) all.push({ field: "rating", op: "at_least", value: filters.rated_min });
  const keys = chosenKeys(filters).map((key): Condition => (filters.key_compatible ? { field: "key", op: "near", value: { key, within: 1 } } : { field: "key", op: "is", value: key }));
  if (keys.length === 1 && keys[0]) all.push(keys[0]);
  else if (keys.length > 1) all.push({ any: keys });
  return all.length > 0 ? { match: { all } } : null;
}

export interface ReadRule {
  filters: TrackFilters;
  genre: string | null;
  /** Something in it was made elsewhere and cannot be shown as chips. */
  more: boolean;
}

export function readRule(rule: SetPool["rule"]): ReadRule {
  const read: ReadRule = { filters: {}, genre: null, more: false };
  const match = (rule as { match?: { all?: unknown } } | null | undefined)?.match;
  if (!match || !Array.isArray(match.all)) return { ...read, more: rule !== null && rule !== undefined };
  const { filters } = read;
  const keys: string[] = [];
  const one = (node: Partial<Condition> & { any?: unknown }): boolean => {
    const { field, op, value } = node;
    const bounds = (low: keyof TrackFilters, high: keyof TrackFilters): boolean => {
      const [from, to] = op === "between" ? (value as [number, number]) : op === "at_least" ? [value as number, undefined] : [undefined, value as number];
      Object.assign(filters, from === undefined ? {} : { [low]: from }, to === undefined ? {} : { [high]: to });
      return op === "between" || op === "at_least" || op === "at_most";
    };
    if (Array.isArray(node.any)) return node.any.every((inner) => (inner as Condition).field === "key" && one(inner as Condition));
    if (field === "genre" && op === "is") read.genre = String(value);
    else if (field === "year") return bounds("year_from", "year_to");
    else if (field === "bpm") return bounds("bpm_min", "bpm_max");
    else if (field === "energy") return bounds("energy_min", "energy_max");
    else if (field === "liked" && op === "is" && value === true) filters.liked = true;
    else if (field === "rating" && op === "at_least") filters.rated_min = Number(value);
    else if (field === "key" && op === "is") keys.push(String(value));
    else if (field === "key" && op === "near") {
      keys.push((value as { key: string }).key);
      filters.key_compatible = true;
    } else return false;
    return true;
  };
  for (const node of match.all) if (!one(node as Condition)) read.more = true;
  if (keys.length > 0) filters.key = keys.join(",");
  return read;
}

/** Whether a pool can be asked for. */
export const isWhole = (pool: SetPool): boolean => {
  if (pool.kind === "playlist" || pool.kind === "folder" || pool.kind === "genre") return Boolean(pool.id);
  if (pool.kind === "tracks") return (pool.track_ids?.length ?? 0) > 0;
  return pool.kind !== "rule" || pool.rule !== null;
};
