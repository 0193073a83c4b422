import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { queries } from "@/shared/api/queries";
import type { Library } from "@/shared/api/types";
import { count } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { useFolderCheck } from "@/shared/api/folderCheck";

function Live({ path }: { path: string }) {
  const { data, error, waiting } = useFolderCheck(path);
  if (!path.trim()) return <p className="t-3">{i18n.t("The path as the server sees it, for example /music.")}</p>;
  if (error) return <p className="setup-bad">{error.message}</p>;
  if (!data) return <p className="t-3">{i18n.t("Looking")}</p>;
  if (!data.ok) {
    return (
      <p className="setup-bad row" data-dim={waiting || undefined}>
        <Icon name="warn" />
        {data.reason ?? i18n.t("This folder cannot be read.")}
      </p>
    );
  }
  return (
    <p data-dim={waiting || undefined}>
      <span className="big-n">{count(data.audio_files_estimate)}</span>{" "}
      <span className="t-2 t-16">{i18n.t("{n, plural, one {music file found} other {music files found}}", { n: data.audio_files_estimate })}</span>
    </p>
  );
}

function NewFolder({ onDone }: { onDone: (path: string) => void }) {
  const client = useQueryClient();
  const [path, setPath] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const check = useFolderCheck(path);
  const good = check.fits && check.data?.ok === true;

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!good) return setFault(path.trim() ? (check.data?.reason ?? null) : i18n.t("Enter the folder."));
    setBusy(true);
    setFault(null);
    try {
      const name = path.trim().replace(/\/+$/, "").split("/").at(-1) || i18n.t("Music");
      const library = await api.post<Library>("libraries", { name, path: path.trim() });
      // Adding starts the scan; asking again is harmless where it runs already.
      await api.post(`libraries/${library.id}/scan`, {}).catch(() => undefined);
      await client.invalidateQueries({ queryKey: ["libraries"] });
      onDone(path.trim());
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <form className="setup-form setup-wide" onSubmit={(event) => void add(event)} noValidate>
      <Field label={i18n.t("Folder")} name="path" placeholder="/music" autoComplete="off" autoCapitalize="none" spellCheck={false} value={path} error={fault} onChange={(event) => setPath(event.target.value)} />
      <div className="setup-live" aria-live="polite">
        <Live path={path} />
      </div>
      <div>
        <Button kind="primary" size="l" type="submit" busy={busy && i18n.t("Starting to read")}>
          {i18n.t("Use this folder")}
        </Button>
      </div>
    </form>
  );
}

export function FolderStep({ onDone }: { onDone: (path: string | null) => void }) {
  const { data: libraries, error, isPending, refetch } = useQuery(queries.libraries());
  const first = libraries?.[0];
  return (
    <>
      <header>
        <h1 className="h-28">{i18n.t("Where is your music?")}</h1>
        <p className="t-2 t-16 setup-about">{i18n.t("Resonance reads this folder and everything below it. It never writes there.")}</p>
      </header>
      {isPending && <SkeletonRows count={2} />}
      {error && <ErrorState what={i18n.t("The folders could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {first && (
        <div className="setup-form setup-wide">
          <ul className="setup-folders">
            {libraries?.map((library) => (
              <li key={library.id} className="row row-3">
                <Icon name="folder" />
                <span className="cut">
                  <b className="w5 cut">{library.name}</b>
                  <small className="t-12 t-3 cut">{library.path}</small>
                </span>
              </li>
            ))}
          </ul>
          <div>
            <Button kind="primary" size="l" onClick={() => onDone(first.path ?? first.name)}>
              {i18n.t("Continue")}
            </Button>
          </div>
        </div>
      )}
      {libraries?.length === 0 && <NewFolder onDone={onDone} />}
    </>
  );
}
