import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { EnergyCell, keyText, tempoText } from "@/media/Values";
import { Problem } from "@/shared/api/problem";
import type { Id } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { clock, length, span, trackCount } from "@/shared/lib/format";
import { keyName } from "@/shared/lib/musicalKey";
import { Button } from "@/shared/ui/Button";
import { Chip } from "@/shared/ui/controls";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, Loading, Skeleton, SkeletonRows } from "@/shared/ui/states";
import { isKind, loadSheet, tempoRange, type Sheet, type SheetKind, type SheetLine } from "./sheet";
import "./sheet.css";

const route = getRouteApi("/inside/app/sheet/$kind/$id");
const parts = ["covers", "energy", "steps", "notes"] as const;
type Part = (typeof parts)[number];
const partWords = (part: Part): string => ({ covers: i18n.t("Covers"), energy: i18n.t("Energy"), steps: i18n.t("How it goes on"), notes: i18n.t("Room for notes") })[part];

/** A list on paper, to lie beside the decks: some 25 lines a page. */
export default function SheetPage() {
  const { kind, id } = route.useParams();
  return isKind(kind) ? <Loaded key={`${kind} ${id}`} kind={kind} id={id} /> : <Gone />;
}

function Loaded({ kind, id }: { kind: SheetKind; id: Id }) {
  const { data: sheet, error, refetch } = useQuery({ queryKey: [kind, id, "sheet"], queryFn: ({ signal }) => loadSheet(kind, id, signal), retry: (tries, fault) => !(fault instanceof Problem && fault.status === 404) && tries < 2 });
  usePageLook({});
  useTitle(sheet ? i18n.t("Crate sheet of {name}", { name: sheet.name }) : i18n.t("Crate sheet"));
  if (error && !sheet) {
    if (error instanceof Problem && error.status === 404) return <Gone />;
    return (
      <>
        <h1 className="sr">{i18n.t("Crate sheet")}</h1>
        <ErrorState what={i18n.t("The sheet could not be loaded")} error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!sheet) {
    return (
      <Loading>
        <Skeleton className="sk-title" />
        <SkeletonRows count={10} />
      </Loading>
    );
  }
  return <Paper sheet={sheet} kind={kind} id={id} />;
}

function Gone() {
  return (
    <>
      <h1 className="sr">{i18n.t("Crate sheet")}</h1>
      <EmptyState
        icon="list"
        title={i18n.t("There is nothing to print here")}
        action={
          <Link className="btn" to="/playlists">
            {i18n.t("All playlists")}
          </Link>
        }
      >
        {i18n.t("The list may have been deleted, or its owner keeps it private.")}
      </EmptyState>
    </>
  );
}

function Paper({ sheet, kind, id }: { sheet: Sheet; kind: SheetKind; id: Id }) {
  const joined = sheet.lines.some((line) => line.step !== null);
  const [shown, setShown] = useState<ReadonlySet<Part>>(new Set(["covers", "energy", "steps"]));
  const toggle = (part: Part): void =>
    setShown((before) => {
      const after = new Set(before);
      if (!after.delete(part)) after.add(part);
      return after;
    });
  const has = (part: Part): boolean => shown.has(part);
  return (
    <article className="crate">
      <header className="crate-tools">
        <Link className="btn" data-kind="quiet" {...(kind === "set" ? { to: "/sets/$setId", params: { setId: id } } : { to: "/playlists/$playlistId", params: { playlistId: id } })}>
          {kind === "set" ? i18n.t("Back to the set") : i18n.t("Back to the playlist")}
        </Link>
        <div className="row crate-parts" role="group" aria-label={i18n.t("On the sheet")}>
          {parts.map(
            (part) =>
              (part !== "steps" || joined) && (
                <Chip key={part} pressed={has(part)} onClick={() => toggle(part)}>
                  {partWords(part)}
                </Chip>
              ),
          )}
        </div>
        <Button kind="primary" disabled={sheet.lines.length === 0} onClick={() => window.print()}>
          {i18n.t("Print")}
        </Button>
      </header>
      {/* On a phone the paper is wider than the window, and scrolls. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="crate-paper" role="region" aria-label={i18n.t("Crate sheet")} tabIndex={0}>
        <header className="crate-head">
          <div className="grow cut">
            <h1>{sheet.name}</h1>
            {sheet.comment && <p className="crate-about">{sheet.comment}</p>}
          </div>
          <p className="num crate-facts">
            {[trackCount(sheet.lines.length), span(sheet.duration), sheet.tempi && tempoRange(sheet.tempi)].filter(Boolean).join(" · ")}
            <br />
            <time dateTime={new Date().toISOString().slice(0, 10)}>{new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium" }).format(new Date())}</time>
          </p>
        </header>
        {sheet.lines.length === 0 ? (
          <p className="crate-none">{i18n.t("Nothing in it yet")}</p>
        ) : (
          <table className="crate-rows">
            <thead>
              <tr>
                <th scope="col" className="end">
                  <abbr title={i18n.t("Number")}>#</abbr>
                </th>
                {has("covers") && (
                  <th scope="col">
                    <span className="sr">{i18n.t("Cover")}</span>
                  </th>
                )}
                <th scope="col" className="crate-wide">
                  {i18n.t("Track")}
                </th>
                <th scope="col" className="end">
                  {i18n.t("BPM")}
                </th>
                <th scope="col">{i18n.t("Key")}</th>
                {has("energy") && <th scope="col">{i18n.t("Energy")}</th>}
                {joined && has("steps") && <th scope="col">{i18n.t("How it goes on")}</th>}
                <th scope="col" className="end">
                  {i18n.t("Length")}
                </th>
                <th scope="col" className="end">
                  {i18n.t("At")}
                </th>
                {has("notes") && (
                  <th scope="col" className="crate-notes">
                    {i18n.t("Notes")}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {sheet.lines.map((line) => (
                <Line key={line.key} line={line} has={has} joined={joined} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </article>
  );
}

function Line({ line, has, joined }: { line: SheetLine; has: (part: Part) => boolean; joined: boolean }) {
  const { track } = line;
  const key = keyText(track);
  return (
    <tr>
      <td className="num end crate-number">{line.number}</td>
      {has("covers") && (
        <td className="crate-cover">
          <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id} eager />
        </td>
      )}
      <th scope="row" className="crate-wide">
        <span className="cut w6">{track.title}</span>
        <span className="cut crate-artist">{[track.artist, track.album].filter(Boolean).join(" · ")}</span>
      </th>
      <td className="num end crate-bpm">{tempoText(track) ?? "–"}</td>
      <td className="crate-key">
        {key ? (
          <>
            <b className="num">{key}</b>
            <span className="cut">{keyName(track.camelot ?? track.key ?? "")}</span>
          </>
        ) : (
          "–"
        )}
      </td>
      {has("energy") && (
        <td>
          <EnergyCell energy={track.energy} />
        </td>
      )}
      {joined && has("steps") && <td className="crate-step">{line.step ?? ""}</td>}
      <td className="num end">{length(track.duration_s)}</td>
      <td className="num end crate-at">{clock(line.at)}</td>
      {has("notes") && <td className="crate-notes" />}
    </tr>
  );
}
