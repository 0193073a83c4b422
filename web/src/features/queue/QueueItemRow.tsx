import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { memo, type PointerEvent } from "react";
import { PlayingBars } from "@/media/PlayingBars";
import { useTrackMenu } from "@/media/useTrackMenu";
import { thePlayer } from "@/player";
import { isPlaying, usePlayer } from "@/player/usePlayer";
import { trackItemQuery } from "@/shared/api/trackItems";
import { clock } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import type { QueueRow } from "./rows";

interface QueueItemRowProps {
  row: Extract<QueueRow, { entry: unknown }>;
  rowNumber: number;
  tabStop: boolean;
  lifted: boolean;
  onFocus: (rowNumber: number) => void;
  onRemove: (uid: number, title: string) => void;
  onGrip: (event: PointerEvent<HTMLElement>, uid: number, index: number) => void;
}

export const QueueItemRow = memo(function QueueItemRow({ row, rowNumber, tabStop, lifted, onFocus, onRemove, onGrip }: QueueItemRowProps) {
  const { entry, index } = row;
  const { data: track } = useQuery(trackItemQuery(entry.trackId));
  const playing = usePlayer(isPlaying);
  const menu = useTrackMenu();
  const now = row.kind === "now";
  const title = track?.title ?? "";
  const remove = { label: i18n.t("Remove from queue"), icon: "close" as const, keys: "Del", run: () => onRemove(entry.uid, title) };
  const where = (target: Parameters<typeof menu>[0]): void => {
    if (track) menu(target, track, [remove]);
  };
  const play = (): void => (now ? thePlayer().toggle() : thePlayer().jumpTo(index));
  return (
    <div
      role="row"
      className="qrow"
      aria-rowindex={rowNumber + 1}
      aria-current={now || undefined}
      data-row={rowNumber}
      data-drag={lifted || undefined}
      tabIndex={tabStop ? 0 : -1}
      onFocus={() => onFocus(rowNumber)}
      onDoubleClick={play}
      onKeyDown={undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        where({ x: event.clientX, y: event.clientY, origin: event.currentTarget });
      }}
    >
      <span role="gridcell" className="q-grip">
        {now ? (
          <PlayingBars moving={playing} />
        ) : (
          <button type="button" className="grip" tabIndex={-1} aria-label={i18n.t("Move {title}. Alt and arrow keys also move it.", { title })} onPointerDown={(event) => onGrip(event, entry.uid, index)}>
            <Icon name="grip" />
          </button>
        )}
      </span>
      <span role="gridcell" className="q-what">
        <button type="button" tabIndex={-1} className="q-open" onClick={play} aria-label={now && playing ? i18n.t("Pause") : i18n.t("Play {name}", { name: title })}>
          <Cover coverId={track?.cover_id} alt="" size={96} accent={track?.accent} />
        </button>
        <span className="cut">
          <b className="cut">{track === null ? i18n.t("No longer in the library") : title}</b>
          <small className="cut">{track?.artist}</small>
        </span>
      </span>
      <span role="gridcell" className="num q-time">
        {track && clock(track.duration_s)}
      </span>
      <span role="gridcell">
        {track ? (
          <IconButton icon="more" size="s" tabIndex={-1} label={i18n.t("More for {name}", { name: title })} aria-haspopup="menu" onClick={(event) => where(event.currentTarget)} />
        ) : (
          <IconButton icon="close" size="s" tabIndex={-1} label={i18n.t("Remove from queue")} onClick={() => onRemove(entry.uid, title)} />
        )}
      </span>
    </div>
  );
});
