import { lazy, Suspense, type ReactNode } from "react";

const SheetSurface = lazy(() => import("./SheetSurface"));

/** A sheet from below (phone): traps and returns the focus; closes with Esc, the scrim and by swiping its handle down. */
export function Sheet(props: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Suspense>
      <SheetSurface {...props} />
    </Suspense>
  );
}
