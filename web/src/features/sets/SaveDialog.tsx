import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import type { SetDetail } from "@/shared/api/djSets";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { toast } from "@/shared/ui/toast";
import { saveAsPlaylist } from "./api";

export function SaveDialog({ set, onClose }: { set: SetDetail; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(set.name);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || name.trim() === "") return;
    setBusy(true);
    try {
      const made = await saveAsPlaylist(set.id, name.trim());
      void client.invalidateQueries({ queryKey: ["playlists"] });
      toast({ text: i18n.t("Saved as the playlist “{name}”", { name: made.name }), action: { label: i18n.t("Open"), run: () => void navigate({ to: "/playlists/$playlistId", params: { playlistId: made.id } }) } });
      onClose();
    } catch (error) {
      setFault(error instanceof Problem && !error.offline ? error.message : i18n.t("The server does not answer."));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Save as playlist")} about={i18n.t("A copy of the order as it is now.")}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <Field label={i18n.t("Name")} value={name} maxLength={200} error={fault} onChange={(event) => setName(event.target.value)} />
        <footer>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" disabled={name.trim() === ""} busy={busy && i18n.t("Saving")}>
            {i18n.t("Save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
