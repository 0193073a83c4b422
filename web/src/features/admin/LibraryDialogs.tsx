import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "@/shared/api/client";
import { useFolderCheck } from "@/shared/api/folderCheck";
import type { Library } from "@/shared/api/types";
import { count } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { problemText } from "./api";

function Live({ path, check }: { path: string; check: ReturnType<typeof useFolderCheck> }) {
  const { data, error } = check;
  if (!path.trim()) return <p className="t-3">{i18n.t("The path as the server sees it, for example /music.")}</p>;
  if (error) return <p data-kind="danger">{problemText(error)}</p>;
  if (!data || check.waiting) return <p className="t-3">{i18n.t("Looking")}</p>;
  if (!data.ok) {
    return (
      <p data-kind="danger">
        <Icon name="warn" />
        {data.reason ?? i18n.t("This folder cannot be read.")}
      </p>
    );
  }
  return (
    <p>
      <b className="num">{count(data.audio_files_estimate)}</b> {i18n.t("{n, plural, one {music file found} other {music files found}}", { n: data.audio_files_estimate })}
    </p>
  );
}

export function NewLibraryDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [path, setPath] = useState("");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const check = useFolderCheck(path);
  const fromPath = path.trim().replace(/\/+$/, "").split("/").at(-1) ?? "";
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!path.trim()) return setFault(i18n.t("Enter the folder."));
    setBusy(true);
    setFault(null);
    try {
      await api.post<Library>("libraries", { name: name.trim() || fromPath || i18n.t("Music"), path: path.trim() });
      await Promise.all([client.invalidateQueries({ queryKey: ["libraries"] }), client.invalidateQueries({ queryKey: ["scans"] })]);
      onClose();
    } catch (error) {
      setFault(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Add folder")} about={i18n.t("Resonance reads this folder and everything below it. It never writes there.")}>
      <form className="form" onSubmit={(event) => void add(event)} noValidate>
        <Field label={i18n.t("Folder")} placeholder="/music" value={path} autoComplete="off" autoCapitalize="none" spellCheck={false} error={fault} onChange={(event) => setPath(event.target.value)} />
        <div className="live" aria-live="polite">
          <Live path={path} check={check} />
        </div>
        <Field label={i18n.t("Name")} placeholder={fromPath || i18n.t("Music")} value={name} maxLength={200} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        <footer>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy && i18n.t("Adding")}>
            {i18n.t("Add folder")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

export function RenameDialog({ library, onClose, onDone }: { library: Library; onClose: () => void; onDone: () => Promise<void> }) {
  const [name, setName] = useState(library.name);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await api.patch(`libraries/${library.id}`, { name: name.trim() });
      await onDone();
      onClose();
    } catch (error) {
      setFault(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Rename library")}>
      <form className="form" onSubmit={(event) => void save(event)} noValidate>
        <Field label={i18n.t("Name")} value={name} maxLength={200} autoComplete="off" error={fault} onChange={(event) => setName(event.target.value)} />
        <footer>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy && i18n.t("Saving")}>
            {i18n.t("Save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
