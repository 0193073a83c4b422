import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import { signOut } from "@/shared/api/session";
import type { Items, SessionItem } from "@/shared/api/types";
import { dateTime, moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";

const key = ["me", "sessions"] as const;
const iconOf = (one: SessionItem): IconName => (/android|iphone|ipad|phone|mobile/i.test(`${one.device_name} ${one.client}`) ? "phone" : one.client === "web" ? "laptop" : "device");

export default function DevicesTab() {
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Items<SessionItem>>("me/sessions", undefined, signal).then((page) => page.items) });
  const [asking, setAsking] = useState(false);
  const sessions = [...(data ?? [])].sort((a, b) => Number(b.current) - Number(a.current) || b.last_seen_at.localeCompare(a.last_seen_at));
  const others = sessions.filter((one) => !one.current).length;
  const end = async (one: SessionItem): Promise<void> => {
    try {
      await api.delete(`me/sessions/${one.id}`);
      toast({ text: i18n.t("{device} is signed out", { device: one.device_name }) });
    } catch {
      toast({ text: i18n.t("The device could not be signed out.") });
    }
    await client.invalidateQueries({ queryKey: key });
  };
  return (
    <section className="sect" aria-labelledby="set-devices">
      <header>
        <h2 className="h-20" id="set-devices">
          {i18n.t("Signed-in devices")}
        </h2>
        {others > 0 && (
          <Button kind="quiet" size="s" onClick={() => setAsking(true)}>
            {i18n.t("Sign out all others")}
          </Button>
        )}
      </header>
      {isPending && <SkeletonRows count={3} />}
      {error && !data && <ErrorState what={i18n.t("The devices could not be loaded")} error={error} onRetry={() => void refetch()} />}
      <ul>
        {sessions.map((one) => (
          <li key={one.id} className="lrow">
            <Icon name={iconOf(one)} />
            <span className="cut">
              <b className="cut">{one.device_name}</b>
              <small className="cut" data-tip={i18n.t("Signed in {when}", { when: dateTime(one.created_at) })}>
                {one.current ? i18n.t("This device") : i18n.t("Last seen {when}", { when: moment(one.last_seen_at) })}
              </small>
            </span>
            <span className="lrow-act">
              <Button kind="quiet" onClick={() => void (one.current ? signOut() : end(one))}>
                {i18n.t("Sign out")}
                <span className="sr"> {one.device_name}</span>
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {data && others === 0 && <p className="t-3 t-12">{i18n.t("You are signed in nowhere else. Subsonic apps use app passwords and are not listed here.")}</p>}
      {asking && (
        <ConfirmDialog
          title={i18n.t("Sign out all other devices?")}
          about={i18n.t("{n, plural, one {One device has} other {# devices have}} to sign in again with your password.", { n: others })}
          verb={i18n.t("Sign out")}
          working={i18n.t("Signing out")}
          onConfirm={async () => {
            await api.delete("me/sessions");
            await client.invalidateQueries({ queryKey: key });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
