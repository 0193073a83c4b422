import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { announce } from "@/shared/ui/a11y";
import { Cover } from "@/shared/ui/Cover";
import type { Spot } from "./camera";
import type { Stage } from "./stage";
import { pointTrack } from "./tracks";
import { useAnchor } from "./useStage";

interface OnMap {
  stage: Stage;
  place: Spot;
}

/** A cover that stands for what lies around it. */
export function Pin({ stage, place, layout, index, dim }: OnMap & { layout: number; index: number; dim: boolean }) {
  const anchor = useAnchor(stage, place.x, place.y);
  const { data: track } = useQuery(pointTrack(layout, index));
  return (
    <div ref={anchor} className="map-on">
      {track && (
        <span className="map-pin" data-dim={dim || undefined}>
          <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} eager />
        </span>
      )}
    </div>
  );
}

export function Mark({ stage, place, kind }: OnMap & { kind: "playing" | "open" | "end" }) {
  const anchor = useAnchor(stage, place.x, place.y);
  return (
    <div ref={anchor} className="map-on">
      <span className="map-mark" data-kind={kind} />
    </div>
  );
}

const pauseMs = 70;

/** What lies under the pointer, or in the middle while keys move the map. `loud` = a screen reader says it. */
export function Tip({ stage, place, layout, index, loud }: OnMap & { layout: number; index: number; loud: boolean }) {
  const anchor = useAnchor(stage, place.x, place.y);
  const [late, setLate] = useState(false);
  useEffect(() => {
    // A pointer on its way somewhere else asks for nothing.
    const timer = setTimeout(() => setLate(true), pauseMs);
    return () => clearTimeout(timer);
  }, []);
  const { data: track } = useQuery({ ...pointTrack(layout, index), enabled: late });
  useEffect(() => {
    if (loud && track) announce(i18n.t("{title} by {artist}", { title: track.title, artist: track.artist }));
  }, [loud, track]);
  const spot = stage.spotOf(place);
  return (
    <div ref={anchor} className="map-on map-tip-on" aria-hidden="true">
      <span className="map-mark" data-kind="hover" />
      {track && (
        <span className="map-tip" data-below={spot.y < 150 || undefined} data-side={spot.x < 140 ? "right" : spot.x > stage.frame.width - 140 ? "left" : undefined}>
          <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} eager />
          <span className="cut">
            <b className="cut">{track.title}</b>
            <small className="cut">{track.artist}</small>
          </span>
        </span>
      )}
    </div>
  );
}
