import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Problem } from "@/shared/api/problem";
import type { Cue, Id } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";
import { cuesQuery, inHand, putCues, toSend, type Shown } from "./cues";

const restMs = 500;
const mostSteps = 50;

export interface CueList {
  cues: readonly Shown[];
  /** Changes of the same cue that follow one another closely are one step back. */
  change: (cues: Shown[], of?: number) => void;
  undo: () => void;
  canUndo: boolean;
  changed: boolean;
  state: "saved" | "saving" | "failed";
  fault: string;
  again: () => void;
}

/** The cues of a track in the hand: shown at once, sent when the hand rests, one after the other. */
export function useCueList(trackId: Id, first: readonly Cue[]): CueList {
  const client = useQueryClient();
  const [cues, setCues] = useState<readonly Shown[]>(() => inHand(first));
  const [steps, setSteps] = useState<readonly (readonly Shown[])[]>([]);
  const [state, setState] = useState<CueList["state"]>("saved");
  const [fault, setFault] = useState("");
  const [changed, setChanged] = useState(false);
  const wanted = useRef<readonly Shown[] | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sending = useRef(false);
  const stepOf = useRef<{ of: number | undefined; at: number }>({ of: undefined, at: 0 });

  const send = async (): Promise<void> => {
    clearTimeout(timer.current);
    if (sending.current) return;
    sending.current = true;
    while (wanted.current) {
      const now = wanted.current;
      wanted.current = null;
      try {
        client.setQueryData(cuesQuery(trackId).queryKey, await putCues(trackId, toSend(now)));
        setState(wanted.current ? "saving" : "saved");
      } catch (error) {
        wanted.current ??= now;
        const text = error instanceof Problem && !error.offline ? error.message : i18n.t("The server does not answer.");
        setFault(text);
        setState("failed");
        sending.current = false;
        throw error;
      }
    }
    sending.current = false;
  };
  const put = (next: readonly Shown[]): void => {
    setCues(next);
    setChanged(true);
    setState("saving");
    wanted.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void send().catch(() => undefined), restMs);
  };
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  // Closed before the hand rested: what is left is sent, and a failure is told where the editor no longer is.
  useEffect(
    () => () => {
      if (wanted.current) latest.current().catch(() => toast({ text: i18n.t("The last changes of the cues could not be saved.") }));
    },
    [],
  );
  return {
    cues,
    change: (next, of) => {
      const now = Date.now();
      const same = of !== undefined && stepOf.current.of === of && now - stepOf.current.at < 1200;
      stepOf.current = { of, at: now };
      if (!same) setSteps((before) => [...before, cues].slice(-mostSteps));
      put(next);
    },
    undo: () => {
      const before = steps.at(-1);
      if (!before) return;
      stepOf.current = { of: undefined, at: 0 };
      setSteps(steps.slice(0, -1));
      put(before);
    },
    canUndo: steps.length > 0,
    changed,
    state,
    fault,
    again: () => {
      setState("saving");
      void send().catch(() => undefined);
    },
  };
}
