import { i18n } from "@lingui/core";
import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { queries } from "@/shared/api/queries";
import type { AccountItem, AnalysisFailure, AnalysisStatus, BrokenFile, Id, Invitation, Items, Job, MissingTrack, Page, Scan, Timer } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";

const list = <T>(key: readonly unknown[], path: string) => queryOptions({ queryKey: key, queryFn: ({ signal }) => api.get<Items<T>>(path, undefined, signal).then((page) => page.items) });
const paged = <T>(key: readonly unknown[], path: string, query: object, limit: number) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(path, { ...query, limit, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<T>) => last.next,
  });

/** The socket tells of every change; where it is closed by a proxy, asking now and then must do. */
const now = 4000;
const then = 30_000;
const active = (jobs: readonly Job[] | undefined): boolean => jobs?.some((job) => job.state === "running" || job.state === "queued") ?? false;

export const admin = {
  users: () => list<AccountItem>(["users"], "users"),
  invitations: () => list<Invitation>(["invitations"], "invitations"),
  schedule: () => list<Timer>(["jobs", "schedule"], "schedule"),
  running: () => ({ ...queries.currentScans(), refetchInterval: (query: { state: { data?: Scan[] | undefined } }) => (query.state.data?.length ? now : then) }),
  recentJobs: () => ({
    ...queryOptions({ queryKey: ["jobs", "recent"], queryFn: ({ signal }) => api.get<Items<Job>>("jobs", { limit: 50 }, signal).then((page) => page.items) }),
    refetchInterval: (query: { state: { data?: Job[] | undefined } }) => (active(query.state.data) ? now : then),
  }),
  jobs: (state: string | undefined) => paged<Job>(["jobs", "list", state ?? "all"], "jobs", { state }, 50),
  scans: (libraryId: Id) => queryOptions({ queryKey: ["scans", "of", libraryId], queryFn: ({ signal }) => api.get<Items<Scan>>("scans", { library_id: libraryId, limit: 8 }, signal).then((page) => page.items) }),
  /** The socket tells; asking now and then makes up for a lost message. */
  analysis: () => ({ ...queries.analysis(), refetchInterval: (query: { state: { data?: AnalysisStatus | undefined } }) => (query.state.data?.state === "idle" ? then : now * 2) }),
  failures: () => paged<AnalysisFailure>(["analysis-failures"], "analysis/failures", {}, 100),
  broken: () => paged<BrokenFile>(["broken-files"], "broken-files", {}, 500),
  missing: () => paged<MissingTrack>(["missing-tracks"], "missing-tracks", {}, 200),
};

export const problemText = (error: unknown): string => (error instanceof Problem ? error.message : String(error));

/** Starts reading; the list of running scans shows it at once. */
export async function startScan(client: QueryClient, libraryIds: readonly Id[], full = false): Promise<void> {
  try {
    const scans = await Promise.all(libraryIds.map((id) => api.post<Scan>(`libraries/${id}/scan`, { full })));
    client.setQueryData<Scan[]>(queries.currentScans().queryKey, (before = []) => [...before.filter((one) => !scans.some((scan) => scan.library_id === one.library_id)), ...scans]);
    // A scan of nothing new is over before its first message.
    setTimeout(() => {
      void client.invalidateQueries({ queryKey: ["scans"] });
      void client.invalidateQueries({ queryKey: ["libraries"] });
      void client.invalidateQueries({ queryKey: ["broken-files"] });
      void client.invalidateQueries({ queryKey: ["missing-tracks"] });
    }, 1500);
  } catch (error) {
    toast({ text: i18n.t("The scan could not be started: {reason}", { reason: problemText(error) }) });
  }
}
