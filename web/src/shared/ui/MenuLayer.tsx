import { lazy, Suspense } from "react";
import { useMenu } from "./menu";

const MenuSurface = lazy(() => import("./MenuSurface"));

/** The menu code comes with the first menu. */
export function MenuLayer() {
  const open = useMenu((state) => state.open);
  return <Suspense>{open && <MenuSurface menu={open} />}</Suspense>;
}
