import { useEffect, useState } from "react";

const signs = ["pointermove", "pointerdown", "keydown", "wheel", "focusin"] as const;

/** True after `ms` without input from the listener. */
export function useIdle(ms: number, wanted: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!wanted) return;
    let timer: ReturnType<typeof setTimeout>;
    const wake = (): void => {
      clearTimeout(timer);
      setIdle(false);
      timer = setTimeout(() => setIdle(true), ms);
    };
    wake();
    for (const sign of signs) window.addEventListener(sign, wake, { passive: true });
    return () => {
      clearTimeout(timer);
      setIdle(false);
      for (const sign of signs) window.removeEventListener(sign, wake);
    };
  }, [ms, wanted]);
  return idle && wanted;
}
