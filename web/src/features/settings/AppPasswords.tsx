import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api } from "@/shared/api/client";
import { useUser } from "@/shared/api/session";
import type { AppPassword, Items, NewAppPassword } from "@/shared/api/types";
import { moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { CopyField } from "@/shared/ui/CopyField";
import { Dialog } from "@/shared/ui/Dialog";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { LabelForm } from "./LabelForm";

const key = ["me", "app-passwords"] as const;

/** The only time the password can be seen. */
function Made({ made, onClose }: { made: NewAppPassword; onClose: () => void }) {
  const user = useUser();
  const picture = useMemo(() => `data:image/svg+xml;utf8,${encodeURIComponent(made.qr_svg)}`, [made.qr_svg]);
  return (
    <Dialog open onClose={onClose} wide title={i18n.t("Password for {label}", { label: made.label })} about={i18n.t("Enter these three in the app. The password is shown only now.")}>
      <div className="made">
        <div className="form">
          <CopyField label={i18n.t("Server address")} value={made.server_url} />
          <CopyField label={i18n.t("User name")} value={user.name} />
          <CopyField label={i18n.t("Password")} value={made.password} />
        </div>
        <figure className="qr">
          <img src={picture} alt={i18n.t("QR code with address, user name and password")} width={180} height={180} />
          <figcaption className="t-12 t-3">{i18n.t("Scan with a phone to copy the three lines.")}</figcaption>
        </figure>
      </div>
      <footer>
        <Button kind="primary" onClick={onClose}>
          {i18n.t("Done")}
        </Button>
      </footer>
    </Dialog>
  );
}

export function AppPasswords() {
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Items<AppPassword>>("me/app-passwords", undefined, signal).then((page) => page.items) });
  const [made, setMade] = useState<NewAppPassword | null>(null);
  const [asking, setAsking] = useState<AppPassword | null>(null);
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: key });
  return (
    <section className="sect" aria-labelledby="set-apps">
      <header>
        <h2 className="h-20" id="set-apps">
          {i18n.t("App passwords")}
        </h2>
      </header>
      <p className="about">
        {i18n.t("For every app that speaks Subsonic: Symfonium, DSub, Tempo, Ultrasonic, play:Sub, Feishin, Supersonic, Strawberry. Each app gets its own password, so that you can lock one out without the others.")}
      </p>
      <LabelForm
        label={i18n.t("Which app, on which device?")}
        placeholder={i18n.t("Symfonium on my phone")}
        verb={i18n.t("Make a password")}
        onMake={async (label) => {
          setMade(await api.post<NewAppPassword>("me/app-passwords", { label }));
          await fresh();
        }}
      />
      <div className="made-list">
        {isPending && <SkeletonRows count={2} />}
        {error && !data && <ErrorState what={i18n.t("The app passwords could not be loaded")} error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && <p className="t-3">{i18n.t("No app has a password yet.")}</p>}
        <ul>
          {data?.map((one) => (
            <li key={one.id} className="lrow">
              <Icon name="device" />
              <span className="cut">
                <b className="cut">{one.label}</b>
                <small className="cut">
                  {one.last_used_at ? i18n.t("Last used {when}{by}", { when: moment(one.last_used_at), by: one.last_client ? i18n.t(" by {client}", { client: one.last_client }) : "" }) : i18n.t("Not used yet")}
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
      {made && <Made made={made} onClose={() => setMade(null)} />}
      {asking && (
        <ConfirmDialog
          title={i18n.t("Revoke the password of {label}?", { label: asking.label })}
          about={i18n.t("The app is locked out at once.")}
          verb={i18n.t("Revoke")}
          working={i18n.t("Revoking")}
          onConfirm={() => api.delete(`me/app-passwords/${asking.id}`).then(fresh)}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
