import { i18n } from "@lingui/core";
import { useState, type ReactNode } from "react";
import { Problem } from "@/shared/api/problem";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

interface ConfirmProps {
  title: string;
  about: ReactNode;
  /** What the button does, as a verb: "Delete". */
  verb: string;
  /** The same while it runs: "Deleting". */
  working: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}

/** For what cannot come back. Stays open and says why when it fails. */
export function ConfirmDialog({ title, about, verb, working, onConfirm, onClose, children }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={title} about={about}>
      {children}
      {fault && (
        <p className="field-note" data-kind="danger" role="alert">
          {fault}
        </p>
      )}
      <footer>
        <Button kind="quiet" onClick={onClose}>
          {i18n.t("Cancel")}
        </Button>
        <Button kind="danger" busy={busy && working} onClick={() => void run()}>
          {verb}
        </Button>
      </footer>
    </Dialog>
  );
}
