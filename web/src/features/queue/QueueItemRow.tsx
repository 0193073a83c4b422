import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { memo, type MouseEvent, type PointerEvent } from "react";
import { PlayingBars } from "@/media/PlayingBars";
import { useLongPress } from "@/media/useLongPress";
import { thePlayer } from "@/player";
import type { QueueEntry } from "@/player/queue";
import { isPlaying, usePlayer } from "@/player/usePlayer";
import { trackItemQuery } from "@/shared/api/trackItems";
import type { TrackItem } from "@/shared/api/types";
import { length } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";

type Where = HTMLElement | { x: number; y: number; origin: HTMLElement | null };

/** What a row asks of its list. The functions stay the same, so that a row renders again only when it changes. */
export interface RowActs {
  focus: (rowNumber: number) => void;
  remove: (entry: QueueEntry, title: string) => void;
  grip: (event: PointerEvent<HTMLElement>, uid: number, index: number) => void;
  menu: (where: Where, entry: QueueEntry, index: number, track: TrackItem | null) => void;
  /** A click beside the buttons. */
  pick: (event: MouseEvent, entry: QueueEntry, index: number, rowNumber: number) => void;
}

interface QueueItemRowProps {
  entry: QueueEntry;
  index: number;
  now: boolean;
  rowNumber: number;
  tabStop: boolean;
  lifted: boolean;
  selected: boolean;
  acts: RowActs;
}

export const QueueItemRow = memo(function QueueItemRow({ entry, index, now, rowNumber, tabStop, lifted, selected, acts }: QueueItemRowProps) {
  const { data: track } = useQuery(trackItemQuery(entry.trackId));
  const playing = usePlayer((state) => now && isPlaying(state));
  const { isTouch, ...press } = useLongPress((origin, x, y) => acts.menu({ x, y, origin }, entry, index, track ?? null));
  const title = track?.title ?? "";
  const play = (): void => (now ? thePlayer().toggle() : thePlayer().jumpTo(index));
  return (
    <div
      role="row"
      className="qrow"
      aria-rowindex={rowNumber + 1}
      aria-current={now || undefined}
      aria-selected={selected}
      data-row={rowNumber}
      data-drag={lifted || undefined}
      tabIndex={tabStop ? 0 : -1}
      onFocus={() => acts.focus(rowNumber)}
      onDoubleClick={(event) => !(event.target as Element).closest("button") && play()}
      {...press}
      // A range of rows, not of letters.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => !(event.target as Element).closest("button") && acts.pick(event, entry, index, rowNumber)}
      onKeyDown={undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        if (!isTouch()) acts.menu({ x: event.clientX, y: event.clientY, origin: event.currentTarget }, entry, index, track ?? null);
      }}
    >
      <span role="gridcell" className="q-grip">
        {now ? (
          <PlayingBars moving={playing} />
        ) : (
          <button type="button" className="grip" tabIndex={-1} aria-label={i18n.t("Move {title}. Alt and arrow keys also move it.", { title })} onPointerDown={(event) => acts.grip(event, entry.uid, index)}>
            <Icon name="grip" />
          </button>
        )}
      </span>
      <span role="gridcell" className="q-what">
        <button type="button" tabIndex={-1} className="q-open" onClick={play} aria-label={now && playing ? i18n.t("Pause") : i18n.t("Play {name}", { name: title })}>
          <Cover coverId={track?.cover_id} alt="" size={96} accent={track?.accent} seed={track?.album_id ?? entry.trackId} />
        </button>
        <span className="cut">
          <b className="cut">{track === null ? i18n.t("No longer in the library") : title}</b>
          <small className="cut">{track?.artist}</small>
        </span>
      </span>
      <span role="gridcell" className="num q-time">
        {track && length(track.duration_s)}
      </span>
      <span role="gridcell">
        {track ? (
          <IconButton icon="more" size="s" tabIndex={-1} label={i18n.t("More for {name}", { name: title })} aria-haspopup="menu" onClick={(event) => acts.menu(event.currentTarget, entry, index, track)} />
        ) : (
          <IconButton icon="close" size="s" tabIndex={-1} label={i18n.t("Remove from queue")} onClick={() => acts.remove(entry, title)} />
        )}
      </span>
    </div>
  );
});
