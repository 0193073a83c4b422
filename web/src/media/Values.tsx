import { i18n } from "@lingui/core";
import type { TrackItem } from "@/shared/api/types";
import { isUnsure, sourceWords } from "@/shared/lib/confidence";
import { keyName, shownKey } from "@/shared/lib/musicalKey";
import "./values.css";

export const Dash = ({ why }: { why: string }) => (
  <span data-unknown="" data-tip={why}>
    –
  </span>
);

type Tempo = Pick<TrackItem, "bpm" | "bpm_source" | "bpm_confidence">;
type Key = Pick<TrackItem, "camelot" | "key" | "key_source" | "key_confidence">;

/** "94", or "~94" where it may well be wrong; null where nothing is known. */
export const tempoText = ({ bpm, bpm_source, bpm_confidence }: Tempo): string | null => (bpm === null ? null : `${isUnsure(bpm_source, bpm_confidence) ? "~" : ""}${Math.round(bpm)}`);
export function keyText({ camelot, key, key_source, key_confidence }: Key): string | null {
  const text = camelot ?? (key && shownKey(key));
  return text && `${isUnsure(key_source, key_confidence) ? "~" : ""}${text}`;
}

export function TempoCell({ track }: { track: TrackItem }) {
  const text = tempoText(track);
  if (text === null) return <Dash why={i18n.t("No tempo in the tags, none measured yet")} />;
  const unsure = isUnsure(track.bpm_source, track.bpm_confidence);
  return (
    <span data-unknown={unsure ? "" : undefined} data-tip={sourceWords(track.bpm_source, track.bpm_confidence) ?? undefined}>
      {text}
      {unsure && <span className="sr"> {i18n.t("not sure")}</span>}
    </span>
  );
}

export function KeyCell({ track }: { track: TrackItem }) {
  const text = keyText(track);
  if (!text) return <Dash why={i18n.t("No key in the tags, none measured yet")} />;
  const unsure = isUnsure(track.key_source, track.key_confidence);
  const name = keyName(track.camelot ?? track.key ?? "");
  return (
    <span data-unknown={unsure ? "" : undefined} data-tip={[name, sourceWords(track.key_source, track.key_confidence)].filter(Boolean).join(", ")}>
      {text}
      <span className="sr">
        {" "}
        {name}
        {unsure && `, ${i18n.t("not sure")}`}
      </span>
    </span>
  );
}

const steps = [0.1, 0.3, 0.5, 0.7, 0.9];
/** Five small bars; the number is said and shown on pointing. */
export function EnergyCell({ energy }: { energy: number | null }) {
  if (energy === null) return <Dash why={i18n.t("Not measured yet")} />;
  const words = i18n.t("Energy {value} of 100", { value: Math.round(energy * 100) });
  return (
    <span className="energy" role="img" aria-label={words} data-tip={words}>
      {steps.map((step, i) => (
        <i key={step} data-on={i === 0 || energy >= step || undefined} />
      ))}
    </span>
  );
}
