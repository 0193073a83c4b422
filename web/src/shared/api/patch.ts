import type { QueryClient } from "@tanstack/react-query";
import type { Id, Kind } from "./types";

/** An item lies in many cached answers at once (album page, track list, home). This changes it in all of them,
 *  keeps every untouched object identical, and so re-renders only what shows the item. */
type Bag = Record<string, unknown>;

const looksLike: Record<Kind, (value: Bag) => boolean> = {
  track: (value) => "duration_s" in value && "album_id" in value,
  album: (value) => "track_count" in value && "artists" in value,
  artist: (value) => "sort_name" in value && "album_count" in value,
};

function patched(value: unknown, kind: Kind, id: Id, change: Bag): unknown {
  if (Array.isArray(value)) {
    let copy: unknown[] | null = null;
    value.forEach((item: unknown, index) => {
      const next = patched(item, kind, id, change);
      if (next !== item) (copy ??= [...(value as unknown[])])[index] = next;
    });
    return copy ?? value;
  }
  if (value === null || typeof value !== "object") return value;
  const bag = value as Bag;
  let copy: Bag | null = null;
  for (const key in bag) {
    const item = bag[key];
    if (item === null || typeof item !== "object") continue;
    const next = patched(item, kind, id, change);
    if (next !== item) (copy ??= { ...bag })[key] = next;
  }
  if (bag.id === id && looksLike[kind](bag)) copy = { ...(copy ?? bag), ...change };
  return copy ?? bag;
}

export function patchEverywhere(client: QueryClient, kind: Kind, id: Id, change: Bag): void {
  for (const query of client.getQueryCache().getAll()) {
    const before = query.state.data;
    if (before === undefined) continue;
    const after = patched(before, kind, id, change);
    if (after !== before) client.setQueryData(query.queryKey, after, { updatedAt: query.state.dataUpdatedAt });
  }
}
