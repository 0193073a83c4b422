import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/shared/api/client";
import type { MusicServer, SyncNote, SyncRun } from "@/shared/api/types";
import { count, dateTime } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Chip } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { problemText } from "./api";
import { isAtWork, servers } from "./serversApi";
import { actionName, runReason, runState, syncCounts, tallyWords } from "./serverWords";
import { took } from "./words";

const actions = ["added", "updated", "joined", "removed", "unmatched"] as const;

interface Person {
  link_id: string;
  username: string;
  problem?: string;
  [field: string]: unknown;
}

function People({ run }: { run: SyncRun }) {
  const people = run.people as unknown as Person[];
  if (people.length === 0) return null;
  const fields = { likes: i18n.t("Likes"), ratings: i18n.t("Ratings"), plays: i18n.t("Plays"), playlists: i18n.t("Playlists"), scrobbles: i18n.t("Plays sent") };
  return (
    <ul className="srv-people">
      {people.map((person) => {
        const told = Object.entries(fields)
          .map(([field, label]) => [label, tallyWords(person[field] as never)] as const)
          .filter(([, words]) => words !== null);
        return (
          <li key={person.link_id}>
            <b>{person.username}</b> <span className="t-2">{person.problem ?? (told.length > 0 ? told.map(([label, words]) => `${label}: ${words ?? ""}`).join(" · ") : i18n.t("in step"))}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Note({ server, note, onParted }: { server: MusicServer; note: SyncNote; onParted: () => void }) {
  const [busy, setBusy] = useState(false);
  const part = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.post(`servers/${server.id}/songs/${encodeURIComponent(note.remote_id ?? "")}/part`, {});
      toast({ text: i18n.t("“{title}” is a track of its own now.", { title: note.title }) });
      onParted();
    } catch (error) {
      toast({ text: problemText(error) });
    }
    setBusy(false);
  };
  return (
    <tr>
      <td>{actionName(note.action)}</td>
      <td>{note.title}</td>
      <td>{note.why}</td>
      <td>
        {note.action === "joined" && note.remote_id !== null && (
          <Button kind="quiet" busy={busy && i18n.t("Parting")} onClick={() => void part()}>
            {i18n.t("Not the same")}
            <span className="sr"> {note.title}</span>
          </Button>
        )}
      </td>
    </tr>
  );
}

/** What one sync did: sums, people, and song by song. */
function Report({ server, run, onClose }: { server: MusicServer; run: SyncRun; onClose: () => void }) {
  const [action, setAction] = useState<string | undefined>();
  const { data, error, isPending, refetch } = useQuery(servers.notes(server.id, run.id, action));
  return (
    <Dialog open wide onClose={onClose} title={i18n.t("Sync of {when}", { when: dateTime(run.started_at) })} about={`${runState(run)}. ${i18n.t("{requests, plural, one {# request} other {# requests}}, {seen, plural, one {# song} other {# songs}} looked at.", { requests: run.counts.requests, seen: run.counts.seen })}`}>
      <People run={run} />
      <div className="chips scroll-x" role="group" aria-label={i18n.t("Filter")}>
        {actions.map((one) => (
          <Chip key={one} pressed={action === one} onClick={() => setAction(action === one ? undefined : one)}>
            {actionName(one)}
          </Chip>
        ))}
      </div>
      {isPending && <SkeletonRows count={4} />}
      {error && !data && <ErrorState what={i18n.t("The log could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="t-3">{i18n.t("Nothing happened to a song.")}</p>}
      {data && data.length > 0 && (
        // It scrolls: without a tab stop the keyboard could not reach its end.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="srv-log" tabIndex={0} role="region" aria-label={i18n.t("Log")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{i18n.t("What")}</th>
                <th scope="col">{i18n.t("Song")}</th>
                <th scope="col">{i18n.t("Why")}</th>
                <th scope="col">
                  <span className="sr">{i18n.t("Actions")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((note) => (
                <Note key={note.number} server={server} note={note} onParted={() => void refetch()} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {run.counts.notes_left_out > 0 && <p className="t-3">{i18n.t("{n} more are not listed.", { n: count(run.counts.notes_left_out) })}</p>}
      <footer>
        <Link to="/admin/missing" className="btn" data-kind="quiet">
          {i18n.t("Missing tracks")}
        </Link>
        <Button kind="primary" onClick={onClose}>
          {i18n.t("Done")}
        </Button>
      </footer>
    </Dialog>
  );
}

/** Earlier syncs of a server, each with its report. */
export function Runs({ server }: { server: MusicServer }) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<SyncRun | null>(null);
  const { data, error, refetch } = useQuery({ ...servers.runs(server.id), enabled: open, refetchInterval: open ? 5000 : false });
  return (
    <details className="lib-history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{i18n.t("Syncs so far")}</summary>
      {error && <ErrorState what={i18n.t("The syncs could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data && (
        <table>
          <thead>
            <tr>
              <th scope="col">{i18n.t("When")}</th>
              <th scope="col">{i18n.t("Why")}</th>
              <th scope="col">{i18n.t("Result")}</th>
              <th scope="col">{i18n.t("Took")}</th>
              <th scope="col">
                <span className="sr">{i18n.t("Actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((run) => (
              <tr key={run.id}>
                <td>{dateTime(run.started_at)}</td>
                <td>{runReason(run)}</td>
                <td>{isAtWork(run) ? syncCounts(run.counts) : runState(run)}</td>
                <td>{took(run.started_at, run.finished_at) ?? "–"}</td>
                <td>
                  <Button kind="quiet" onClick={() => setShown(run)}>
                    {i18n.t("Report")}
                    <span className="sr"> {dateTime(run.started_at)}</span>
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown && <Report server={server} run={shown} onClose={() => setShown(null)} />}
    </details>
  );
}
