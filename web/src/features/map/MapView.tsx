import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { currentTrackId, usePlayer } from "@/player/usePlayer";
import { usePhone } from "@/shared/hooks/useMedia";
import type { MapRegion, MapState, TrackItem } from "@/shared/api/types";
import { queryClient } from "@/shared/api/queryClient";
import { count as number, trackCount } from "@/shared/lib/format";
import { announce } from "@/shared/ui/a11y";
import { IconButton } from "@/shared/ui/Button";
import { toast } from "@/shared/ui/toast";
import { listeningQuery, placeQuery } from "./api";
import type { Spot } from "./camera";
import { heardWords } from "./emptyMaps";
import { landmarks } from "./landmarks";
import { Legend } from "./Legend";
import { Lines } from "./Lines";
import { Mark, Pin, Tip } from "./marks";
import { PathCard } from "./PathCard";
import type { ColourBy } from "./paint";
import { coreOf, inBox, indexPlaces, inLasso, inRegion, placeOf } from "./places";
import type { MapPoints } from "./points";
import { RegionNames } from "./RegionNames";
import { Regions } from "./Regions";
import { SelectionCard } from "./SelectionCard";
import { Tools } from "./Tools";
import { TrackCard } from "./TrackCard";
import { useGestures, type Tool } from "./useGestures";
import { useMapKeys } from "./useMapKeys";
import { usePath } from "./usePath";
import { usePaint, usePalette, useStage } from "./useStage";
import { playPoint, type Choice } from "./verbs";

const route = getRouteApi("/inside/app/map");
const cardHeight = 240;
const pinReach = 22;

interface MapViewProps {
  info: MapState;
  points: MapPoints;
  mayWrite: boolean;
}

/** The drawn map with all that lies on it. What is chosen is of this visit; colours and the sought track are in the URL. */
export function MapView({ info, points, mayWrite }: MapViewProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const phone = usePhone();
  const by: ColourBy = search.colour ?? "energy";
  const { layout } = points;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const { stage, canvasKey } = useStage(box, canvas);
  const palette = usePalette(probe, info.regions);
  const [tool, setTool] = useState<Tool>("move");
  const [line, setLine] = useState<readonly Spot[] | null>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [point, setPoint] = useState<number | null>(null);
  const [hover, setHover] = useState<number | null>(null);
  const [aim, setAim] = useState(false);
  const [pins, setPins] = useState<readonly number[]>([]);
  const [listOpen, setListOpen] = useState(false);
  const path = usePath(layout);
  const chosenPoints = tool === "path" ? path.indexes : (choice?.indexes ?? null);
  usePaint(stage, by, palette, chosenPoints);

  const index = useMemo(() => indexPlaces(points), [points]);
  useEffect(() => stage.setPoints(index), [stage, index]);
  const aimRef = useRef(aim);
  useEffect(() => {
    aimRef.current = aim;
  }, [aim]);
  const settle = useCallback(() => {
    setPins(landmarks(index, info.regions, stage.camera, stage.frame));
    if (aimRef.current) setHover(stage.middlePoint());
  }, [index, info.regions, stage]);
  useEffect(() => stage.whenAtRest(settle), [stage, settle]);

  const choose = (next: Choice | null): void => {
    setChoice(next);
    setPoint(null);
    setLine(null);
    if (next) announce(i18n.t("{tracks} chosen", { tracks: trackCount(next.indexes.length) }));
  };
  const chooseRegion = (region: MapRegion): void => {
    setTool("move");
    const indexes = inRegion(points, region.number);
    choose({ indexes, name: region.label, region: region.number });
    stage.flyAround(coreOf(points, indexes), 6, phone ? { bottom: cardHeight } : {});
  };
  const chooseView = (): void => {
    const [from, to] = [stage.placeAt({ x: 0, y: 0 }), stage.placeAt({ x: stage.frame.width, y: stage.frame.height })];
    choose({ indexes: inBox(index, { left: from.x, right: to.x, top: from.y, bottom: to.y }), name: i18n.t("From the map") });
  };
  const openPoint = (at: number): void => {
    if (tool === "path") return path.take(at);
    setChoice(null);
    setLine(null);
    setPoint(at);
  };
  const takeTool = (next: Tool): void => {
    setTool(next);
    setLine(null);
    if (next !== "lasso") setChoice(null);
    setPoint(null);
    if (next === "path" && point !== null) path.take(point);
    if (next !== "path") path.clear();
  };
  const clear = (): void => {
    if (point !== null || choice) choose(null);
    else if (tool !== "move") takeTool("move");
  };

  const pinAt = (spot: Spot): number | null =>
    pins.find((pin) => {
      const middle = stage.spotOf(placeOf(points, pin));
      return Math.abs(middle.x - spot.x) < pinReach && Math.abs(middle.y - spot.y) < pinReach;
    }) ?? null;
  const pointUnder = (spot: Spot, how: "mouse" | "touch"): number | null => pinAt(spot) ?? stage.pointAt(spot, how);

  useGestures(box, stage, {
    tool,
    onHover: (spot) => setHover(spot && tool !== "lasso" ? pointUnder(spot, "mouse") : null),
    onTap: (spot, how) => {
      const under = pointUnder(spot, how);
      const label = stage.labelAt(spot);
      const region = label === null ? undefined : info.regions[label];
      if (region && tool !== "path" && pinAt(spot) === null) chooseRegion(region);
      else if (under !== null) openPoint(under);
      else choose(null);
    },
    onTwice: (spot) => {
      const under = pointUnder(spot, "mouse");
      if (under !== null && tool === "move") void playPoint(layout, under);
      else stage.zoom(2, spot);
    },
    onLine: setLine,
    onLasso: (drawnLine) => {
      const indexes = inLasso(index, drawnLine);
      if (indexes.length === 0) {
        setLine(null);
        return toast({ text: i18n.t("No track lies inside this line.") });
      }
      choose({ indexes, name: i18n.t("From the map") });
      setLine(drawnLine);
    },
  });
  const onKeyDown = useMapKeys(stage, {
    onAim: () => setAim(true),
    onOpen: () => {
      // Who is quick with Enter means what is in the middle now, not what was when the view last came to rest.
      const under = aim ? stage.middlePoint() : hover;
      if (under !== null) openPoint(under);
    },
    onLasso: () => takeTool(tool === "lasso" ? "move" : "lasso"),
    onAll: chooseView,
    onClear: clear,
    canClear: point !== null || choice !== null || tool !== "move",
  });

  const locate = useCallback(
    async (track: Pick<TrackItem, "id" | "title">): Promise<number | null> => {
      try {
        const place = await queryClient.fetchQuery(placeQuery(track.id, layout));
        return place.index;
      } catch {
        toast({ text: i18n.t("{title} is not on the map yet.", { title: track.title }) });
        return null;
      }
    },
    [layout],
  );
  const show = useCallback(
    (track: Pick<TrackItem, "id" | "title">): void =>
      void locate(track).then((at) => {
        if (at === null) return;
        setTool("move");
        setChoice(null);
        setLine(null);
        setPoint(at);
        stage.flyTo(at);
      }),
    [locate, stage],
  );
  const sought = search.track;
  useEffect(() => {
    if (sought) show({ id: sought, title: i18n.t("This track") });
  }, [sought, show]);

  const playingId = usePlayer(currentTrackId);
  const { data: playing } = useQuery({ ...placeQuery(playingId ?? "", layout), enabled: playingId !== null });
  const { data: listening } = useQuery(listeningQuery(true));
  useEffect(() => {
    if (path.indexes && path.indexes.length > 1) stage.flyAround(path.indexes.map((at) => placeOf(points, at)), 8, phone ? { bottom: 380 } : { left: 380 });
  }, [path.indexes, points, stage, phone]);

  const words = by === "energy" ? i18n.t("Near means they sound alike, stronger colour means more energy.") : i18n.t("Near means they sound alike, a colour is a region.");
  return (
    <div className="map" data-tool={tool}>
      {/* The map is one stop, and arrows move in it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={box}
        className="map-stage"
        role="application"
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={i18n.t("Map of {tracks} by sound. Arrow keys move, plus and minus zoom, Enter opens the track in the middle, L starts a lasso, A chooses all that is in view. The regions are also a list.", { tracks: trackCount(points.count) })}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setAim(false);
          setHover(null);
        }}
        onPointerDown={() => setAim(false)}
      >
        <canvas key={canvasKey} ref={canvas} className="map-canvas" aria-hidden="true" />
        <span ref={probe} className="map-probe" aria-hidden="true" />
        <Lines stage={stage} lasso={line} path={tool === "path" ? path.indexes?.map((at) => placeOf(points, at)) : undefined} />
        <RegionNames stage={stage} regions={info.regions} />
        <div aria-hidden="true">
          {pins.map((pin) => (
            <Pin key={pin} stage={stage} layout={layout} index={pin} place={placeOf(points, pin)} dim={chosenPoints !== null && !chosenPoints.includes(pin)} />
          ))}
          {playing && <Mark kind="playing" stage={stage} place={placeOf(points, playing.index)} />}
          {point !== null && <Mark kind="open" stage={stage} place={placeOf(points, point)} />}
          {tool === "path" && [path.from, path.to].map((end, i) => end && <Mark key={i} kind="end" stage={stage} place={placeOf(points, end.index)} />)}
          {aim && <span className="map-aim" />}
        </div>
        {hover !== null && <Tip key={hover} stage={stage} layout={layout} index={hover} place={placeOf(points, hover)} loud={aim} />}
      </div>

      <header className="map-top">
        <div className="map-title">
          <h1 className="h-28">{i18n.t("Map")}</h1>
          <p className="t-2 only-d">
            {i18n.t("{n, plural, one {# track.} other {# tracks.}}", { n: points.count })} {words}
          </p>
          {listening?.state === "running" && <p className="t-12 t-3 num only-d">{heardWords(listening)}</p>}
        </div>
        <Tools
          by={by}
          onBy={(colour) => void navigate({ search: (before) => ({ ...before, colour: colour === "region" ? colour : undefined }), replace: true })}
          tool={tool}
          onTool={takeTool}
          listOpen={listOpen}
          onList={() => setListOpen(!listOpen)}
          onFound={show}
        />
      </header>
      <Legend by={by} />
      <div className="map-zoom row">
        {playing && <IconButton icon="locate" label={i18n.t("Show what is playing")} onClick={() => stage.flyTo(playing.index)} />}
        <IconButton className="only-d" icon="minus" label={i18n.t("Zoom out")} keys="−" onClick={() => stage.zoom(1 / 1.6)} />
        <IconButton className="only-d" icon="plus" label={i18n.t("Zoom in")} keys="+" onClick={() => stage.zoom(1.6)} />
        <IconButton icon="expand" label={i18n.t("Whole library")} keys="0" onClick={() => stage.showAll()} />
      </div>
      {tool === "path" ? (
        <PathCard path={path} locate={locate} mayWrite={mayWrite} onClose={() => takeTool("move")} onShow={(at) => stage.flyTo(at)} />
      ) : choice ? (
        <SelectionCard layout={layout} choice={choice} mayWrite={mayWrite} onClose={() => choose(null)} />
      ) : point !== null ? (
        <TrackCard
          layout={layout}
          index={point}
          region={info.regions.find((one) => one.number === points.region[point])}
          onClose={() => setPoint(null)}
          onPath={() => takeTool("path")}
          onRegion={chooseRegion}
        />
      ) : (
        tool === "lasso" && (
          <p className="map-hint" role="status">
            {phone ? i18n.t("Draw a line around tracks. Two fingers move the map.") : i18n.t("Draw a line around tracks.")}
          </p>
        )
      )}
      {listOpen && (
        <Regions layout={layout} points={points} regions={info.regions} total={number(points.count)} mayWrite={mayWrite} onPick={chooseRegion} onView={chooseView} onClose={() => setListOpen(false)} />
      )}
    </div>
  );
}
