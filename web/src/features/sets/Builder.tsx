import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { playTracks } from "@/media/play";
import { TrackFinder } from "@/media/TrackFinder";
import { useTrackMenu } from "@/media/useTrackMenu";
import type { SetDetail, SetRun, SlotPlace } from "@/shared/api/djSets";
import { usePhone } from "@/shared/hooks/useMedia";
import { announce } from "@/shared/ui/a11y";
import { Button } from "@/shared/ui/Button";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { Sheet } from "@/shared/ui/Sheet";
import { EmptyState } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { changeSet, deleteSet, jointsOf, putSlots } from "./api";
import { LengthDialog, PoolDialog, RenameDialog, RulesDialog } from "./dialogs";
import "./dialogs.css";
import { Graph, type Selection } from "./Graph";
import { OfferBar, type Offer } from "./OfferBar";
import { inserted, moved, placesOf, removed, reorder, sumsOf, weakest, withJoin, withLock, type Order } from "./order";
import { RunBar } from "./RunBar";
import { SaveDialog } from "./SaveDialog";
import { SetHead } from "./SetHead";
import { pointsOf, type Point } from "./shapes";
import { Side, type Idea } from "./Side";
import { SlotList, type ListActs, type Where } from "./SlotList";
import { useArrange } from "./useArrange";
import { useHistory } from "./useHistory";
import { isDrawn } from "./words";

export type SetDialog = "pool" | "length" | "rename" | "rules" | "save" | null;
const firstSelection = (set: SetDetail): Selection | null => {
  if (set.slots.length === 0) return null;
  const joint = weakest(set.joints);
  return { slot: joint === null ? 0 : joint + 1, joint };
};

export function Builder({ set }: { set: SetDetail }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const phone = usePhone();
  const trackMenu = useTrackMenu();
  const history = useHistory(set);
  const [dialog, setDialog] = useState<SetDialog>(null);
  const [chosen, setChosen] = useState<Selection | null>(() => firstSelection(set));
  const [sheet, setSheet] = useState(false);
  const [adding, setAdding] = useState(false);
  const [drawn, setDrawn] = useState<readonly Point[] | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  const arranging = useArrange(set.id, (run) => setOffer(ofRun(run)));

  const tried = useTried(set, offer);
  const order: Order = tried ?? set;
  const sums = sumsOf(order);
  const last = order.slots.length - 1;
  const selection = chosen && last >= 0 ? { slot: Math.min(chosen.slot, last), joint: chosen.joint === null ? null : last < 1 ? null : Math.min(chosen.joint, last - 1) } : null;
  const points = drawn ?? pointsOf(set.curve);
  // What was drawn is shown until the set itself has it.
  if (drawn && JSON.stringify(drawn) === JSON.stringify(set.curve.points)) setDrawn(null);
  const drawing = isDrawn(set.curve) || drawn !== null;

  const put = (slots: readonly SlotPlace[], more: Parameters<typeof putSlots>[3] = {}): void => {
    setOffer(null);
    void putSlots(client, set.id, slots, more);
  };
  const places = placesOf(set.slots);
  const titleOf = (place: number): string => set.slots[place]?.track?.title ?? i18n.t("A track that is not there");
  const move = (from: number, to: number): boolean => {
    const next = moved(places, from, to);
    if (next.every((slot, i) => slot.track_id === places[i]?.track_id)) {
      if (places[from]?.locked) toast({ text: i18n.t("{title} is locked in its place.", { title: titleOf(from) }) });
      return false;
    }
    setChosen({ slot: to, joint: to > 0 ? to - 1 : 0 });
    put(next);
    return true;
  };
  const remove = (place: number): void => {
    const title = titleOf(place);
    put(removed(places, place));
    toast({ text: i18n.t("{title} is out of the set", { title }), action: { label: i18n.t("Undo"), run: () => void putSlots(client, set.id, places) } });
  };
  const lock = (place: number): void => {
    const locked = !places[place]?.locked;
    put(withLock(places, place, locked));
    announce(locked ? i18n.t("{title} is locked in place {place}", { title: titleOf(place), place: place + 1 }) : i18n.t("{title} is unlocked", { title: titleOf(place) }));
  };
  const play = (place: number): void => {
    const tracks = order.slots.flatMap((slot) => slot.track ?? []);
    playTracks(tracks, order.slots.slice(0, place).filter((slot) => slot.track).length, { kind: "tracks", id: null, name: set.name });
  };
  const select = (next: Selection, open: boolean): void => {
    setChosen(next);
    if (open && phone) setSheet(true);
  };
  const menu = (where: Where, place: number): void => {
    const slot = order.slots[place];
    if (!slot) return;
    const entries: MenuEntry[] = offer
      ? []
      : [
          { label: i18n.t("Other tracks here…"), icon: "wand", keys: "Enter", run: () => select({ slot: place, joint: place > 0 ? place - 1 : last > 0 ? 0 : null }, true) },
          { label: slot.locked ? i18n.t("Unlock") : i18n.t("Lock in place"), icon: slot.locked ? "unlock" : "lock", keys: "L", run: () => lock(place) },
          ...(place < last ? [{ label: i18n.t("Keep right before the next"), icon: "path" as const, checked: slot.joined, run: () => put(withJoin(places, place, !slot.joined)) }] : []),
          ...(place > 0 ? [{ label: i18n.t("Move up"), icon: "sort" as const, keys: "Alt ↑", run: () => void move(place, place - 1) }] : []),
          ...(place < last ? [{ label: i18n.t("Move down"), icon: "sort" as const, keys: "Alt ↓", run: () => void move(place, place + 1) }] : []),
          ...(place > 0 && !slot.locked ? [{ label: i18n.t("Pin as the first"), icon: "lock" as const, run: () => put(withLock(moved(places, place, 0), places[0]?.locked ? place : 0, true)) }] : []),
          ...(place < last && !slot.locked ? [{ label: i18n.t("Pin as the last"), icon: "lock" as const, run: () => put(withLock(moved(places, place, last), places[last]?.locked ? place : last, true)) }] : []),
          { label: i18n.t("Remove from the set"), icon: "trash", keys: "Del", run: () => remove(place) },
        ];
    if (slot.track) return trackMenu(where, slot.track, entries);
    openMenu(where, i18n.t("More"), entries);
  };
  const acts: ListActs = { select, move, lock, remove, menu, play };

  const draw = (next: Point[], done: boolean): void => {
    setDrawn(next);
    if (done) void changeSet(client, set.id, { curve: { ...set.curve, name: null, points: next.map(([share, level]) => [share, level]) } }).then((taken) => !taken && setDrawn(null));
  };
  const tryIdea = (idea: Idea): void => {
    if (offer?.kind === "idea" && offer.idea.title === idea.title) return setOffer(null);
    setOffer({ kind: "idea", idea });
    setSheet(false);
  };
  const takeIdea = (idea: Idea): void => {
    setChosen({ slot: Math.min(idea.place, idea.slots.length - 1), joint: idea.place > 0 ? idea.place - 1 : 0 });
    setSheet(false);
    put(idea.slots, { more: idea.tracks });
    toast({ text: idea.title, action: { label: i18n.t("Undo"), run: () => void putSlots(client, set.id, places) } });
  };
  const accept = (): void => {
    if (!offer) return;
    if (offer.kind === "idea") return takeIdea(offer.idea);
    const { slots } = offer.proposal;
    setChosen({ slot: 0, joint: slots.length > 1 ? 0 : null });
    put(placesOf(slots), { more: slots.map((slot) => slot.track), arranged: true });
    announce(i18n.t("The new order is the set now"));
  };
  const undo = (): void => {
    setOffer(null);
    void history.undo().then((done) => done && announce(i18n.t("Undone")));
  };
  const redo = (): void => {
    setOffer(null);
    void history.redo().then((done) => done && announce(i18n.t("Redone")));
  };
  useUndoKeys(undo, redo);
  const optimise = (wish?: { seed?: number }): void => {
    setOffer(null);
    void arranging.start(wish);
  };
  const drop = async (): Promise<void> => {
    await deleteSet(set.id);
    void client.invalidateQueries({ queryKey: ["sets"] });
    await navigate({ to: "/sets" });
    client.removeQueries({ queryKey: ["set", set.id] });
  };

  const side = selection && <Side set={set} order={order} selection={selection} onSelect={setChosen} ideas={offer?.kind === "run" ? null : { onTry: tryIdea, onUse: takeIdea, tried: offer?.idea ?? null }} />;
  return (
    <div className="set-page">
      <SetHead
        set={set}
        sums={sums}
        history={history}
        running={arranging.running}
        quiet={offer !== null}
        drawing={drawing}
        onUndo={undo}
        onRedo={redo}
        onOptimise={() => optimise()}
        onStop={arranging.stop}
        onDialog={setDialog}
        onAdd={() => setAdding(true)}
        onDelete={drop}
        onPlay={() => play(0)}
        onDraw={() => draw([...points], true)}
      />
      <RunBar arranging={arranging} />
      <Graph order={order} points={points} selection={selection} onSelect={(next) => select(next, false)} drawing={drawing} onDraw={draw} minutes={sums.duration / 60} />
      {offer && <OfferBar offer={offer} before={sumsOf(set)} after={sums} whole={!order.joints.includes(null)} onAccept={accept} onKeep={() => setOffer(null)} onAnother={offer.kind === "run" ? () => optimise({ seed: offer.proposal.seed + 1 }) : undefined} />}
      {set.slots.length === 0 && !offer ? (
        <Empty running={arranging.running} onOptimise={() => optimise()} onAdd={() => setAdding(true)} />
      ) : (
        <div className="dj-body" data-tried={offer !== null || undefined}>
          <section className="dj-list" aria-label={i18n.t("Order")}>
            <SlotList order={order} selection={selection} still={offer !== null} acts={acts} />
            {!offer && !adding && (
              <Button kind="quiet" icon="plus" className="dj-add" onClick={() => setAdding(true)}>
                {i18n.t("Add a track")}
              </Button>
            )}
          </section>
          {!phone && side && (
            <aside className="dj-side" aria-label={i18n.t("Joint and other tracks")}>
              {side}
            </aside>
          )}
        </div>
      )}
      {adding && (
        <div className="dj-finder">
          <TrackFinder
            label={i18n.t("Add a track")}
            takesFocus
            without={set.slots.map((slot) => slot.track_id)}
            onClose={() => setAdding(false)}
            onPick={(track) => {
              const at = selection ? selection.slot + 1 : places.length;
              put(inserted(places, at, [track.id]), { more: [track] });
              setChosen({ slot: at, joint: at > 0 ? at - 1 : null });
              announce(i18n.t("{title} is at place {place}", { title: track.title, place: at + 1 }));
            }}
          />
          <Button kind="quiet" size="s" onClick={() => setAdding(false)}>
            {i18n.t("Done")}
          </Button>
        </div>
      )}
      {phone && sheet && side && (
        <Sheet title={i18n.t("Track {place}", { place: (selection?.slot ?? 0) + 1 })} onClose={() => setSheet(false)}>
          <div className="dj-side">{side}</div>
        </Sheet>
      )}
      {dialog === "pool" && <PoolDialog set={set} onClose={() => setDialog(null)} />}
      {dialog === "length" && <LengthDialog set={set} onClose={() => setDialog(null)} />}
      {dialog === "rename" && <RenameDialog set={set} onClose={() => setDialog(null)} />}
      {dialog === "rules" && <RulesDialog set={set} onClose={() => setDialog(null)} />}
      {dialog === "save" && <SaveDialog set={set} onClose={() => setDialog(null)} />}
    </div>
  );
}

const ofRun = (run: SetRun): Offer | null => run.result && { kind: "run", proposal: run.result, stopped: run.state === "cancelled" };

/** The order an offer would make, with the joints the server has to be asked for. */
function useTried(set: SetDetail, offer: Offer | null): Order | null {
  const order = useMemo<Order | null>(() => {
    if (!offer) return null;
    return offer.kind === "run" ? offer.proposal : reorder(set, offer.idea.slots, offer.idea.tracks);
  }, [set, offer]);
  const missing = order ? order.slots.slice(1).flatMap((slot, i) => (order.joints[i] ? [] : [[order.slots[i]?.track_id ?? "", slot.track_id] as const])) : [];
  const { data } = useQuery({ queryKey: ["set-joints", set.id, missing], queryFn: ({ signal }) => jointsOf(missing, signal), enabled: missing.length > 0, staleTime: Infinity });
  return useMemo(() => {
    if (!order || !data) return order;
    return { ...order, joints: order.joints.map((joint, i) => joint ?? data.find((one) => one.a === order.slots[i]?.track_id && one.b === order.slots[i + 1]?.track_id) ?? null) };
  }, [order, data]);
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, but not while somebody types. */
function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const field = event.target instanceof Element && event.target.closest("input, textarea, select, [role=dialog]");
      if (!(event.ctrlKey || event.metaKey) || event.altKey || field) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}

function Empty({ running, onOptimise, onAdd }: { running: boolean; onOptimise: () => void; onAdd: () => void }) {
  return (
    <EmptyState
      icon="dj"
      title={i18n.t("No tracks in it yet")}
      action={
        <span className="row">
          <Button icon="wand" disabled={running} onClick={onOptimise}>
            {i18n.t("Let it choose")}
          </Button>
          <Button kind="quiet" onClick={onAdd}>
            {i18n.t("Add tracks by hand")}
          </Button>
        </span>
      }
    >
      {i18n.t("Optimise chooses tracks from the pool that mix well and follow your curve, and puts them in order.")}
    </EmptyState>
  );
}
