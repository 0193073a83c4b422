import { lazy, Suspense } from "react";
import { useMixes } from "./mixes";

const MixesWell = lazy(() => import("./MixesWell"));

export function MixesLayer() {
  const open = useMixes((state) => state.open);
  return <Suspense>{open && <MixesWell key={open.id} track={open} />}</Suspense>;
}
