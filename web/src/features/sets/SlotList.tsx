import { i18n } from "@lingui/core";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { openMixes } from "@/media/mixes";
import { EnergyCell, KeyCell, TempoCell, keyText, tempoText } from "@/media/Values";
import { useDragRow } from "@/media/useDragRow";
import { usePhone } from "@/shared/hooks/useMedia";
import { clock } from "@/shared/lib/format";
import type { SetJoint, SetSlot } from "@/shared/api/djSets";
import { changeText, countedWords, gradeOf, jointSentence, keyStep, tempoStep, weakWords } from "@/shared/lib/joints";
import { announce } from "@/shared/ui/a11y";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import type { Selection } from "./Graph";
import { startsOf, type Order } from "./order";

export type Where = HTMLElement | { x: number; y: number; origin: HTMLElement | null };
export interface ListActs {
  select: (selection: Selection, open: boolean) => void;
  move: (from: number, to: number) => boolean;
  lock: (place: number) => void;
  remove: (place: number) => void;
  menu: (where: Where, place: number) => void;
  play: (place: number) => void;
}

interface ListProps {
  order: Order;
  selection: Selection | null;
  /** A proposal is only looked at. */
  still: boolean;
  acts: ListActs;
}

const slotHeight = { wide: 74, narrow: 84 } as const;
/** The list fades out at its end. */
const fadeEdge = 44;
const into = (place: number, count: number): number | null => (place > 0 ? place - 1 : count > 1 ? 0 : null);

/** The set in words: every track, and between two tracks their joint. One tab stop: arrows, Enter shows what can be done,
 *  L locks, X shows what mixes well, Delete removes, Alt+arrows move. */
export function SlotList({ order, selection, still, acts }: ListProps) {
  const { slots, joints } = order;
  const phone = usePhone();
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(selection?.slot ?? 0);
  const wantFocus = useRef(false);
  const starts = startsOf(slots);
  const drag = useDragRow(phone ? slotHeight.narrow : slotHeight.wide, (from, to) => acts.move(from, Math.min(to, slots.length - 1)));
  const stop = Math.min(active, slots.length - 1);
  useEffect(() => {
    if (!wantFocus.current) return;
    wantFocus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-slot="${stop}"]`)?.focus();
  });

  // What was chosen in the graph comes into sight; the page itself does not move.
  const shown = selection?.slot ?? null;
  useEffect(() => {
    const row = shown === null ? null : box.current?.querySelector<HTMLElement>(`[data-slot="${shown}"]`);
    const list = box.current?.closest<HTMLElement>(".dj-list");
    if (!row || !list || list.scrollHeight <= list.clientHeight) return;
    const [at, view] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    if (at.top < view.top || at.bottom > view.bottom - fadeEdge) list.scrollTop += at.top - view.top - view.height / 3;
  }, [shown]);

  const go = (place: number): void => {
    const to = Math.min(slots.length - 1, Math.max(0, place));
    wantFocus.current = true;
    setActive(to);
  };
  const shift = (by: number): void => {
    if (still || !acts.move(stop, stop + by)) return;
    go(stop + by);
    announce(i18n.t("Moved to place {place}", { place: stop + by + 1 }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.target as Element).closest("button")) return;
    const { track } = slots[stop] ?? {};
    const openMenu = (): void => acts.menu(box.current?.querySelector<HTMLElement>(`[data-slot="${stop}"]`) ?? document.body, stop);
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => (event.altKey ? shift(1) : go(stop + 1)),
      ArrowUp: () => (event.altKey ? shift(-1) : go(stop - 1)),
      Home: () => go(0),
      End: () => go(slots.length - 1),
      Enter: () => acts.select({ slot: stop, joint: into(stop, slots.length) }, true),
      " ": () => acts.play(stop),
      l: still ? undefined : () => acts.lock(stop),
      Delete: still
        ? undefined
        : () => {
            wantFocus.current = true;
            acts.remove(stop);
          },
      x: track ? () => openMixes(track) : undefined,
      ContextMenu: openMenu,
      F10: event.shiftKey ? openMenu : undefined,
    };
    const act = event.ctrlKey || event.metaKey ? undefined : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div ref={box} className="dj-rows" role="grid" aria-label={i18n.t("Tracks of the set")} tabIndex={-1} aria-rowcount={slots.length * 2 - 1} data-dragging={drag.uid !== null || undefined} onKeyDown={onKeyDown}>
      {slots.map((slot, place) => (
        <div key={slot.track_id} role="rowgroup" className="dj-slot" data-lifted={drag.uid === place || undefined} style={drag.offsetOf(place, place) ? { transform: `translateY(${drag.offsetOf(place, place)}px)` } : undefined}>
          <Row
            slot={slot}
            place={place}
            count={slots.length}
            start={starts[place] ?? 0}
            current={selection?.slot === place}
            tabStop={place === stop}
            phone={phone}
            still={still}
            acts={acts}
            onFocus={() => setActive(place)}
            onGrip={(event) => drag.start(event, place, place)}
          />
          {place < slots.length - 1 && <JointRow joint={joints[place] ?? null} a={slot} b={slots[place + 1] ?? slot} place={place} on={selection?.joint === place} acts={acts} />}
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  slot: SetSlot;
  place: number;
  count: number;
  start: number;
  current: boolean;
  tabStop: boolean;
  phone: boolean;
  still: boolean;
  acts: ListActs;
  onFocus: () => void;
  onGrip: (event: React.PointerEvent<HTMLElement>) => void;
}

function Row({ slot, place, count, start, current, tabStop, phone, still, acts, onFocus, onGrip }: RowProps) {
  const { track } = slot;
  const title = track?.title ?? i18n.t("A track that is not there");
  const select = { slot: place, joint: into(place, count) };
  return (
    <div
      role="row"
      className="dj-row"
      data-slot={place}
      aria-rowindex={place * 2 + 1}
      aria-current={current || undefined}
      data-gone={track === null || undefined}
      tabIndex={tabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={(event) => !(event.target as Element).closest("button") && acts.select(select, true)}
      onKeyDown={undefined}
      onDoubleClick={(event) => !(event.target as Element).closest("button") && acts.play(place)}
      onContextMenu={(event) => {
        event.preventDefault();
        acts.menu({ x: event.clientX, y: event.clientY, origin: event.currentTarget }, place);
      }}
    >
      {!phone && (
        <span role="gridcell">
          {!still && !slot.locked && (
            <button type="button" className="grip" tabIndex={-1} aria-label={i18n.t("Move {title}. Alt and arrow keys also move it.", { title })} onPointerDown={onGrip}>
              <Icon name="grip" size="s" />
            </button>
          )}
        </span>
      )}
      {!phone && (
        <span role="gridcell">
          <IconButton icon={slot.locked ? "lock" : "unlock"} size="s" pressed={slot.locked} tabIndex={-1} disabled={still} label={slot.locked ? i18n.t("Unlock {title}", { title }) : i18n.t("Lock {title} in place", { title })} onClick={() => acts.lock(place)} />
        </span>
      )}
      <span role="gridcell" className="num t-12 t-3">
        <span className="sr">{i18n.t("Place {place}, at", { place: place + 1 })} </span>
        {clock(start)}
      </span>
      <span role="gridcell" className="dj-what">
        <Cover coverId={track?.cover_id} alt="" size={96} accent={track?.accent} seed={track?.album_id ?? slot.track_id} />
        <span className="cut">
          <b className="dj-title">
            <span className="cut" data-tip={title} data-tip-cut>
              {title}
            </span>
            {phone && slot.locked && <Icon name="lock" size="s" />}
          </b>
          <small className="cut">{track?.artist ?? i18n.t("Its file is missing, or you may not see it")}</small>
        </span>
      </span>
      {track && !phone && (
        <>
          <span role="gridcell" className="num t-2">
            <TempoCell track={track} />
            {track.bpm !== null && ` ${i18n.t("BPM")}`}
          </span>
          <span role="gridcell" className="num t-2">
            <KeyCell track={track} />
          </span>
          <span role="gridcell">
            <EnergyCell energy={track.energy} />
          </span>
        </>
      )}
      {track && phone && (
        <span role="gridcell" className="num t-12 t-2 dj-brief">
          <span>{tempoText(track) ?? "–"}</span>
          <span>{keyText(track) ?? "–"}</span>
        </span>
      )}
      {!track && <span role="gridcell" className={phone ? "dj-brief" : "dj-none"} />}
      <span role="gridcell">
        <IconButton icon="more" size="s" tabIndex={-1} label={i18n.t("More for {name}", { name: title })} onClick={(event) => acts.menu(event.currentTarget, place)} />
      </span>
    </div>
  );
}

function JointRow({ joint, a, b, place, on, acts }: { joint: SetJoint | null; a: SetSlot; b: SetSlot; place: number; on: boolean; acts: ListActs }) {
  const grade = joint ? gradeOf(joint.score) : undefined;
  const reason = joint && grade === "weak" ? weakWords(joint.weak_reason) : null;
  const counted = joint ? countedWords(joint.tempo_factor) : null;
  const keys = joint ? keyStep(a.track, b.track, joint.relation) : "";
  // "10A → 3B, clash" already says that the keys clash.
  const extra = [joint?.weak_reason === "key" ? null : reason, counted].filter((one) => one !== null);
  return (
    <div role="row" className="dj-joint-row" aria-rowindex={place * 2 + 2} data-grade={grade} data-on={on || undefined}>
      <span role="gridcell">
        {joint ? (
          <button type="button" tabIndex={-1} className="joint" onClick={() => acts.select({ slot: place + 1, joint: place }, true)}>
            <span className="sr">
              {i18n.t("Joint {a} → {b}:", { a: place + 1, b: place + 2 })} {jointSentence(joint, a.track, b.track)}
            </span>
            <span className="gap" aria-hidden="true">
              {changeText(tempoStep(joint))}
            </span>
            <span className="cut" aria-hidden="true">
              {[keys, ...extra].join(", ")}
            </span>
            <span className="score" aria-hidden="true">
              <i style={{ ["--v" as string]: `${joint.score}%` }} />
              <b>{joint.score}</b>
            </span>
          </button>
        ) : (
          <span className="joint" data-wait>
            <span className="gap">…</span>
            <span className="cut">{i18n.t("Working the joint out")}</span>
          </span>
        )}
      </span>
    </div>
  );
}
