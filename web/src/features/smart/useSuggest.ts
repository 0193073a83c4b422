import { useEffect, useState, type KeyboardEvent } from "react";

const restMs = 140;

/** The words of a field once the typing rests, and which line of a list is chosen by the arrows. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

interface Listing<T> {
  found: readonly T[];
  pick: (one: T) => void;
  /** Enter without a chosen line. */
  enter?: () => void;
  escape?: () => boolean;
}

/** A list below a field: open, chosen line, keys. The field keeps the focus. */
export function useListKeys<T>({ found, pick, enter, escape }: Listing<T>, first: number) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(first);
  const place = Math.min(active, found.length - 1);
  const shows = open && found.length > 0;
  const take = (one: T): void => {
    setOpen(false);
    setActive(first);
    pick(one);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const chosen = found[place];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.altKey) return;
      setOpen(true);
      setActive((Math.max(place, event.key === "ArrowDown" ? -1 : 0) + (event.key === "ArrowDown" ? 1 : found.length - 1)) % Math.max(1, found.length));
    } else if (event.key === "Enter" && shows && chosen) take(chosen);
    else if (event.key === "Enter" && enter) enter();
    else if (event.key === "Escape" && shows) setOpen(false);
    else if (!(event.key === "Escape" && escape?.())) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { shows, place, take, onKeyDown, setOpen, restart: () => setActive(first) };
}

