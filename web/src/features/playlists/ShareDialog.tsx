import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";
import type { PlaylistItem } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Switch } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Select } from "@/shared/ui/Field";
import { createShare, endOf, sharesQuery, spans } from "./shares";
import { ShareRows } from "./ShareRows";

/** Links of one playlist, and a form for another. */
export function ShareDialog({ list, onClose }: { list: PlaylistItem; onClose: () => void }) {
  const client = useQueryClient();
  const { data } = useQuery(sharesQuery());
  const [label, setLabel] = useState("");
  const [plays, setPlays] = useState(true);
  const [days, setDays] = useState("30");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Problem | null>(null);
  const held = data?.filter((share) => share.playlist_id === list.id) ?? [];
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFault(null);
    try {
      await createShare(client, list.id, { label: label.trim(), plays, expires_at: endOf(days), password: password || null });
      setLabel("");
      setPassword("");
    } catch (error) {
      setFault(error instanceof Problem ? error : null);
    }
    setBusy(false);
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Share {name}", { name: list.name })} about={i18n.t("Whoever has a link can open this playlist without an account, and nothing else.")}>
      <form onSubmit={(event) => void make(event)} noValidate className="pl-form">
        {held.length > 0 && <ShareRows shares={held} />}
        <Switch label={i18n.t("They can listen")} note={i18n.t("Otherwise the link only shows what is in it.")} checked={plays} onChange={setPlays} />
        <div className="pls-two">
          <Select label={i18n.t("It stands")} value={days} options={spans()} onChange={(event) => setDays(event.target.value)} />
          <Field label={i18n.t("For whom (a note for you)")} value={label} maxLength={200} autoComplete="off" onChange={(event) => setLabel(event.target.value)} />
        </div>
        <Field
          label={i18n.t("Password (not needed)")}
          type="password"
          value={password}
          maxLength={200}
          autoComplete="new-password"
          error={fault?.field === "password" ? fault.message : null}
          onChange={(event) => setPassword(event.target.value)}
        />
        {fault && fault.field !== "password" && (
          <p className="field-note" data-kind="danger" role="alert">
            {fault.message}
          </p>
        )}
        <footer>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Close")}
          </Button>
          <Button kind="primary" type="submit" busy={busy && i18n.t("Making the link")}>
            {i18n.t("Make a link")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
