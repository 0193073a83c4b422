import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import type { TrackAnalysis } from "@/shared/api/types";
import { camelot, keyName, wheel } from "@/shared/lib/musicalKey";
import { announce } from "@/shared/ui/a11y";
import { Button } from "@/shared/ui/Button";
import { Field, Select } from "@/shared/ui/Field";
import { tapped, tempoOf } from "./tap";
import { correct, problemText, type Correction } from "./verbs";

const slowest = 20;
const fastest = 400;
const shown = (bpm: number | null): string => (bpm === null ? "" : String(Math.round(bpm * 10) / 10));
const read = (text: string): number | null => {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() && value >= slowest && value <= fastest ? value : null;
};

/** Tempo and key by hand: typed, doubled, halved or tapped. It counts for everybody, before what is measured. */
export function Correct({ analysis, onClose }: { analysis: TrackAnalysis; onClose: () => void }) {
  const client = useQueryClient();
  const { effective, edits, track_id } = analysis;
  const before = shown(effective.bpm);
  const keyBefore = effective.camelot ?? (effective.key ? (camelot(effective.key) ?? "") : "");
  const [bpm, setBpm] = useState(before);
  const [key, setKey] = useState(keyBefore);
  const [taps, setTaps] = useState<readonly number[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), []);

  const tap = (at: number): void => {
    const next = tapped(taps, at);
    const tempo = tempoOf(next);
    setTaps(next);
    if (tempo !== null && tempo >= slowest && tempo <= fastest) setBpm(shown(tempo));
  };
  const times = (factor: number): void => {
    const value = read(bpm);
    if (value === null) return;
    setBpm(shown(value * factor));
    announce(i18n.t("{bpm} BPM", { bpm: shown(value * factor) }));
  };
  const send = async (change: Correction): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      if (Object.keys(change).length > 0) await correct(client, track_id, change);
      onClose();
    } catch (error) {
      setFault(problemText(error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const value = read(bpm);
    if (bpm.trim() && value === null) return setFault(i18n.t("A tempo is a number from {slowest} to {fastest}.", { slowest, fastest }));
    const change: Correction = {};
    if (value !== null && bpm !== before) change.bpm = value;
    if (key && key !== keyBefore) change.key = key;
    void send(change);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Escape closes the form and not the panel around it; the player's keys rest while one types.
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      return onClose();
    }
    const typing = event.target instanceof HTMLSelectElement;
    if (event.key.toLowerCase() !== "t" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    if (!event.repeat) tap(event.timeStamp);
  };
  const counting = taps.length > 0 && tempoOf(taps) === null;
  return (
    // Keys of the whole form, not of one thing in it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form ref={box} className="correct" aria-label={i18n.t("Correct tempo and key")} noValidate onSubmit={submit} onKeyDown={onKeyDown}>
      <div className="correct-bpm">
        <Field label={i18n.t("Tempo (BPM)")} inputMode="decimal" autoComplete="off" value={bpm} error={fault} onChange={(event) => setBpm(event.target.value)} />
        <Button size="s" onClick={() => times(0.5)}>
          ÷2<span className="sr"> {i18n.t("Half the tempo")}</span>
        </Button>
        <Button size="s" onClick={() => times(2)}>
          ×2<span className="sr"> {i18n.t("Double the tempo")}</span>
        </Button>
      </div>
      <Button className="tap" aria-keyshortcuts="T" onClick={(event) => tap(event.timeStamp)}>
        {counting ? i18n.t("Go on: {n}", { n: taps.length }) : i18n.t("Tap the beat, or press T")}
      </Button>
      <Select
        label={i18n.t("Key")}
        value={key}
        onChange={(event) => setKey(event.target.value)}
        options={[...(keyBefore ? [] : [{ value: "", label: i18n.t("Unknown") }]), ...wheel.map((place) => ({ value: place, label: `${place}  ${keyName(place)}` }))]}
      />
      <div className="correct-go">
        <Button type="submit" kind="primary" size="s" busy={busy && i18n.t("Saving")}>
          {i18n.t("Save")}
        </Button>
        <Button kind="quiet" size="s" onClick={onClose}>
          {i18n.t("Cancel")}
        </Button>
        <span className="grow" />
        {edits?.bpm != null && (
          <Button kind="quiet" size="s" onClick={() => void send({ bpm: null })}>
            {i18n.t("Reset tempo")}
          </Button>
        )}
        {edits?.key != null && (
          <Button kind="quiet" size="s" onClick={() => void send({ key: null })}>
            {i18n.t("Reset key")}
          </Button>
        )}
      </div>
      <p className="t-12 t-3">{i18n.t("A correction counts for everybody here and stays when the track is measured again. The file is not changed.")}</p>
    </form>
  );
}
