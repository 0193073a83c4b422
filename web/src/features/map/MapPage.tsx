import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { Problem } from "@/shared/api/problem";
import { useUser } from "@/shared/api/session";
import { useOnline, usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { ErrorState } from "@/shared/ui/states";
import type { MapState } from "@/shared/api/types";
import { mapQuery, pointsQuery, readMap } from "./api";
import { NoMap } from "./emptyMaps";
import "./map.css";
import { MapView } from "./MapView";

/** The landscape of the library: tracks that sound alike lie near each other. */
export default function MapPage() {
  const { data: info, error, refetch } = useQuery(mapQuery());
  usePageLook({});
  useTitle(i18n.t("Map"));
  if (info?.state === "ready" && info.count > 0) return <Points info={info} />;
  return (
    <>
      <h1 className="h-28">{i18n.t("Map")}</h1>
      {error && !info && <Failed error={error} onRetry={() => void refetch()} />}
      {!info && !error && <Unrolling />}
      {info && <NoMap state={info.state} />}
    </>
  );
}

function Unrolling() {
  return (
    <div className="map-wait" aria-busy="true">
      <span className="sr" role="status">
        {i18n.t("Loading")}
      </span>
    </div>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const online = useOnline();
  const offline = !online || (error instanceof Problem && error.offline);
  return <ErrorState what={offline ? i18n.t("The map needs the server") : i18n.t("The map could not be loaded")} error={error} onRetry={onRetry} />;
}

function Points({ info }: { info: MapState }) {
  const user = useUser();
  const client = useQueryClient();
  const { data: bytes, error, refetch } = useQuery(pointsQuery(info.layout));
  const read = useMemo(() => {
    if (!bytes) return null;
    try {
      return { points: readMap(bytes) };
    } catch (fault) {
      return { fault };
    }
  }, [bytes]);
  if (read?.points) return <MapView key={read.points.layout} info={info} points={read.points} mayWrite={user.role !== "guest"} />;
  const again = (): void => {
    void client.invalidateQueries({ queryKey: ["map"] });
    void refetch();
  };
  return (
    <>
      <h1 className="h-28">{i18n.t("Map")}</h1>
      {error || read?.fault ? <Failed error={error ?? read?.fault} onRetry={again} /> : <Unrolling />}
    </>
  );
}
