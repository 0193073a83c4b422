import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { thePlayer } from "@/player";
import { usePlayer } from "@/player/usePlayer";
import { usePhone } from "@/shared/hooks/useMedia";
import { announce } from "@/shared/ui/a11y";
import { EmptyState } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import "./queue.css";
import { QueueHead } from "./QueueHead";
import { QueueItemRow } from "./QueueItemRow";
import { queueRows } from "./rows";
import { useDragRow } from "@/media/useDragRow";

const rowHeight = 56;
const headHeight = 50;

const undoToast = (text: string, run: () => void): void => toast({ text, action: { label: i18n.t("Undo"), run } });

/** One tab stop: arrows, Enter plays, Delete removes with undo, Alt+arrows move and say where to. */
export default function QueueList() {
  const queue = usePlayer((state) => state.queue);
  const rows = useMemo(() => queueRows(queue), [queue]);
  const phone = usePhone();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const wantFocus = useRef(false);
  const height = phone ? 60 : rowHeight;
  const drag = useDragRow(height, (uid, to) => thePlayer().move(uid, to));

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (rows[index]?.kind.endsWith("head") ? headHeight : height),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        return active < rows.length && !visible.includes(active) ? [...visible, active].sort((a, b) => a - b) : visible;
      },
      [active, rows.length],
    ),
  });
  useEffect(() => virtual.measure(), [virtual, rows, height]);
  useEffect(() => {
    if (!wantFocus.current) return;
    wantFocus.current = false;
    scroll.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true });
  });

  const remove = useCallback((uid: number, title: string) => {
    wantFocus.current = true;
    undoToast(i18n.t("{title} is out of the queue", { title }), thePlayer().remove([uid]));
  }, []);
  const clear = useCallback((own: boolean) => {
    undoToast(own ? i18n.t("Your additions are cleared") : i18n.t("The queue is cleared"), own ? thePlayer().clearAdded() : thePlayer().clearUpcoming());
  }, []);

  const step = (by: number): void => {
    let to = active + by;
    while (rows[to]?.kind.endsWith("head")) to += Math.sign(by) || 1;
    if (!rows[to]) return;
    wantFocus.current = true;
    setActive(to);
    virtual.scrollToIndex(to);
  };
  const shift = (by: 1 | -1): void => {
    const row = rows[active];
    const target = rows[active + by];
    if (row?.kind !== "entry" || !target || target.kind === "now") return;
    thePlayer().move(row.entry.uid, row.index + (target.kind === "entry" ? by : 0));
    const fresh = queueRows(thePlayer().getState().queue);
    const at = fresh.findIndex((one) => "entry" in one && one.entry.uid === row.entry.uid);
    wantFocus.current = true;
    setActive(at);
    const place = fresh[at];
    if (place && "entry" in place) announce(i18n.t("Moved to place {place}", { place: place.index - queue.index }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[active];
    if (!row || (event.target as HTMLElement).closest("button:not(.grip)")) return;
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => (event.altKey ? shift(1) : step(1)),
      ArrowUp: () => (event.altKey ? shift(-1) : step(-1)),
      Home: () => step(-active),
      End: () => step(rows.length - 1 - active),
      Enter: () => "entry" in row && thePlayer().jumpTo(row.index),
      " ": () => thePlayer().toggle(),
      Delete: () => "entry" in row && remove(row.entry.uid, scroll.current?.querySelector(`[data-row="${active}"] b`)?.textContent ?? ""),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  if (rows.length === 0) {
    return (
      <EmptyState
        icon="queue"
        title={i18n.t("The queue is empty")}
        action={
          <Link className="btn" to="/library/albums">
            {i18n.t("Open the library")}
          </Link>
        }
      >
        {i18n.t("Play an album, and what follows is here. “Play next” on any track puts it in front.")}
      </EmptyState>
    );
  }
  const stop = Math.min(active, rows.length - 1);
  return (
    <div className="side-scroll queue-scroll" ref={scroll}>
      <div role="grid" aria-label={i18n.t("Queue")} aria-rowcount={rows.length} tabIndex={-1} className="queue" style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const offset = "entry" in row ? drag.offsetOf(row.entry.uid, row.index) : 0;
          return (
            <div key={item.key} role="presentation" className="track-place" data-lifted={("entry" in row && drag.uid === row.entry.uid) || undefined} style={{ transform: `translateY(${item.start + offset}px)` }}>
              {"entry" in row ? (
                <QueueItemRow row={row} rowNumber={item.index} tabStop={item.index === (rows[stop]?.kind.endsWith("head") ? stop + 1 : stop)} lifted={drag.uid === row.entry.uid} onFocus={setActive} onRemove={remove} onGrip={drag.start} />
              ) : (
                <QueueHead kind={row.kind} rowNumber={item.index} count={row.count} onClear={clear} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
