import { Dialog as Radix } from "radix-ui";
import { useRef, type ReactNode, type TouchEvent } from "react";

const far = 90;

export default function SheetSurface({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const sheet = useRef<HTMLDivElement>(null);
  const from = useRef<number | null>(null);
  const follow = (down: number): void => {
    if (sheet.current) sheet.current.style.translate = down > 0 ? `0 ${down}px` : "";
  };
  const handle = {
    onTouchStart: (event: TouchEvent) => {
      from.current = event.touches[0]?.clientY ?? null;
    },
    onTouchMove: (event: TouchEvent) => {
      if (from.current !== null) follow((event.touches[0]?.clientY ?? from.current) - from.current);
    },
    onTouchEnd: (event: TouchEvent) => {
      const down = (event.changedTouches[0]?.clientY ?? 0) - (from.current ?? 0);
      from.current = null;
      if (down > far) onClose();
      else follow(0);
    },
  };
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content className="sheet psheet" ref={sheet} aria-describedby={undefined} onOpenAutoFocus={(event) => { event.preventDefault(); sheet.current?.focus(); }}>
          <Radix.Title className="sr">{title}</Radix.Title>
          <div className="psheet-grip" aria-hidden="true" {...handle} />
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
