import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { Id, PlaylistFolder } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { createFolder, renameFolder } from "./folders";

/** A new folder in `parent`, or another name for one. */
export function FolderDialog({ folder, parent, onClose }: { folder?: PlaylistFolder | undefined; parent: Id | null; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(folder?.name ?? "");
  const [empty, setEmpty] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setEmpty(!name.trim());
    if (!name.trim() || busy) return;
    setBusy(true);
    const done = await (folder ? renameFolder(client, folder.id, name.trim()) : createFolder(client, name.trim(), parent));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={folder ? i18n.t("Rename folder") : i18n.t("New folder")}>
      <form onSubmit={(event) => void save(event)} noValidate className="pl-form">
        <Field label={i18n.t("Name")} value={name} maxLength={200} autoComplete="off" error={empty ? i18n.t("Enter a name.") : null} onChange={(event) => setName(event.target.value)} />
        <footer>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy && i18n.t("Saving")}>
            {folder ? i18n.t("Save") : i18n.t("Create")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
