import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import { queries } from "@/shared/api/queries";
import type { Library, Scan } from "@/shared/api/types";
import { count, dateTime, moment, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Switch } from "@/shared/ui/controls";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { admin, problemText, startScan } from "./api";
import { NewLibraryDialog, RenameDialog } from "./LibraryDialogs";
import { ScanProgress } from "./ScanProgress";
import { scanCounts, scanReason, took } from "./words";

function History({ library }: { library: Library }) {
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({ ...admin.scans(library.id), enabled: open });
  return (
    <details className="lib-history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{i18n.t("Scans so far")}</summary>
      {error && <ErrorState what={i18n.t("The scans could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data && (
        <table>
          <thead>
            <tr>
              <th scope="col">{i18n.t("When")}</th>
              <th scope="col">{i18n.t("Why")}</th>
              <th scope="col">{i18n.t("Files")}</th>
              <th scope="col">{i18n.t("Result")}</th>
              <th scope="col">{i18n.t("Took")}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((scan) => (
              <tr key={scan.id}>
                <td>{scan.started_at && dateTime(scan.started_at)}</td>
                <td>{scanReason(scan)}</td>
                <td>{count(scan.files)}</td>
                <td>{scan.state === "failed" ? (scan.error ?? i18n.t("Failed")) : scan.state === "cancelled" ? i18n.t("Cancelled") : scanCounts(scan)}</td>
                <td>{took(scan.started_at, scan.finished_at) ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

function lastScan(scan: Scan | null): string {
  if (!scan) return i18n.t("not read yet");
  if (scan.state === "failed") return i18n.t("the last scan failed");
  return scan.finished_at ? i18n.t("read {when}, {counts}", { when: moment(scan.finished_at), counts: scanCounts(scan) }) : i18n.t("being read");
}

function LibraryItem({ library, running }: { library: Library; running: Scan | undefined }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<"rename" | "remove" | null>(null);
  const close = (): void => setAsking(null);
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: ["libraries"] });
  const watch = async (on: boolean): Promise<void> => {
    const key = queries.libraries().queryKey;
    client.setQueryData(key, (all) => all?.map((one) => (one.id === library.id ? { ...one, watch: on } : one)));
    try {
      await api.patch(`libraries/${library.id}`, { watch: on });
    } catch (error) {
      toast({ text: problemText(error) });
    }
    await fresh();
  };
  const failed = library.last_scan?.state === "failed" ? library.last_scan.error : null;
  const menu = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("More for {name}", { name: library.name }), [
      { label: i18n.t("Read every file anew"), icon: "refresh", disabled: running !== undefined, run: () => void startScan(client, [library.id], true) },
      { label: i18n.t("Rename"), icon: "edit", run: () => setAsking("rename") },
      "line",
      { label: i18n.t("Remove"), icon: "trash", danger: true, run: () => setAsking("remove") },
    ]);
  return (
    <li className="lib">
      <div className="lrow">
        <Icon name="folder" />
        <span className="cut">
          <b className="cut">{library.name}</b>
          <small className="cut num">
            {library.path}
            <span className="dot" />
            {trackCount(library.tracks)}
            <span className="dot" />
            {lastScan(library.last_scan)}
          </small>
        </span>
        <span className="lrow-act">
          <Button kind="quiet" busy={running && i18n.t("Scanning")} onClick={() => void startScan(client, [library.id])}>
            {i18n.t("Scan now")}
          </Button>
          <IconButton icon="more" label={i18n.t("More for {name}", { name: library.name })} aria-haspopup="menu" onClick={(event) => menu(event.currentTarget)} />
        </span>
      </div>
      <div className="lib-more">
        {running && (
          <ul>
            <ScanProgress scan={running} library={library} />
          </ul>
        )}
        {failed && (
          <p className="note" role="alert">
            <Icon name="warn" />
            {failed}
          </p>
        )}
        <Switch
          label={i18n.t("Watch for changes")}
          note={library.watch ? i18n.t("New and changed files are read within seconds.") : i18n.t("Changes are found by the timer, or with “Scan now”.")}
          checked={library.watch}
          onChange={(on) => void watch(on)}
        />
        {library.watch && library.watch_problem && (
          <p className="note">
            <Icon name="warn" />
            {library.watch_problem}
          </p>
        )}
        <History library={library} />
      </div>
      {asking === "rename" && <RenameDialog library={library} onClose={close} onDone={fresh} />}
      {asking === "remove" && (
        <ConfirmDialog
          title={i18n.t("Remove {name}?", { name: library.name })}
          about={i18n.t("{tracks} leave Resonance, with their likes, plays and places in playlists. The files stay where they are.", { tracks: trackCount(library.tracks) })}
          verb={i18n.t("Remove")}
          working={i18n.t("Removing")}
          onConfirm={async () => {
            await api.delete(`libraries/${library.id}`);
            await fresh();
          }}
          onClose={close}
        />
      )}
    </li>
  );
}

export default function LibrariesTab() {
  const { data: all, error, isPending, refetch } = useQuery(queries.libraries());
  // Those of music servers are on a page of their own.
  const data = all?.filter((one) => one.kind === "folder");
  const { data: running = [] } = useQuery(admin.running());
  const [adding, setAdding] = useState(false);
  return (
    <section className="sect" aria-labelledby="adm-libraries">
      <header>
        <h2 className="h-20" id="adm-libraries">
          {i18n.t("Libraries")}
        </h2>
        <Button icon="plus" onClick={() => setAdding(true)}>
          {i18n.t("Add folder")}
        </Button>
      </header>
      {isPending && <SkeletonRows count={2} />}
      {error && !data && <ErrorState what={i18n.t("The libraries could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="folder" title={i18n.t("No library yet")}>
          {i18n.t("A library is a folder with music on the server. Resonance reads it and everything below it, and never writes there.")}
        </EmptyState>
      )}
      <ul>
        {data?.map((library) => (
          <LibraryItem key={library.id} library={library} running={running.find((scan) => scan.library_id === library.id)} />
        ))}
      </ul>
      {adding && <NewLibraryDialog onClose={() => setAdding(false)} />}
    </section>
  );
}
