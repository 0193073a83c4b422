import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { JointDecks } from "@/media/JointDecks";
import type { MendProposal, SetDetail, SlotAlternative, SlotPlace } from "@/shared/api/djSets";
import type { TrackItem } from "@/shared/api/types";
import { countedWords, gradeOf, keyStep, weakWords } from "@/shared/lib/joints";
import { Button } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Cover } from "@/shared/ui/Cover";
import { ErrorState, Loading, Skeleton } from "@/shared/ui/states";
import { alternativesQuery, mendsQuery } from "./api";
import type { Selection } from "./Graph";
import { placesOf, replaced, type Order } from "./order";

/** A change that is looked at before it is taken. */
export interface Idea {
  readonly title: string;
  readonly slots: readonly SlotPlace[];
  readonly tracks: readonly (TrackItem | null)[];
  readonly place: number;
}

interface SideProps {
  set: SetDetail;
  /** What is shown: the set, or what a proposal would make of it. */
  order: Order;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** null = only look: a whole new order is proposed. */
  ideas: IdeaActs | null;
}
interface IdeaActs {
  /** Shows a change in graph and list. */
  onTry: (idea: Idea) => void;
  onUse: (idea: Idea) => void;
  tried: Idea | null;
}

/** What can be done about a slot and its joints, and how a joint sounds. */
export function Side({ set, order, selection, onSelect, ideas }: SideProps) {
  const { slot, joint } = selection;
  const here = order.slots[slot];
  const [from, to] = joint === null ? [null, null] : [order.slots[joint], order.slots[joint + 1]];
  const both = [slot - 1, slot].filter((one) => one >= 0 && one < order.slots.length - 1);
  if (!here) return null;
  return (
    <>
      <p className="label cut">{i18n.t("Track {place}, {title}", { place: slot + 1, title: here.track?.title ?? "–" })}</p>
      <Heading order={order} selection={selection} />
      {ideas && <Ideas key={`${slot} ${joint}`} set={set} selection={selection} acts={ideas} />}
      {both.length === 2 && joint !== null && (
        <div className="dj-which">
          <Segmented
            size="s"
            label={i18n.t("Which joint")}
            value={String(joint)}
            options={both.map((one) => ({ value: String(one), label: i18n.t("{a} → {b}", { a: one + 1, b: one + 2 }) }))}
            onChange={(next) => onSelect({ slot, joint: Number(next) })}
          />
        </div>
      )}
      {from?.track && to?.track && joint !== null && <JointDecks key={`${from.track_id}>${to.track_id}`} a={from.track} b={to.track} title={i18n.t("Hear the joint {a} → {b}", { a: joint + 1, b: joint + 2 })} />}
    </>
  );
}

function Heading({ order, selection: { slot, joint } }: { order: Order; selection: Selection }) {
  const value = joint === null ? null : (order.joints[joint] ?? null);
  const [before, after] = [order.joints[slot - 1] ?? null, order.joints[slot] ?? null];
  const text = ((): string => {
    if (before && after && before.score < 60 && after.score < 60 && before.weak_reason === "key" && after.weak_reason === "key") return i18n.t("Breaks the key twice.");
    if (!value) return joint === null ? i18n.t("The only track.") : i18n.t("Its joint is being worked out.");
    if (value.score < 60) return i18n.t("Weak: {reason}.", { reason: weakWords(value.weak_reason) ?? i18n.t("too little is known") });
    return value.score < 85 ? i18n.t("A fair joint.") : i18n.t("A good joint.");
  })();
  const [a, b] = joint === null ? [null, null] : [order.slots[joint]?.track ?? null, order.slots[joint + 1]?.track ?? null];
  return (
    <>
      <h2 className="h-16 dj-side-head">{text}</h2>
      {value && (
        <p className="t-12 t-3 num">
          {[countedWords(value.tempo_factor), keyStep(a, b, value.relation)].filter(Boolean).join(", ")}
          <span className="dot" />
          {i18n.t("score {score}", { score: value.score })}
        </p>
      )}
    </>
  );
}

interface Row {
  key: string;
  idea: Idea;
  name: string;
  track: TrackItem | null;
  about: readonly string[];
  score: number;
}
const few = 3;

/** Small changes that mend the joint, and other tracks for the slot: the best three, and the rest on demand. */
function Ideas({ set, selection: { slot, joint }, acts }: { set: SetDetail; selection: Selection; acts: IdeaActs }) {
  const [all, setAll] = useState(false);
  const value = joint === null ? null : (set.joints[joint] ?? null);
  const mending = value !== null && joint !== null && gradeOf(value.score) !== "good";
  const locked = set.slots[slot]?.locked ?? false;
  const mends = useQuery({ ...mendsQuery(set.id, set.version, joint ?? 0), enabled: mending });
  const others = useQuery({ ...alternativesQuery(set.id, set.version, slot), enabled: !locked });
  const waiting = (mending && mends.isPending) || (!locked && others.isPending);
  const error = mends.error ?? others.error;
  const better = (others.data ?? []).filter((one) => one.gain > 0);
  const mendRows = mending ? (mends.data ?? []).map((mend) => ofMend(mend, set)) : [];
  // Where something is to be mended, what makes it worse is no way to do it.
  const mendable = mendRows.length + better.length > 0 && mending;
  const found = new Set<string>();
  const rows = [...mendRows, ...(locked ? [] : mendable ? better : (others.data ?? [])).map((one) => ofAlternative(one, set, slot))].filter(({ idea }) => {
    // The same track coming in twice is one idea, in its best form.
    const added = idea.tracks[0]?.id ?? idea.slots.map((place) => place.track_id).join();
    return !found.has(added) && found.add(added);
  });
  const shown = all ? rows : rows.slice(0, few);
  return (
    <section className="dj-ideas" aria-labelledby="dj-ideas">
      <h3 className="label" id="dj-ideas">
        {mendable ? i18n.t("Ways to mend it") : i18n.t("Other tracks here")}
      </h3>
      {mending && !mendable && !waiting && !error && !locked && rows.length > 0 && <p className="t-12 t-3">{i18n.t("Nothing in the pool mends it; these come nearest.")}</p>}
      {error && rows.length === 0 && (
        <ErrorState
          what={i18n.t("No changes could be worked out")}
          error={error}
          onRetry={() => {
            if (mending) void mends.refetch();
            if (!locked) void others.refetch();
          }}
        />
      )}
      {waiting && rows.length === 0 && !error && <Waiting />}
      {!waiting && !error && rows.length === 0 && <p className="t-12 t-3 dj-side-note">{locked ? i18n.t("This track is locked in its place. Unlock it to see others for it.") : i18n.t("The pool has nothing better for this place.")}</p>}
      <ul>
        {shown.map(({ key, ...row }) => (
          <IdeaRow key={key} {...row} acts={acts} />
        ))}
      </ul>
      {rows.length > few && (
        <Button kind="quiet" size="s" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? i18n.t("Fewer") : i18n.t("{n} more", { n: rows.length - few })}
        </Button>
      )}
    </section>
  );
}

const same = (a: Idea | null, b: Idea): boolean => a !== null && a.title === b.title && JSON.stringify(a.slots) === JSON.stringify(b.slots);
const titleAt = (set: SetDetail, place: number | null): string => (place === null ? "–" : (set.slots[place]?.track?.title ?? "–"));
const facts = (track: TrackItem | null): string[] => (track ? [track.artist, track.bpm === null ? "–" : String(Math.round(track.bpm)), track.camelot ?? "–"] : []);

function ofMend(mend: MendProposal, set: SetDetail): Row {
  const track = mend.track ?? set.slots[mend.position]?.track ?? null;
  const { title, name, about } = mendWords(mend, set);
  const place = mend.kind === "move" && mend.other !== null ? mend.other : mend.position;
  return { key: `${mend.kind} ${mend.position} ${mend.other} ${mend.track?.id}`, idea: { title, slots: mend.slots, tracks: [mend.track], place }, name, track, about, score: mend.score_after };
}
function mendWords(mend: MendProposal, set: SetDetail): { title: string; name: string; about: string[] } {
  const here = titleAt(set, mend.position);
  const there = (mend.other ?? 0) + 1;
  const added = mend.track?.title ?? "–";
  switch (mend.kind) {
    case "swap":
      return { title: i18n.t("{a} and {b} change places", { a: here, b: titleAt(set, mend.other) }), name: here, about: [i18n.t("Swap with track {place}", { place: there }), ...facts(set.slots[mend.position]?.track ?? null).slice(1)] };
    case "move":
      return { title: i18n.t("{title} to place {place}", { title: here, place: there }), name: here, about: [i18n.t("To place {place}", { place: there }), ...facts(set.slots[mend.position]?.track ?? null).slice(1)] };
    case "insert":
      return { title: i18n.t("{title} in between", { title: added }), name: added, about: [i18n.t("In between"), ...facts(mend.track).slice(1)] };
    default:
      return { title: i18n.t("{title} instead of {other}", { title: added, other: here }), name: added, about: [i18n.t("Instead of {title}", { title: here }), ...facts(mend.track).slice(1)] };
  }
}
function ofAlternative({ track, score }: SlotAlternative, set: SetDetail, place: number): Row {
  const title = i18n.t("{title} instead of {other}", { title: track.title, other: titleAt(set, place) });
  return { key: track.id, idea: { title, slots: replaced(placesOf(set.slots), place, track.id), tracks: [track], place }, name: track.title, track, about: facts(track), score };
}

function Waiting() {
  return (
    <Loading>
      {[0, 1, 2].map((row) => (
        <div key={row} className="dj-idea">
          <Skeleton className="sk-thumb" />
          <span className="grow">
            <Skeleton className="sk-line" />
          </span>
        </div>
      ))}
    </Loading>
  );
}

function IdeaRow({ idea, name, track, about, score, acts }: Omit<Row, "key"> & { acts: IdeaActs }) {
  const on = same(acts.tried, idea);
  return (
    <li className="dj-idea" data-on={on || undefined}>
      <button type="button" className="dj-idea-show" aria-pressed={on} onClick={() => acts.onTry(idea)}>
        <Cover coverId={track?.cover_id} alt="" size={96} accent={track?.accent} seed={track?.album_id ?? track?.id ?? null} />
        <span className="cut">
          <span className="sr">{i18n.t("Show")} </span>
          <b className="cut">{name}</b>
          <small className="cut num">{about.join(" · ")}</small>
        </span>
        <span className="num w6 dj-score" data-grade={gradeOf(score)}>
          <span className="sr">{i18n.t("Score")} </span>
          {score}
        </span>
      </button>
      <Button size="s" onClick={() => acts.onUse(idea)}>
        {i18n.t("Use")}
        <span className="sr">: {idea.title}</span>
      </Button>
    </li>
  );
}
