import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Id } from "@/shared/api/types";
import { undo } from "./edits";

/** Text fields have an undo of their own, and what lies over the page comes first. */
const others = "input, textarea, select, [contenteditable], [role=menu], [role=dialog]";

/** Ctrl+Z anywhere on the page of a playlist takes its last change back; null: there is nothing one may change. */
export function useUndoKey(id: Id | null): void {
  const client = useQueryClient();
  useEffect(() => {
    if (id === null) return;
    const onKey = (event: KeyboardEvent): void => {
      const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
      if (!undoes || event.defaultPrevented || (event.target instanceof Element && event.target.closest(others))) return;
      event.preventDefault();
      if (!event.repeat) void undo(client, id);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [client, id]);
}
