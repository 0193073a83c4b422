import { lazy, Suspense } from "react";
import { useMeasuredRequest } from "./requests";

const MeasuredDialog = lazy(() => import("./MeasuredDialog"));

/** The dialog comes with its first use. */
export function InfoLayer() {
  const track = useMeasuredRequest((state) => state.track);
  return <Suspense>{track && <MeasuredDialog track={track} />}</Suspense>;
}
