import { Dialog as Radix } from "radix-ui";
import type { DialogProps } from "./Dialog";

export default function DialogSurface({ open, onClose, title, about, children, wide }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="dialog dialog-place" data-wide={wide || undefined} onInteractOutside={(event) => event.target instanceof Element && event.target.closest(".toast") && event.preventDefault()} {...(about ? {} : { "aria-describedby": undefined })}>
          <Radix.Title className="h-20">{title}</Radix.Title>
          {about && <Radix.Description className="t-2">{about}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
