import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { MappingCheck, MusicServer, ServerFound } from "@/shared/api/types";
import { count } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { Switch } from "@/shared/ui/controls";
import { kindName } from "./serverWords";

interface Fault {
  field: string | null;
  text: string;
}

const faultOf = (error: unknown): Fault => {
  const problem = error instanceof Problem ? error : null;
  return { field: problem?.field ?? (problem?.code === "remote_refused" ? "password" : null), text: problem?.message ?? String(error) };
};

interface Pair {
  remote: string;
  local: string;
}

/** Whether the songs are where the folders say. */
function MappingTry({ server, pairs }: { server: MusicServer; pairs: Pair[] }) {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ good: boolean; text: string } | null>(null);
  const look = async (): Promise<void> => {
    setBusy(true);
    try {
      const { tried, found, missed } = await api.post<MappingCheck>(`servers/${server.id}/mappings/check`, { mappings: pairs });
      const sum = i18n.t("{found} of {tried} songs found.", { found: count(found), tried: count(tried) });
      setTold({ good: found > 0, text: missed === null ? sum : `${sum} ${i18n.t("Not found: {path}", { path: missed })}` });
    } catch (error) {
      setTold({ good: false, text: faultOf(error).text });
    }
    setBusy(false);
  };
  return (
    <>
      <Button kind="quiet" icon="search" busy={busy && i18n.t("Looking")} onClick={() => void look()}>
        {i18n.t("Look for the songs")}
      </Button>
      <p className="field-note" aria-live="polite" data-kind={told && !told.good ? "danger" : undefined}>
        {told?.text}
      </p>
    </>
  );
}

function Mappings({ server, pairs, onChange, error }: { server: MusicServer | undefined; pairs: Pair[]; onChange: (pairs: Pair[]) => void; error: string | null }) {
  const set = (at: number, part: Partial<Pair>): void => onChange(pairs.map((pair, n) => (n === at ? { ...pair, ...part } : pair)));
  return (
    <fieldset className="srv-maps">
      <legend className="w5">{i18n.t("The same files on this machine")}</legend>
      <p className="field-note">{i18n.t("Where Resonance can reach the server's folder itself, it plays and analyses the files instead of fetching them.")}</p>
      {pairs.map((pair, at) => (
        <div className="srv-map" key={at}>
          <Field label={i18n.t("Folder on the server")} placeholder="/music" value={pair.remote} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => set(at, { remote: event.target.value })} />
          <Field label={i18n.t("The same folder here")} placeholder="/mnt/music" value={pair.local} autoComplete="off" autoCapitalize="none" spellCheck={false} onChange={(event) => set(at, { local: event.target.value })} />
          <IconButton icon="close" label={i18n.t("Remove these folders")} onClick={() => onChange(pairs.filter((_, n) => n !== at))} />
        </div>
      ))}
      {error && (
        <p className="field-note" data-kind="danger" role="alert">
          {error}
        </p>
      )}
      <Button kind="quiet" icon="plus" onClick={() => onChange([...pairs, { remote: "", local: "" }])}>
        {i18n.t("Add folders")}
      </Button>
      {server?.last_sync_at && pairs.some((pair) => pair.remote && pair.local) && <MappingTry server={server} pairs={pairs.filter((pair) => pair.remote && pair.local)} />}
    </fieldset>
  );
}

/** Adds a server, or changes one; the account is tried before it is kept. */
export function ServerDialog({ server, onClose, onSaved }: { server?: MusicServer; onClose: () => void; onSaved: () => void }) {
  const client = useQueryClient();
  const [url, setUrl] = useState(server?.url ?? "");
  const [name, setName] = useState(server?.name ?? "");
  const [username, setUsername] = useState(server?.username ?? "");
  const [password, setPassword] = useState("");
  const [everyone, setEveryone] = useState(server?.everyone ?? false);
  const [pairs, setPairs] = useState<Pair[]>(() => (server?.mappings ?? []).map(([remote = "", local = ""]) => ({ remote, local })));
  const [busy, setBusy] = useState<"test" | "save" | null>(null);
  const [found, setFound] = useState<ServerFound | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const errorOf = (field: string): string | null => (fault?.field === field ? fault.text : null);
  const account = { url: url.trim(), username: username.trim(), password };
  const elsewhere = !server || account.url.replace(/\/+$/, "") !== server.url || account.username !== server.username;
  const lacking = (): Fault | null => {
    if (!account.url) return { field: "url", text: i18n.t("Enter the address.") };
    if (!account.username) return { field: "username", text: i18n.t("Enter the name of the account.") };
    if (elsewhere && !password) return { field: "password", text: i18n.t("Enter the password of the account.") };
    return null;
  };
  const run = async (what: "test" | "save", work: () => Promise<void>): Promise<void> => {
    const missing = lacking();
    if (missing) return setFault(missing);
    setBusy(what);
    setFault(null);
    setFound(null);
    try {
      await work();
    } catch (error) {
      setFault(faultOf(error));
    }
    setBusy(null);
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void run("save", async () => {
      const mappings = pairs.filter((pair) => pair.remote.trim() || pair.local.trim());
      const rest = { name: name.trim(), everyone, mappings };
      if (!server) await api.post("servers", { ...account, ...rest });
      else await api.patch(`servers/${server.id}`, { ...rest, ...(password ? account : {}), name: rest.name || undefined });
      await client.invalidateQueries({ queryKey: ["servers"] });
      onSaved();
      onClose();
    });
  };
  const title = server ? i18n.t("Change {name}", { name: server.name }) : i18n.t("Add server");
  return (
    <Dialog open wide onClose={onClose} title={title} about={i18n.t("Navidrome, or any server that speaks OpenSubsonic. This account reads the list of songs; everybody can link an own one later.")}>
      <form className="form" onSubmit={save} noValidate>
        <Field label={i18n.t("Address")} type="url" inputMode="url" placeholder="http://192.168.1.20:4533" value={url} autoComplete="off" autoCapitalize="none" spellCheck={false} error={errorOf("url")} onChange={(event) => setUrl(event.target.value)} />
        <div className="srv-two">
          <Field label={i18n.t("User name there")} value={username} autoComplete="off" autoCapitalize="none" spellCheck={false} error={errorOf("username")} onChange={(event) => setUsername(event.target.value)} />
          <Field
            label={i18n.t("Password there")}
            type="password"
            value={password}
            autoComplete="off"
            placeholder={elsewhere ? undefined : "••••••••"}
            note={elsewhere ? undefined : i18n.t("Leave it empty to keep the one that is stored.")}
            error={errorOf("password")}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <Field label={i18n.t("Name")} placeholder={account.url.replace(/^https?:\/\//, "") || "Navidrome"} value={name} maxLength={200} autoComplete="off" error={errorOf("name")} onChange={(event) => setName(event.target.value)} />
        <Switch
          label={i18n.t("For everybody here")}
          note={everyone ? i18n.t("People hear this music without an account there.") : i18n.t("People hear what their own linked account there may hear.")}
          checked={everyone}
          onChange={setEveryone}
        />
        <Mappings server={server} pairs={pairs} onChange={setPairs} error={errorOf("mappings")} />
        <div className="live" aria-live="polite">
          {found && (
            <p className="srv-found">
              <Icon name="check" />
              {i18n.t("{kind} answers. Libraries: {names}", { kind: kindName(found.kind), names: found.libraries.join(", ") || "–" })}
            </p>
          )}
          {fault && fault.field === null && (
            <p data-kind="danger" role="alert">
              <Icon name="warn" />
              {fault.text}
            </p>
          )}
        </div>
        <footer>
          <Button kind="quiet" disabled={elsewhere ? false : !password} busy={busy === "test" && i18n.t("Signing in")} onClick={() => void run("test", async () => setFound(await api.post<ServerFound>("servers/test", account)))}>
            {i18n.t("Try it")}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy === "save" && i18n.t("Signing in")}>
            {server ? i18n.t("Save") : i18n.t("Add and sync")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
