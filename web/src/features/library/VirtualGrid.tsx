import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { useMainScroll } from "@/shared/hooks/mainScroll";
import { usePhone } from "@/shared/hooks/useMedia";

interface VirtualGridProps<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Height of what stands under the square. */
  wordsHeight: number;
  onNearEnd: () => void;
  children: (item: T) => ReactNode;
}
const narrowest = 168;

/** Squares in as many columns as fit, only the visible rows in the document. */
export function VirtualGrid<T>({ label, items, keyOf, wordsHeight, onNearEnd, children }: VirtualGridProps<T>) {
  const scroll = useMainScroll();
  const phone = usePhone();
  const box = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(0);
  const [margin, setMargin] = useState(0);
  const gapX = phone ? 16 : 24;
  const gapY = phone ? 24 : 28;
  const columns = phone ? 2 : Math.max(2, Math.floor((width + gapX) / (narrowest + gapX)));
  const side = (width - gapX * (columns - 1)) / columns;
  const rowHeight = Math.round(side + wordsHeight + gapY);

  useLayoutEffect(() => {
    const element = box.current;
    const parent = scroll.current;
    if (!element || !parent) return;
    const measure = (): void => {
      setWidth(element.clientWidth);
      setMargin(element.getBoundingClientRect().top - parent.getBoundingClientRect().top + parent.scrollTop);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll]);

  const virtual = useVirtualizer({
    count: width > 0 ? Math.ceil(items.length / columns) : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: margin,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const rows = virtual.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && (lastRow + 4) * columns >= items.length) onNearEnd();
  }, [lastRow, columns, items.length, onNearEnd]);

  return (
    <ul ref={box} className="vgrid" aria-label={label} style={{ height: virtual.getTotalSize() }}>
      {rows.flatMap((row) =>
        items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
          <li key={keyOf(item)} style={{ width: side, transform: `translate(${column * (side + gapX)}px, ${row.start - margin}px)` }}>
            {children(item)}
          </li>
        )),
      )}
    </ul>
  );
}
