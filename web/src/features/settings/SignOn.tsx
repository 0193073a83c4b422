import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import type { Items, SignOnLink } from "@/shared/api/types";
import { relativeDay } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";

const key = ["me", "oidc"] as const;

/** The account of another house that leads into this one. */
export function SignOn({ label, linked, fault }: { label: string; linked: boolean; fault: string | undefined }) {
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Items<SignOnLink>>("me/oidc", undefined, signal).then((page) => page.items) });
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const link = async (): Promise<void> => {
    setBusy(true);
    try {
      const { url } = await api.post<{ url: string }>("me/oidc");
      window.location.assign(url);
    } catch {
      setBusy(false);
      toast({ text: i18n.t("{label} does not answer.", { label }) });
    }
  };
  const unlink = async (): Promise<void> => {
    await api.delete("me/oidc");
    await client.invalidateQueries({ queryKey: key });
  };
  return (
    <section className="sect" aria-labelledby="set-sso">
      <header>
        <h2 className="h-20" id="set-sso">
          {i18n.t("Single sign-on")}
        </h2>
      </header>
      {linked && (
        <p className="note" role="status">
          <Icon name="check" />
          {i18n.t("Your account is linked.")}
        </p>
      )}
      {fault && (
        <p className="note" role="alert">
          <Icon name="warn" />
          {i18n.t("The account could not be linked ({code}).", { code: fault })}
        </p>
      )}
      {isPending && <SkeletonRows count={1} />}
      {error && <ErrorState what={i18n.t("The links could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.map((one) => (
        <div key={one.issuer} className="lrow" data-plain="">
          <span className="cut">
            <b>{label}</b>
            <small className="cut">{i18n.t("{issuer}, linked {when}", { issuer: one.issuer, when: relativeDay(one.created_at) })}</small>
          </span>
          <span className="lrow-act">
            <Button kind="quiet" onClick={() => setAsking(true)}>
              {i18n.t("Unlink")}
            </Button>
          </span>
        </div>
      ))}
      {data?.length === 0 && (
        <div className="set-row">
          <p className="t-2">{i18n.t("Link {label} to sign in without a password.", { label })}</p>
          <Button busy={busy && i18n.t("Leaving")} onClick={() => void link()}>
            {i18n.t("Link {label}", { label })}
          </Button>
        </div>
      )}
      {asking && <ConfirmDialog title={i18n.t("Unlink {label}?", { label })} about={i18n.t("You sign in with name and password from then on.")} verb={i18n.t("Unlink")} working={i18n.t("Unlinking")} onConfirm={unlink} onClose={() => setAsking(false)} />}
    </section>
  );
}
