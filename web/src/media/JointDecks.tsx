import { i18n } from "@lingui/core";
import { useEffect, useState, useSyncExternalStore, type CSSProperties } from "react";
import { thePlayer } from "@/player";
import { beatError, faderAt, openPreview, tempoMostPct, tempoNeeded, type JointPlan, type JointPreview, type PreviewState } from "@/player/preview";
import { usePlayer } from "@/player/usePlayer";
import type { TrackItem } from "@/shared/api/types";
import { clock } from "@/shared/lib/format";
import { changeText } from "@/shared/lib/joints";
import { Button, IconButton } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Icon } from "@/shared/ui/Icon";
import { Slider } from "@/shared/ui/Slider";
import "./joint-decks.css";
import { useWaveform } from "./useWaveform";
import { Wave } from "./Wave";

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
      <Lanes preview={preview} plan={plan} position={position} a={a} b={b} />
      <div className="row decks-go">
        <button type="button" className="icon-btn" data-kind="play" aria-label={playing ? i18n.t("Pause the joint") : i18n.t("Play the joint")} data-tip={playing ? i18n.t("Pause the joint") : i18n.t("Play the joint")} disabled={!plan} aria-busy={busy || undefined} onClick={toggle}>
          <Icon name={playing || state.status === "loading" ? "pause" : "play"} size="s" />
        </button>
        <Tempo preview={preview} state={state} b={b} />
      </div>
      <p className="t-12 decks-word" data-kind={state.status === "failed" ? "danger" : undefined} role="status">
        {stateWords(state)}
      </p>
      {state.status === "failed" && state.plan && (
        <Button size="s" icon="refresh" onClick={() => void preview.play()}>
          {i18n.t("Try again")}
        </Button>
      )}
      <Mixer preview={preview} state={state} position={position} />
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

function stateWords(state: PreviewState): string {
  if (state.status === "failed") {
    if (state.trouble === "gone") return i18n.t("One of the two files is not there.");
    if (state.trouble === "format") return i18n.t("This browser cannot decode one of the two.");
    return i18n.t("The server does not answer.");
  }
  if (state.status === "reading") return i18n.t("Reading the beats…");
  if (state.status === "loading") return i18n.t("Fetching the seconds around the joint…");
  return beatWords(state);
}

function beatWords({ plan, facts, nudge_s }: PreviewState): string {
  if (!plan || !facts) return "";
  const ms = Math.round(nudge_s * 1000);
  const nudged = ms === 0 ? "" : ` ${ms > 0 ? i18n.t("Nudged {ms} ms later.", { ms }) : i18n.t("Nudged {ms} ms earlier.", { ms: -ms })}`;
  if (plan.inTime === "unknown" || !facts.a.grid || !facts.b.grid) return i18n.t("The beats of both are not measured yet: use your ears and the nudge.") + nudged;
  const counted = plan.counted === 1 ? "" : plan.counted === 0.5 ? ` ${i18n.t("Counted at half time.")}` : ` ${i18n.t("Counted at double time.")}`;
  if (plan.inTime === "yes") return i18n.t("Beat on beat.") + counted + nudged;
  const parting = Math.round(Math.abs(beatError(plan, facts.a.grid, facts.b.grid, plan.mixTo)) * 1000);
  return i18n.t("They begin on the beat and part: {ms} ms at the end.", { ms: parting }) + counted + nudged;
}

function Lanes({ preview, plan, position, a, b }: { preview: JointPreview; plan: JointPlan | null; position: number; a: TrackItem; b: TrackItem }) {
  const [drag, setDrag] = useState<number | null>(null);
  const length = plan?.length ?? 1;
  const at = drag ?? position;
  const say = (value: number): string => i18n.t("{position} of {duration}", { position: clock(value), duration: clock(length) });
  return (
    <div className="decks-lanes">
      <Slider label={i18n.t("Place in the joint")} value={Math.min(at, length)} max={length} step={1} bigStep={4} text={say(at)} say={say} disabled={!plan} onPreview={setDrag} onChange={(value) => preview.seek(value)}>
        <Lane track={a} from={plan?.a.from ?? 0} to={plan?.a.to ?? 1} start={0} end={plan ? plan.mixTo : 1} at={at} length={length} />
        <Lane track={b} from={plan?.b.from ?? 0} to={plan?.b.to ?? 1} start={plan ? plan.bAt : 0} end={length} at={at} length={length} />
        {plan && <span className="decks-mix" style={{ left: `${(plan.mixFrom / length) * 100}%`, width: `${((plan.mixTo - plan.mixFrom) / length) * 100}%` }} />}
      </Slider>
    </div>
  );
}

function Lane({ track, from, to, start, end, at, length }: { track: TrackItem; from: number; to: number; start: number; end: number; at: number; length: number }) {
  const peaks = useWaveform(track.id);
  const part = peaks && track.duration_s > 0 ? peaks.slice(Math.floor((from / track.duration_s) * peaks.length), Math.max(1, Math.ceil((to / track.duration_s) * peaks.length))) : null;
  const played = Math.min(1, Math.max(0, (at - start) / Math.max(0.001, end - start)));
  const style = { left: `${(start / length) * 100}%`, width: `${((end - start) / length) * 100}%`, ["--v" as string]: `${played * 100}%`, ["--b" as string]: "100%" } satisfies CSSProperties;
  return (
    <span className="decks-lane" style={style}>
      {part && part.length > 1 ? <Wave peaks={part} /> : <span className="decks-flat" />}
    </span>
  );
}

function Tempo({ preview, state, b }: { preview: JointPreview; state: PreviewState; b: TrackItem }) {
  const needed = state.facts ? tempoNeeded(state.facts.a, state.facts.b) : null;
  const words = changeText(state.tempoPct);
  const off = needed !== null && Math.abs(needed) <= tempoMostPct && Math.abs(needed - state.tempoPct) > 0.04;
  const set = (value: number): void => preview.change({ tempoPct: Math.round((value - tempoMostPct) * 10) / 10 });
  return (
    <>
      <span className="t-12 t-3 w5 decks-label">{i18n.t("Tempo")}</span>
      <div className="grow">
        <Slider
          label={i18n.t("Tempo of {title}", { title: b.title })}
          value={state.tempoPct + tempoMostPct}
          max={2 * tempoMostPct}
          step={0.1}
          bigStep={1}
          text={words}
          say={(value) => changeText(value - tempoMostPct)}
          disabled={!state.plan}
          // With the pitch kept the sound is made anew, which waits for the hand.
          onPreview={(value) => value !== null && !state.keepPitch && set(value)}
          onChange={set}
        />
      </div>
      <span className="num t-12 t-2 decks-pct">{words}</span>
      {off && (
        <Button size="s" kind="quiet" onClick={() => preview.change({ tempoPct: needed })}>
          {i18n.t("Match")}
        </Button>
      )}
    </>
  );
}

const nudges = 0.01;
const lengths = [8, 16, 32, 64];

function Mixer({ preview, state, position }: { preview: JointPreview; state: PreviewState; position: number }) {
  const { plan } = state;
  const byHand = typeof state.fade === "number";
  const shape = byHand ? "hand" : state.fade;
  const share = plan && !byHand ? faderAt(state.fade as "smooth" | "quick", (position - plan.mixFrom) / (plan.mixTo - plan.mixFrom)) : (state.fade as number);
  const far = Number.isFinite(share) ? share : 0;
  const words = i18n.t("{share} % to the second", { share: Math.round(far * 100) });
  return (
    <details className="decks-more">
      <summary className="t-12 w5">{i18n.t("Mixer")}</summary>
      <div className="row decks-row">
        <span className="t-12 t-3 w5">{i18n.t("Fade")}</span>
        <Segmented
          size="s"
          label={i18n.t("Crossfade")}
          value={shape}
          options={[
            { value: "smooth", label: i18n.t("Smooth") },
            { value: "quick", label: i18n.t("Quick") },
            { value: "hand", label: i18n.t("By hand") },
          ]}
          onChange={(next: "smooth" | "quick" | "hand") => preview.change({ fade: next === "hand" ? far : next })}
        />
      </div>
      <div className="row decks-row">
        <span className="t-12 t-3 w5" aria-hidden="true">
          A
        </span>
        <div className="grow">
          <Slider label={i18n.t("Crossfader")} value={far} max={1} step={0.05} bigStep={0.25} text={words} disabled={!plan} onPreview={(value) => value !== null && preview.change({ fade: value })} onChange={(value) => preview.change({ fade: value })} />
        </div>
        <span className="t-12 t-3 w5" aria-hidden="true">
          B
        </span>
      </div>
      <div className="row decks-row">
        <span className="t-12 t-3 w5">{i18n.t("Nudge")}</span>
        <IconButton icon="chev-left" size="s" label={i18n.t("Second deck 10 ms earlier")} disabled={!plan} onClick={() => preview.change({ nudge_s: round(state.nudge_s - nudges) })} />
        <IconButton icon="chev-right" size="s" label={i18n.t("Second deck 10 ms later")} disabled={!plan} onClick={() => preview.change({ nudge_s: round(state.nudge_s + nudges) })} />
        <Button size="s" kind="quiet" disabled={!plan || !state.facts?.a.grid} onClick={() => state.facts?.a.grid && preview.change({ nudge_s: round(state.nudge_s + 60 / state.facts.a.grid.bpm) })}>
          {i18n.t("One beat later")}
        </Button>
        {state.nudge_s !== 0 && <IconButton icon="undo" size="s" label={i18n.t("No nudge")} onClick={() => preview.change({ nudge_s: 0 })} />}
      </div>
      <div className="row decks-row">
        <span className="t-12 t-3 w5">{i18n.t("Overlap")}</span>
        <Segmented size="s" label={i18n.t("Overlap in beats")} value={String(state.overlapBeats)} options={lengths.map((beats) => ({ value: String(beats), label: String(beats) }))} onChange={(beats) => preview.change({ overlapBeats: Number(beats) })} />
        <span className="t-12 t-3">{i18n.t("beats")}</span>
      </div>
      <div className="row decks-row">
        <button type="button" className="chip" aria-pressed={state.loop} onClick={() => preview.change({ loop: !state.loop })}>
          {i18n.t("Loop")}
        </button>
        <button type="button" className="chip" aria-pressed={state.keepPitch} onClick={() => preview.change({ keepPitch: !state.keepPitch })}>
          {i18n.t("Keep the pitch")}
        </button>
      </div>
    </details>
  );
}
const round = (value: number): number => Math.round(value * 10_000) / 10_000;
