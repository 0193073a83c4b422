import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SetRun } from "@/shared/api/djSets";
import { Problem } from "@/shared/api/problem";
import type { Id } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";
import { runState, startRun, stopRun } from "./api";

const askEveryMs = 250;
const over = (run: SetRun | undefined): boolean => run !== undefined && run.state !== "waiting" && run.state !== "running";

export interface Arranging {
  readonly running: boolean;
  readonly run: SetRun | null;
  readonly fault: string | null;
  readonly start: (wish?: { seed?: number }) => Promise<void>;
  readonly stop: () => void;
}

/** One search for a better order: started, watched, stopped. What it has found is told once. */
export function useArrange(setId: Id, onFound: (run: SetRun) => void): Arranging {
  const [runId, setRunId] = useState<Id | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const told = useRef<Id | null>(null);
  const { data, error } = useQuery({
    queryKey: ["set-run", runId],
    queryFn: ({ signal }) => runState(runId ?? "", signal),
    enabled: runId !== null,
    refetchInterval: (query) => (over(query.state.data) || query.state.error ? false : askEveryMs),
    staleTime: 0,
    gcTime: 0,
  });
  const found = useRef(onFound);
  useEffect(() => {
    found.current = onFound;
  });
  const ended = runId !== null && (over(data) || error !== null);
  useEffect(() => {
    if (!ended || told.current === runId) return;
    told.current = runId;
    if (data?.result) found.current(data);
  }, [ended, data, runId]);
  // Nobody waits for it any more.
  const live = useRef<Id | null>(null);
  useEffect(() => {
    live.current = ended ? null : runId;
  }, [ended, runId]);
  useEffect(() => () => void (live.current && stopRun(live.current).catch(() => undefined)), []);

  const failure = data?.state === "failed" ? (data.fault?.detail ?? i18n.t("No order was found.")) : error ? i18n.t("The search for an order was lost. Try again.") : fault;
  return {
    running: runId !== null && !ended,
    run: data ?? null,
    fault: failure,
    start: async (wish = {}) => {
      setFault(null);
      try {
        setRunId((await startRun(setId, wish)).run_id);
      } catch (problem) {
        setFault(problem instanceof Problem && !problem.offline ? problem.message : i18n.t("The server does not answer."));
      }
    },
    stop: () => {
      if (runId) void stopRun(runId).catch(() => toast({ text: i18n.t("The server does not answer.") }));
    },
  };
}
