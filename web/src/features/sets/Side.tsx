import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { JointDecks } from "@/media/JointDecks";
import type { MendProposal, SetDetail, SlotAlternative, SlotPlace } from "@/shared/api/djSets";
import type { TrackItem } from "@/shared/api/types";
import { gradeOf, keyStep, weakWords } from "@/shared/lib/joints";
import { Button } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Cover } from "@/shared/ui/Cover";
import { ErrorState, Skeleton } from "@/shared/ui/states";
import { alternativesQuery, mendsQuery } from "./api";
import type { Selection } from "./Graph";
import { placesOf, replaced } from "./order";

/** A change that is looked at before it is taken. */
export interface Idea {
  readonly title: string;
  readonly slots: readonly SlotPlace[];
  readonly tracks: readonly (TrackItem | null)[];
  readonly place: number;
}

interface SideProps {
  set: SetDetail;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** Shows a change in graph and list. */
  onTry: (idea: Idea) => void;
  onUse: (idea: Idea) => void;
  tried: Idea | null;
}

/** What can be done about a slot and its joints, and how a joint sounds. */
export function Side({ set, selection, onSelect, onTry, onUse, tried }: SideProps) {
  const { slot, joint } = selection;
  const here = set.slots[slot];
  const from = joint === null ? null : set.slots[joint];
  const to = joint === null ? null : set.slots[joint + 1];
  const value = joint === null ? null : (set.joints[joint] ?? null);
  const both = [slot - 1, slot].filter((one) => one >= 0 && one < set.slots.length - 1);
  if (!here) return null;
  return (
    <>
      <p className="label">{i18n.t("Track {place}, {title}", { place: slot + 1, title: here.track?.title ?? "–" })}</p>
      <Heading set={set} selection={selection} />
      {value && gradeOf(value.score) !== "good" && joint !== null && <Mends set={set} joint={joint} onTry={onTry} onUse={onUse} tried={tried} />}
      {here.locked ? <p className="t-12 t-3 dj-side-note">{i18n.t("This track is locked in its place. Unlock it to see others for it.")}</p> : <Alternatives set={set} place={slot} onTry={onTry} onUse={onUse} tried={tried} />}
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

function Heading({ set, selection: { slot, joint } }: { set: SetDetail; selection: Selection }) {
  const value = joint === null ? null : (set.joints[joint] ?? null);
  const [before, after] = [set.joints[slot - 1] ?? null, set.joints[slot] ?? null];
  const text = ((): string => {
    if (before && after && before.score < 60 && after.score < 60 && before.weak_reason === after.weak_reason && before.weak_reason === "key") return i18n.t("Breaks the key twice.");
    if (!value) return i18n.t("Its joints are being worked out.");
    if (value.score < 60) return i18n.t("Weak: {reason}.", { reason: weakWords(value.weak_reason) ?? i18n.t("too little is known") });
    return value.score < 85 ? i18n.t("A fair joint.") : i18n.t("A good joint.");
  })();
  const [a, b] = joint === null ? [null, null] : [set.slots[joint]?.track ?? null, set.slots[joint + 1]?.track ?? null];
  return (
    <>
      <h2 className="h-16 dj-side-head">{text}</h2>
      {value && (
        <p className="t-12 t-3 num">
          {keyStep(a, b, value.relation)}
          <span className="dot" />
          {i18n.t("score {score}", { score: value.score })}
        </p>
      )}
    </>
  );
}

interface ListProps {
  set: SetDetail;
  onTry: (idea: Idea) => void;
  onUse: (idea: Idea) => void;
  tried: Idea | null;
}
const same = (a: Idea | null, b: Idea): boolean => a !== null && a.title === b.title && JSON.stringify(a.slots) === JSON.stringify(b.slots);

function Mends({ set, joint, ...acts }: ListProps & { joint: number }) {
  const { data, error, refetch } = useQuery(mendsQuery(set.id, set.version, joint));
  return (
    <section className="dj-ideas" aria-labelledby="dj-mends">
      <h3 className="label" id="dj-mends">
        {i18n.t("Ways to mend it")}
      </h3>
      {error && !data && <ErrorState what={i18n.t("No ways could be worked out")} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data?.length === 0 && <p className="t-12 t-3">{i18n.t("No small change makes it better. Try another track here, or optimise the whole set.")}</p>}
      <ul>
        {data?.slice(0, 4).map((mend) => {
          const idea: Idea = { title: mendTitle(mend, set), slots: mend.slots, tracks: [mend.track], place: mend.other !== null && mend.kind === "move" ? mend.other : mend.position };
          const track = mend.track ?? set.slots[mend.position]?.track ?? null;
          return <IdeaRow key={idea.title + mend.score_after} idea={idea} track={track} about={mendAbout(mend, set)} score={mend.score_after} on={same(acts.tried, idea)} {...acts} />;
        })}
      </ul>
    </section>
  );
}

const titleAt = (set: SetDetail, place: number | null): string => (place === null ? "–" : (set.slots[place]?.track?.title ?? "–"));

function mendTitle(mend: MendProposal, set: SetDetail): string {
  const title = titleAt(set, mend.position);
  switch (mend.kind) {
    case "swap":
      return i18n.t("{a} and {b} change places", { a: title, b: titleAt(set, mend.other) });
    case "move":
      return i18n.t("{title} to place {place}", { title, place: (mend.other ?? 0) + 1 });
    case "insert":
      return i18n.t("{title} in between", { title: mend.track?.title ?? "–" });
    default:
      return i18n.t("{title} instead", { title: mend.track?.title ?? "–" });
  }
}
function mendAbout(mend: MendProposal, set: SetDetail): string[] {
  if (mend.kind === "swap") return [i18n.t("Tracks {a} and {b}", { a: mend.position + 1, b: (mend.other ?? 0) + 1 })];
  if (mend.kind === "move") return [i18n.t("from place {place}", { place: mend.position + 1 })];
  if (mend.kind === "replace") return [i18n.t("for {title}", { title: titleAt(set, mend.position) }), ...facts(mend.track)];
  return facts(mend.track);
}
const facts = (track: TrackItem | null): string[] => (track ? [track.artist, track.bpm === null ? "–" : String(Math.round(track.bpm)), track.camelot ?? "–"] : []);

const fewest = 4;
function Alternatives({ set, place, ...acts }: ListProps & { place: number }) {
  const { data, error, refetch } = useQuery(alternativesQuery(set.id, set.version, place));
  const better = data?.filter((one) => one.gain > 0) ?? [];
  const shown: SlotAlternative[] = (better.length > 0 ? better : (data ?? [])).slice(0, fewest);
  return (
    <section className="dj-ideas" aria-labelledby="dj-others">
      <h3 className="label" id="dj-others">
        {i18n.t("Other tracks here")}
      </h3>
      {error && !data && <ErrorState what={i18n.t("Other tracks could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data?.length === 0 && <p className="t-12 t-3">{i18n.t("The pool has no other track.")}</p>}
      <ul>
        {shown.map(({ track, score }) => {
          const idea: Idea = { title: i18n.t("{title} instead of {other}", { title: track.title, other: titleAt(set, place) }), slots: replaced(placesOf(set.slots), place, track.id), tracks: [track], place };
          return <IdeaRow key={track.id} idea={idea} name={track.title} track={track} about={facts(track)} score={score} on={same(acts.tried, idea)} {...acts} />;
        })}
      </ul>
    </section>
  );
}

function Waiting() {
  return (
    <div aria-busy="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className="dj-idea">
          <Skeleton className="sk-thumb" />
          <span className="grow">
            <Skeleton className="sk-line" />
          </span>
        </div>
      ))}
    </div>
  );
}

interface IdeaRowProps {
  idea: Idea;
  name?: string;
  track: TrackItem | null;
  about: readonly string[];
  score: number;
  on: boolean;
  onTry: (idea: Idea) => void;
  onUse: (idea: Idea) => void;
}

function IdeaRow({ idea, name, track, about, score, on, onTry, onUse }: IdeaRowProps) {
  return (
    <li className="dj-idea" data-on={on || undefined}>
      <button type="button" className="dj-idea-show" aria-pressed={on} onClick={() => onTry(idea)}>
        <Cover coverId={track?.cover_id} alt="" size={96} accent={track?.accent} seed={track?.album_id ?? track?.id ?? null} />
        <span className="cut">
          <span className="sr">{i18n.t("Show")} </span>
          <b className="cut">{name ?? idea.title}</b>
          <small className="cut num">{about.join(" · ")}</small>
        </span>
        <span className="num w6 dj-score" data-grade={gradeOf(score)}>
          <span className="sr">{i18n.t("Score")} </span>
          {score}
        </span>
      </button>
      <Button size="s" aria-describedby={undefined} onClick={() => onUse(idea)}>
        {i18n.t("Use")}
        <span className="sr">: {idea.title}</span>
      </Button>
    </li>
  );
}
