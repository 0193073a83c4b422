import { i18n } from "@lingui/core";
import { memo, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import type { TrackItem } from "@/shared/api/types";
import { length, quality } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { LikeButton } from "./LikeButton";
import { PlayingBars } from "./PlayingBars";
import type { TrackColumn } from "./trackColumns";
import { useLongPress } from "./useLongPress";
import { Dash, EnergyCell, KeyCell, keyText, TempoCell, tempoText } from "./Values";

export interface TrackRowProps {
  track: TrackItem;
  /** Shown in the number column. */
  number: number | null;
  index: number;
  rowIndex: number;
  columns: readonly TrackColumn[];
  phone: boolean;
  current: boolean;
  playing: boolean;
  selected: boolean;
  /** Why the track is in this list. */
  why?: string | undefined;
  tabStop: boolean;
  /** Where the artist is the album's, it is not said again. */
  hideArtist?: string | undefined;
  onPlay: (index: number) => void;
  onMenu: (where: HTMLElement | { x: number; y: number; origin: HTMLElement | null }, track: TrackItem, index: number) => void;
  onFocus: (index: number) => void;
  /** A click beside the buttons; true = it chose rows and does nothing else. */
  onPick: (index: number, event: MouseEvent) => boolean;
  onGrip?: ((event: PointerEvent<HTMLElement>, uid: number, index: number) => void) | undefined;
}

function cell(column: TrackColumn, props: TrackRowProps): ReactNode {
  const { track, number, index, current, playing, phone, hideArtist, onPlay, onMenu } = props;
  const artist = track.artist !== hideArtist ? track.artist : null;
  switch (column) {
    case "grip":
      return (
        <button type="button" className="grip" tabIndex={-1} aria-label={i18n.t("Move {title}. Alt and arrow keys also move it.", { title: track.title })} onPointerDown={(event) => props.onGrip?.(event, index, index)}>
          <Icon name="grip" />
        </button>
      );
    case "number":
      return (
        <>
          <span className="num-rest">{current ? <PlayingBars moving={playing} /> : (number ?? "–")}</span>
          <button type="button" className="num-play" tabIndex={-1} aria-label={current && playing ? i18n.t("Pause") : i18n.t("Play {name}", { name: track.title })} onClick={() => onPlay(index)}>
            <Icon name={current && playing ? "pause" : "play"} size="s" />
          </button>
        </>
      );
    case "art":
      return <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />;
    case "title": {
      const tempo = tempoText(track);
      const measured = phone ? [length(track.duration_s), tempo && i18n.t("{bpm} BPM", { bpm: tempo }), keyText(track)] : [];
      const facts = [artist, ...measured].filter(Boolean);
      return (
        <span className="cut">
          <b className="cut" data-tip={track.title} data-tip-cut>
            {track.title}
          </b>
          {facts.length > 0 && <small className="cut num">{facts.join(" · ")}</small>}
          {phone && props.why && <small className="cut">{props.why}</small>}
        </span>
      );
    }
    case "artist":
      return <span className="cut">{track.artist}</span>;
    case "album":
      return <span className="cut">{track.album ?? <Dash why={i18n.t("No album in the tags")} />}</span>;
    case "bpm":
      return <TempoCell track={track} />;
    case "key":
      return <KeyCell track={track} />;
    case "energy":
      return <EnergyCell energy={track.energy} />;
    case "quality":
      return quality(track) ?? <Dash why={i18n.t("Format unknown")} />;
    case "plays":
      return track.play_count;
    case "why":
      return (
        <span className="cut t-12 t-3" data-tip={props.why} data-tip-cut>
          {props.why}
        </span>
      );
    case "time":
      return length(track.duration_s);
    case "like":
      return <LikeButton kind="track" id={track.id} name={track.title} liked={track.liked} size="s" inRow />;
    case "more":
      return (
        <IconButton
          icon="more"
          label={i18n.t("More for {name}", { name: track.title })}
          size="s"
          tabIndex={-1}
          aria-haspopup="menu"
          onClick={(event) => {
            event.stopPropagation();
            onMenu(event.currentTarget, track, index);
          }}
        />
      );
  }
}

const classes: Partial<Record<TrackColumn, string>> = { number: "c-num", title: "c-t", artist: "c-m", album: "c-m", bpm: "c-m r", key: "c-m", energy: "c-m", quality: "c-m t-12", plays: "c-m r", why: "c-m", time: "c-m r", like: "r", more: "r" };

export const TrackRow = memo(function TrackRow(props: TrackRowProps) {
  const { track, index, rowIndex, columns, phone, current, selected, tabStop, onPlay, onMenu, onFocus, onPick } = props;
  const { isTouch, ...press } = useLongPress((origin, x, y) => onMenu({ x, y, origin }, track, index));
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-current={current || undefined}
      aria-selected={selected}
      tabIndex={tabStop ? 0 : -1}
      data-index={index}
      className="track-row"
      onFocus={() => onFocus(index)}
      onDoubleClick={phone ? undefined : () => onPlay(index)}
      {...press}
      // A range of rows, not of letters.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => {
        if ((event.target as Element).closest("button")) return;
        if (!onPick(index, event) && phone) onPlay(index);
      }}
      onKeyDown={undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        if (!isTouch()) onMenu({ x: event.clientX, y: event.clientY, origin: event.currentTarget }, track, index);
      }}
    >
      {columns.map((column) => (
        <span key={column} role="gridcell" className={classes[column]}>
          {cell(column, props)}
        </span>
      ))}
    </div>
  );
});
