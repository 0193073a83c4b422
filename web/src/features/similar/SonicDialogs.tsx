import { lazy, Suspense } from "react";
import { useSonicRequest } from "./requests";

const PathDialog = lazy(() => import("./PathDialog"));
const BlendDialog = lazy(() => import("./BlendDialog"));

/** "Path to…" and "Blend" come with their first use. */
export function SonicDialogs() {
  const open = useSonicRequest((state) => state.open);
  return (
    <Suspense>
      {open?.kind === "path" && <PathDialog request={open} />}
      {open?.kind === "blend" && <BlendDialog request={open} />}
    </Suspense>
  );
}
