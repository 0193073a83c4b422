import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { usePages } from "@/shared/hooks/usePages";
import { queries } from "@/shared/api/queries";
import type { BrokenFile } from "@/shared/api/types";
import { bytes, count, moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Field, Select } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { admin } from "./api";
import { brokenReason } from "./words";

const step = 50;

function Group({ reason, files, folderOf }: { reason: string; files: readonly BrokenFile[]; folderOf: (file: BrokenFile) => string }) {
  const [shown, setShown] = useState(step);
  const { title, todo } = brokenReason(reason);
  const id = `broken-${reason}`;
  return (
    <section className="sect" aria-labelledby={id}>
      <header>
        <h2 className="h-20" id={id}>
          {title} <span className="t-3 num">{count(files.length)}</span>
        </h2>
      </header>
      {todo && <p className="about">{todo}</p>}
      <ul>
        {files.slice(0, shown).map((file) => (
          <li key={`${file.library_id}/${file.path}`} className="lrow bad">
            <Icon name="warn" />
            <span className="bad-what">
              <b>{file.path}</b>
              <small>{[folderOf(file), file.detail].filter(Boolean).join(" · ")}</small>
            </span>
            <span className="t-3 t-12 num bad-size">
              {file.size !== null && bytes(file.size)}
              <small>{i18n.t("seen {when}", { when: moment(file.seen_at) })}</small>
            </span>
          </li>
        ))}
      </ul>
      {files.length > shown && (
        <Button kind="quiet" onClick={() => setShown(shown + 200)}>
          {i18n.t("Show {n} more", { n: count(Math.min(200, files.length - shown)) })}
        </Button>
      )}
    </section>
  );
}

/** The commonest reason first. */
function byReason(files: readonly BrokenFile[]): [string, BrokenFile[]][] {
  const groups = new Map<string, BrokenFile[]>();
  for (const file of files) groups.set(file.reason, [...(groups.get(file.reason) ?? []), file]);
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

export default function BrokenTab() {
  const { items, error, isPending, refetch, hasNextPage, more } = usePages<BrokenFile, readonly unknown[]>(admin.broken());
  const { data: libraries = [] } = useQuery(queries.libraries());
  const [text, setText] = useState("");
  const [library, setLibrary] = useState("");
  useEffect(() => {
    if (hasNextPage) more();
  }, [hasNextPage, more]);
  const word = text.trim().toLocaleLowerCase();
  const found = items.filter((file) => (!library || file.library_id === library) && (!word || `${file.path} ${file.detail ?? ""}`.toLocaleLowerCase().includes(word)));
  const groups = byReason(found);
  const folderOf = (file: BrokenFile): string => (libraries.length > 1 ? (libraries.find((one) => one.id === file.library_id)?.name ?? "") : "");
  if (isPending) return <SkeletonRows count={8} />;
  if (error && items.length === 0) return <ErrorState what={i18n.t("The broken files could not be loaded")} error={error} onRetry={() => void refetch()} />;
  if (items.length === 0) {
    return (
      <EmptyState icon="check" title={i18n.t("Every file could be read")}>
        {i18n.t("Files that are empty, damaged or not music are listed here with their reason. A scan never stops for one.")}
      </EmptyState>
    );
  }
  return (
    <>
      <div className="adm-filter">
        <Field label={i18n.t("Find in paths")} type="search" value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
        {libraries.length > 1 && (
          <Select label={i18n.t("Library")} value={library} onChange={(event) => setLibrary(event.target.value)} options={[{ value: "", label: i18n.t("All libraries") }, ...libraries.map((one) => ({ value: one.id, label: one.name }))]} />
        )}
      </div>
      <p className="sr" role="status">
        {word && i18n.t("{n, plural, one {# file} other {# files}}", { n: found.length })}
      </p>
      {groups.map(([reason, files]) => (
        <Group key={reason} reason={reason} files={files} folderOf={folderOf} />
      ))}
      {found.length === 0 && <p className="t-3 adm-list">{i18n.t("No broken file has these words in its path.")}</p>}
      <p className="t-3 t-12 adm-list">{i18n.t("Mended files leave this list with the next scan. Resonance itself never writes into the music folder.")}</p>
    </>
  );
}
