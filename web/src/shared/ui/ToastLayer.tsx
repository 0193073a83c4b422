import { useEffect, useState } from "react";
import { Button } from "./Button";
import { dismissToast, useToasts } from "./toast";

const shownFor = 6000;

/** The live region is always there, so that a screen reader hears what appears in it. */
export function ToastLayer() {
  const shown = useToasts((state) => state.shown);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!shown || held) return;
    const timer = setTimeout(dismissToast, shownFor);
    return () => clearTimeout(timer);
  }, [shown, held]);

  return (
    <div className="toast-layer" role="status" aria-live="polite">
      {shown && (
        <div key={shown.id} className="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
          <span>{shown.text}</span>
          {shown.action && (
            <Button
              kind="quiet"
              size="s"
              onFocus={() => setHeld(true)}
              onBlur={() => setHeld(false)}
              onClick={() => {
                shown.action?.run();
                setHeld(false);
                dismissToast();
              }}
            >
              {shown.action.label}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
