import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { placeOf, ruleOf, type Draft, type Rule } from "@/media/rules/rule";
import { Problem } from "@/shared/api/problem";
import { useDelayed } from "@/shared/hooks/useDelayed";
import { previewOf } from "./api";
import type { Fault } from "./context";

const restMs = 120;
const dimMs = 200;

/** The place of the fault in the draft that the server was asked about; null where it names none. */
export function faultIn(draft: Draft, error: unknown): Fault | null {
  if (!(error instanceof Problem) || error.status !== 422 || !error.field) return null;
  const place = placeOf(draft, error.field);
  return place && { text: error.message, place };
}

/** What the rule finds, asked once the hands rest. The last answer stays until the next one; it dims when that takes long. */
export function usePreview(draft: Draft) {
  const wanted = useMemo(() => JSON.stringify(ruleOf(draft)), [draft]);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), restMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const query = useQuery({
    queryKey: ["rule-preview", asked],
    queryFn: ({ signal }) => previewOf({ rule: JSON.parse(asked) as Rule }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  const stale = wanted !== asked || query.isPlaceholderData;
  const now = useMemo(() => faultIn(draft, query.error), [draft, query.error]);
  const [fault, setFault] = useState<Fault | null>(null);
  // The note of a fault stays while its line is being mended, until the next answer: it would flicker at every key.
  if (!stale && !query.isPending && fault !== now) setFault(now);
  return { ...query, fault, stale, dim: useDelayed(stale && !query.error, dimMs) };
}
