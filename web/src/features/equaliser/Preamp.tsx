import { i18n } from "@lingui/core";
import type { Equaliser } from "@/player/playbackSettings";
import { automaticPreampDb, logGrid, preampRangeDb, responseDb } from "@/player/sound/equaliser";
import { Switch } from "@/shared/ui/controls";
import { Slider } from "@/shared/ui/Slider";
import { change } from "./verbs";
import { db, hzWords, plainDb } from "./words";

const heard = logGrid(25, 18_000, 120);

/** What the ear gets, in a sentence. */
function summary(eq: Equaliser, sampleRate: number): string {
  const curve = responseDb(heard, eq.gainsDb, 0, sampleRate);
  const top = Math.max(...curve);
  const bottom = Math.min(...curve);
  const place = (value: number): string => hzWords(heard[curve.indexOf(value)] ?? 0);
  const words: string[] = [];
  if (top > 0.05) words.push(i18n.t("Highest {gain} at {place}.", { gain: db(top), place: place(top) }));
  if (bottom < -0.05) words.push(i18n.t("Lowest {gain} at {place}.", { gain: db(bottom), place: place(bottom) }));
  return words.join(" ") || i18n.t("The sound is as it was recorded.");
}

export function Preamp({ eq, sampleRate }: { eq: Equaliser; sampleRate: number }) {
  const automatic = automaticPreampDb(eq.gainsDb, sampleRate);
  const value = eq.preampDb ?? automatic;
  const note = eq.preampDb !== null ? i18n.t("Set by hand; what would distort is limited.") : automatic < -0.05 ? i18n.t("Everything is lowered by {gain}, so that nothing distorts.", { gain: plainDb(automatic) }) : i18n.t("Nothing has to be lowered.");
  const move = (next: number): void => change({ on: true, preampDb: Math.round((next + preampRangeDb.min) * 2) / 2 });
  return (
    <div>
      <p className="t-2">{summary(eq, sampleRate)}</p>
      <Switch label={i18n.t("Automatic preamplifier")} note={note} checked={eq.preampDb === null} onChange={(on) => change({ preampDb: on ? null : Math.round(automatic * 2) / 2 })} />
      {eq.preampDb !== null && (
        <div className="eq-top">
          <span className="grow">
            <Slider label={i18n.t("Preamplifier")} value={value - preampRangeDb.min} max={preampRangeDb.max - preampRangeDb.min} step={0.5} bigStep={3} text={db(value)} onPreview={(next) => next !== null && move(next)} onChange={move} />
          </span>
          <span className="num">{db(value)}</span>
        </div>
      )}
    </div>
  );
}
