import { i18n } from "@lingui/core";
import { useCallback, useEffect, useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";
import type { SharedList } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { knock } from "./sharedList";
import { SharedTracks } from "./SharedTracks";
import "./share.css";

type State = { at: "opening" } | { at: "password" } | { at: "open"; list: SharedList } | { at: "nothing" } | { at: "fault"; error: unknown };

/** What a link shows to whoever has it. No account, no shell, nothing else of the server. */
export default function SharePage() {
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [state, setState] = useState<State>({ at: "opening" });
  const [fault, setFault] = useState<string | null>(null);
  usePageLook({ wash: "soft" });
  useTitle(state.at === "open" ? state.list.name : i18n.t("Shared playlist"));
  const open = useCallback(
    async (password: string | null): Promise<void> => {
      try {
        const door = await knock(token, password);
        setFault(null);
        setState(door.list ? { at: "open", list: door.list } : { at: "password" });
      } catch (error) {
        if (error instanceof Problem && error.code === "wrong_password") setFault(i18n.t("This is not the password."));
        else if (error instanceof Problem && error.status === 429) setFault(error.message);
        else if (error instanceof Problem && error.status === 404) setState({ at: "nothing" });
        else setState({ at: "fault", error });
      }
    },
    [token],
  );
  useEffect(() => {
    // The answer comes later; nothing is set while this runs.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    void open(null);
  }, [open]);
  return (
    <main id="main" tabIndex={-1} className="share">
      <p className="share-brand">
        <Icon name="logo" />
        Resonance
      </p>
      {state.at === "opening" && (
        <>
          <h1 className="sr">{i18n.t("Shared playlist")}</h1>
          <SkeletonRows count={6} />
        </>
      )}
      {state.at === "password" && <Password fault={fault} onTry={open} />}
      {state.at === "open" && <SharedTracks list={state.list} />}
      {state.at === "nothing" && (
        <>
          <h1 className="sr">{i18n.t("Shared playlist")}</h1>
          <EmptyState icon="lock" title={i18n.t("This link opens nothing any more")}>
            {i18n.t("It was ended, its time is over, or it is not complete. Ask whoever sent it for a new one.")}
          </EmptyState>
        </>
      )}
      {state.at === "fault" && (
        <>
          <h1 className="sr">{i18n.t("Shared playlist")}</h1>
          <ErrorState what={i18n.t("The playlist could not be opened")} error={state.error} onRetry={() => void open(null)} />
        </>
      )}
    </main>
  );
}

function Password({ fault, onTry }: { fault: string | null; onTry: (password: string) => Promise<void> }) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!password || busy) return;
    setBusy(true);
    await onTry(password);
    setBusy(false);
  };
  return (
    <form className="share-door" onSubmit={(event) => void submit(event)} noValidate>
      <h1 className="h-28">{i18n.t("This playlist has a password")}</h1>
      <Field label={i18n.t("Password")} type="password" value={password} maxLength={200} autoComplete="off" error={fault} onChange={(event) => setPassword(event.target.value)} />
      <Button kind="primary" type="submit" busy={busy && i18n.t("Opening")}>
        {i18n.t("Open")}
      </Button>
    </form>
  );
}
