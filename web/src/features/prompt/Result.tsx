import { i18n } from "@lingui/core";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { playTracks } from "@/media/play";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import type { PromptMade } from "@/shared/api/types";
import { useUser } from "@/shared/api/session";
import { usePhone } from "@/shared/hooks/useMedia";
import { count, length, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Select } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { Loading, EmptyState, Skeleton, SkeletonRows } from "@/shared/ui/states";
import type { Piece, Plan } from "./api";
import { EnergyCurve } from "./EnergyCurve";
import { curveName, curveNames, noteText, whyText } from "./words";

const SaveDialog = lazy(() => import("./SaveDialog"));
const columns: readonly TrackColumn[] = ["number", "art", "title", "why", "bpm", "key", "energy", "time", "more"];

interface ResultProps {
  made: PromptMade;
  /** The plan as it is now; null while it is not known. */
  plan: Plan | null;
  /** What is shown is the list before the last change. */
  stale: boolean;
  onCurve: (value: Piece["value"]) => void;
  onAnother: () => void;
  onLeaveOut: (ids: readonly string[]) => void;
  onLock: (id: string, place: number | null) => void;
}

export function Result({ made, plan, stale, onCurve, onAnother, onLeaveOut, onLock }: ResultProps) {
  const [marked, setMarked] = useState<number | null>(null);
  const [saving, setSaving] = useState(false);
  const user = useUser();
  const list = useRef<HTMLDivElement>(null);
  const tracks = made.tracks.map((one) => one.track);
  const name = typeof made.plan.text === "string" && made.plan.text ? made.plan.text : i18n.t("Made for you");
  const source = { kind: "tracks" as const, id: null, name: name.slice(0, 80) };
  useEffect(() => {
    const row = marked === null ? null : list.current?.querySelector(`[role="row"][aria-rowindex="${marked + 2}"]`);
    row?.setAttribute("data-marked", "");
    return () => row?.removeAttribute("data-marked");
  }, [marked]);
  const overRow = (target: EventTarget): void => {
    const row = target instanceof Element ? target.closest('[role="row"][aria-rowindex]') : null;
    const at = Number(row?.getAttribute("aria-rowindex") ?? 0) - 2;
    setMarked(at >= 0 ? at : null);
  };
  const head = (
    <div className="prompt-list-h">
      <div className="grow">
        <h2 id="prompt-list" className="h-20">
          {i18n.t("{tracks}, {length}", { tracks: trackCount(tracks.length), length: length(made.duration_s) })}
        </h2>
        <p className="t-12 t-3 num">
          {i18n.t("From {n} that fit", { n: count(made.fitting) })}
          {made.joints > 0 && (
            <>
              <span className="dot" />
              {i18n.t("{n} of {joints} joints in key", { n: made.in_key, joints: made.joints })}
            </>
          )}
          <span className="dot" />
          {i18n.t("seed {seed}", { seed: made.seed })}
        </p>
      </div>
      <div className="row prompt-acts">
        <Button kind="quiet" icon="refresh" onClick={onAnother}>
          {i18n.t("Another take")}
        </Button>
        {user.role !== "guest" && (
          <Button disabled={!plan} onClick={() => setSaving(true)}>
            {i18n.t("Save")}
          </Button>
        )}
        <Button kind="primary" icon="play" onClick={() => playTracks(tracks, 0, source)}>
          {i18n.t("Play")}
        </Button>
      </div>
    </div>
  );
  return (
    <div className="prompt-result" data-stale={stale || undefined} aria-busy={stale || undefined}>
      {tracks.length > 0 && <Course made={made} marked={marked} onMark={setMarked} onCurve={onCurve} />}
      <section aria-labelledby="prompt-list">
        {tracks.length === 0 ? <h2 id="prompt-list" className="sr">{i18n.t("Proposed tracks")}</h2> : head}
        <Notes made={made} />
        {tracks.length === 0 ? (
          <EmptyState icon="filter" title={i18n.t("Nothing fits all of it")}>
            {i18n.t("Take away a rule or widen one: the years, the tempo, or what is left out.")}
          </EmptyState>
        ) : (
          // A shortcut for the pointer: a row shows its bar. The rows say the same in words.
          <div ref={list} role="presentation" onMouseOver={(event) => overRow(event.target)} onFocus={(event) => overRow(event.target)} onMouseLeave={() => setMarked(null)} onBlur={() => setMarked(null)}>
            <TrackList
              label={i18n.t("Proposed tracks")}
              tracks={tracks}
              columns={columns}
              whyOf={(index) => made.tracks[index] && whyText(made.tracks[index])}
              onPlay={(index) => playTracks(tracks, index, source)}
              onRemove={(indexes) => onLeaveOut(indexes.flatMap((index) => tracks[index]?.id ?? []))}
              menuExtra={(track, index) => [
                made.tracks[index]?.locked ? { label: i18n.t("Unlock"), icon: "unlock", run: () => onLock(track.id, null) } : { label: i18n.t("Lock in this place"), icon: "lock", run: () => onLock(track.id, index) },
                { label: i18n.t("Leave out of this list"), icon: "close", keys: "Del", run: () => onLeaveOut([track.id]) },
                "line",
              ]}
            />
          </div>
        )}
      </section>
      <Suspense>{saving && plan && <SaveDialog plan={plan} seed={made.seed} suggestion={name.slice(0, 80)} onClose={() => setSaving(false)} />}</Suspense>
    </div>
  );
}

function Course({ made, marked, onMark, onCurve }: { made: PromptMade; marked: number | null; onMark: (index: number | null) => void; onCurve: (value: Piece["value"]) => void }) {
  const phone = usePhone();
  const own = made.curve.name;
  const known: readonly string[] = curveNames;
  const options = [...curveNames, ...(known.includes(own) ? [] : [own])].map((value) => ({ value: value as string, label: curveName(value) }));
  const pick = (name: string): void => {
    if (known.includes(name)) onCurve({ name });
  };
  return (
    <section className="prompt-course" aria-labelledby="prompt-energy">
      <div className="row between prompt-course-h">
        <h2 id="prompt-energy" className="h-16">
          {i18n.t("Energy")}
        </h2>
        {phone ? (
          <Select label={i18n.t("Curve")} hideLabel value={own} options={options} onChange={(event) => pick(event.target.value)} />
        ) : (
          <Segmented label={i18n.t("Curve")} size="s" value={own} options={options} onChange={pick} />
        )}
      </div>
      <EnergyCurve made={made} marked={marked} onMark={onMark} onDraw={(points) => onCurve({ points })} />
    </section>
  );
}

function Notes({ made }: { made: PromptMade }) {
  // That nothing fits is said large below, and the words that were not understood stand among the rules.
  const notes = made.notes.filter((note) => note.kind !== "nothing" && note.kind !== "leftovers");
  if (notes.length === 0) return null;
  return (
    <ul className="prompt-notes t-12 t-2">
      {notes.map((note) => (
        <li key={note.kind}>
          <Icon name="info" size="s" />
          {noteText(note)}
        </li>
      ))}
    </ul>
  );
}

export function ResultSkeleton() {
  return (
    <Loading>
      <div className="prompt-wait">
        <div className="prompt-wait-chips">
          <Skeleton />
          <Skeleton />
          <Skeleton />
        </div>
        <Skeleton className="prompt-wait-curve" />
      </div>
      <SkeletonRows count={6} />
    </Loading>
  );
}
