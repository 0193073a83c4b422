import { i18n } from "@lingui/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Problem } from "@/shared/api/problem";
import { useUser } from "@/shared/api/session";
import type { AnalysisStatus, MapState } from "@/shared/api/types";
import { count as number, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { EmptyState } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { drawAnew, goOnListening, listeningQuery, startListening } from "./api";

/** The server makes no map of fewer. */
const fewest = 20;

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

/** There is no map: why, and who can do something about it is told what. */
export function NoMap({ state }: { state: MapState["state"] }) {
  const { data: listening } = useQuery(listeningQuery(true));
  const running = listening?.state === "running";
  return (
    <>
      {state === "drawing" ? (
        <Drawing />
      ) : running || listening?.state === "waiting" ? (
        <EmptyState icon="map" title={i18n.t("The server is listening to your music")}>
          {i18n.t("The map is drawn as soon as enough tracks have been heard. You need not stay here.")}
        </EmptyState>
      ) : listening?.state === "paused" ? (
        <Paused />
      ) : listening && listening.tracks - listening.failed < fewest ? (
        <TooFew count={listening.tracks} />
      ) : (
        <NotStarted heard={listening?.quick_done ?? 0} />
      )}
      {listening && (running || listening.state === "waiting" || listening.state === "paused") && <Heard listening={listening} />}
    </>
  );
}

function Drawing() {
  return (
    <EmptyState icon="map" title={i18n.t("The map is being drawn")}>
      <span role="status">{i18n.t("Every track gets its place among those that sound like it. A large library takes a minute or two; this page shows the map by itself.")}</span>
    </EmptyState>
  );
}

function TooFew({ count }: { count: number }) {
  return (
    <EmptyState
      icon="map"
      title={i18n.t("Too few tracks for a map")}
      action={
        <Link className="btn" to="/library/albums">
          {i18n.t("Open the library")}
        </Link>
      }
    >
      {i18n.t("{count, plural, =0 {There is no track here yet.} one {There is # track here.} other {There are # tracks here.}} From {fewest} on there is a landscape to see.", { count, fewest })}
    </EmptyState>
  );
}

/** A button of an administrator that changes what the analysis does. */
function useSteer(act: () => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["analysis"] });
      void client.invalidateQueries({ queryKey: ["map"] });
    },
    onError: (error) => toast({ text: error instanceof Problem ? error.message : String(error) }),
  });
}

function Paused() {
  const admin = useUser().role === "admin";
  const go = useSteer(goOnListening);
  return (
    <EmptyState
      icon="pause"
      title={i18n.t("Listening is paused")}
      action={
        admin && (
          <Button kind="primary" busy={go.isPending && i18n.t("Starting")} onClick={() => go.mutate()}>
            {i18n.t("Go on listening")}
          </Button>
        )
      }
    >
      {admin ? i18n.t("The map is drawn when enough tracks have been heard.") : i18n.t("An administrator has paused it. The map is drawn when enough tracks have been heard.")}
    </EmptyState>
  );
}

function NotStarted({ heard }: { heard: number }) {
  const admin = useUser().role === "admin";
  // All was heard, and nobody has drawn yet: the hourly drawing would come by itself.
  const drawable = heard >= fewest;
  const start = useSteer(drawable ? drawAnew : startListening);
  const words = drawable
    ? i18n.t("Enough tracks have been heard. The map comes by itself within the hour.")
    : admin
      ? i18n.t("The map places tracks by how they sound. For that the server has to listen to every track once; it does so quietly, in the background.")
      : i18n.t("The map places tracks by how they sound. An administrator has to let the server listen to the library first.");
  return (
    <EmptyState
      icon="map"
      title={i18n.t("No map yet")}
      action={
        admin && (
          <Button kind="primary" busy={start.isPending && i18n.t("Starting")} onClick={() => start.mutate()}>
            {drawable ? i18n.t("Draw it now") : i18n.t("Listen to the library")}
          </Button>
        )
      }
    >
      {words}
    </EmptyState>
  );
}
