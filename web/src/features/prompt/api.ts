import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { queryClient } from "@/shared/api/queryClient";
import type { PromptMade, PromptSaved } from "@/shared/api/types";

/** One thing asked for. What a value looks like depends on the kind. */
export interface Piece {
  kind: string;
  value: Readonly<Record<string, unknown>>;
  words?: string;
  sure?: boolean;
}
export interface Plan {
  text: string;
  pieces: readonly Piece[];
  leftovers: readonly string[];
  /** Locked tracks and their places. */
  pins: Readonly<Record<string, number>>;
  without: readonly string[];
}
/** A plan that was changed counts before the sentence that it came from. */
export interface Asked {
  text: string;
  plan: Plan | null;
  seed: number;
}

export const planOf = (made: PromptMade): Plan => made.plan as unknown as Plan;

export const madeQuery = (asked: Asked | null) =>
  queryOptions({
    queryKey: ["prompt", asked],
    queryFn: ({ signal }) => api.post<PromptMade>("prompt/make", asked?.plan ? { plan: asked.plan, seed: asked.seed } : { text: asked?.text ?? "", seed: asked?.seed ?? 1 }, { signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });

export async function save(plan: Plan, seed: number, name: string, live: boolean): Promise<PromptSaved> {
  const saved = await api.post<PromptSaved>("prompt/save", { plan, seed, name, live });
  void queryClient.invalidateQueries({ queryKey: ["playlists"] });
  return saved;
}

/** The plan with one piece changed, taken away (null) or, at the end, added. */
export function withPiece(plan: Plan, index: number, piece: Piece | null): Plan {
  const pieces = [...plan.pieces];
  pieces.splice(index, index < plan.pieces.length ? 1 : 0, ...(piece ? [piece] : []));
  return { ...plan, pieces };
}

/** With this instead of all of its kind. */
export function withOnly(plan: Plan, kind: string, value: Piece["value"]): Plan {
  return { ...plan, pieces: [...plan.pieces.filter((piece) => piece.kind !== kind), { kind, value }] };
}
