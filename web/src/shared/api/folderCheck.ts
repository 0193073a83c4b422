import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/shared/api/client";
import type { LibraryCheck } from "@/shared/api/types";

const restMs = 350;

/** Asks the server about the folder as it is typed, once the typing rests. */
export function useFolderCheck(path: string) {
  const [rested, setRested] = useState(path);
  useEffect(() => {
    const timer = setTimeout(() => setRested(path.trim()), restMs);
    return () => clearTimeout(timer);
  }, [path]);
  const query = useQuery({
    queryKey: ["library-check", rested],
    queryFn: ({ signal }) => api.post<LibraryCheck>("libraries/check", { path: rested }, { signal }),
    enabled: rested !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { ...query, waiting: rested !== path.trim() || query.isFetching, fits: rested === path.trim() && !query.isPlaceholderData };
}
