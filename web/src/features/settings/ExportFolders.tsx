import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { queries } from "@/shared/api/queries";
import { savePreferences, useUser } from "@/shared/api/session";
import type { Library } from "@/shared/api/types";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";

interface Rule {
  from: string;
  to: string;
}

/** The folder as exports name it; who is no admin does not learn the server's own. */
const folderOf = (library: Library): string => library.path ?? `/${library.name.replaceAll("/", "_")}`;

export function rulesOf(kept: unknown): Rule[] {
  return Array.isArray(kept) ? kept.filter((rule: unknown): rule is Rule => typeof rule === "object" && rule !== null && typeof (rule as Rule).from === "string" && typeof (rule as Rule).to === "string") : [];
}

/** Where each library lies on the computer with the DJ software. Exports write that, imports read it. */
export function ExportFolders() {
  const guest = useUser().role === "guest";
  const { data, error, isPending, refetch } = useQuery({ ...queries.libraries(), enabled: !guest });
  if (guest) return null;
  return (
    <section className="sect" aria-labelledby="set-folders">
      <header>
        <h2 className="h-20" id="set-folders">
          {i18n.t("Music on your other computer")}
        </h2>
      </header>
      <p className="about">{i18n.t("Exported playlists say where each file lies. If Rekordbox, Traktor or a player sees the music in another folder than this server, name that folder here.")}</p>
      {isPending && <SkeletonRows count={1} />}
      {error && !data && <ErrorState what={i18n.t("The libraries could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="t-3">{i18n.t("There is no library yet.")}</p>}
      {data && data.length > 0 && <Folders libraries={data} />}
    </section>
  );
}

function Folders({ libraries }: { libraries: readonly Library[] }) {
  const kept = rulesOf(useUser().preferences.export_folders);
  const sources = libraries.map(folderOf);
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);
  const value = (from: string): string => typed.get(from) ?? kept.find((rule) => rule.from === from)?.to ?? "";
  const changed = sources.some((from) => typed.has(from) && typed.get(from) !== (kept.find((rule) => rule.from === from)?.to ?? ""));
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const others = kept.filter((rule) => !sources.includes(rule.from));
      const rules = sources.map((from) => ({ from, to: value(from).trim() })).filter((rule) => rule.to !== "");
      await savePreferences({ export_folders: [...others, ...rules] });
      setTyped(new Map());
      toast({ text: i18n.t("Folders saved") });
    } catch (fault) {
      toast({ text: fault instanceof Problem && !fault.offline ? fault.message : i18n.t("The server does not answer.") });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void save(event)}>
      {libraries.map((library) => {
        const from = folderOf(library);
        return (
          <Field
            key={library.id}
            label={i18n.t("{library} lies there in", { library: library.name })}
            note={i18n.t("Here it is {folder}. Empty: the same there.", { folder: from })}
            value={value(from)}
            placeholder="D:/Music"
            maxLength={1000}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(new Map(typed).set(from, event.target.value))}
          />
        );
      })}
      <footer>
        <Button kind="primary" type="submit" disabled={!changed} busy={busy && i18n.t("Saving")}>
          {i18n.t("Save")}
        </Button>
      </footer>
    </form>
  );
}
