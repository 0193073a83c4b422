import { useEffect, useRef } from "react";
import type { MapRegion } from "@/shared/api/types";
import type { Stage } from "./stage";

/** The names of regions over the map; the stage moves and fades them. Their list says the same in words. */
export function RegionNames({ stage, regions }: { stage: Stage; regions: readonly MapRegion[] }) {
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const elements = [...(layer.current?.children ?? [])] as HTMLElement[];
    stage.setLabels(regions.flatMap((region, i) => (elements[i] ? { element: elements[i], place: region } : [])));
  }, [stage, regions]);
  return (
    <div ref={layer} aria-hidden="true">
      {regions.map((region) => (
        <span key={region.number} className="map-label">
          {region.label}
        </span>
      ))}
    </div>
  );
}
