import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "@/shared/api/client";
import type { Page } from "@/shared/api/types";

const perPage = 100;
/** Pages in hand: what was scrolled past is let go, so that a list of any length costs the same. */
const mostPages = 20;
const dropAfterMs = 5_000;
/** A thumb on the scroll bar passes thousands of rows a second; nobody reads those. */
const everyMs = 80;

/** The second page makes the server have the order of the whole list ready before somebody jumps. */
const atFirst: readonly number[] = [0, 1];

export interface SparseList<T> {
  /** As long as the list, with holes where nothing is loaded. */
  items: readonly (T | undefined)[];
  total: number | undefined;
  /** Told which rows are in sight, it brings them. */
  onRange: (first: number, last: number) => void;
  isPending: boolean;
  error: Error | null;
  refetch: () => void;
}

interface Wanted {
  key: string;
  pages: readonly number[];
}

/** A list of which any part can be had at once, by its place. `path` must know `offset` and `limit`. */
export function useSparseList<T>(family: string, path: string, query: object, enabled = true): SparseList<T> {
  const key = JSON.stringify(query);
  const [state, setState] = useState<Wanted>({ key, pages: atFirst });
  const pages = state.key === key ? state.pages : atFirst;
  const combine = useCallback(
    (results: UseQueryResult<Page<T>>[]) => {
      const total = results.find((one) => typeof one.data?.total === "number")?.data?.total ?? undefined;
      const items: (T | undefined)[] = [];
      items.length = total ?? 0;
      results.forEach((one, at) => one.data?.items.forEach((item, i) => (items[(pages[at] ?? 0) * perPage + i] = item)));
      return {
        items,
        total,
        isPending: results.every((one) => one.isPending),
        error: results.every((one) => one.isError) ? (results[0]?.error ?? null) : null,
        refetch: () => results.forEach((one) => void one.refetch()),
      };
    },
    [pages],
  );
  const list = useQueries({
    queries: pages.map((page) => ({
      queryKey: [family, query, "place", page] as const,
      queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Page<T>>(path, { ...query, offset: page * perPage, limit: perPage }, signal),
      enabled,
      ...(page > 0 ? { gcTime: dropAfterMs } : {}),
    })),
    combine,
  });

  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sight = useRef([0, 0]);
  const asked = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), [key]);
  const onRange = useCallback(
    (first: number, last: number): void => {
      sight.current = [first, last];
      const wait = asked.current + everyMs - performance.now();
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        asked.current = performance.now();
        const [from = 0, to = 0] = sight.current;
        const wanted = Array.from({ length: Math.floor(to / perPage) - Math.floor(from / perPage) + 1 }, (_, i) => Math.floor(from / perPage) + i);
        setState((now) => {
          const known = now.key === key ? now.pages : atFirst;
          if (wanted.every((page) => known.includes(page))) return now;
          return { key, pages: [...known.filter((page) => !wanted.includes(page)), ...wanted].slice(-mostPages) };
        });
      }, Math.max(0, wait));
    },
    [key],
  );
  return { ...list, onRange };
}
