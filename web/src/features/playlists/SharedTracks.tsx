import { i18n } from "@lingui/core";
import type { SharedList } from "@/shared/api/types";
import { clock, length, span, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState } from "@/shared/ui/states";
import { coverOf, trackCoverOf } from "./sharedList";
import { useSharedPlayer, type SharedPlayer } from "./useSharedPlayer";

export function SharedTracks({ list }: { list: SharedList }) {
  const player = useSharedPlayer(list);
  const full = list.tracks.length > 0;
  return (
    <>
      <header className="share-head">
        <span className="share-art">
          <Cover coverId={null} alt="" size={960} icon="list" seed={list.id} {...(list.has_cover ? { src: coverOf(list.id) } : {})} eager />
        </span>
        <div className="cut-safe">
          <p className="t-2 w5">{i18n.t("Shared by {owner}", { owner: list.owner.name })}</p>
          <h1 className={list.name.length > 32 ? "h-40" : "h-56"}>{list.name || i18n.t("Shared tracks")}</h1>
          {list.comment && <p className="t-2 share-about">{list.comment}</p>}
          <p className="t-2 num share-facts">
            {trackCount(list.tracks.length)}
            {full && (
              <>
                <span className="dot" />
                {span(list.duration_s)}
              </>
            )}
          </p>
          {list.plays && full && (
            <Button kind="primary" size="l" icon={player.playing ? "pause" : "play"} onClick={player.toggle}>
              {player.playing ? i18n.t("Pause") : i18n.t("Play")}
            </Button>
          )}
        </div>
      </header>
      {full ? (
        <ol className="share-list" aria-label={i18n.t("Tracks of {name}", { name: list.name })}>
          {list.tracks.map((track, index) => {
            const on = index === player.at;
            const words = (
              <>
                <span className="share-n num t-3">{on && player.playing ? <Icon name="volume" size="s" /> : index + 1}</span>
                <Cover coverId={null} alt="" size={96} seed={track.id} {...(track.cover_id ? { src: trackCoverOf(list.id, track.cover_id) } : {})} />
                <span className="cut">
                  <b className="cut">{track.title}</b>
                  <small className="cut">{track.artist}</small>
                </span>
                <span className="cut share-album t-2">{track.album}</span>
                <span className="num t-2">{length(track.duration_s)}</span>
              </>
            );
            return (
              <li key={`${track.id}-${index}`} aria-current={on || undefined}>
                {list.plays ? (
                  <button type="button" className="share-row" onClick={() => (on ? player.toggle() : player.start(index))}>
                    {words}
                  </button>
                ) : (
                  <span className="share-row">{words}</span>
                )}
              </li>
            );
          })}
        </ol>
      ) : (
        <EmptyState icon="list" title={i18n.t("Nothing in it now")}>
          {i18n.t("What is added to the playlist appears here.")}
        </EmptyState>
      )}
      {player.at >= 0 && <Bar list={list} player={player} />}
    </>
  );
}

function Bar({ list, player }: { list: SharedList; player: SharedPlayer }) {
  const track = list.tracks[player.at];
  if (!track) return null;
  const step = (by: number): void => {
    if (list.tracks[player.at + by]) player.start(player.at + by);
  };
  return (
    <section className="share-bar" aria-label={i18n.t("Player")}>
      <span className="cut">
        <b className="cut">{track.title}</b>
        <small className="cut">{player.fault ? i18n.t("This track cannot be played here.") : track.artist}</small>
      </span>
      <span className="row">
        <button type="button" className="icon-btn" aria-label={i18n.t("Previous")} disabled={player.at === 0} onClick={() => step(-1)}>
          <Icon name="prev" />
        </button>
        <button type="button" className="icon-btn" data-kind="play" aria-label={player.playing ? i18n.t("Pause") : i18n.t("Play")} onClick={player.toggle}>
          <Icon name={player.playing ? "pause" : "play"} />
        </button>
        <button type="button" className="icon-btn" aria-label={i18n.t("Next")} disabled={player.at === list.tracks.length - 1} onClick={() => step(1)}>
          <Icon name="next" />
        </button>
      </span>
      <span className="share-seek num t-2">
        {clock(player.time)}
        <input type="range" aria-label={i18n.t("Position")} aria-valuetext={i18n.t("{time} of {length}", { time: clock(player.time), length: length(player.length) })} min={0} max={Math.max(1, Math.round(player.length))} value={Math.round(player.time)} onChange={(event) => player.seek(Number(event.target.value))} />
        {length(player.length)}
      </span>
    </section>
  );
}
