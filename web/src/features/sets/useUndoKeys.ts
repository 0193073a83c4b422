import { useEffect } from "react";

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, but not while somebody types. */
export function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const field = event.target instanceof Element && event.target.closest("input, textarea, select, [role=dialog]");
      if (!(event.ctrlKey || event.metaKey) || event.altKey || field) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
