import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SetDetail } from "@/shared/api/djSets";
import { changeSet, poolQuery } from "./api";
import type { About } from "./GraphLegend";
import { pointsOf, type Point } from "./shapes";
import { isDrawn } from "./words";

export interface CurveInHand {
  readonly points: readonly Point[];
  readonly drawing: boolean;
  /** `done`: the hand has let go. */
  readonly draw: (points: readonly Point[], done: boolean) => void;
  readonly about: About;
}

/** The curve as it is drawn, and what it is about. What was drawn is shown until the set itself has it. */
export function useCurve(set: SetDetail, onAbout: () => void): CurveInHand {
  const client = useQueryClient();
  const [drawn, setDrawn] = useState<readonly Point[] | null>(null);
  const { data: pool } = useQuery(poolQuery(set));
  if (drawn && JSON.stringify(drawn) === JSON.stringify(set.curve.points)) setDrawn(null);
  return {
    points: drawn ?? pointsOf(set.curve),
    drawing: isDrawn(set.curve) || drawn !== null,
    draw: (next, done) => {
      setDrawn(next);
      if (done) void changeSet(client, set.id, { curve: { ...set.curve, name: null, points: next.map(([share, level]) => [share, level]) } }).then((taken) => !taken && setDrawn(null));
    },
    about: {
      of: set.curve.of ?? "energy",
      pool: pool ?? null,
      onChange: (of) => {
        onAbout();
        void changeSet(client, set.id, { curve: { ...set.curve, of } });
      },
    },
  };
}
