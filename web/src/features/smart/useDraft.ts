import { useCallback, useMemo, useState } from "react";
import type { Draft } from "@/media/rules/rule";

interface History {
  past: readonly Draft[];
  now: Draft;
  future: readonly Draft[];
  /** What was being changed last, and when: typing a word is one step. */
  what: string | null;
  at: number;
}
const longest = 200;
const oneWordMs = 1500;

export interface DraftEdit {
  draft: Draft;
  /** `what` names a field that is typed into; changes of the same one in a row are undone together. */
  edit: (change: (draft: Draft) => Draft, what?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

export function useDraft(first: () => Draft): DraftEdit {
  const [history, setHistory] = useState<History>(() => ({ past: [], now: first(), future: [], what: null, at: 0 }));
  const edit = useCallback((change: (draft: Draft) => Draft, what: string | null = null) => {
    const at = Date.now();
    setHistory((old) => {
      const now = change(old.now);
      if (now === old.now) return old;
      const together = what !== null && what === old.what && at - old.at < oneWordMs;
      return { past: together ? old.past : [...old.past, old.now].slice(-longest), now, future: [], what, at };
    });
  }, []);
  const undo = useCallback(
    () =>
      setHistory((old) => {
        const now = old.past.at(-1);
        return now ? { past: old.past.slice(0, -1), now, future: [old.now, ...old.future], what: null, at: 0 } : old;
      }),
    [],
  );
  const redo = useCallback(
    () =>
      setHistory((old) => {
        const [now, ...future] = old.future;
        return now ? { past: [...old.past, old.now], now, future, what: null, at: 0 } : old;
      }),
    [],
  );
  const { now: draft } = history;
  const canUndo = history.past.length > 0;
  const canRedo = history.future.length > 0;
  return useMemo(() => ({ draft, edit, undo, redo, canUndo, canRedo }), [draft, edit, undo, redo, canUndo, canRedo]);
}
