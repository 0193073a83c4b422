import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/shared/api/client";
import type { MusicServer, SyncRun } from "@/shared/api/types";
import { count, moment, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { problemText } from "./api";
import { Progress } from "./Progress";
import { ServerDialog } from "./ServerDialogs";
import { Runs } from "./ServerRuns";
import { isAtWork, lastRun, servers } from "./serversApi";
import { kindName, runState, syncCounts } from "./serverWords";
import "./servers.css";

function Working({ run, name, onStop }: { run: SyncRun; name: string; onStop: () => void }) {
  const { seen, total } = run.counts;
  return (
    <div className="job srv-job">
      <span className="cut">
        <b className="cut">{runState(run)}</b>
        <small className="cut num">{total > 0 ? i18n.t("{seen} of {total} songs", { seen: count(Math.min(seen, total)), total: count(total) }) : i18n.t("{n} songs", { n: count(seen) })}</small>
      </span>
      <Progress label={i18n.t("Syncing {name}", { name })} value={total > 0 && run.step !== "people" ? seen / total : null} />
      <span className="t-2 num job-end">{syncCounts(run.counts)}</span>
      <Button kind="quiet" disabled={run.state === "cancelling"} onClick={onStop}>
        {i18n.t("Stop")}
      </Button>
    </div>
  );
}

function ServerRow({ server, onAsked }: { server: MusicServer; onAsked: () => void }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<"change" | "remove" | null>(null);
  const run = lastRun(server);
  const running = isAtWork(run);
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: ["servers"] });
  const act = async (path: string, body: object): Promise<void> => {
    try {
      await api.post(`servers/${server.id}/${path}`, body);
      onAsked();
    } catch (error) {
      toast({ text: problemText(error) });
    }
    await fresh();
  };
  const songs = server.libraries.reduce((sum, one) => sum + one.songs, 0);
  const menu = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("More for {name}", { name: server.name }), [
      { label: i18n.t("Read all songs anew"), icon: "refresh", disabled: running, run: () => void act("sync", { full: true }) },
      { label: i18n.t("Change"), icon: "edit", run: () => setAsking("change") },
      "line",
      { label: i18n.t("Remove"), icon: "trash", danger: true, run: () => setAsking("remove") },
    ]);
  return (
    <li className="lib">
      <div className="lrow">
        <Icon name="external" />
        <span className="cut">
          <b className="cut">{server.name}</b>
          <small className="cut num">
            {kindName(server.kind)}
            <span className="dot" />
            {server.url}
            <span className="dot" />
            {trackCount(songs)}
            <span className="dot" />
            {server.last_sync_at ? i18n.t("synced {when}", { when: moment(server.last_sync_at) }) : i18n.t("not synced yet")}
          </small>
        </span>
        <span className="lrow-act">
          <Button kind="quiet" busy={running && i18n.t("Syncing")} onClick={() => void act("sync", {})}>
            {i18n.t("Sync now")}
          </Button>
          <IconButton icon="more" label={i18n.t("More for {name}", { name: server.name })} aria-haspopup="menu" onClick={(event) => menu(event.currentTarget)} />
        </span>
      </div>
      <div className="lib-more">
        {run && running && <Working run={run} name={server.name} onStop={() => void act("cancel", {})} />}
        {server.problem && !running && (
          <p className="note" role="alert">
            <Icon name="warn" />
            {server.problem}
          </p>
        )}
        <p className="t-3">
          {server.everyone ? i18n.t("Everybody here hears its music.") : i18n.t("People hear it with a linked account.")}{" "}
          {i18n.t("{n, plural, =0 {Nobody has linked an account yet.} one {# person has linked an account.} other {# people have linked an account.}}", { n: server.links })}
        </p>
        {server.libraries.length > 1 && (
          <p className="t-3">{server.libraries.map((one) => `${one.name} (${count(one.songs)})`).join(", ")}</p>
        )}
        <Runs server={server} />
      </div>
      {asking === "change" && <ServerDialog server={server} onClose={() => setAsking(null)} onSaved={() => void fresh()} />}
      {asking === "remove" && (
        <ConfirmDialog
          title={i18n.t("Remove {name}?", { name: server.name })}
          about={i18n.t("{tracks} leave Resonance, with their likes, plays and places in playlists, unless they also lie in a folder here. Nothing changes on the server.", { tracks: trackCount(songs) })}
          verb={i18n.t("Remove")}
          working={i18n.t("Removing")}
          onConfirm={async () => {
            await api.delete(`servers/${server.id}`);
            await Promise.all([fresh(), client.invalidateQueries({ queryKey: ["libraries"] })]);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </li>
  );
}

export default function ServersTab() {
  const client = useQueryClient();
  // A sync that was asked for is not running yet: look often for a while.
  const [expecting, setExpecting] = useState(false);
  const { data, error, isPending, refetch } = useQuery(servers.all(expecting));
  const [adding, setAdding] = useState(false);
  const busy = data?.some((one) => isAtWork(lastRun(one))) ?? false;
  useEffect(() => {
    if (!expecting) return undefined;
    const timer = setTimeout(() => setExpecting(false), 8000);
    return () => clearTimeout(timer);
  }, [expecting]);
  useEffect(() => {
    if (!busy) return undefined;
    return () => {
      for (const family of ["albums", "tracks", "artists", "home", "libraries", "playlists"]) void client.invalidateQueries({ queryKey: [family] });
    };
  }, [busy, client]);
  return (
    <section className="sect" aria-labelledby="adm-servers">
      <header>
        <h2 className="h-20" id="adm-servers">
          {i18n.t("Music servers")}
        </h2>
        <Button icon="plus" onClick={() => setAdding(true)}>
          {i18n.t("Add server")}
        </Button>
      </header>
      <p className="about">{i18n.t("Songs of a Navidrome or another OpenSubsonic server stand beside those of your folders. They are played through Resonance; nothing is copied.")}</p>
      {isPending && <SkeletonRows count={2} />}
      {error && !data && <ErrorState what={i18n.t("The servers could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="external" title={i18n.t("No server yet")}>
          {i18n.t("Add the address of a server and one account that may hear its music.")}
        </EmptyState>
      )}
      <ul>
        {data?.map((server) => (
          <ServerRow key={server.id} server={server} onAsked={() => setExpecting(true)} />
        ))}
      </ul>
      {adding && <ServerDialog onClose={() => setAdding(false)} onSaved={() => setExpecting(true)} />}
    </section>
  );
}
