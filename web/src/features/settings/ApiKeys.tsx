import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import type { ApiKey, Items, NewApiKey } from "@/shared/api/types";
import { moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { CopyField } from "@/shared/ui/CopyField";
import { Dialog } from "@/shared/ui/Dialog";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { LabelForm } from "./LabelForm";

const key = ["me", "api-keys"] as const;

export function ApiKeys() {
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Items<ApiKey>>("me/api-keys", undefined, signal).then((page) => page.items) });
  const [made, setMade] = useState<NewApiKey | null>(null);
  const [asking, setAsking] = useState<ApiKey | null>(null);
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: key });
  return (
    <section className="sect" aria-labelledby="set-keys">
      <header>
        <h2 className="h-20" id="set-keys">
          {i18n.t("API keys")}
        </h2>
      </header>
      <p className="about">{i18n.t("For scripts and programs that use the REST or GraphQL interface. A key may do what you may do.")}</p>
      <LabelForm
        label={i18n.t("What is it for?")}
        placeholder={i18n.t("Backup script")}
        verb={i18n.t("Make a key")}
        onMake={async (label) => {
          setMade(await api.post<NewApiKey>("me/api-keys", { label }));
          await fresh();
        }}
      />
      <div className="made-list">
        {isPending && <SkeletonRows count={1} />}
        {error && !data && <ErrorState what={i18n.t("The keys could not be loaded")} error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && <p className="t-3">{i18n.t("No key yet.")}</p>}
        <ul>
          {data?.map((one) => (
            <li key={one.id} className="lrow">
              <Icon name="lock" />
              <span className="cut">
                <b className="cut">{one.label}</b>
                <small className="cut num">
                  {one.hint}
                  <span className="dot" />
                  {one.last_used_at ? i18n.t("Last used {when}", { when: moment(one.last_used_at) }) : i18n.t("Not used yet")}
                </small>
              </span>
              <span className="lrow-act">
                <Button kind="quiet" onClick={() => setAsking(one)}>
                  {i18n.t("Revoke")}
                  <span className="sr"> {one.label}</span>
                </Button>
              </span>
            </li>
          ))}
        </ul>
      </div>
      {made && (
        <Dialog open onClose={() => setMade(null)} title={i18n.t("Key for {label}", { label: made.label })} about={i18n.t("It is shown only now. Send it as “Authorization: Bearer …”.")}>
          <CopyField label={i18n.t("Key")} value={made.key} />
          <footer>
            <Button kind="primary" onClick={() => setMade(null)}>
              {i18n.t("Done")}
            </Button>
          </footer>
        </Dialog>
      )}
      {asking && (
        <ConfirmDialog
          title={i18n.t("Revoke the key {label}?", { label: asking.label })}
          about={i18n.t("What uses it stops working at once.")}
          verb={i18n.t("Revoke")}
          working={i18n.t("Revoking")}
          onConfirm={() => api.delete(`me/api-keys/${asking.id}`).then(fresh)}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
