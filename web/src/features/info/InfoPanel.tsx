import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { openCues } from "@/media/cueRequest";
import { usePlayer } from "@/player/usePlayer";
import { api } from "@/shared/api/client";
import { useUser } from "@/shared/api/session";
import type { TrackDetail } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { Facts } from "./FactList";
import "./info.css";
import { albumRows, fileRows, heardRows, levelRows, playedRows } from "./facts";
import { Measured } from "./Measured";

/** Everything known of what plays: how it is heard, what the file is, what its tags say. Unknown things are left out. */
export default function InfoPanel() {
  const user = useUser();
  const trackId = usePlayer((state) => state.track?.id ?? null);
  const streamed = usePlayer((state) => state.streamed);
  const speed = usePlayer((state) => state.speed);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["track", trackId],
    queryFn: ({ signal }) => api.get<TrackDetail>(`tracks/${trackId}`, undefined, signal),
    enabled: trackId !== null,
  });
  if (trackId === null) {
    return (
      <EmptyState icon="info" title={i18n.t("Nothing is playing")}>
        {i18n.t("Start a track, and all that is known of it is here.")}
      </EmptyState>
    );
  }
  if (error && !data) return <ErrorState what={i18n.t("The track could not be loaded")} error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows count={6} />;
  return (
    <div className="side-scroll info" role="tabpanel" aria-label={i18n.t("Info")} tabIndex={0}>
      <Facts title={i18n.t("What you hear")} rows={heardRows(streamed, speed)} />
      <Measured trackId={trackId} />
      {user.role !== "guest" && (
        <Button size="s" icon="locate" className="info-cues" onClick={() => openCues(data)}>
          {i18n.t("Cues and loops…")}
        </Button>
      )}
      <Facts title={i18n.t("The file")} rows={fileRows(data)} />
      <Facts title={i18n.t("Levelling")} rows={levelRows(data)} />
      <Facts title={i18n.t("Tags")} rows={albumRows(data)} />
      <Facts title={i18n.t("You")} rows={playedRows(data)} />
    </div>
  );
}
