import { i18n } from "@lingui/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Problem } from "@/shared/api/problem";
import { useUser } from "@/shared/api/session";
import { count as number, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { EmptyState } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import type { AnalysisStatus } from "@/shared/api/types";
import { listeningQuery, startListening } from "./api";

const heardPart = ({ tracks, quick_done }: AnalysisStatus): number => (tracks > 0 ? Math.min(1, quick_done / tracks) : 0);
export const heardWords = ({ tracks, quick_done }: AnalysisStatus): string => i18n.t("{done} of {all} tracks have been listened to", { done: number(quick_done), all: trackCount(tracks) });

function Heard({ listening }: { listening: AnalysisStatus }) {
  return (
    <div className="map-heard">
      <div className="progress" role="progressbar" aria-label={i18n.t("Listening to the library")} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(100 * heardPart(listening))}>
        <i style={{ width: `${100 * heardPart(listening)}%` }} />
      </div>
      <p className="t-12 t-3 num" role="status">
        {heardWords(listening)}
      </p>
    </div>
  );
}

/** Nothing has been listened to: who can do something about it is told what. */
export function NoMap() {
  const user = useUser();
  const client = useQueryClient();
  const { data: listening } = useQuery(listeningQuery(true));
  const start = useMutation({
    mutationFn: startListening,
    onSuccess: () => void client.invalidateQueries({ queryKey: ["analysis"] }),
    onError: (error) => toast({ text: error instanceof Problem ? error.message : String(error) }),
  });
  const running = listening?.state === "running" || listening?.state === "waiting" || start.isSuccess;
  return (
    <>
      <EmptyState
        icon="map"
        title={running ? i18n.t("The server is listening to your music") : i18n.t("No map yet")}
        action={
          user.role === "admin" && !running ? (
            <Button kind="primary" busy={start.isPending && i18n.t("Starting")} onClick={() => start.mutate()}>
              {i18n.t("Listen to the library")}
            </Button>
          ) : undefined
        }
      >
        {running
          ? i18n.t("The map is drawn as soon as enough tracks have been heard. You need not stay here.")
          : user.role === "admin"
            ? i18n.t("The map places tracks by how they sound. For that the server has to listen to every track once; it does so quietly, in the background.")
            : i18n.t("The map places tracks by how they sound. An administrator has to let the server listen to the library first.")}
      </EmptyState>
      {running && listening && <Heard listening={listening} />}
    </>
  );
}

export function Drawing() {
  const { data: listening } = useQuery(listeningQuery(true));
  return (
    <>
      <EmptyState icon="map" title={i18n.t("The map is being drawn")}>
        <span role="status">{i18n.t("Every track gets its place among those that sound like it. A large library takes a minute or two; this page shows the map by itself.")}</span>
      </EmptyState>
      {listening?.state === "running" && <Heard listening={listening} />}
    </>
  );
}

export function TooFew({ count }: { count: number }) {
  const { data: listening } = useQuery(listeningQuery(true));
  return (
    <>
      <EmptyState
        icon="map"
        title={i18n.t("Too few tracks for a map")}
        action={
          <Link className="btn" to="/library/albums">
            {i18n.t("Open the library")}
          </Link>
        }
      >
        {i18n.t("{count, plural, =0 {No track has} one {Only # track has} other {Only # tracks have}} been listened to so far. With a few dozen there is a landscape to see.", { count })}
      </EmptyState>
      {listening?.state === "running" && <Heard listening={listening} />}
    </>
  );
}
