import { queryOptions } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import type { Id, Items, MusicServer, SyncNote, SyncRun } from "@/shared/api/types";

const soon = 1200;
const then = 20_000;

export const isAtWork = (run: SyncRun | null | undefined): boolean => run?.state === "running" || run?.state === "cancelling";

/** `last_run` of the schema is loose; this is what the server sends. */
export const lastRun = (server: MusicServer): SyncRun | null => server.last_run as SyncRun | null;

export const servers = {
  /** Asked often while a sync is at work, so that its progress moves. */
  all: (expecting: boolean) => ({
    ...queryOptions({ queryKey: ["servers"], queryFn: ({ signal }) => api.get<Items<MusicServer>>("servers", undefined, signal).then((page) => page.items) }),
    refetchInterval: (query: { state: { data?: MusicServer[] | undefined } }) => (expecting || query.state.data?.some((one) => isAtWork(lastRun(one))) ? soon : then),
  }),
  runs: (id: Id) => queryOptions({ queryKey: ["servers", "runs", id], queryFn: ({ signal }) => api.get<Items<SyncRun>>(`servers/${id}/runs`, { limit: 10 }, signal).then((page) => page.items) }),
  notes: (id: Id, run: Id, action: string | undefined) =>
    queryOptions({ queryKey: ["servers", "notes", id, run, action ?? "all"], queryFn: ({ signal }) => api.get<Items<SyncNote>>(`servers/${id}/runs/${run}/notes`, { limit: 500, action }, signal).then((page) => page.items) }),
};
