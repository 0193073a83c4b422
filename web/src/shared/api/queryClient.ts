import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

/** Only what may pass by itself is tried again: a silent network, an overloaded or restarting server. */
const mayPass = (error: unknown): boolean => error instanceof Problem && (error.offline || error.status === 429 || error.status >= 500);

export const retries = 2;

export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 15 * 60_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < retries && mayPass(error),
        retryDelay: (count) => 400 * 2 ** count,
      },
      mutations: { retry: false },
    },
  });

export const queryClient = makeQueryClient();
