import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PlaylistItem, ShareItem } from "@/shared/api/types";
import { Dialog } from "@/shared/ui/Dialog";
import { changeShare, createShare, sharesQuery } from "./shares";
import { ShareForm } from "./ShareForm";
import { ShareRows } from "./ShareRows";

/** Links of one playlist, and a form for another; or for one of them that is to be changed. */
export function ShareDialog({ list, onClose }: { list: PlaylistItem; onClose: () => void }) {
  const client = useQueryClient();
  const { data } = useQuery(sharesQuery());
  const [changing, setChanging] = useState<ShareItem | null>(null);
  const held = data?.filter((share) => share.playlist_id === list.id) ?? [];
  if (changing) return <ChangeDialog share={changing} onClose={() => setChanging(null)} />;
  return (
    <Dialog open onClose={onClose} title={i18n.t("Share {name}", { name: list.name })} about={i18n.t("Whoever has a link can open this playlist without an account, and nothing else.")}>
      {held.length > 0 && <ShareRows shares={held} onChange={setChanging} />}
      <ShareForm
        send={async ({ label = "", plays = true, expires_at = null, password = null }) => {
          await createShare(client, list.id, { label, plays, expires_at, password });
        }}
        onCancel={onClose}
        cancel={i18n.t("Close")}
      />
    </Dialog>
  );
}

/** One link and what it allows. */
export function ChangeDialog({ share, onClose }: { share: ShareItem; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <Dialog open onClose={onClose} title={i18n.t("Change the link")} about={share.label ? i18n.t("{label}, to {name}", { label: share.label, name: share.name }) : share.name}>
      <ShareForm
        share={share}
        send={async (body) => {
          await changeShare(client, share, body);
          onClose();
        }}
        onCancel={onClose}
        cancel={i18n.t("Cancel")}
      />
    </Dialog>
  );
}
