import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryOptions } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Page } from "@/shared/api/types";

/** A keyset list as one array, and the function that brings more when its end comes near. */
export function usePages<T, K extends readonly unknown[]>(options: UseInfiniteQueryOptions<Page<T>, Error, InfiniteData<Page<T>>, K, string | null>) {
  const query = useInfiniteQuery(options);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { ...query, items, more, total: data?.pages[0]?.total ?? undefined, cursor: data?.pages.at(-1)?.next ?? null };
}
