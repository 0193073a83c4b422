import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { SetDetail } from "@/shared/api/djSets";
import type { Id } from "@/shared/api/types";
import { restoreVersion, setQuery, versionsQuery } from "./api";

/** Versions one can go back to, newest last, and those one came back from. */
export interface Stacks {
  readonly version: number;
  readonly undo: readonly number[];
  readonly redo: readonly number[];
}

/** The set has another version than before: something was changed, here or in another window. */
export const advanced = (stacks: Stacks, version: number): Stacks => (version === stacks.version ? stacks : { version, undo: [...stacks.undo, stacks.version], redo: [] });
/** Went back from `stacks.version` to what `undo`'s last one was; the server has made `version` of it. */
export const wentBack = (stacks: Stacks, version: number): Stacks => ({ version, undo: stacks.undo.slice(0, -1), redo: [...stacks.redo, stacks.version] });
export const wentForth = (stacks: Stacks, version: number): Stacks => ({ version, undo: [...stacks.undo, stacks.version], redo: stacks.redo.slice(0, -1) });

const key = (id: Id): string => `resonance.set.${id}`;
function saved(id: Id, version: number): Stacks | null {
  try {
    const stacks = JSON.parse(sessionStorage.getItem(key(id)) ?? "null") as Stacks | null;
    return stacks?.version === version && Array.isArray(stacks.undo) && Array.isArray(stacks.redo) ? stacks : null;
  } catch {
    return null;
  }
}

export interface History {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undo: () => Promise<boolean>;
  readonly redo: () => Promise<boolean>;
}

/** Undo and redo are earlier versions restored, so they survive leaving the page. */
export function useHistory(set: SetDetail): History {
  const client = useQueryClient();
  const { id, version } = set;
  const [stacks, setStacks] = useState<Stacks | null>(() => saved(id, version));
  const [first] = useState(version);
  const { data: versions } = useQuery({ ...versionsQuery(id, first), enabled: stacks === null });
  const [busy, setBusy] = useState(false);
  const known = stacks ?? (versions ? { version: first, undo: versions.map((one) => one.version).filter((one) => one < first).sort((a, b) => a - b), redo: [] } : null);
  const current = known && !busy ? advanced(known, version) : known;
  // A change of the set is taken up while it is drawn; what is kept for a reload follows.
  if (current && current !== stacks && !busy) setStacks(current);
  useEffect(() => {
    if (stacks) sessionStorage.setItem(key(id), JSON.stringify({ ...stacks, undo: stacks.undo.slice(-50), redo: stacks.redo.slice(-50) }));
  }, [id, stacks]);

  const go = useCallback(
    async (to: number | undefined, after: (stacks: Stacks, version: number) => Stacks): Promise<boolean> => {
      if (to === undefined || !current || busy) return false;
      setBusy(true);
      const done = await restoreVersion(client, id, to);
      const now = client.getQueryData(setQuery(id).queryKey)?.version;
      if (done && now !== undefined) setStacks(after(current, now));
      setBusy(false);
      return done;
    },
    [client, id, current, busy],
  );
  return {
    canUndo: !busy && (current?.undo.length ?? 0) > 0,
    canRedo: !busy && (current?.redo.length ?? 0) > 0,
    undo: () => go(current?.undo.at(-1), wentBack),
    redo: () => go(current?.redo.at(-1), wentForth),
  };
}
