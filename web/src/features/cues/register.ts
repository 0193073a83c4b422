import { i18n } from "@lingui/core";
import { openCues } from "@/media/cueRequest";
import { extendTrackMenu } from "@/media/trackMenu";
import { useSession } from "@/shared/api/session";

/** "Cues and loops" in every menu of one track. Guests keep none. */
export function registerCues(): void {
  extendTrackMenu((tracks) => {
    const [track] = tracks;
    const session = useSession.getState();
    if (!track || tracks.length > 1 || session.status !== "signed-in" || session.user.role === "guest") return [];
    return [{ label: i18n.t("Cues and loops…"), icon: "locate", run: () => openCues(track) }];
  });
}
