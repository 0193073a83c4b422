import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Rule } from "@/media/rules/rule";
import { useDelayed } from "@/shared/hooks/useDelayed";
import { previewOf } from "./api";

const restMs = 120;
const dimMs = 200;

/** What the rule finds, asked once the hands rest. The last answer stays until the next one; it dims when that takes long. */
export function usePreview(rule: Rule) {
  const wanted = JSON.stringify(rule);
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
  return { ...query, stale, dim: useDelayed(stale && !query.error, dimMs) };
}
