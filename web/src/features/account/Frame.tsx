import type { ReactNode } from "react";
import { usePageLook } from "@/shared/hooks/scope";
import { Icon } from "@/shared/ui/Icon";
import "./account.css";

/** The quiet room in front of the door. */
export function Frame({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  usePageLook({});
  return (
    <main className="door" id="main" tabIndex={-1}>
      <div className="door-in">
        <p className="door-brand">
          <Icon name="logo" size="l" />
          Resonance
        </p>
        <h1 className="h-28">{title}</h1>
        {about && <p className="t-2 door-about">{about}</p>}
        {children}
      </div>
    </main>
  );
}
