import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ChangeEvent } from "react";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { ImportReport } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { ImportMarks } from "./ImportMarks";
import { ReportView } from "./ReportView";

const endings = ".m3u,.m3u8,.pls,.xspf,.jspf,.json,.xml,.nml";

/** A file is tried first: what it would bring is shown, and only then is it brought in. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [report, setReport] = useState<ImportReport | null>(null);
  const [busy, setBusy] = useState<"trying" | "importing" | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [instead, setInstead] = useState(false);

  const send = async (chosen: File, dry: boolean): Promise<void> => {
    setBusy(dry ? "trying" : "importing");
    setFault(null);
    try {
      const rules = from.trim() ? { from: [from.trim()], to: [to.trim()] } : {};
      setReport(await api.post<ImportReport>("imports", chosen, { query: { name: chosen.name, dry_run: dry, ...rules, ...(instead ? { cues: "replace", ratings: "replace" } : {}) } }));
      if (!dry) {
        void client.invalidateQueries({ queryKey: ["imports"] });
        await client.invalidateQueries({ queryKey: ["playlists"] });
      }
    } catch (error) {
      setReport(null);
      setFault(error instanceof Problem ? error.message : String(error));
    } finally {
      setBusy(null);
    }
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const [chosen] = event.target.files ?? [];
    if (!chosen) return;
    setFile(chosen);
    void send(chosen, true);
  };
  const done = report !== null && !report.dry_run;
  const first = report?.playlists[0]?.playlist_id;
  const count = report?.playlists.length ?? 0;
  const missing = report?.playlists.reduce((sum, list) => sum + list.missing.length, 0) ?? 0;
  const reportId = report?.report_id ?? null;
  const openList = (): void => {
    onClose();
    if (first) void navigate({ to: "/playlists/$playlistId", params: { playlistId: first } });
  };
  const settle = (): void => {
    onClose();
    if (reportId) void navigate({ to: "/playlists/imports/$importId", params: { importId: reportId } });
  };
  return (
    <Dialog open wide onClose={onClose} title={i18n.t("Import playlists")} about={i18n.t("M3U, PLS, XSPF, JSPF, Rekordbox XML or Traktor NML. Tracks are found by path, ids and names; nothing is guessed.")}>
      <div className="pl-form">
        {!done && (
          <>
            <label className="pls-file">
              <span className="btn">{file ? i18n.t("Another file") : i18n.t("Choose a file")}</span>
              <span className="cut t-2">{file?.name ?? i18n.t("No file chosen")}</span>
              <input type="file" className="sr" accept={endings} onChange={choose} />
            </label>
            <details className="pls-paths">
              <summary>{i18n.t("Paths from another machine")}</summary>
              <div className="pls-two">
                <Field label={i18n.t("The file says")} placeholder="D:\Music" value={from} autoComplete="off" onChange={(event) => setFrom(event.target.value)} />
                <Field label={i18n.t("Here it is")} placeholder="/music" value={to} autoComplete="off" onChange={(event) => setTo(event.target.value)} />
              </div>
              {file && (
                <Button size="s" icon="refresh" onClick={() => void send(file, true)}>
                  {i18n.t("Look again")}
                </Button>
              )}
            </details>
          </>
        )}
        {busy === "trying" && (
          <p className="t-2" role="status">
            {i18n.t("Looking for the tracks")}
          </p>
        )}
        {fault && (
          <p className="field-note" data-kind="danger" role="alert">
            {fault}
          </p>
        )}
        {report && busy !== "trying" && <ReportView report={report} />}
        {report && busy !== "trying" && <ImportMarks report={report} instead={instead} onInstead={done ? null : setInstead} />}
      </div>
      <footer>
        <Button kind="quiet" onClick={onClose}>
          {done ? i18n.t("Close") : i18n.t("Cancel")}
        </Button>
        {done && first && count === 1 && (
          <Button kind={missing > 0 && reportId ? undefined : "primary"} onClick={openList}>
            {i18n.t("Open the playlist")}
          </Button>
        )}
        {done && missing > 0 && reportId && (
          <Button kind="primary" onClick={settle}>
            {i18n.t("{n, plural, one {Settle # entry} other {Settle # entries}}", { n: missing })}
          </Button>
        )}
        {!done && file && report && (
          <Button kind="primary" busy={busy === "importing" && i18n.t("Importing")} disabled={report.matched === 0} onClick={() => void send(file, false)}>
            {i18n.t("{count, plural, =0 {Import} one {Import # playlist} other {Import # playlists}}", { count })}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
