import { i18n } from "@lingui/core";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { importAutoEq, ImportFault, type Imported } from "@/player/sound/autoEq";
import { Button } from "@/shared/ui/Button";
import { Curve } from "./Curve";
import { change } from "./verbs";
import { faultWords, hzWords, plainDb } from "./words";

const largestFile = 200_000;

function read(text: string): Imported | string | null {
  if (text.trim() === "") return null;
  try {
    return importAutoEq(text);
  } catch (fault) {
    if (fault instanceof ImportFault) return faultWords(fault);
    throw fault;
  }
}

/** Text in, curve out; applied only when asked. */
export function ImportView({ sampleRate, onDone }: { sampleRate: number; onDone: () => void }) {
  const id = useId();
  const [text, setText] = useState("");
  const settled = useDeferredValue(text);
  const found = useMemo(() => read(settled), [settled]);
  const result = typeof found === "object" ? found : null;
  const openFile = async (file: File | undefined): Promise<void> => {
    // Longer ones are refused by the reader, in words.
    if (file) setText(await file.slice(0, largestFile).text());
  };
  const apply = (): void => {
    if (result) change({ on: true, preset: null, gainsDb: result.gainsDb, preampDb: null });
    onDone();
  };
  return (
    <>
      <p className="t-2" id={`${id}-about`}>
        {i18n.t("Paste what AutoEQ or Equalizer APO gives for your headphones: a line that begins with “GraphicEQ:”, or filters such as “Filter 1: ON PK Fc 105 Hz Gain -3.4 dB Q 0.7”.")}
      </p>
      <div className="field">
        <label htmlFor={id}>{i18n.t("Text")}</label>
        <textarea id={id} className="input eq-text" rows={5} spellCheck={false} autoComplete="off" aria-describedby={`${id}-about ${id}-says`} aria-invalid={typeof found === "string" || undefined} value={text} onChange={(event) => setText(event.target.value)} />
        <p id={`${id}-says`} className="field-note" data-kind={typeof found === "string" ? "danger" : undefined} role="status">
          {typeof found === "string"
            ? found
            : result &&
              i18n.t("{count, plural, one {# filter or point is} other {# filters or points are}} read. The ten bands follow to {mean} on average; at {place} they are furthest off, by {most}.", {
                count: result.count,
                mean: plainDb(result.residual.rmsDb),
                most: plainDb(result.residual.maxDb),
                place: hzWords(result.residual.atHz),
              })}
        </p>
      </div>
      {result && (
        <figure className="eq-result" data-on="">
          <Curve gainsDb={result.gainsDb} sampleRate={sampleRate} target={result.target} />
          <figcaption className="t-12 t-3">{i18n.t("Dashed: as asked for. Line: the ten bands.")}</figcaption>
        </figure>
      )}
      <footer className="eq-foot">
        <label className="btn eq-left" data-kind="quiet">
          {i18n.t("Open a file")}
          <input type="file" className="sr" accept=".txt,.csv,text/plain" onChange={(event) => void openFile(event.target.files?.[0])} />
        </label>
        <Button kind="quiet" onClick={onDone}>
          {i18n.t("Back")}
        </Button>
        <Button kind="primary" disabled={!result} onClick={apply}>
          {i18n.t("Use this curve")}
        </Button>
      </footer>
    </>
  );
}
