import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SetRun } from "@/shared/api/djSets";
import { Problem } from "@/shared/api/problem";
import type { Id } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";
import { runState, startRun, stopRun } from "./api";

const askEveryMs = 250;
const askAgainMs = 2000;
const over = (run: SetRun | undefined): boolean => run !== undefined && run.state !== "waiting" && run.state !== "running";
/** The server does not know it any more: it was started anew, or the run ended long ago. */
const isLost = (error: Error | null): boolean => error instanceof Problem && error.status === 404;

/** Which run this window waits for: a reload, or coming back to the page, finds it again. */
const key = (setId: Id): string => `resonance.set-run.${setId}`;
const remembered = (setId: Id): Id | null => sessionStorage.getItem(key(setId));
const remember = (setId: Id, runId: Id | null): void => (runId === null ? sessionStorage.removeItem(key(setId)) : sessionStorage.setItem(key(setId), runId));

export interface Arranging {
  readonly running: boolean;
  /** The server cannot be reached just now; it goes on searching. */
  readonly cutOff: boolean;
  readonly run: SetRun | null;
  readonly fault: string | null;
  readonly start: (wish?: { seed?: number }) => Promise<void>;
  readonly stop: () => void;
  /** What it found was taken or left. */
  readonly settle: () => void;
}

/** One search for a better order: started, watched, stopped. What it has found is told once. */
export function useArrange(setId: Id, onFound: (run: SetRun) => void): Arranging {
  const [runId, setRunId] = useState<Id | null>(() => remembered(setId));
  const [fault, setFault] = useState<string | null>(null);
  const told = useRef<Id | null>(null);
  const { data, error } = useQuery({
    queryKey: ["set-run", runId],
    queryFn: ({ signal }) => runState(runId ?? "", signal),
    enabled: runId !== null,
    refetchInterval: ({ state }) => (over(state.data) || isLost(state.error) ? false : state.error ? askAgainMs : askEveryMs),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const found = useRef(onFound);
  useEffect(() => {
    found.current = onFound;
  });
  const lost = isLost(error);
  const ended = runId !== null && (over(data) || lost);
  useEffect(() => {
    if (!ended || told.current === runId) return;
    told.current = runId;
    if (data?.result) found.current(data);
    else remember(setId, null);
  }, [ended, data, runId, setId]);

  const failure = data?.state === "failed" ? (data.fault?.detail ?? i18n.t("No order was found.")) : lost ? i18n.t("The search for an order was lost. Try again.") : fault;
  return {
    running: runId !== null && !ended,
    cutOff: runId !== null && !ended && error !== null,
    run: data ?? null,
    fault: failure,
    start: async (wish = {}) => {
      setFault(null);
      try {
        const { run_id } = await startRun(setId, wish);
        remember(setId, run_id);
        setRunId(run_id);
      } catch (problem) {
        setFault(problem instanceof Problem && !problem.offline ? problem.message : i18n.t("The server does not answer."));
      }
    },
    stop: () => {
      if (runId) void stopRun(runId).catch(() => toast({ text: i18n.t("The server does not answer.") }));
    },
    settle: () => remember(setId, null),
  };
}
