import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import type { MixingTracks, SetJoint } from "@/shared/api/djSets";
import type { TrackItem } from "@/shared/api/types";
import { changeText, gradeOf, jointSentence, keyStep, tempoStep } from "@/shared/lib/joints";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Dialog } from "@/shared/ui/Dialog";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { JointDecks } from "./JointDecks";
import { closeMixes } from "./mixes";
import "./mixes.css";
import { addToQueue, playTracks } from "./play";

const most = 20;

/** What can follow a track: tempo, key, energy and sound go together. Each can be heard against it. */
export default function MixesWell({ track }: { track: TrackItem }) {
  const [heard, setHeard] = useState<TrackItem | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["mixes-well", track.id],
    queryFn: ({ signal }) => api.get<MixingTracks>(`tracks/${track.id}/mixes-well`, { limit: most }, signal),
    staleTime: 5 * 60_000,
  });
  const items = data?.items ?? [];
  return (
    <Dialog open onClose={closeMixes} title={i18n.t("Mixes well with {title}", { title: track.title })} about={facts(track)}>
      {heard && <JointDecks key={heard.id} a={track} b={heard} title={i18n.t("Hear {title} after it", { title: heard.title })} />}
      {error && !data && <ErrorState what={i18n.t("What mixes well could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={5} />}
      {data && items.length === 0 && (
        <EmptyState icon="dj" title={i18n.t("Nothing found that mixes")}>
          {data.note ?? i18n.t("The server has to listen to more of the library first.")}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className="mixes" aria-label={i18n.t("Tracks that mix well")}>
          {items.map((item) => (
            <Row key={item.track.id} from={track} {...item} heard={heard?.id === item.track.id} onHear={() => setHeard(heard?.id === item.track.id ? null : item.track)} />
          ))}
        </ul>
      )}
      {data?.note && items.length > 0 && <p className="t-12 t-3">{data.note}</p>}
      <footer>
        <Button onClick={closeMixes}>{i18n.t("Close")}</Button>
      </footer>
    </Dialog>
  );
}

const facts = ({ artist, bpm, camelot }: TrackItem): string => [artist, bpm === null ? null : i18n.t("{bpm} BPM", { bpm: Math.round(bpm) }), camelot].filter(Boolean).join(" · ");

function Row({ from, track, joint, heard, onHear }: { from: TrackItem; track: TrackItem; joint: SetJoint; heard: boolean; onHear: () => void }) {
  return (
    <li>
      <button type="button" className="mixes-row" onClick={() => playTracks([track], 0, null)}>
        <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
        <span className="cut">
          <span className="sr">{i18n.t("Play")} </span>
          <b className="cut">{track.title}</b>
          <small className="cut" aria-hidden="true">
            {[track.artist, changeText(tempoStep(joint)), keyStep(from, track, joint.relation)].join(" · ")}
          </small>
          <span className="sr">{jointSentence(joint, from, track)}</span>
        </span>
        <span className="num w6 mixes-score" data-grade={gradeOf(joint.score)} aria-hidden="true">
          {joint.score}
        </span>
      </button>
      <IconButton icon="dj" size="s" pressed={heard} label={i18n.t("Hear the joint with {title}", { title: track.title })} onClick={onHear} />
      <IconButton icon="next" size="s" label={i18n.t("Play {title} next", { title: track.title })} onClick={() => addToQueue([track], "next")} />
    </li>
  );
}
