import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import type { ShareItem } from "@/shared/api/types";
import { relativeDay } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { CopyField } from "@/shared/ui/CopyField";
import { addressOf, endShare, untilWords } from "./shares";

/** Links with what they allow; each can be copied, changed and ended. */
export function ShareRows({ shares, named, onChange }: { shares: readonly ShareItem[]; named?: boolean; onChange: (share: ShareItem) => void }) {
  const client = useQueryClient();
  return (
    <ul className="share-rows">
      {shares.map((share) => {
        const address = addressOf(share);
        const facts = [
          share.plays ? i18n.t("listen") : i18n.t("look only"),
          share.has_password && i18n.t("with password"),
          untilWords(share),
          i18n.t("{count, plural, =0 {never opened} one {opened once} other {opened # times}}", { count: share.opened }),
          share.opened_at && i18n.t("last {when}", { when: relativeDay(share.opened_at) }),
        ];
        return (
          <li key={share.id}>
            {named && <b className="cut">{share.name}</b>}
            {address && !share.expired && <CopyField label={share.label || i18n.t("Link")} value={address} />}
            <div className="row between">
              <small className="t-3 num">{facts.filter(Boolean).join(", ")}</small>
              <span className="row share-do">
                <Button kind="quiet" size="s" aria-label={i18n.t("Change the link to {name}", { name: share.label || share.name })} onClick={() => onChange(share)}>
                  {i18n.t("Change")}
                </Button>
                <Button kind="quiet" size="s" aria-label={i18n.t("End the link to {name}", { name: share.label || share.name })} onClick={() => void endShare(client, share)}>
                  {i18n.t("End")}
                </Button>
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
