import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "@/shared/api/client";
import type { SetPool } from "@/shared/api/djSets";
import { Problem } from "@/shared/api/problem";
import type { RulePreview } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";
import { Field } from "@/shared/ui/Field";

type Rule = NonNullable<SetPool["rule"]>;
const restMs = 300;
const read = (body: { rule: Rule } | { text: string }, signal?: AbortSignal): Promise<RulePreview> => api.post<RulePreview>("rules/preview", { ...body, limit: 1 }, { signal });

/** The filter as a line that can be typed, and how many tracks it finds. */
export function RuleText({ rule, onRead }: { rule: Rule | null; onRead: (rule: Rule) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { data } = useQuery({ queryKey: ["rule-text", rule], queryFn: ({ signal }) => read({ rule: rule ?? {} }, signal), enabled: rule !== null, staleTime: 60_000, retry: false });
  const taken = useRef(onRead);
  useEffect(() => {
    taken.current = onRead;
  });
  useEffect(() => {
    if (typed === null || typed.trim() === "") return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      read({ text: typed }, stop.signal).then(
        (answer) => {
          setFault(null);
          taken.current(answer.rule);
        },
        (error: unknown) => {
          if (!stop.signal.aborted) setFault(error instanceof Problem && !error.offline ? error.message : i18n.t("The server does not answer."));
        },
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed]);
  return (
    <Field
      label={i18n.t("Or as a rule")}
      value={typed ?? data?.text ?? ""}
      placeholder="genre:house bpm:118..126 -live"
      spellCheck={false}
      autoCapitalize="none"
      error={fault}
      note={data && rule && !fault ? trackCount(data.count) : undefined}
      onChange={(event) => setTyped(event.target.value)}
      // What was typed is what the rule says, in the server's own way of writing it.
      onBlur={() => fault === null && setTyped(null)}
    />
  );
}
