import { i18n } from "@lingui/core";
import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { bandsHz, maxGainDb } from "@/player/sound/equaliser";
import { Curve, span } from "./Curve";
import { setBand } from "./verbs";
import { db, hzShort, hzWords, signed } from "./words";

const step = 0.5;
const least = 0 - maxGainDb;

/** One upright slider. Arrows move by half a decibel, with Shift by a tenth; 0 or Delete goes to zero. */
function Band({ band, gain }: { band: number; gain: number }) {
  const hz = bandsHz[band] ?? 0;
  const [dragging, setDragging] = useState(false);
  const at = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const value = span - ((event.clientY - box.top) / box.height) * 2 * span;
    const fine = event.shiftKey ? 0.1 : step;
    return Math.round(value / fine) * fine;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? 0.1 : step;
    const to: Record<string, number> = { ArrowUp: gain + by, ArrowRight: gain + by, ArrowDown: gain - by, ArrowLeft: gain - by, PageUp: gain + 3, PageDown: gain - 3, Home: least, End: maxGainDb, Delete: 0, Backspace: 0, "0": 0 };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setBand(band, next);
  };
  return (
    <div className="eq-col num t-12">
      <div
        className="eq-band"
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={hzWords(hz)}
        aria-valuemin={least}
        aria-valuemax={maxGainDb}
        aria-valuenow={gain}
        aria-valuetext={db(gain)}
        style={{ ["--g" as string]: (span - gain) / (2 * span) }}
        onKeyDown={onKeyDown}
        onDoubleClick={() => setBand(band, 0)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          setBand(band, at(event));
        }}
        onPointerMove={(event) => {
          if (dragging) setBand(band, at(event));
        }}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      />
      <span className="w5" aria-hidden="true">
        {hzShort(hz)}
      </span>
      <small className="t-12 t-3" aria-hidden="true">{signed(gain)}</small>
    </div>
  );
}

export function Bands({ gainsDb, on, sampleRate }: { gainsDb: readonly number[]; on: boolean; sampleRate: number }) {
  return (
    <div className="eq-scroll">
      <div className="eq-plot" role="group" aria-label={i18n.t("Bands")} data-on={on || undefined}>
        <Curve gainsDb={gainsDb} sampleRate={sampleRate} rails />
        {[12, 0, -12].map((value) => (
          <small key={value} className="eq-db t-12 t-3" aria-hidden="true" style={{ ["--g" as string]: (span - value) / (2 * span) }}>
            {signed(value)}
          </small>
        ))}
        {bandsHz.map((hz, band) => (
          <Band key={hz} band={band} gain={gainsDb[band] ?? 0} />
        ))}
      </div>
    </div>
  );
}
