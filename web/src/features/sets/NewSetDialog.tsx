import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { SetCurve, SetLength, SetPool } from "@/shared/api/djSets";
import { Problem } from "@/shared/api/problem";
import type { Id } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { createSet } from "./api";
import { LengthFields, lengthFault } from "./LengthFields";
import { PoolFields } from "./PoolFields";
import { isWhole } from "./pools";
import "./dialogs.css";
import { curveNames, curveWords } from "./words";

export interface NewSetWish {
  name?: string;
  pool?: SetPool;
  length?: SetLength;
}

/** A set of a playlist, of everything that passes a filter, or of tracks that were chosen. */
export default function NewSetDialog({ wish, onClose, onMade }: { wish: NewSetWish; onClose: () => void; onMade: (id: Id) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(wish.name ?? "");
  const [pool, setPool] = useState<SetPool>(wish.pool ?? { kind: "playlist", id: null });
  const [length, setLength] = useState<SetLength>(wish.length ?? { minutes: 60 });
  const [curve, setCurve] = useState<SetCurve>({ name: "arc" });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const blocked = !isWhole(pool) || lengthFault(length) !== null;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (blocked || busy) return;
    setBusy(true);
    try {
      const made = await createSet(client, { name: name.trim() || i18n.t("New set"), pool, length, curve });
      onMade(made.id);
    } catch (error) {
      setFault(error instanceof Problem ? (error.offline ? i18n.t("The server does not answer.") : error.message) : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("New DJ set")} about={i18n.t("Tracks to choose from, how long it lasts, and how its energy goes. All of it can be changed later.")}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <Field label={i18n.t("Name")} value={name} placeholder={i18n.t("New set")} maxLength={200} onChange={(event) => setName(event.target.value)} />
        <PoolFields pool={pool} onChange={setPool} />
        <LengthFields length={length} onChange={setLength} />
        <div className="field">
          <span className="label">{i18n.t("Energy")}</span>
          <Segmented label={i18n.t("Curve")} value={curve.name ?? "arc"} options={curveNames.map((one) => ({ value: one as string, label: curveWords(one) }))} onChange={(next) => setCurve({ name: next })} />
        </div>
        {fault && (
          <p className="field-note" data-kind="danger" role="alert">
            {fault}
          </p>
        )}
        <footer>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" disabled={blocked} busy={busy && i18n.t("Making it")}>
            {i18n.t("Make set")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
