import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Id, MoodItem } from "@/shared/api/types";
import { IconButton } from "@/shared/ui/Button";
import { Slider } from "@/shared/ui/Slider";
import { toast } from "@/shared/ui/toast";
import { problemText, setMood } from "./verbs";

const moods = (): { mood: string; name: string }[] => [
  { mood: "happy", name: i18n.t("Happy") },
  { mood: "sad", name: i18n.t("Sad") },
  { mood: "aggressive", name: i18n.t("Aggressive") },
  { mood: "relaxed", name: i18n.t("Relaxed") },
  { mood: "party", name: i18n.t("Party") },
  { mood: "acoustic", name: i18n.t("Acoustic") },
];

const sources = (): Record<string, string> => ({ tags: i18n.t("from the tags"), language_model: i18n.t("a language model says"), audio_model: i18n.t("a model of sound hears") });
const percent = (value: number): number => Math.round(value * 100);

function said(item: MoodItem): string {
  const who = sources()[item.source] ?? item.source;
  return `${item.model ? i18n.t("{who} ({model})", { who, model: item.model }) : who} ${percent(item.value)}`;
}

interface RowProps {
  trackId: Id;
  mood: string;
  name: string;
  items: readonly MoodItem[];
  /** Guests listen. */
  fixed: boolean;
}
function MoodRow({ trackId, mood, name, items, fixed }: RowProps) {
  const client = useQueryClient();
  const [drag, setDrag] = useState<number | null>(null);
  const own = items.find((item) => item.mine);
  const others = items.filter((item) => !item.mine);
  const value = drag ?? own?.value ?? others[0]?.value ?? null;
  const words = value === null ? i18n.t("nobody says") : own || drag !== null ? i18n.t("{n} of 100, you say", { n: percent(value) }) : i18n.t("{n} of 100", { n: percent(value) });
  const set = (next: number | null): void => {
    const before = client.getQueryData<unknown>(["track-analysis", trackId]);
    setDrag(next);
    setMood(client, trackId, mood, next === null ? null : Math.round(next * 20) / 20)
      .catch((error: unknown) => (client.setQueryData(["track-analysis", trackId], before), toast({ text: problemText(error) })))
      .finally(() => setDrag(null));
  };
  return (
    <li className="mood" data-own={own || drag !== null ? "" : undefined} data-none={value === null ? "" : undefined}>
      <span>{name}</span>
      <Slider label={name} value={value ?? 0} max={1} step={0.05} bigStep={0.2} text={words} say={(at) => i18n.t("{n} of 100, you say", { n: percent(at) })} disabled={fixed} onPreview={(at) => at !== null && setDrag(at)} onChange={set} />
      <span className="num mood-value">{value === null ? "–" : percent(value)}</span>
      {own ? <IconButton icon="undo" size="s" label={i18n.t("Take back: {name}", { name })} onClick={() => set(null)} /> : <span className="mood-gap" />}
      <small>{[own && i18n.t("yours"), ...others.map(said)].filter(Boolean).join(", ") || i18n.t("nobody says")}</small>
    </li>
  );
}

/** What people, tags and models say of a track's mood. Never without who says it; own words win for oneself. */
export function Moods({ trackId, items, fixed }: { trackId: Id; items: readonly MoodItem[]; fixed: boolean }) {
  const rows = moods().map(({ mood, name }) => ({ mood, name, of: items.filter((item) => item.mood === mood) }));
  const shown = fixed ? rows.filter(({ of }) => of.length > 0) : rows;
  if (shown.length === 0) return null;
  return (
    <section>
      <h2 className="t-12 t-3 w5">{i18n.t("Mood")}</h2>
      <ul className="moods">
        {shown.map(({ mood, name, of }) => (
          <MoodRow key={mood} trackId={trackId} mood={mood} name={name} items={of} fixed={fixed} />
        ))}
      </ul>
      {!fixed && <p className="t-12 t-3">{i18n.t("Only you see what you set here.")}</p>}
    </section>
  );
}
