import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { SelectionBar, selectedCount } from "@/media/SelectionBar";
import { useDragRow } from "@/media/useDragRow";
import { openMixes } from "@/media/mixes";
import { useTrackMenu } from "@/media/useTrackMenu";
import { thePlayer } from "@/player";
import { usePlayer } from "@/player/usePlayer";
import { queryClient } from "@/shared/api/queryClient";
import { trackItemQuery } from "@/shared/api/trackItems";
import { useCoarsePointer, usePhone } from "@/shared/hooks/useMedia";
import { announce } from "@/shared/ui/a11y";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { EmptyState } from "@/shared/ui/states";
import { QueueHead } from "./QueueHead";
import { QueueItemRow, type RowActs } from "./QueueItemRow";
import { queueView } from "./rows";
import { useQueueSelection } from "./useQueueSelection";
import { useChosenActions, verbs } from "./useQueueVerbs";

const rowHeight = 56;
const headHeight = 50;

/** One tab stop: arrows, Enter plays, Delete removes with undo, Alt+arrows move and say where to. Ctrl or Shift with a click
 *  or the arrows and Ctrl+A choose several; what is chosen moves and goes together. */
export function UpNext() {
  const queue = usePlayer((state) => state.queue);
  const view = useMemo(() => queueView(queue), [queue]);
  const phone = usePhone();
  const touch = useCoarsePointer() || phone;
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const wantFocus = useRef(false);
  const height = phone ? 60 : rowHeight;
  const selection = useQueueSelection(queue);
  const { uids } = selection;
  const trackMenu = useTrackMenu();
  const clearSelection = useCallback(() => latest.current.letGo(), []);
  const actions = useChosenActions(uids, clearSelection);
  const drag = useDragRow(height, useCallback((uid: number, to: number) => latest.current.drop(uid, to), []));

  const virtual = useVirtualizer({
    count: view.count,
    getScrollElement: () => scroll.current,
    estimateSize: (row) => (view.isHead(row) ? headHeight : height),
    getItemKey: view.keyOf,
    overscan: 2,
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        return active < view.count && !visible.includes(active) ? [...visible, active].sort((a, b) => a - b) : visible;
      },
      [active, view.count],
    ),
  });
  // A changed queue brings new keys, and with them new sizes by itself.
  useEffect(() => virtual.measure(), [virtual, height]);
  useEffect(() => {
    if (!wantFocus.current) return;
    wantFocus.current = false;
    scroll.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true });
  });

  const letGo = (): void => {
    selection.clear();
    wantFocus.current = true;
    announce(i18n.t("Nothing selected"));
  };
  const drop = (uid: number, to: number): void => verbs.drop(uid, queue.entries.findIndex((entry) => entry.uid === uid), to);
  const menu: RowActs["menu"] = (where, entry, index, track) => {
    if (uids.length > 1 && selection.has(entry.uid)) return openMenu(where, selectedCount(uids.length), [...actions, "line", { label: i18n.t("Clear selection"), icon: "close", keys: "Esc", run: letGo }]);
    if (!track) return;
    const select: MenuEntry[] = touch ? [{ label: i18n.t("Select"), icon: "check", run: () => selection.toggle(entry.uid, index) }] : [];
    trackMenu(where, track, [...select, { label: i18n.t("Remove from queue"), icon: "close", keys: "Del", run: () => acts.remove(entry, track.title) }]);
  };
  const pick: RowActs["pick"] = (event, entry, index, rowNumber) => {
    const was = view.at(active);
    setActive(rowNumber);
    if (event.shiftKey) return selection.extend(index, was && "entry" in was ? was.index : index);
    if (event.ctrlKey || event.metaKey || (touch && uids.length > 0)) return selection.toggle(entry.uid, index);
    if (phone) return entry === queue.entries[queue.index] ? thePlayer().toggle() : thePlayer().jumpTo(index);
    if (uids.length > 0) selection.clear();
    selection.setAnchor(index);
  };
  // Rows are memoised: they get functions that stay the same and ask for the newest ones when they are used.
  const latest = useRef({ menu, pick, letGo, drop });
  useEffect(() => {
    latest.current = { menu, pick, letGo, drop };
  });
  const { start } = drag;
  const acts = useMemo<RowActs>(
    () => ({
      focus: setActive,
      remove: (entry, title) => {
        wantFocus.current = true;
        verbs.remove([entry.uid], title);
      },
      grip: start,
      menu: (...given) => latest.current.menu(...given),
      pick: (...given) => latest.current.pick(...given),
    }),
    [start],
  );

  const told = useRef(0);
  useEffect(() => {
    if (uids.length > 0 && uids.length !== told.current) announce(selectedCount(uids.length));
    told.current = uids.length;
  }, [uids.length]);

  const last = view.count - 1;
  const go = (wanted: number, by: number, stretch: boolean): void => {
    let to = Math.min(Math.max(wanted, 0), last);
    while (view.isHead(to)) to += by;
    const row = view.at(to);
    if (!row || !("entry" in row)) return;
    const was = view.at(active);
    if (stretch) selection.extend(row.index, was && "entry" in was ? was.index : row.index);
    else if (uids.length === 0) selection.setAnchor(row.index);
    wantFocus.current = true;
    setActive(to);
    virtual.scrollToIndex(to);
  };
  const shift = (by: 1 | -1): void => {
    const row = view.at(active);
    if (row?.kind !== "entry") return;
    const group = selection.has(row.entry.uid) ? uids : [row.entry.uid];
    const places = group.length === 1 ? [row.index] : queue.entries.flatMap((entry, place) => (group.includes(entry.uid) && place > queue.index ? [place] : []));
    const first = places[0] ?? row.index;
    if (first + by <= queue.index || (places.at(-1) ?? first) + by >= queue.entries.length) return;
    thePlayer().move(group, first + by);
    const fresh = thePlayer().getState().queue;
    const place = fresh.entries.findIndex((entry) => entry.uid === row.entry.uid);
    const to = queueView(fresh).rowOf(place);
    wantFocus.current = true;
    setActive(to);
    virtual.scrollToIndex(to);
    announce(i18n.t("Moved to place {place}", { place: place - fresh.index }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = view.at(active);
    if (!row || !("entry" in row) || (event.target as HTMLElement).closest("button:not(.grip)")) return;
    const { entry, index } = row;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 500) / height) - 1);
    const control: Record<string, () => void> = { a: selection.all, " ": () => selection.toggle(entry.uid, index) };
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => (event.altKey ? shift(1) : go(active + 1, 1, event.shiftKey)),
      ArrowUp: () => (event.altKey ? shift(-1) : go(active - 1, -1, event.shiftKey)),
      PageDown: () => go(active + page, 1, event.shiftKey),
      PageUp: () => go(active - page, -1, event.shiftKey),
      Home: () => go(0, 1, event.shiftKey),
      End: () => go(last, -1, event.shiftKey),
      Enter: () => thePlayer().jumpTo(index),
      " ": () => thePlayer().toggle(),
      n: () => verbs.playNext(uids.length > 0 ? uids : [entry.uid]),
      Delete: () => {
        wantFocus.current = true;
        verbs.remove(uids.length > 0 ? uids : [entry.uid], scroll.current?.querySelector(`[data-row="${active}"] b`)?.textContent ?? "");
        selection.clear();
      },
      x: () => void queryClient.ensureQueryData(trackItemQuery(entry.trackId)).then((track) => track && openMixes(track), () => undefined),
      Escape: uids.length > 0 ? letGo : undefined,
    };
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = event.ctrlKey || event.metaKey ? control[key] : keys[key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  if (view.count === 0) {
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
  const wanted = Math.min(active, last);
  const stop = view.isHead(wanted) ? wanted + 1 : wanted;
  return (
    <>
    {uids.length > 0 && (
      <div className="q-chosen">
        <SelectionBar count={uids.length} actions={actions} tight onClear={letGo} />
      </div>
    )}
    <div className="side-scroll queue-scroll" ref={scroll}>
      <div
        role="grid"
        aria-label={i18n.t("Queue")}
        aria-rowcount={view.count}
        aria-multiselectable
        tabIndex={-1}
        className="queue"
        data-selecting={uids.length > 0 || undefined}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = view.at(item.index);
          if (!row) return null;
          const offset = "entry" in row ? drag.offsetOf(row.entry.uid, row.index) : 0;
          return (
            <div key={item.key} role="presentation" className="track-place" data-lifted={("entry" in row && drag.uid === row.entry.uid) || undefined} style={{ transform: `translateY(${item.start + offset}px)` }}>
              {"entry" in row ? (
                <QueueItemRow entry={row.entry} index={row.index} now={row.kind === "now"} rowNumber={item.index} tabStop={item.index === stop} lifted={drag.uid === row.entry.uid} selected={selection.has(row.entry.uid)} acts={acts} />
              ) : (
                <QueueHead kind={row.kind} rowNumber={item.index} count={row.count} onClear={verbs.clear} />
              )}
            </div>
          );
        })}
      </div>
    </div>
    </>
  );
}
