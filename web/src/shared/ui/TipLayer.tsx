import { useEffect, useRef, useState } from "react";

/** One tooltip for the whole window: any element with data-tip gets it after a rest of the pointer or on focus.
 *  It repeats a name that is already accessible, so it stays out of the accessibility tree. */
interface Tip {
  text: string;
  keys: string | undefined;
  x: number;
  y: number;
  below: boolean;
}
const restMs = 400;

function tipFor(element: HTMLElement): Tip | null {
  const text = element.dataset.tip;
  if (!text) return null;
  // A truncated name needs its tooltip only while it is truncated.
  if (element.dataset.tipCut !== undefined && element.scrollWidth <= element.clientWidth) return null;
  const box = element.getBoundingClientRect();
  const below = box.top < 56;
  return { text, keys: element.dataset.keys, x: box.left + box.width / 2, y: below ? box.bottom + 8 : box.top - 8, below };
}

export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = (): void => {
      clearTimeout(timer);
      setTip(null);
    };
    const over = (event: PointerEvent): void => {
      if (event.pointerType !== "mouse") return;
      const element = (event.target as Element).closest<HTMLElement>("[data-tip]");
      hide();
      if (element) timer = setTimeout(() => setTip(element.isConnected ? tipFor(element) : null), restMs);
    };
    const focus = (event: FocusEvent): void => {
      const element = event.target as HTMLElement;
      hide();
      if (element.matches("[data-tip]:focus-visible")) timer = setTimeout(() => setTip(tipFor(element)), restMs);
    };
    document.addEventListener("pointerover", over);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", hide);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", hide);
    document.addEventListener("scroll", hide, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", over);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", hide);
      document.removeEventListener("scroll", hide, true);
    };
  }, []);

  useEffect(() => {
    const element = layer.current;
    if (!element || !tip) return;
    const half = element.offsetWidth / 2;
    const x = Math.min(Math.max(tip.x, half + 8), window.innerWidth - half - 8);
    element.style.left = `${x}px`;
    element.style.top = `${tip.y}px`;
  }, [tip]);

  if (!tip) return null;
  return (
    <div ref={layer} className="tip tip-layer" data-below={tip.below || undefined} aria-hidden="true">
      {tip.text}
      {tip.keys && <kbd>{tip.keys}</kbd>}
    </div>
  );
}
