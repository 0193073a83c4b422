import { useLayoutEffect, useState, type RefObject } from "react";
import { useMainScroll } from "@/shared/hooks/mainScroll";

/** How wide a list is, and how far down the page it begins. */
export function useListPlace(box: RefObject<HTMLDivElement | null>, rows: number): { width: number; margin: number } {
  const scroll = useMainScroll();
  const [place, setPlace] = useState({ width: 1000, margin: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    const parent = scroll.current;
    if (!element || !parent) return;
    const measure = (): void => {
      const width = element.clientWidth;
      const margin = element.getBoundingClientRect().top - parent.getBoundingClientRect().top + parent.scrollTop;
      setPlace((now) => (now.width === width && now.margin === margin ? now : { width, margin }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, scroll, rows]);
  return place;
}
