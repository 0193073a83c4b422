import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { api, apiUrl } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, ImportDetail, ImportEntry } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { usePages } from "@/shared/hooks/usePages";
import { useTitle } from "@/shared/hooks/useTitle";
import { count } from "@/shared/lib/format";
import { announce } from "@/shared/ui/a11y";
import { Button, IconButton } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Segmented } from "@/shared/ui/controls";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { EntryCard } from "./EntryCard";
import { importKeys, nextOpen } from "./importKeys";
import { countsOf, entriesQuery, formatWords, importQuery, sameCounts, settle, type EntryFilter } from "./imports";
import "./imports.css";
import { mayWrite } from "./register";
import { useHear } from "./useHear";

const route = getRouteApi("/inside/app/playlists/imports/$importId");

export default function ImportPage() {
  const { importId } = route.useParams();
  const { data: report, error, refetch } = useQuery(importQuery(importId));
  usePageLook({});
  useTitle(report?.name ?? i18n.t("Import"));
  return (
    <>
      <Way />
      {!report && <h1 className="h-28">{i18n.t("Import")}</h1>}
      {!report && error instanceof Problem && error.status === 404 && (
        <EmptyState
          icon="download"
          title={i18n.t("This report is not here")}
          action={
            <Link className="btn" to="/playlists/imports">
              {i18n.t("All imports")}
            </Link>
          }
        >
          {i18n.t("It was deleted, or it is somebody else's. Of each person the last hundred are kept.")}
        </EmptyState>
      )}
      {!report && error && !(error instanceof Problem && error.status === 404) && <ErrorState what={i18n.t("The report could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!report && !error && <SkeletonRows count={8} />}
      {report && <Report key={importId} id={importId} report={report} />}
    </>
  );
}

export function Way() {
  return (
    <nav aria-label={i18n.t("Pages above")} className="imp-way">
      <Link to="/playlists">{i18n.t("Playlists")}</Link>
      <Icon name="chev-right" size="s" />
      <Link to="/playlists/imports">{i18n.t("Imports")}</Link>
    </nav>
  );
}

function Report({ id, report }: { id: Id; report: ImportDetail }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const counts = useMemo(() => countsOf(report), [report]);
  const [filter, setFilter] = useState<EntryFilter>(counts.open > 0 ? "open" : counts.settled > 0 ? "settled" : "matched");
  const [ending, setEnding] = useState(false);
  const made = report.playlists.flatMap((list) => (list.playlist_id ? [{ id: list.playlist_id, name: list.name }] : []));
  const menu = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("More for {name}", { name: report.name }), [
      { label: i18n.t("Download as a table"), icon: "download", run: () => window.location.assign(apiUrl(`imports/${id}/file`)) },
      ...(mayWrite() ? [{ label: i18n.t("Delete the report"), icon: "trash" as const, danger: true, run: () => setEnding(true) }] : []),
    ]);
  return (
    <>
      <header className="imp-head">
        <div className="cut">
          <h1 className="h-28">{report.name || i18n.t("Import")}</h1>
          <p className="t-2 num">
            {i18n.t("{format}, {matched} of {entries, plural, one {# entry} other {# entries}} found", { format: formatWords(report.format), matched: count(report.matched), entries: report.entries })}
          </p>
        </div>
        <IconButton icon="more" label={i18n.t("More for {name}", { name: report.name })} aria-haspopup="menu" onClick={(event) => menu(event.currentTarget)} />
      </header>
      {made.length > 0 && (
        <p className="imp-made">
          {made.slice(0, 12).map((list) => (
            <Link key={list.id} className="btn" data-size="s" to="/playlists/$playlistId" params={{ playlistId: list.id }}>
              <Icon name="list" size="s" />
              <span className="cut">{list.name}</span>
            </Link>
          ))}
          {made.length > 12 && <span className="t-3">{i18n.t("and {count} more", { count: made.length - 12 })}</span>}
        </p>
      )}
      <div className="imp-tools">
        <Segmented
          label={i18n.t("Which entries")}
          value={filter}
          onChange={setFilter}
          options={[
            { value: "open", label: i18n.t("Open {n}", { n: count(counts.open) }) },
            { value: "settled", label: i18n.t("Settled {n}", { n: count(counts.settled) }) },
            { value: "matched", label: i18n.t("Found {n}", { n: count(counts.matched) }) },
          ]}
        />
        <small className="t-3 only-d">{i18n.t("↑ ↓ move, Enter or a digit takes, P plays, S searches, N is none")}</small>
      </div>
      <Entries key={filter} id={id} report={report} filter={filter} />
      {ending && (
        <ConfirmDialog
          title={i18n.t("Delete this report?")}
          about={i18n.t("What was imported stays. Its open entries can then no longer be settled.")}
          verb={i18n.t("Delete")}
          working={i18n.t("Deleting")}
          onConfirm={async () => {
            await api.delete(`imports/${id}`);
            await client.invalidateQueries({ queryKey: ["imports"] });
            await navigate({ to: "/playlists/imports", replace: true });
          }}
          onClose={() => setEnding(false)}
        />
      )}
    </>
  );
}

function Entries({ id, report, filter }: { id: Id; report: ImportDetail; filter: EntryFilter }) {
  const client = useQueryClient();
  const { items, error, isPending, refetch, hasNextPage, isFetchingNextPage, more, total = 0 } = usePages<ImportEntry, readonly unknown[]>(entriesQuery(id, filter));
  const box = useRef<HTMLOListElement>(null);
  const hear = useHear();
  const alike = useMemo(() => sameCounts(report), [report]);
  const choose = async (entry: ImportEntry, trackId: Id | null): Promise<void> => {
    const card = document.activeElement?.closest(".imp-entry") ?? null;
    if (!(await settle(client, id, entry, { track_id: trackId }))) return;
    announce(trackId ? i18n.t("Settled") : i18n.t("Left out"));
    requestAnimationFrame(() => box.current && (nextOpen(box.current, card) ?? card?.querySelector<HTMLElement>("[data-stop]"))?.focus());
  };
  if (isPending) return <SkeletonRows count={8} />;
  if (error && items.length === 0) return <ErrorState what={i18n.t("The entries could not be loaded")} error={error} onRetry={() => void refetch()} />;
  if (items.length === 0) return <Nothing filter={filter} />;
  return (
    <>
      {/* The keys of the choices within it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol ref={box} className="imp-list" aria-label={i18n.t("Entries of {name}", { name: report.name })} onKeyDown={importKeys}>
        {items.map((entry) => (
          <EntryCard
            key={`${entry.list}/${entry.number}`}
            entry={entry}
            alike={alike(entry)}
            hear={hear}
            fixed={!mayWrite() || entry.playlist_id === null}
            onChoose={(one, trackId) => void choose(one, trackId)}
            onUndo={(one) => void settle(client, id, one, { undo: true })}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button className="imp-more" busy={isFetchingNextPage && i18n.t("Loading")} onClick={more}>
          {i18n.t("Show more of {total}", { total: count(total) })}
        </Button>
      )}
    </>
  );
}

function Nothing({ filter }: { filter: EntryFilter }) {
  if (filter === "open")
    return (
      <EmptyState icon="check" title={i18n.t("Nothing is open")}>
        {i18n.t("Every entry of this import has its track, or you said that it has none.")}
      </EmptyState>
    );
  if (filter === "settled")
    return (
      <EmptyState icon="edit" title={i18n.t("Nothing settled by you")}>
        {i18n.t("What you choose for open entries stands here, and can be taken back.")}
      </EmptyState>
    );
  return (
    <EmptyState icon="search" title={i18n.t("Nothing was found by itself")}>
      {i18n.t("Open entries can be searched by name, one after the other.")}
    </EmptyState>
  );
}
