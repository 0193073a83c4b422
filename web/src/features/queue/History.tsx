import { i18n } from "@lingui/core";
import { infiniteQueryOptions, useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { openMixes } from "@/media/mixes";
import { addToQueue, playAgain } from "@/media/play";
import { useTrackMenu } from "@/media/useTrackMenu";
import { usePlayer } from "@/player/usePlayer";
import { api } from "@/shared/api/client";
import type { Page, PlayItem } from "@/shared/api/types";
import { useCoarsePointer, usePhone } from "@/shared/hooks/useMedia";
import { usePages } from "@/shared/hooks/usePages";
import { dayName, timeOfDay } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";

const playsQuery = infiniteQueryOptions({
  queryKey: ["plays"] as const,
  queryFn: ({ pageParam, signal }) => api.get<Page<PlayItem>>("plays", { limit: 60, cursor: pageParam }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last: Page<PlayItem>) => last.next,
  staleTime: 0,
});
/** A play is reported when its track ends; the server has it soon after. */
const reportedWithinMs = 1500;

type Line = { day: string } | { play: PlayItem };

function byDay(plays: readonly PlayItem[]): Line[] {
  const lines: Line[] = [];
  let last = "";
  for (const play of plays) {
    const day = dayName(play.started_at);
    if (day !== last) lines.push({ day });
    last = day;
    lines.push({ play });
  }
  return lines;
}

/** What was played, newest first. Playing it again puts it in front and leaves the queue as it is. */
export default function History() {
  const client = useQueryClient();
  const current = usePlayer((state) => state.queue.entries[state.queue.index]?.uid);
  const { items, more, error, isPending, refetch } = usePages<PlayItem, readonly ["plays"]>(playsQuery);
  useEffect(() => {
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ["plays"] }), reportedWithinMs);
    return () => clearTimeout(timer);
  }, [client, current]);
  if (error && items.length === 0) return <ErrorState what={i18n.t("The history could not be loaded")} error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows count={6} />;
  if (items.length === 0) {
    return (
      <EmptyState icon="clock" title={i18n.t("Nothing played yet")}>
        {i18n.t("What you hear for more than half its length is kept here.")}
      </EmptyState>
    );
  }
  return <Lines plays={items} onNearEnd={more} />;
}

function Lines({ plays, onNearEnd }: { plays: readonly PlayItem[]; onNearEnd: () => void }) {
  const lines = useMemo(() => byDay(plays), [plays]);
  const scroll = useRef<HTMLDivElement>(null);
  const phone = usePhone();
  const touch = useCoarsePointer();
  const menu = useTrackMenu();
  const [active, setActive] = useState(1);
  const height = phone ? 60 : 56;
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => scroll.current, estimateSize: (at) => ("day" in (lines[at] ?? {}) ? 50 : height), overscan: 8 });
  useEffect(() => virtual.measure(), [virtual, lines, height]);
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= lines.length - 15) onNearEnd();
  }, [lastShown, lines.length, onNearEnd]);

  const step = (by: 1 | -1): void => {
    let to = active + by;
    const line = lines[to];
    if (line && "day" in line) to += by;
    if (to < 1 || to >= lines.length) return;
    setActive(to);
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus({ preventScroll: true }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[active];
    if (!line || !("play" in line) || (event.target as HTMLElement).closest("button")) return;
    const { track } = line.play;
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => playAgain(track),
      n: () => addToQueue([track], "next"),
      x: () => openMixes(track),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className="side-scroll queue-scroll" ref={scroll}>
      <div role="grid" aria-label={i18n.t("History")} aria-rowcount={-1} tabIndex={-1} className="queue" data-history="" style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
        {shown.map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          if ("day" in line) {
            return (
              <div key={item.key} role="presentation" className="track-place" style={{ transform: `translateY(${item.start}px)` }}>
                <div className="q-h" role="row">
                  <span role="gridcell">{line.day}</span>
                </div>
              </div>
            );
          }
          const { track, started_at } = line.play;
          const open = (where: Parameters<typeof menu>[0]): void => menu(where, track);
          return (
            <div key={item.key} role="presentation" className="track-place" style={{ transform: `translateY(${item.start}px)` }}>
              <div
                role="row"
                className="qrow"
                data-row={item.index}
                tabIndex={item.index === Math.min(active, lines.length - 1) ? 0 : -1}
                onFocus={() => setActive(item.index)}
                onClick={(event) => touch && !(event.target as Element).closest("button") && playAgain(track)}
                onDoubleClick={() => playAgain(track)}
                onKeyDown={undefined}
                onContextMenu={(event) => {
                  event.preventDefault();
                  open({ x: event.clientX, y: event.clientY, origin: event.currentTarget });
                }}
              >
                <span role="gridcell" className="q-what">
                  <button type="button" tabIndex={-1} className="q-open" onClick={() => playAgain(track)} aria-label={i18n.t("Play {name}", { name: track.title })}>
                    <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
                  </button>
                  <span className="cut">
                    <b className="cut">{track.title}</b>
                    <small className="cut">{track.artist}</small>
                  </span>
                </span>
                <span role="gridcell" className="num q-time">
                  {timeOfDay(started_at)}
                </span>
                <span role="gridcell">
                  <IconButton icon="more" size="s" tabIndex={-1} label={i18n.t("More for {name}", { name: track.title })} aria-haspopup="menu" onClick={(event) => open(event.currentTarget)} />
                </span>
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
