import { lazy, Suspense } from "react";
import { useCueRequest } from "@/media/cueRequest";

const CuesDialog = lazy(() => import("./CuesDialog"));

/** The editor comes with its first use. */
export function CuesLayer() {
  const track = useCueRequest((state) => state.track);
  return <Suspense>{track && <CuesDialog key={track.id} track={track} />}</Suspense>;
}
