import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState, type KeyboardEvent } from "react";
import { closeCues } from "@/media/cueRequest";
import { queries } from "@/shared/api/queries";
import type { TrackItem } from "@/shared/api/types";
import { announce } from "@/shared/ui/a11y";
import { Button, IconButton } from "@/shared/ui/Button";
import { Segmented, Switch } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { CueRow } from "./CueRow";
import { CueWave } from "./CueWave";
import "./cues.css";
import { added, cuesQuery, inOrder, isEdited, most, movedTo, place, type Beats, type Shown } from "./cues";
import { useCueList } from "./useCueList";
import type { Deck } from "./deck";
import { useDeck, useDeckFault, useDeckPlaying, useDeckPosition } from "./useDeck";

/** Cues and loops of a track: heard, set at the place one hears, dragged, named, coloured, deleted. Every change is kept at once. */
export default function CuesDialog({ track }: { track: TrackItem }) {
  const { data, error, refetch } = useQuery({ ...cuesQuery(track.id), gcTime: 0, refetchOnWindowFocus: false });
  return (
    <Dialog open wide onClose={closeCues} title={i18n.t("Cues and loops")} about={i18n.t("{title}, {artist}", { title: track.title, artist: track.artist })}>
      {!data && error && <ErrorState what={i18n.t("The cues could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={4} />}
      {data && <Editor track={track} first={data} />}
    </Dialog>
  );
}

function useBeats(track: TrackItem): Beats | null {
  const { data } = useQuery(queries.trackAnalysis(track.id));
  const first = data?.measured?.beat_offset_s ?? null;
  const bpm = data?.measured?.bpm ?? null;
  return first === null || bpm === null ? null : { first_s: first, bpm };
}

function Editor({ track, first }: { track: TrackItem; first: Parameters<typeof useCueList>[1] }) {
  const list = useCueList(track.id, first);
  const { cues } = list;
  const shown = cues.filter(isEdited);
  const hidden = cues.length - shown.length;
  const deck = useDeck(track.id);
  const playing = useDeckPlaying(deck);
  const fault = useDeckFault(deck);
  const duration = track.duration_s;
  const grid = useBeats(track);
  const [snaps, setSnaps] = useState(false);
  const beats = snaps ? grid : null;
  const [zoom, setZoom] = useState<"1" | "4" | "16">("1");
  const [chosen, setChosen] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);

  const change = (cue: Shown): void => list.change(inOrder(cues.map((one) => (one.key === cue.key ? cue : one))), cue.key);
  const add = (kind: "cue" | "loop"): void => {
    if (cues.length >= most) return;
    const next = added(cues, kind, deck.position(), duration, beats);
    list.change(next.cues);
    setChosen(next.key);
    const at = next.cues.find((cue) => cue.key === next.key)?.start_s ?? 0;
    announce(kind === "loop" ? i18n.t("Loop at {place}", { place: place(at) }) : i18n.t("Cue at {place}", { place: place(at) }));
  };
  const remove = (cue: Shown): void => {
    const at = shown.indexOf(cue);
    list.change(cues.filter((one) => one !== cue));
    setChosen((shown[at + 1] ?? shown[at - 1])?.key ?? null);
    announce(i18n.t("Deleted"));
    box.current?.focus();
  };
  const playFrom = (cue: Shown): void => deck.playFrom(cue.start_s, cue.end_s === null ? null : { start_s: cue.start_s, end_s: cue.end_s });

  const nudge = (event: KeyboardEvent, cue: Shown): void => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? 1 : event.altKey ? 0.01 : 0.1;
    const after = movedTo(cue, cue.start_s + (event.key === "ArrowRight" ? step : -step), duration);
    change(after);
    announce(place(after.start_s));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (target.matches("input")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const one = shown.find((cue) => cue.key === chosen);
    const command = event.ctrlKey || event.metaKey;
    const pad = /^[1-9]$/.test(key) ? shown.find((cue) => cue.number === Number(key) - 1) : undefined;
    const keys: Record<string, (() => void) | undefined> = {
      " ": target.matches("button") ? undefined : deck.toggle,
      c: () => add("cue"),
      o: () => add("loop"),
      Delete: one && (() => remove(one)),
    };
    const act = command ? (key === "z" && !event.shiftKey ? list.undo : undefined) : pad ? () => playFrom(pad) : keys[key];
    if (!act || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    // Keys of the whole editor, not of one thing in it.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="cues" ref={box} tabIndex={-1} onKeyDown={onKeyDown}>
      <CueWave trackId={track.id} duration={duration} deck={deck} cues={shown} chosen={chosen} zoom={Number(zoom)} beats={beats} onChoose={setChosen} onChange={change} onKey={nudge} />
      <div className="cue-tools">
        <IconButton icon={playing ? "pause" : "play"} kind="play" label={playing ? i18n.t("Pause") : i18n.t("Play")} keys={i18n.t("Space")} onClick={deck.toggle} />
        <Where deck={deck} />
        <Button icon="plus" size="s" disabled={cues.length >= most} onClick={() => add("cue")}>
          {i18n.t("Cue here")}
        </Button>
        <Button icon="repeat" size="s" disabled={cues.length >= most} onClick={() => add("loop")}>
          {i18n.t("Loop here")}
        </Button>
        <IconButton icon="undo" label={i18n.t("Undo")} keys="Ctrl Z" disabled={!list.canUndo} onClick={list.undo} />
        <span className="grow" />
        <Segmented
          label={i18n.t("Closer")}
          size="s"
          value={zoom}
          onChange={setZoom}
          options={[
            { value: "1", label: "1×" },
            { value: "4", label: "4×" },
            { value: "16", label: "16×" },
          ]}
        />
      </div>
      {grid && <Switch label={i18n.t("Snap to the beat")} checked={snaps} onChange={setSnaps} />}
      {fault && (
        <p className="field-note" data-kind="danger" role="alert">
          {i18n.t("This track cannot be played here. Cues can be typed all the same.")}
        </p>
      )}
      {shown.length === 0 ? (
        <p className="t-2 cue-none">{i18n.t("No cue yet. Play, and press C where one belongs, or O for a loop.")}</p>
      ) : (
        <ul className="cue-list" aria-label={i18n.t("Cues and loops")}>
          {shown.map((cue) => (
            <CueRow key={cue.key} cue={cue} cues={cues} duration={duration} chosen={cue.key === chosen} onPlay={() => playFrom(cue)} onChoose={() => setChosen(cue.key)} onChange={change} onDelete={() => remove(cue)} />
          ))}
        </ul>
      )}
      <footer>
        <span className="t-3 t-12 cue-state" role="status">
          {list.state === "failed" ? "" : list.state === "saving" ? i18n.t("Saving") : list.changed ? i18n.t("Everything is saved") : hidden > 0 ? i18n.t("{n, plural, one {# mark of a beat grid or fade stays as it is} other {# marks of beat grids or fades stay as they are}}", { n: hidden }) : ""}
        </span>
        {list.state === "failed" && (
          <span className="cue-fault" role="alert">
            {list.fault}
            <Button size="s" onClick={list.again}>
              {i18n.t("Try again")}
            </Button>
          </span>
        )}
        <Button onClick={closeCues}>{i18n.t("Close")}</Button>
      </footer>
    </div>
  );
}

function Where({ deck }: { deck: Deck }) {
  const position = useDeckPosition(deck);
  return <span className="num cue-where">{place(position).slice(0, -2)}</span>;
}
