import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { useUser } from "@/shared/api/session";
import type { Items, LinkedServer } from "@/shared/api/types";
import { count, moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { Switch } from "@/shared/ui/controls";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";

const key = ["me", "servers"] as const;
const parts = ["likes", "ratings", "plays", "playlists", "scrobbles"] as const;
type Part = (typeof parts)[number];

const partWords = (): Record<Part, [string, string]> => ({
  likes: [i18n.t("Likes"), i18n.t("Both ways: songs, albums and artists.")],
  ratings: [i18n.t("Ratings"), i18n.t("Both ways. Of two different ones the newer counts.")],
  plays: [i18n.t("Play counts"), i18n.t("What you play there is counted here.")],
  playlists: [i18n.t("Playlists"), i18n.t("Both ways. Your own lists; a deleted one stays on the other side.")],
  scrobbles: [i18n.t("Plays here"), i18n.t("What you play here is told to the server.")],
});

interface Tally {
  taken?: number;
  sent?: number;
  unmatched?: number;
  waiting?: number;
}

function Report({ report }: { report: Record<string, unknown> }) {
  const words = partWords();
  const lines = parts.flatMap((part) => {
    const tally = report[part] as Tally | undefined;
    const told = [
      tally?.taken ? i18n.t("{n} taken over", { n: count(tally.taken) }) : null,
      tally?.sent ? i18n.t("{n} sent", { n: count(tally.sent) }) : null,
      tally?.waiting ? i18n.t("{n} waiting", { n: count(tally.waiting) }) : null,
      tally?.unmatched ? i18n.t("{n} not found here", { n: count(tally.unmatched) }) : null,
    ].filter((one) => one !== null);
    return told.length > 0 ? [{ part, text: `${words[part][0]}: ${told.join(", ")}` }] : [];
  });
  return <p className="t-3 num">{lines.length > 0 ? lines.map((line) => line.text).join(" · ") : i18n.t("Everything is in step.")}</p>;
}

function SignIn({ server, again, onDone }: { server: LinkedServer; again: boolean; onDone: () => Promise<void> }) {
  const [username, setUsername] = useState(server.username ?? "");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!username.trim() || !password) return setFault(i18n.t("Enter your name and password on that server."));
    setBusy(true);
    setFault(null);
    try {
      await api.put(`me/servers/${server.server_id}`, { username: username.trim(), password });
      setPassword("");
      await onDone();
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <Field label={i18n.t("Your name on {server}", { server: server.name })} value={username} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => setUsername(event.target.value)} />
      <Field label={i18n.t("Your password there")} type="password" value={password} autoComplete="off" error={fault} note={i18n.t("It is tried now, kept encrypted, and never shown again.")} onChange={(event) => setPassword(event.target.value)} />
      <div className="form-go">
        <Button kind="primary" type="submit" busy={busy && i18n.t("Signing in")}>
          {again ? i18n.t("Sign in again") : i18n.t("Link account")}
        </Button>
      </div>
    </form>
  );
}

function Server({ server }: { server: LinkedServer }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const words = partWords();
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: key });
  const linked = async (): Promise<void> => {
    await fresh();
    // What there is to see may be another now.
    await client.invalidateQueries();
  };
  const turn = async (part: Part, on: boolean): Promise<void> => {
    client.setQueryData<LinkedServer[]>(key, (all) => all?.map((one) => (one.server_id === server.server_id ? { ...one, [part]: on } : one)));
    try {
      await api.patch(`me/servers/${server.server_id}`, { [part]: on });
    } catch (error) {
      toast({ text: error instanceof Problem ? error.message : String(error) });
      await fresh();
    }
  };
  const sync = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.post(`me/servers/${server.server_id}/sync`, {});
      toast({ text: i18n.t("The sync is on its way.") });
      setTimeout(() => void fresh(), 4000);
    } catch (error) {
      toast({ text: error instanceof Problem ? error.message : String(error) });
    }
    setBusy(false);
  };
  return (
    <section className="sect" aria-labelledby={`srv-${server.server_id}`}>
      <header>
        <h2 className="h-20" id={`srv-${server.server_id}`}>
          {server.name}
        </h2>
        {server.linked && (
          <Button icon="refresh" busy={busy && i18n.t("Asking")} onClick={() => void sync()}>
            {i18n.t("Sync now")}
          </Button>
        )}
      </header>
      {!server.linked && (
        <>
          <p className="about">{i18n.t("Link your account on {url}: you hear what it may hear, and your likes, ratings, plays and playlists are kept in step.", { url: server.url })}</p>
          <SignIn server={server} again={false} onDone={linked} />
        </>
      )}
      {server.linked && (
        <>
          <div className="lrow">
            <Icon name="user" />
            <span className="cut">
              <b className="cut">{server.username}</b>
              <small className="cut">
                {server.url}
                <span className="dot" />
                {server.last_sync_at ? i18n.t("synced {when}", { when: moment(server.last_sync_at) }) : i18n.t("not synced yet")}
              </small>
            </span>
            <span className="lrow-act">
              <Button kind="quiet" onClick={() => setAsking(true)}>
                {i18n.t("Unlink")}
              </Button>
            </span>
          </div>
          {server.problem && (
            <>
              <p className="note" role="alert">
                <Icon name="warn" />
                {server.problem}
              </p>
              <SignIn server={server} again onDone={linked} />
            </>
          )}
          {(server.libraries?.length ?? 0) > 0 && <p className="t-3">{i18n.t("You hear: {names}", { names: server.libraries?.join(", ") ?? "" })}</p>}
          {server.last_sync_at && !server.problem && <Report report={(server.report ?? {}) as Record<string, unknown>} />}
          {parts.map((part) => (
            <Switch key={part} label={words[part][0]} note={words[part][1]} checked={server[part] ?? false} onChange={(on) => void turn(part, on)} />
          ))}
        </>
      )}
      {asking && (
        <ConfirmDialog
          title={i18n.t("Unlink {name}?", { name: server.username ?? server.name })}
          about={i18n.t("Nothing is kept in step any more. What was taken over stays here.")}
          verb={i18n.t("Unlink")}
          working={i18n.t("Unlinking")}
          onConfirm={() => api.delete(`me/servers/${server.server_id}`).then(linked)}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

export default function ServersTab() {
  const user = useUser();
  const { data, error, isPending, refetch } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Items<LinkedServer>>("me/servers", undefined, signal).then((page) => page.items) });
  return (
    <>
      {isPending && <SkeletonRows count={2} />}
      {error && !data && <ErrorState what={i18n.t("The servers could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState
          icon="external"
          title={i18n.t("No music server here")}
          action={
            user.role === "admin" && (
              <Link className="btn" to="/admin/servers">
                {i18n.t("Music servers")}
              </Link>
            )
          }
        >
          {user.role === "admin" ? i18n.t("Add one under Server, Music servers.") : i18n.t("The person who runs Resonance can add a Navidrome; then you link your account to it here.")}
        </EmptyState>
      )}
      {data?.map((server) => (
        <Server key={server.server_id} server={server} />
      ))}
    </>
  );
}
