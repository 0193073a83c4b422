import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, url } from "@/shared/api/client";
import { queries } from "@/shared/api/queries";
import type { Invitation, NewInvitation, Role, ServerInfo } from "@/shared/api/types";
import { dateTime } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { CopyField } from "@/shared/ui/CopyField";
import { Dialog } from "@/shared/ui/Dialog";
import { Select } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { admin, problemText } from "./api";
import { roleName, roleNames } from "./words";

type Policy = ServerInfo["sign_up"];
const durations = [1, 7, 30, 90] as const;

function InviteDialog({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const [role, setRole] = useState<Role>("user");
  const [days, setDays] = useState<number>(7);
  const [made, setMade] = useState<NewInvitation | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const invite = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      setMade(await api.post<NewInvitation>("invitations", { role, days }));
      await onDone();
    } catch (error) {
      setFault(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  if (made) {
    return (
      <Dialog open onClose={onClose} title={i18n.t("Send this link")} about={i18n.t("It makes one account, until {when}. It is shown only now.", { when: dateTime(made.expires_at) })}>
        <CopyField label={i18n.t("Link")} value={url(`sign-up?invitation=${made.code}`)} />
        <CopyField label={i18n.t("Invitation code")} value={made.code} />
        <footer>
          <Button kind="primary" onClick={onClose}>
            {i18n.t("Done")}
          </Button>
        </footer>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={i18n.t("Invite somebody")}>
      <form className="form" onSubmit={(event) => void invite(event)}>
        <Select label={i18n.t("Role")} value={role} onChange={(event) => setRole(event.target.value as Role)} options={roleNames()} />
        <Select label={i18n.t("Valid for")} value={String(days)} onChange={(event) => setDays(Number(event.target.value))} options={durations.map((n) => ({ value: String(n), label: i18n.t("{n, plural, one {# day} other {# days}}", { n }) }))} />
        {fault && (
          <p className="field-note" data-kind="danger" role="alert">
            {fault}
          </p>
        )}
        <footer>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy && i18n.t("Making")}>
            {i18n.t("Make a link")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Who may make an account, and the invitations that are still open. */
export function Invitations() {
  const client = useQueryClient();
  const { data: server } = useQuery(queries.server());
  const { data, error, isPending, refetch } = useQuery(admin.invitations());
  const [asking, setAsking] = useState(false);
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: ["invitations"] });
  const policies: { value: Policy; label: string }[] = [
    { value: "closed", label: i18n.t("Closed") },
    { value: "invitation", label: i18n.t("By invitation") },
    { value: "open", label: i18n.t("Anybody") },
  ];
  const notes: Record<Policy, string> = {
    closed: i18n.t("Only you make accounts."),
    invitation: i18n.t("Whoever has an invitation makes an account."),
    open: i18n.t("Whoever reaches this server may make an account."),
  };
  const policy = server?.sign_up ?? "closed";
  const choose = async (next: Policy): Promise<void> => {
    const key = queries.server().queryKey;
    client.setQueryData(key, (old) => old && { ...old, sign_up: next });
    try {
      client.setQueryData(key, await api.patch<ServerInfo>("server", { sign_up: next }));
    } catch (fault) {
      toast({ text: problemText(fault) });
      await client.invalidateQueries({ queryKey: key });
    }
  };
  const withdraw = async (one: Invitation): Promise<void> => {
    try {
      await api.delete(`invitations/${one.id}`);
    } catch (fault) {
      toast({ text: problemText(fault) });
    }
    await fresh();
  };
  return (
    <section className="sect" aria-labelledby="adm-signup">
      <header>
        <h2 className="h-20" id="adm-signup">
          {i18n.t("New accounts")}
        </h2>
        <Button onClick={() => setAsking(true)}>{i18n.t("Invite somebody")}</Button>
      </header>
      <div className="set-row">
        <span>
          <b className="w5">{i18n.t("Who may make an account")}</b>
          <small>{notes[policy]}</small>
        </span>
        <Segmented label={i18n.t("Who may make an account")} value={policy} options={policies} onChange={(next) => void choose(next)} />
      </div>
      {isPending && <SkeletonRows count={1} />}
      {error && !data && <ErrorState what={i18n.t("The invitations could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="t-3">{i18n.t("No invitation is open.")}</p>}
      {data && data.length > 0 && policy === "closed" && (
        <p className="note">
          <Icon name="info" />
          {i18n.t("New accounts are closed, so open invitations do not work now.")}
        </p>
      )}
      <ul>
        {data?.map((one) => (
          <li key={one.id} className="lrow">
            <Icon name="user" />
            <span className="cut">
              <b>{i18n.t("One account, {role}", { role: roleName(one.role) })}</b>
              <small>{i18n.t("until {when}", { when: dateTime(one.expires_at) })}</small>
            </span>
            <span className="lrow-act">
              <Button kind="quiet" onClick={() => void withdraw(one)}>
                {i18n.t("Withdraw")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {asking && <InviteDialog onClose={() => setAsking(false)} onDone={fresh} />}
    </section>
  );
}
