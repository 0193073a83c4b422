import { i18n } from "@lingui/core";
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { MendProposal, PoolInfo, SetCurve, SetDetail, SetItem, SetJoint, SetLength, SetPool, SetRun, SetSettings, SetVersion, SlotAlternative, SlotPlace } from "@/shared/api/djSets";
import { Problem } from "@/shared/api/problem";
import type { Id, Items, PlaylistItem, TrackItem } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";
import { afterChange } from "./order";

export const setsQuery = () => queryOptions({ queryKey: ["sets"], queryFn: ({ signal }) => api.get<Items<SetItem>>("sets", undefined, signal).then((page) => page.items) });
export const setQuery = (id: Id) => queryOptions({ queryKey: ["set", id], queryFn: ({ signal }) => settled(id, signal), retry: (tries, error) => !(error instanceof Problem && error.status === 404) && tries < 2 });
export const versionsQuery = (id: Id, version: number) =>
  queryOptions({ queryKey: ["set-versions", id, version], queryFn: ({ signal }) => api.get<Items<SetVersion>>(`sets/${id}/history`, undefined, signal).then((page) => page.items), staleTime: Infinity });
export const alternativesQuery = (id: Id, version: number, place: number, limit = 6) =>
  queryOptions({ queryKey: ["set-alternatives", id, version, place, limit], queryFn: ({ signal }) => api.get<Items<SlotAlternative>>(`sets/${id}/slots/${place}/alternatives`, { limit }, signal).then((page) => page.items), staleTime: Infinity });
export const mendsQuery = (id: Id, version: number, place: number) =>
  queryOptions({ queryKey: ["set-mends", id, version, place], queryFn: ({ signal }) => api.get<Items<MendProposal>>(`sets/${id}/joints/${place}/swaps`, undefined, signal).then((page) => page.items), staleTime: Infinity });

export interface NewSet {
  name: string;
  pool: SetPool;
  length: SetLength;
  curve?: SetCurve;
}
export async function createSet(client: QueryClient, body: NewSet): Promise<SetDetail> {
  const made = await api.post<SetDetail>("sets", body);
  client.setQueryData(setQuery(made.id).queryKey, made);
  void client.invalidateQueries({ queryKey: ["sets"] });
  return made;
}
export const deleteSet = (id: Id): Promise<unknown> => api.delete(`sets/${id}`);
export const poolQuery = ({ id, pool }: SetDetail) => queryOptions({ queryKey: ["set-pool", id, pool], queryFn: ({ signal }) => api.get<PoolInfo>(`sets/${id}/pool`, undefined, signal), staleTime: 60_000, retry: false });
export const saveAsPlaylist = (id: Id, name: string): Promise<PlaylistItem> => api.post<PlaylistItem>(`sets/${id}/playlist`, { name });
export const jointsOf = (pairs: readonly (readonly [Id, Id])[], signal?: AbortSignal): Promise<SetJoint[]> => api.post<Items<SetJoint>>("joints", { pairs }, { signal }).then((answer) => answer.items);

/** What is sent and answered, one after the other: each change is made against the version the one before has left. */
const lines = new Map<Id, Promise<unknown>>();
const turns = new Map<Id, number>();

async function settled(id: Id, signal: AbortSignal): Promise<SetDetail> {
  for (;;) {
    await lines.get(id);
    const turn = turns.get(id);
    const set = await api.get<SetDetail>(`sets/${id}`, undefined, signal);
    if (turns.get(id) === turn) return set;
  }
}

type Send = (version: number) => Promise<SetDetail>;

/** Shows a change at once, sends it in its turn. What was changed in another window is not overwritten: it is shown, and
 *  one's own change is offered again. */
async function edit(client: QueryClient, id: Id, shown: (set: SetDetail) => SetDetail, send: Send): Promise<boolean> {
  const { queryKey } = setQuery(id);
  const turn = (turns.get(id) ?? 0) + 1;
  turns.set(id, turn);
  await client.cancelQueries({ queryKey });
  client.setQueryData(queryKey, (old) => old && shown(old));
  const run = async (): Promise<boolean> => {
    const before = client.getQueryData(queryKey);
    if (!before) return false;
    try {
      const answer = await send(before.version);
      // What was changed since stays in sight; its own answer is on the way.
      client.setQueryData(queryKey, (old) => (turns.get(id) === turn || !old ? answer : { ...old, version: answer.version }));
      return true;
    } catch (error) {
      turns.set(id, (turns.get(id) ?? 0) + 1);
      await failed(client, id, error, send);
      return false;
    }
  };
  const line = (lines.get(id) ?? Promise.resolve()).then(run);
  lines.set(id, line);
  const done = await line;
  if (lines.get(id) === line) lines.delete(id);
  void client.invalidateQueries({ queryKey: ["sets"] });
  return done;
}

async function failed(client: QueryClient, id: Id, error: unknown, send: Send): Promise<void> {
  const conflict = error instanceof Problem && error.status === 409;
  const fresh = await api.get<SetDetail>(`sets/${id}`).catch(() => null);
  if (fresh) client.setQueryData(setQuery(id).queryKey, fresh);
  if (!conflict) {
    const why = error instanceof Problem && !error.offline && error.status < 500 ? ` ${error.message}` : "";
    return toast({ text: i18n.t("The set could not be changed.") + why });
  }
  const mine = (): void => void edit(client, id, (set) => set, send);
  toast({ text: i18n.t("This set was changed in another window. This is how it is now."), action: { label: i18n.t("Use my change"), run: mine } });
}

const ifMatch = (version: number) => ({ headers: { "If-Match": `"${version}"` } });

/** A new order, or other locks. */
export const putSlots = (client: QueryClient, id: Id, slots: readonly SlotPlace[], { more = [], arranged = false }: { more?: readonly (TrackItem | null)[]; arranged?: boolean } = {}): Promise<boolean> =>
  edit(
    client,
    id,
    (set) => afterChange(set, slots, more),
    (version) => api.put<SetDetail>(`sets/${id}/slots`, { slots, version, arranged }),
  );

export interface SetChange {
  name?: string;
  pool?: SetPool;
  length?: SetLength;
  curve?: SetCurve;
  /** All of them: what is left out gets its first value again. */
  settings?: SetSettings;
}
export const changeSet = (client: QueryClient, id: Id, change: SetChange): Promise<boolean> =>
  edit(
    client,
    id,
    (set) => withLevels({ ...set, ...change }, set.curve.of ?? "energy"),
    (version) => api.patch<SetDetail>(`sets/${id}`, change, ifMatch(version)),
  );

/** Levels of something else than the curve is about now say nothing until the server has answered. */
const withLevels = (set: SetDetail, before: string): SetDetail => ((set.curve.of ?? "energy") === before ? set : { ...set, energy: set.energy.map(({ wanted }) => ({ wanted, level: null })) });

export const restoreVersion = (client: QueryClient, id: Id, to: number): Promise<boolean> =>
  edit(
    client,
    id,
    (set) => set,
    (version) => api.post<SetDetail>(`sets/${id}/restore`, { version: to }, ifMatch(version)),
  );

export const startRun = (id: Id, wish: { seed?: number } = {}): Promise<SetRun> => api.post<SetRun>(`sets/${id}/arrange`, wish);
export const runState = (runId: Id, signal?: AbortSignal): Promise<SetRun> => api.get<SetRun>(`sets/runs/${runId}`, undefined, signal);
export const stopRun = (runId: Id): Promise<unknown> => api.delete(`sets/runs/${runId}`);
