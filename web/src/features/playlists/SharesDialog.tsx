import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShareItem } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { ChangeDialog } from "./ShareDialog";
import { sharesQuery } from "./shares";
import { ShareRows } from "./ShareRows";

/** All links of one's own. */
export function SharesDialog({ onClose }: { onClose: () => void }) {
  const { data, error, isPending, refetch } = useQuery(sharesQuery());
  const [changing, setChanging] = useState<ShareItem | null>(null);
  if (changing) return <ChangeDialog share={changing} onClose={() => setChanging(null)} />;
  return (
    <Dialog open onClose={onClose} title={i18n.t("My links")} about={i18n.t("Each opens one playlist to whoever has it.")}>
      {isPending && <SkeletonRows count={3} />}
      {error && <ErrorState what={i18n.t("The links could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="external" title={i18n.t("No link yet")}>
          {i18n.t("“Share” in the menu of a playlist makes one.")}
        </EmptyState>
      )}
      {data && data.length > 0 && <ShareRows shares={data} named onChange={setChanging} />}
      <footer>
        <Button kind="quiet" onClick={onClose}>
          {i18n.t("Close")}
        </Button>
      </footer>
    </Dialog>
  );
}
