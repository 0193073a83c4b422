import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { playTracks } from "@/media/play";
import { useTrackMenu } from "@/media/useTrackMenu";
import type { SetDetail } from "@/shared/api/djSets";
import { usePhone } from "@/shared/hooks/useMedia";
import { announce } from "@/shared/ui/a11y";
import { Button } from "@/shared/ui/Button";
import { openMenu } from "@/shared/ui/menu";
import { Sheet } from "@/shared/ui/Sheet";
import { deleteSet } from "./api";
import { LengthDialog, PoolDialog, RenameDialog, RulesDialog } from "./dialogs";
import "./dialogs.css";
import { EmptySet } from "./EmptySet";
import { Finder } from "./Finder";
import { Graph, type Selection } from "./Graph";
import { OfferBar } from "./OfferBar";
import { placesOf, sumsOf, weakest, type Order } from "./order";
import { RunBar } from "./RunBar";
import { SaveDialog } from "./SaveDialog";
import { SetHead } from "./SetHead";
import { Side, type Idea } from "./Side";
import { slotEntries } from "./slotMenu";
import { SlotList, type ListActs } from "./SlotList";
import { useArrange } from "./useArrange";
import { useCurve } from "./useCurve";
import { useEdits } from "./useEdits";
import { useHistory } from "./useHistory";
import { ofRun, useOffer } from "./useOffer";
import { useUndoKeys } from "./useUndoKeys";

export type SetDialog = "pool" | "length" | "rename" | "rules" | "save" | null;

const firstSelection = (set: SetDetail): Selection | null => {
  if (set.slots.length === 0) return null;
  const joint = weakest(set.joints);
  return { slot: joint === null ? 0 : joint + 1, joint };
};
/** What was chosen, within what is there now. */
function within(chosen: Selection | null, last: number): Selection | null {
  if (!chosen || last < 0) return null;
  return { slot: Math.min(chosen.slot, last), joint: chosen.joint === null || last < 1 ? null : Math.min(chosen.joint, last - 1) };
}

/** A set and everything that is done with it: the graph, the list, the side for what is chosen, and proposals. */
export function Builder({ set }: { set: SetDetail }) {
  const phone = usePhone();
  const trackMenu = useTrackMenu();
  const history = useHistory(set);
  const [dialog, setDialog] = useState<SetDialog>(null);
  const [chosen, setChosen] = useState<Selection | null>(() => firstSelection(set));
  const [sheet, setSheet] = useState(false);
  const [adding, setAdding] = useState(false);
  const { offer, tried, setOffer } = useOffer(set);
  const arranging = useArrange(set.id, (run) => setOffer(ofRun(run)));
  const leave = (): void => {
    setOffer(null);
    if (!arranging.running) arranging.settle();
  };
  const edits = useEdits(set, { onChange: leave, onChoose: setChosen });
  const curve = useCurve(set, leave);
  const drop = useDrop(set);

  const order: Order = tried ?? set;
  const sums = sumsOf(order);
  const last = order.slots.length - 1;
  const selection = within(chosen, last);
  const select = (next: Selection, open: boolean): void => {
    setChosen(next);
    if (open && phone) setSheet(true);
  };
  const acts: ListActs = {
    select,
    move: edits.move,
    lock: edits.lock,
    remove: edits.remove,
    play: (place) => {
      const tracks = order.slots.flatMap((slot) => slot.track ?? []);
      playTracks(tracks, order.slots.slice(0, place).filter((slot) => slot.track).length, { kind: "tracks", id: null, name: set.name });
    },
    menu: (where, place) => {
      const slot = order.slots[place];
      if (!slot) return;
      const others = (): void => select({ slot: place, joint: place > 0 ? place - 1 : last > 0 ? 0 : null }, true);
      const entries = offer ? [] : slotEntries(slot, place, last, edits, others);
      if (slot.track) trackMenu(where, slot.track, entries);
      else openMenu(where, i18n.t("More"), entries);
    },
  };

  const ideas = {
    tried: offer?.kind === "idea" ? offer.idea : null,
    onTry: (idea: Idea): void => {
      setSheet(false);
      setOffer(offer?.kind === "idea" && offer.idea.title === idea.title ? null : { kind: "idea", idea });
    },
    onUse: (idea: Idea): void => {
      setSheet(false);
      edits.take(idea);
    },
  };
  const accept = (): void => {
    if (!offer) return;
    if (offer.kind === "idea") return ideas.onUse(offer.idea);
    const { slots } = offer.proposal;
    setChosen({ slot: 0, joint: slots.length > 1 ? 0 : null });
    edits.put(placesOf(slots), { more: slots.map((slot) => slot.track), arranged: true });
    announce(i18n.t("The new order is the set now"));
  };
  const undo = (): void => {
    leave();
    void history.undo().then((done) => done && announce(i18n.t("Undone")));
  };
  const redo = (): void => {
    leave();
    void history.redo().then((done) => done && announce(i18n.t("Redone")));
  };
  useUndoKeys(undo, redo);
  const optimise = (wish?: { seed?: number }): void => {
    leave();
    void arranging.start(wish);
  };

  const side = selection && <Side set={set} order={order} selection={selection} onSelect={setChosen} ideas={offer?.kind === "run" ? null : ideas} />;
  return (
    <div className="set-page">
      <SetHead
        set={set}
        sums={sums}
        history={history}
        running={arranging.running}
        quiet={offer !== null}
        drawing={curve.drawing}
        onUndo={undo}
        onRedo={redo}
        onOptimise={() => optimise()}
        onStop={arranging.stop}
        onDialog={setDialog}
        onAdd={() => setAdding(true)}
        onDelete={drop}
        onPlay={() => acts.play(0)}
        onDraw={() => curve.draw([...curve.points], true)}
      />
      <RunBar arranging={arranging} />
      <Graph order={order} points={curve.points} selection={selection} onSelect={(next) => select(next, false)} drawing={curve.drawing} onDraw={curve.draw} minutes={sums.duration / 60} about={curve.about} />
      {offer && <OfferBar offer={offer} before={sumsOf(set)} after={sums} whole={!order.joints.includes(null)} onAccept={accept} onKeep={leave} onAnother={offer.kind === "run" ? () => optimise({ seed: offer.proposal.seed + 1 }) : undefined} />}
      {set.slots.length === 0 && !offer ? (
        <EmptySet running={arranging.running} onOptimise={() => optimise()} onAdd={() => setAdding(true)} />
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
      {adding && <Finder without={set.slots.map((slot) => slot.track_id)} onClose={() => setAdding(false)} onPick={(track) => edits.insert(track, selection ? selection.slot + 1 : set.slots.length)} />}
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

/** Deletes the set and leaves its page. */
function useDrop(set: SetDetail): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await deleteSet(set.id);
    void client.invalidateQueries({ queryKey: ["sets"] });
    await navigate({ to: "/sets" });
    client.removeQueries({ queryKey: ["set", set.id] });
  };
}
