import { i18n } from "@lingui/core";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { thePlayer } from "@/player";
import { currentTrackId, isPlaying, usePlayer } from "@/player/usePlayer";
import { useLike } from "@/shared/api/likes";
import type { TrackItem } from "@/shared/api/types";
import { useLook } from "@/shared/hooks/look";
import { useMainScroll } from "@/shared/hooks/mainScroll";
import { useCoarsePointer, usePhone } from "@/shared/hooks/useMedia";
import { openMenu as showMenu, type MenuEntry } from "@/shared/ui/menu";
import { announce } from "@/shared/ui/a11y";
import { selectedCount, SelectionBar, useSelectionActions } from "./SelectionBar";
import { useHiddenColumns } from "./columnChoice";
import { dropRows } from "./dropRows";
import { fit, known, template, type TrackColumn } from "./trackColumns";
import { TrackHead, type ListOrder } from "./TrackHead";
import { trackKeys } from "./trackKeys";
import { TrackRow } from "./TrackRow";
import { useDragRow } from "./useDragRow";
import { useListPlace } from "./useListPlace";
import { useSelection } from "./useSelection";
import { useTrackMenu } from "./useTrackMenu";

export interface TrackListProps {
  label: string;
  /** Holes are rows that exist and are not loaded. */
  tracks: readonly (TrackItem | undefined)[];
  columns: readonly TrackColumn[];
  onPlay: (index: number) => void;
  /** Number shown in the first column; the place in the list if not given. */
  numberOf?: (track: TrackItem, index: number) => number | null;
  hideArtist?: string;
  /** Fixed height of rows, else the density's. */
  rowHeight?: number;
  head?: boolean;
  /** How the list is ordered, where its heads may change that. */
  order?: ListOrder;
  /** Rows that exist but are not loaded; their boxes keep the scrollbar true. */
  total?: number | undefined;
  onNearEnd?: () => void;
  /** Which rows are in sight, for a list that is brought in parts. */
  onRange?: (first: number, last: number) => void;
  /** Shown in the column "why"; on a phone under the artist. */
  whyOf?: (index: number) => string | undefined;
  menuExtra?: (track: TrackItem, index: number) => readonly MenuEntry[];
  /** Delete: everything chosen, or the row with the focus. Places in the order of the list. */
  onRemove?: (indexes: readonly number[]) => void;
  /** What Delete does, for the bar and the menu of several chosen rows. */
  removeLabel?: string;
  /** Rows get a handle, and Alt+Up, Alt+Down move them. `to` is in the list without the row; those chosen with it come along. */
  onReorder?: (from: number, to: number, chosen: readonly number[]) => void;
}

const virtualFrom = 60;
const headOfList = 500;
/** Below this the selection bar shows symbols only. */
const roomForWords = 760;

/** A grid with one tab stop. Arrows move, Enter plays, Space pauses, N plays next, L likes, Delete removes, Alt+arrows move the row.
 *  Ctrl or Shift and a click, Shift+arrows, Ctrl+Space and Ctrl+A choose several; Escape lets them go. */
export function TrackList(props: TrackListProps) {
  const { label, tracks, onPlay, numberOf, hideArtist, head = true, total, onNearEnd, onRange, whyOf, menuExtra, onRemove, removeLabel, onReorder, order } = props;
  const phone = usePhone();
  const density = useLook((look) => look.density);
  const scroll = useMainScroll();
  const box = useRef<HTMLDivElement>(null);
  const { width, margin } = useListPlace(box, tracks.length);
  const hidden = useHiddenColumns((state) => state.hidden);
  const [active, setActive] = useState(0);
  const wantFocus = useRef(false);
  const currentId = usePlayer(currentTrackId);
  const playing = usePlayer(isPlaying);
  const openMenu = useTrackMenu();
  const like = useLike();
  const coarse = useCoarsePointer();
  const selection = useSelection(tracks);
  const several = selection.indexes.length;
  const chosen = useMemo(() => selection.indexes.flatMap((index) => tracks[index] ?? []), [selection.indexes, tracks]);
  const common = useSelectionActions(chosen);
  const removeChosen = (): void => {
    onRemove?.(selection.indexes);
    selection.clear();
    wantFocus.current = true;
  };
  const actions = onRemove && removeLabel ? [...common, { label: removeLabel, icon: "trash" as const, keys: "Del", run: removeChosen }] : common;

  const canReorder = onReorder !== undefined;
  const last = tracks.length - 1;
  const rowHeight = props.rowHeight && !phone ? props.rowHeight : phone ? (whyOf ? 74 : 60) : density === "compact" ? 40 : 56;
  // The head of a long list stands for it: columns must not come and go while it is scrolled.
  const possible = useMemo(() => known(props.columns, tracks.slice(0, headOfList)), [props.columns, tracks]);
  const columns = useMemo(() => {
    const wanted = [...(canReorder ? (["grip"] as const) : []), ...possible.filter((column) => !hidden.includes(column))];
    if (phone) return wanted.filter((column) => column === "grip" || column === "art" || column === "title" || column === "more");
    return fit(wanted, width);
  }, [possible, hidden, phone, width, canReorder]);

  const count = Math.max(tracks.length, total ?? 0);
  const { indexes: chosenRows, follow } = selection;
  const reorder = useCallback(
    (from: number, wanted: number) => {
      const to = Math.min(Math.max(wanted, 0), last);
      if (!onReorder || from === to) return;
      const { moving, place } = dropRows(last + 1, from, to, chosenRows);
      onReorder(from, to, chosenRows);
      if (moving.length > 1) follow(new Map(moving.flatMap((index, i) => (tracks[index] ? [[place + i, tracks[index].id] as const] : []))));
      setActive(place + Math.max(0, moving.indexOf(from)));
      wantFocus.current = true;
      announce(i18n.t("Moved to place {place}", { place: place + 1 }));
    },
    [onReorder, last, chosenRows, follow, tracks],
  );
  const drag = useDragRow(rowHeight, reorder);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: count < virtualFrom ? virtualFrom : 10,
    scrollMargin: margin + (head && !phone ? 32 : 0),
    rangeExtractor: useCallback(
      (range: Range) => {
        const rows = defaultRangeExtractor(range);
        return active <= last && !rows.includes(active) ? [...rows, active].sort((a, b) => a - b) : rows;
      },
      [active, last],
    ),
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const items = virtual.getVirtualItems();
  const firstShown = items.find((item) => item.index !== active)?.index ?? 0;
  const lastShown = items.findLast((item) => item.index !== active)?.index ?? 0;
  useEffect(() => onRange?.(firstShown, lastShown), [firstShown, lastShown, onRange]);
  useEffect(() => {
    if (onNearEnd && lastShown >= tracks.length - 20) onNearEnd();
  }, [lastShown, tracks.length, onNearEnd]);

  useEffect(() => {
    if (!wantFocus.current) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    // A row on its way gets the focus when it is here; until then the list keeps it, and the keys with it.
    wantFocus.current = !row;
    (row ?? box.current)?.focus({ preventScroll: true });
  });

  const moveTo = (index: number): void => {
    const to = Math.min(Math.max(index, 0), last);
    wantFocus.current = true;
    setActive(to);
    virtual.scrollToIndex(to, { align: "auto" });
  };
  const shift = (by: 1 | -1): void => {
    const together = selection.has(active) ? selection.indexes : [active];
    const to = (by > 0 ? (together.at(-1) ?? active) : (together[0] ?? active)) + by;
    reorder(active, to);
    virtual.scrollToIndex(Math.min(Math.max(to, 0), last), { align: "auto" });
  };
  const play = useCallback(
    (index: number) => {
      if (tracks[index]?.id === thePlayer().getState().track?.id && currentTrackId(thePlayer().getState()) === tracks[index]?.id) thePlayer().toggle();
      else onPlay(index);
    },
    [onPlay, tracks],
  );
  const clear = (): void => {
    selection.clear();
    wantFocus.current = true;
    announce(i18n.t("Nothing selected"));
  };
  const told = useRef(0);
  useEffect(() => {
    if (several > 0 && several !== told.current) announce(selectedCount(several));
    told.current = several;
  }, [several]);

  const menu = (where: Parameters<typeof openMenu>[0], track: TrackItem, index: number): void => {
    if (several > 1 && selection.has(index)) return showMenu(where, selectedCount(several), [...actions, "line", { label: i18n.t("Clear selection"), icon: "close", keys: "Esc", run: clear }]);
    const select: MenuEntry[] = phone || coarse ? [{ label: i18n.t("Select"), icon: "check", run: () => selection.toggle(index) }] : [];
    openMenu(where, track, [...select, ...(menuExtra?.(track, index) ?? [])]);
  };
  const pick = (index: number, event: MouseEvent): boolean => {
    const add = event.ctrlKey || event.metaKey || ((phone || coarse) && several > 0);
    if (event.shiftKey) {
      selection.extend(index, active);
      moveTo(index);
    } else if (add) selection.toggle(index);
    else {
      if (several > 0) selection.clear();
      selection.setAnchor(index);
    }
    return event.shiftKey || add;
  };
  // Rows are memoised: they get functions that stay the same and ask for the newest ones when they are used.
  const latest = useRef({ menu, pick });
  useEffect(() => {
    latest.current = { menu, pick };
  });
  const onMenu = useCallback<typeof menu>((...given) => latest.current.menu(...given), []);
  const onPick = useCallback<typeof pick>((...given) => latest.current.pick(...given), []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void =>
    trackKeys(event, {
      ...{ tracks, active, selection, chosen, actions, moveTo, shift, play: onPlay, menu },
      page: () => Math.max(1, Math.floor((scroll.current?.clientHeight ?? 600) / rowHeight) - 1),
      row: () => box.current?.querySelector<HTMLElement>(`[data-index="${active}"]`),
      like: (track) => like.mutate({ kind: "track", id: track.id, liked: !track.liked }),
      remove: onRemove && ((indexes) => {
        onRemove(indexes);
        if (several > 0) selection.clear();
        wantFocus.current = true;
      }),
    });

  return (
    <div
      className="tracks-place"
      role="presentation"
      data-head={(head && !phone) || undefined}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || several === 0) return;
        event.stopPropagation();
        clear();
      }}
    >
      {several > 0 && <SelectionBar count={several} actions={actions} tight={phone || width < roomForWords} onClear={clear} />}
      <div
        ref={box}
        className="tracks"
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-multiselectable
        data-selecting={several > 0 || undefined}
        data-phone={phone || undefined}
        data-dragging={drag.uid !== null || undefined}
        style={{ ["--cols" as string]: template(columns), ["--row" as string]: `${rowHeight}px` }}
        onKeyDown={onKeyDown}
        tabIndex={-1}
      >
        <TrackHead columns={columns} possible={possible} unseen={!head || phone} order={order} />
        <div role="rowgroup" className="track-rows" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const track = tracks[item.index];
            const y = item.start - virtual.options.scrollMargin + drag.offsetOf(item.index, item.index);
            return (
              <div key={item.key} role="presentation" className="track-place" data-lifted={drag.uid === item.index || undefined} style={{ transform: `translateY(${y}px)` }}>
                {track ? (
                  <TrackRow
                    track={track}
                    number={numberOf ? numberOf(track, item.index) : item.index + 1}
                    index={item.index}
                    rowIndex={item.index + 2}
                    columns={columns}
                    phone={phone}
                    current={track.id === currentId}
                    playing={playing}
                    selected={selection.has(item.index)}
                    why={whyOf?.(item.index)}
                    tabStop={item.index === Math.min(active, last)}
                    hideArtist={columns.includes("artist") ? track.artist : hideArtist}
                    onPlay={play}
                    onMenu={onMenu}
                    onPick={onPick}
                    onFocus={setActive}
                    onGrip={canReorder ? drag.start : undefined}
                  />
                ) : (
                  <div className="track-row track-wait" role="row" aria-rowindex={item.index + 2}>
                    <span role="gridcell" aria-label={i18n.t("Loading")} />
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
