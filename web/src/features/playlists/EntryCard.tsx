import { i18n } from "@lingui/core";
import { useState } from "react";
import { TrackFinder } from "@/media/TrackFinder";
import type { Id, ImportCandidate, ImportEntry, TrackItem } from "@/shared/api/types";
import { length, quality } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { differences, entryName, howWords, reasonWords } from "./imports";
import type { Hear } from "./useHear";

interface EntryCardProps {
  entry: ImportEntry;
  /** How many entries say the same; one choice is for all of them. */
  alike: number;
  hear: Hear;
  /** False where nothing can be chosen: a guest, or a playlist that is gone. */
  fixed: boolean;
  onChoose: (entry: ImportEntry, trackId: Id | null) => void;
  onUndo: (entry: ImportEntry) => void;
}

/** An entry of an import: what the file says, and what it is, or what it may be. */
export function EntryCard({ entry, alike, hear, fixed, onChoose, onUndo }: EntryCardProps) {
  const [again, setAgain] = useState(false);
  const name = entryName(entry);
  const open = entry.state === "open" || again;
  const said = [entry.title && entry.artist, entry.album, entry.duration_s !== null && length(entry.duration_s)].filter(Boolean).join(" · ");
  const choose = (trackId: Id | null): void => {
    setAgain(false);
    onChoose(entry, trackId);
  };
  return (
    <li className="imp-entry" data-state={entry.state} data-open={open || undefined}>
      <div className="imp-said">
        <span className="num t-3">{entry.number}</span>
        <span className="cut">
          <b className="cut" data-tip={entry.path || name} data-tip-cut>
            {name}
          </b>
          <small className="cut">{said || entry.path}</small>
        </span>
        {open && entry.state === "open" && <small className="imp-why">{reasonWords(entry.reason)}</small>}
      </div>
      {!open && <Outcome entry={entry} hear={hear} fixed={fixed} onAgain={() => setAgain(true)} onUndo={() => onUndo(entry)} />}
      {open && !fixed && <Choice entry={entry} alike={alike} hear={hear} onChoose={choose} onClose={again ? () => setAgain(false) : null} />}
    </li>
  );
}

function Outcome({ entry, hear, fixed, onAgain, onUndo }: { entry: ImportEntry; hear: Hear; fixed: boolean; onAgain: () => void; onUndo: () => void }) {
  const { track } = entry;
  const byHand = entry.state !== "matched";
  return (
    <div className="imp-is">
      <Icon name={entry.state === "none" ? "minus" : "check"} size="s" />
      {track ? (
        <>
          <HearButton track={track} hear={hear} />
          <span className="cut">
            <span className="cut">{track.title}</span>
            <small className="cut">{[track.artist, track.album, byHand ? i18n.t("chosen by you") : howWords(entry.how)].filter(Boolean).join(" · ")}</small>
          </span>
        </>
      ) : (
        <span className="cut t-2 imp-none">{entry.state === "none" ? i18n.t("None of the tracks here, as you said") : i18n.t("Its track is no longer here")}</span>
      )}
      {!fixed && (
        <span className="row imp-do">
          <Button kind="quiet" size="s" data-stop="" aria-label={i18n.t("Change the track of {name}", { name: entryName(entry) })} onClick={onAgain}>
            {i18n.t("Change")}
          </Button>
          {byHand && (
            <Button kind="quiet" size="s" icon="undo" aria-label={i18n.t("Undo the choice for {name}", { name: entryName(entry) })} onClick={onUndo}>
              {i18n.t("Undo")}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}

function HearButton({ track, hear }: { track: TrackItem; hear: Hear }) {
  const on = hear.id === track.id;
  return (
    <button type="button" className="imp-hear" data-hear="" data-on={on || undefined} aria-label={on ? i18n.t("Stop {title}", { title: track.title }) : i18n.t("Hear {title} from {album}", { title: track.title, album: track.album ?? "–" })} onClick={() => hear.toggle(track.id)}>
      <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
      <Icon name={on ? "pause" : "play"} size="s" />
    </button>
  );
}

function Candidate({ candidate, number, taken, hear, onTake }: { candidate: ImportCandidate; number: number; taken: boolean; hear: Hear; onTake: () => void }) {
  const { track } = candidate;
  const { text, differs } = differences(candidate);
  return (
    <li className="imp-cand" data-taken={taken || undefined}>
      <HearButton track={track} hear={hear} />
      <button type="button" className="imp-take" data-stop="" data-take="" aria-keyshortcuts={number <= 9 ? String(number) : undefined} onClick={onTake}>
        <span className="cut imp-what">
          <span className="cut">{track.title}</span>
          <small className="cut">{[track.artist, track.album, track.year].filter(Boolean).join(" · ")}</small>
        </span>
        <small className="imp-diff" data-differs={differs || undefined}>
          {text}
        </small>
        <span className="num imp-len">{length(track.duration_s)}</span>
        <small className="t-3 imp-quality">{quality(track) ?? "–"}</small>
        <span className="imp-key" aria-hidden="true">
          {number <= 9 ? number : ""}
        </span>
      </button>
    </li>
  );
}

function Choice({ entry, alike, hear, onChoose, onClose }: { entry: ImportEntry; alike: number; hear: Hear; onChoose: (trackId: Id | null) => void; onClose: (() => void) | null }) {
  const [searching, setSearching] = useState(false);
  const name = entryName(entry);
  const several = entry.candidates.length > 0;
  return (
    <div className="imp-choice">
      {several && (
        <ul aria-label={i18n.t("What {name} may be", { name })}>
          {entry.candidates.map((candidate, i) => (
            <Candidate key={candidate.track.id} candidate={candidate} number={i + 1} taken={candidate.track.id === entry.track?.id} hear={hear} onTake={() => onChoose(candidate.track.id)} />
          ))}
        </ul>
      )}
      {searching ? (
        <div className="imp-find">
          <TrackFinder label={i18n.t("Find the track for {name}", { name })} initial={entry.title} takesFocus onPick={(track) => onChoose(track.id)} onClose={() => setSearching(false)} />
          <IconButton icon="close" label={i18n.t("Close the search")} onClick={() => setSearching(false)} />
        </div>
      ) : (
        <div className="row imp-do">
          <Button size="s" icon="search" data-find="" data-stop={several ? undefined : ""} onClick={() => setSearching(true)}>
            {several ? i18n.t("Another track…") : i18n.t("Search for it…")}
          </Button>
          {entry.state !== "none" && (
            <Button kind="quiet" size="s" data-none="" onClick={() => onChoose(null)}>
              {several ? i18n.t("None of these") : i18n.t("It is not here")}
            </Button>
          )}
          {onClose && (
            <Button kind="quiet" size="s" onClick={onClose}>
              {i18n.t("Leave it")}
            </Button>
          )}
          {alike > 1 && <small className="t-3">{i18n.t("Counts for all {n} entries that say the same.", { n: alike })}</small>}
        </div>
      )}
    </div>
  );
}
