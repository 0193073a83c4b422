import { i18n } from "@lingui/core";
import { useEffect, useState, useSyncExternalStore } from "react";
import { thePlayer } from "@/player";
import { openPreview, type JointPreview, type PreviewState } from "@/player/preview";
import { usePlayer } from "@/player/usePlayer";
import type { TrackItem } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { DeckLanes } from "./DeckLanes";
import { DeckMixer } from "./DeckMixer";
import { DeckTempo } from "./DeckTempo";
import { stateWords } from "./deckWords";
import "./joint-decks.css";

interface DecksProps {
  a: TrackItem;
  b: TrackItem;
  /** "Hear the joint 5 → 6" */
  title: string;
}

/** Two decks for one joint. Another pair of tracks is another pair of decks: give a `key`. */
export function JointDecks({ a, b, title }: DecksProps) {
  const [preview, setPreview] = useState<JointPreview | null>(null);
  useEffect(() => {
    const made = openPreview(a.id, b.id);
    // The decks are a thing outside React that begins and ends with what is shown.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setPreview(made);
    return () => made.close();
  }, [a.id, b.id]);
  return (
    <section className="decks" aria-label={title}>
      <div className="row between decks-head">
        <h3 className="label">{title}</h3>
        <span className="num t-12 t-2">{i18n.t("{from} → {to} BPM", { from: a.bpm === null ? "–" : Math.round(a.bpm), to: b.bpm === null ? "–" : Math.round(b.bpm) })}</span>
      </div>
      {preview && <Decks preview={preview} a={a} b={b} />}
    </section>
  );
}

function Decks({ preview, a, b }: { preview: JointPreview; a: TrackItem; b: TrackItem }) {
  const state = useSyncExternalStore(
    (changed) => preview.subscribe(changed),
    () => preview.getState(),
  );
  const playing = state.status === "playing";
  const busy = state.status === "loading" || state.status === "reading";
  const position = usePosition(preview, state);
  const volume = usePlayer((player) => (player.muted ? 0 : player.volume));
  const other = usePlayer((player) => player.state === "playing");
  useEffect(() => preview.volumeChanged(), [preview, volume]);
  // Either the player or the decks.
  useEffect(() => {
    if (other) preview.pause();
  }, [preview, other]);
  const toggle = (): void => {
    if (playing || state.status === "loading") return preview.pause();
    thePlayer().pause();
    void preview.play();
  };
  const { plan } = state;
  return (
    <>
      <DeckLanes preview={preview} plan={plan} position={position} a={a} b={b} />
      <div className="row decks-go">
        <button type="button" className="icon-btn" data-kind="play" aria-label={playing ? i18n.t("Pause the joint") : i18n.t("Play the joint")} data-tip={playing ? i18n.t("Pause the joint") : i18n.t("Play the joint")} disabled={!plan} aria-busy={busy || undefined} onClick={toggle}>
          <Icon name={playing || state.status === "loading" ? "pause" : "play"} size="s" />
        </button>
        <DeckTempo preview={preview} state={state} b={b} />
      </div>
      <p className="t-12 decks-word" data-kind={state.status === "failed" ? "danger" : undefined} role="status">
        {stateWords(state)}
      </p>
      {state.status === "failed" && state.plan && (
        <Button size="s" icon="refresh" onClick={() => void preview.play()}>
          {i18n.t("Try again")}
        </Button>
      )}
      <DeckMixer preview={preview} state={state} position={position} />
    </>
  );
}

/** Where the joint is, as often as the screen shows it, while it sounds. */
function usePosition(preview: JointPreview, state: PreviewState): number {
  const [position, setPosition] = useState(0);
  const playing = state.status === "playing";
  useEffect(() => {
    if (!playing) return;
    let frame = requestAnimationFrame(function tick() {
      setPosition(preview.position());
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [preview, playing]);
  return playing ? position : preview.position();
}
