import { createContext, useContext, type RefObject } from "react";

/** The element that scrolls a page; virtual lists measure against it. */
const MainScrollContext = createContext<RefObject<HTMLElement | null> | null>(null);
export const MainScroll = MainScrollContext.Provider;

export function useMainScroll(): RefObject<HTMLElement | null> {
  const ref = useContext(MainScrollContext);
  if (!ref) throw new Error("no page around this list");
  return ref;
}
