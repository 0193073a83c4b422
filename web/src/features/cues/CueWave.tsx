import { i18n } from "@lingui/core";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useWaveform } from "@/media/useWaveform";
import { Wave } from "@/media/Wave";
import type { Id } from "@/shared/api/types";
import { clock } from "@/shared/lib/format";
import { Slider } from "@/shared/ui/Slider";
import { endedAt, movedTo, place, snapped, type Beats, type Shown } from "./cues";
import type { Deck } from "./deck";
import { useDeckPlaying, useDeckPosition } from "./useDeck";

interface CueWaveProps {
  trackId: Id;
  duration: number;
  deck: Deck;
  cues: readonly Shown[];
  chosen: number | null;
  /** How many times as wide as the window. */
  zoom: number;
  beats: Beats | null;
  onChoose: (key: number) => void;
  onChange: (cue: Shown) => void;
  onKey: (event: KeyboardEvent, cue: Shown) => void;
}

/** The waveform with every cue on it; what is before the needle is drawn as played. */
export function CueWave({ trackId, duration, deck, cues, chosen, zoom, beats, onChoose, onChange, onKey }: CueWaveProps) {
  const peaks = useWaveform(trackId);
  const position = useDeckPosition(deck);
  const playing = useDeckPlaying(deck);
  const window_ = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const focus = useRef({ position });
  useEffect(() => {
    focus.current.position = position;
  });
  // What is under the needle stays in sight: when the view is made closer, and while it plays.
  useEffect(() => {
    const box = window_.current;
    if (!box || duration === 0) return;
    box.scrollLeft = (focus.current.position / duration) * box.scrollWidth - box.clientWidth / 2;
  }, [zoom, duration]);
  useEffect(() => {
    const box = window_.current;
    if (!box || !playing || zoom === 1) return;
    const at = (position / duration) * box.scrollWidth;
    if (at < box.scrollLeft || at > box.scrollLeft + box.clientWidth * 0.9) box.scrollLeft = at - box.clientWidth * 0.1;
  }, [position, playing, zoom, duration]);

  const secondsAt = (clientX: number): number => {
    const box = inner.current?.getBoundingClientRect();
    return box && box.width > 0 ? Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * duration : 0;
  };
  return (
    <div className="cue-window" ref={window_}>
      <div className="cue-inner" ref={inner} style={{ width: `${zoom * 100}%` }}>
        {cues.map((cue) => (
          <Marker key={cue.key} cue={cue} duration={duration} chosen={cue.key === chosen} beats={beats} secondsAt={secondsAt} onChoose={() => onChoose(cue.key)} onChange={onChange} onKey={(event) => onKey(event, cue)} />
        ))}
        <Slider
          label={i18n.t("Position")}
          value={Math.min(position, duration)}
          max={duration}
          step={1}
          bigStep={10}
          text={i18n.t("{position} of {duration}", { position: place(position), duration: clock(duration) })}
          tip={place}
          accent
          onChange={deck.seek}
        >
          {peaks ? <Wave key={zoom} peaks={peaks} /> : <span className="cue-line" />}
        </Slider>
      </div>
    </div>
  );
}

interface MarkerProps {
  cue: Shown;
  duration: number;
  chosen: boolean;
  beats: Beats | null;
  secondsAt: (clientX: number) => number;
  onChoose: () => void;
  onChange: (cue: Shown) => void;
  onKey: (event: KeyboardEvent) => void;
}

function Marker({ cue, duration, chosen, beats, secondsAt, onChoose, onChange, onKey }: MarkerProps) {
  const [dragged, setDragged] = useState<Shown | null>(null);
  const shown = dragged ?? cue;
  const left = (shown.start_s / duration) * 100;
  const name = [cue.number === null ? i18n.t("Memory cue") : i18n.t("Pad {n}", { n: cue.number + 1 }), cue.name].filter(Boolean).join(", ");
  // Dragged by its flag: shown at once, kept when it is let go.
  const drag = (end: boolean) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    onChoose();
    const handle = event.currentTarget;
    const grip = secondsAt(event.clientX) - (end ? (cue.end_s ?? 0) : cue.start_s);
    let now: Shown | null = null;
    const move = (next: globalThis.PointerEvent): void => {
      if (now === null && Math.abs(next.clientX - event.clientX) < 3) return;
      const to = snapped(secondsAt(next.clientX) - grip, next.altKey ? null : beats);
      now = end ? endedAt(cue, to, duration) : movedTo(cue, to, duration);
      setDragged(now);
    };
    const over = (keep: boolean) => (): void => {
      handle.removeEventListener("pointermove", move);
      setDragged(null);
      if (keep && now) onChange(now);
    };
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", over(true), { once: true });
    handle.addEventListener("pointercancel", over(false), { once: true });
  };
  return (
    <div className="cue-mark" data-kind={cue.kind} data-plain={cue.colour === null || undefined} data-chosen={chosen || undefined} style={{ left: `${left}%`, ["--cue" as string]: cue.colour ?? "var(--text-2)", ...(shown.end_s === null ? {} : { width: `${((shown.end_s - shown.start_s) / duration) * 100}%` }) }}>
      <button type="button" className="cue-flag" aria-pressed={chosen} aria-label={i18n.t("{name} at {place}", { name, place: place(shown.start_s) })} onPointerDown={drag(false)} onClick={onChoose} onKeyDown={onKey}>
        {cue.number === null ? "·" : cue.number + 1}
      </button>
      {cue.kind === "loop" && <span className="cue-end" aria-hidden="true" onPointerDown={drag(true)} />}
      {dragged && (
        <span className="tip cue-tip num" aria-hidden="true">
          {place(shown.start_s)}
        </span>
      )}
    </div>
  );
}
