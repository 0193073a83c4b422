import { lazy, Suspense, type ReactNode } from "react";

const DialogSurface = lazy(() => import("./DialogSurface"));

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** One sentence under the title. */
  about?: ReactNode;
  children?: ReactNode;
  wide?: boolean;
}

/** Traps and returns the focus, closes with Esc and the scrim. Put the buttons into a <footer>. */
export function Dialog(props: DialogProps) {
  return <Suspense>{props.open && <DialogSurface {...props} />}</Suspense>;
}
