import { memo, useLayoutEffect, useMemo, useRef, useState } from "react";
import { wavePath } from "./wave";

/** The drawing inside a slider or progress bar: played, loaded and the rest are the same path, cut at --v and --b of the box around it. */
export const Wave = memo(function Wave({ peaks, pitch = 3 }: { peaks: readonly number[]; pitch?: number }) {
  const box = useRef<HTMLSpanElement>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const path = useMemo(() => (width > 0 ? wavePath(peaks, width, height, pitch) : ""), [peaks, width, height, pitch]);
  return (
    <span className="wave-art" ref={box} aria-hidden="true">
      {(["rest", "loaded", "played"] as const).map((part) => (
        <svg key={part} data-part={part} width={width} height={height}>
          <path d={path} />
        </svg>
      ))}
    </span>
  );
});
