import { lazy, Suspense } from "react";
import { useEqualiserSheet } from "@/media/equaliser";
import { useSession } from "@/shared/api/session";

const EqualiserDialog = lazy(() => import("./EqualiserDialog"));

/** Comes with its first use. */
export function EqualiserLayer() {
  const open = useEqualiserSheet((state) => state.open);
  const signedIn = useSession((state) => state.status === "signed-in");
  return <Suspense>{open && signedIn && <EqualiserDialog />}</Suspense>;
}
