import { i18n } from "@lingui/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import { useServer, useUser } from "@/shared/api/session";
import { initials, partialDate } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { toast } from "@/shared/ui/toast";
import { SignOn } from "./SignOn";

const route = getRouteApi("/inside/app/settings/");
const shortest = 8;

const roleName = (role: string): string => (role === "admin" ? i18n.t("Administrator") : role === "guest" ? i18n.t("Guest") : i18n.t("Listener"));

function Password({ hasOne }: { hasOne: boolean }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ field: string | null; text: string } | null>(null);
  const errorOf = (field: string): string | null => (fault?.field === field ? fault.text : null);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (hasOne && !current) return setFault({ field: "current", text: i18n.t("Enter your present password.") });
    if (next.length < shortest) return setFault({ field: "new", text: i18n.t("At least {count} characters.", { count: shortest }) });
    setBusy(true);
    setFault(null);
    try {
      await api.post("me/password", { current, new: next });
      setCurrent("");
      setNext("");
      toast({ text: i18n.t("The password is changed. All other devices are signed out.") });
    } catch (error) {
      const problem = error instanceof Problem ? error : null;
      const field = problem?.field === "new" || problem?.field === "current" ? problem.field : problem && !problem.offline && problem.status < 500 && problem.status !== 429 ? "current" : null;
      setFault({ field, text: problem?.message ?? String(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="sect" aria-labelledby="set-password">
      <header>
        <h2 className="h-20" id="set-password">
          {hasOne ? i18n.t("Change password") : i18n.t("Set a password")}
        </h2>
      </header>
      <p className="about">{i18n.t("A new password signs you out on all other devices. App passwords keep working.")}</p>
      <form className="form" onSubmit={(event) => void save(event)} noValidate>
        {/* Password managers want to know whose password it is. */}
        <input type="text" className="sr" autoComplete="username" value={useUser().name} readOnly tabIndex={-1} aria-hidden="true" />
        {hasOne && <Field label={i18n.t("Present password")} type="password" autoComplete="current-password" value={current} error={errorOf("current")} onChange={(event) => setCurrent(event.target.value)} />}
        <Field label={i18n.t("New password")} type="password" autoComplete="new-password" value={next} error={errorOf("new")} note={i18n.t("At least {count} characters.", { count: shortest })} onChange={(event) => setNext(event.target.value)} />
        {fault && fault.field === null && (
          <p className="note" role="alert">
            <Icon name="warn" />
            {fault.text}
          </p>
        )}
        <div className="form-go">
          <Button kind="primary" type="submit" busy={busy && i18n.t("Saving")}>
            {hasOne ? i18n.t("Change password") : i18n.t("Set a password")}
          </Button>
        </div>
      </form>
    </section>
  );
}

export default function ProfileTab() {
  const user = useUser();
  const server = useServer();
  const { error, linked } = route.useSearch();
  return (
    <>
      <section className="sect me-card" aria-label={i18n.t("Account")}>
        <span className="avatar me-avatar" aria-hidden="true">
          {initials(user.name)}
        </span>
        <div className="cut">
          <b className="h-20 cut">{user.name}</b>
          <p className="t-3">
            {roleName(user.role)}
            <span className="dot" />
            {i18n.t("since {when}", { when: partialDate(user.created_at.slice(0, 10)) })}
          </p>
        </div>
      </section>
      <Password hasOne={user.has_password !== false} />
      {server?.oidc && <SignOn label={server.oidc.label} linked={linked === "oidc"} fault={error} />}
    </>
  );
}
