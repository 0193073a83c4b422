import { i18n } from "@lingui/core";
import { openMixes } from "@/media/mixes";
import { extendTrackMenu } from "@/media/trackMenu";
import { useSession } from "@/shared/api/session";
import { openNewSet } from "./requests";

const mostChosen = 500;

/** "Mixes well" of one track, a new set of several, in every menu of tracks and in the bar of a selection. */
export function registerSets(): void {
  extendTrackMenu((tracks) => {
    const [first, second] = tracks;
    if (!first) return [];
    if (!second) return [{ label: i18n.t("Mixes well…"), icon: "dj", keys: "X", run: () => openMixes(first) }];
    const session = useSession.getState();
    if (tracks.length > mostChosen || session.status !== "signed-in" || session.user.role === "guest") return [];
    return [{ label: i18n.t("New DJ set…"), icon: "dj", run: () => openNewSet({ pool: { kind: "tracks", track_ids: tracks.map((track) => track.id) }, length: {} }) }];
  });
}
