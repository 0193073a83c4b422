import { i18n } from "@lingui/core";
import { useEffect, useId, useRef, useState } from "react";
import type { Rule } from "@/media/rules/rule";
import { Problem } from "@/shared/api/problem";
import { previewOf, type Preview } from "./api";

const restMs = 250;

interface TextFormProps {
  /** How the rule is written by the server; typing follows it only until something is typed. */
  text: string;
  onRead: (rule: Rule, names: Preview["names"]) => void;
}

/** The same rule as one line: genre:jazz bpm:80..110 -live added:<30d. */
export function TextForm({ text, onRead }: TextFormProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (typed === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      previewOf({ text: typed }, stop.signal).then(
        ({ rule, names }) => {
          setFault(null);
          onRead(rule, names);
        },
        (error: unknown) => {
          if (!stop.signal.aborted) setFault(error instanceof Problem ? error.message : String(error));
        },
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed, onRead]);
  return (
    <div className="field sp-text">
      <label htmlFor={id}>{i18n.t("Rule as text")}</label>
      <textarea
        id={id}
        ref={field}
        className="input"
        rows={5}
        spellCheck={false}
        autoComplete="off"
        maxLength={10_000}
        aria-invalid={fault ? true : undefined}
        aria-describedby={`${id}-note`}
        value={typed ?? text}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p id={`${id}-note`} className="field-note" {...(fault ? { "data-kind": "danger", role: "alert" } : {})}>
        {fault ?? i18n.t("For example: {example}", { example: "genre:jazz bpm:80..110 -live added:<30d" })}
      </p>
    </div>
  );
}
