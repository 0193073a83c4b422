import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { usePageLook } from "@/shared/hooks/scope";
import { useDelayed } from "@/shared/hooks/useDelayed";
import { useTitle } from "@/shared/hooks/useTitle";
import { ErrorState } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { madeQuery, planOf, withOnly, withPiece, type Asked, type Plan } from "./api";
import { ChipRow } from "./ChipRow";
import { Result, ResultSkeleton } from "./Result";
import { Sentence } from "./Sentence";
import { Start } from "./Start";
import "./prompt.css";

const route = getRouteApi("/inside/app/prompt");

/** A sentence becomes a list: the words, what they were taken for, and the tracks, each with its reason. */
export default function PromptPage() {
  const { q = "", seed = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q);
  // What was changed by hand belongs to the words it was changed from.
  const [changed, setChanged] = useState<{ text: string; plan: Plan } | null>(null);
  const plan = changed && changed.text === q ? changed.plan : null;
  const asked: Asked | null = q.trim() === "" ? null : { text: q, plan, seed };
  const { data: made, error, isFetching, isPlaceholderData, refetch } = useQuery(madeQuery(asked));
  const shown = asked ? made : undefined;
  const late = useDelayed(isFetching, 200);
  usePageLook({});
  useTitle(q.trim() ? q.slice(0, 60) : i18n.t("Make a playlist"));
  // The address may change under the page: back, forward, a link.
  const last = useRef(q);
  useEffect(() => {
    if (last.current !== q) setText(q);
    last.current = q;
  }, [q]);

  const ask = (words: string): void => {
    if (words.trim() === "") return;
    setText(words);
    if (words === q) void refetch();
    else void navigate({ search: { q: words, ...(seed === 1 ? {} : { seed }) } });
  };
  const current = plan ?? (shown && !isPlaceholderData ? planOf(shown) : null);
  const change = (next: Plan): void => setChanged({ text: q, plan: next });
  const leaveOut = (ids: readonly string[]): void => {
    if (!current) return;
    const before = current;
    const pins = Object.fromEntries(Object.entries(current.pins).filter(([id]) => !ids.includes(id)));
    change({ ...current, pins, without: [...current.without, ...ids] });
    toast({ text: i18n.t("{n, plural, one {A track is} other {# tracks are}} left out", { n: ids.length }), action: { label: i18n.t("Undo"), run: () => change(before) } });
  };
  const lock = (id: string, place: number | null): void => {
    if (!current) return;
    const others = Object.entries(current.pins).filter(([own, at]) => own !== id && at !== place);
    change({ ...current, pins: Object.fromEntries(place === null ? others : [...others, [id, place]]) });
  };
  return (
    <div className="prompt">
      <Sentence text={text} by={shown?.by ?? null} busy={late} onText={setText} onAsk={() => ask(text)} />
      {!asked && <Start onPick={ask} />}
      {current && <ChipRow plan={current} onPiece={(index, piece) => change(withPiece(current, index, piece))} />}
      {asked && error && !isFetching && <ErrorState what={i18n.t("The list could not be made")} error={error} onRetry={() => void refetch()} />}
      {asked && !shown && !error && <ResultSkeleton />}
      {shown && !(error && !isFetching) && (
        <Result
          made={shown}
          plan={current}
          stale={late && isPlaceholderData}
          onCurve={(value) => current && change(withOnly(current, "curve", value))}
          onAnother={() => void navigate({ search: { q, seed: seed + 1 }, replace: true })}
          onLeaveOut={leaveOut}
          onLock={lock}
        />
      )}
    </div>
  );
}
