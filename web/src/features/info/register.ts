import { i18n } from "@lingui/core";
import { extendTrackMenu } from "@/media/trackMenu";
import { useMeasuredRequest } from "./requests";

/** "Tempo, key, mood" in every menu of one track. */
export function registerInfo(): void {
  extendTrackMenu((tracks) => {
    const [track] = tracks;
    if (!track || tracks.length > 1) return [];
    return [{ label: i18n.t("Tempo, key and mood…"), icon: "gauge", run: () => useMeasuredRequest.setState({ track }) }];
  });
}
