import { i18n } from "@lingui/core";
import type { ReactNode } from "react";
import { faderAt, hasIntro, hasOutro, type JointPreview, type PreviewState } from "@/player/preview";
import { IconButton } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Slider } from "@/shared/ui/Slider";

const nudgeSeconds = 0.01;
const overlaps = [8, 16, 32, 64];

interface PartProps {
  preview: JointPreview;
  state: PreviewState;
}

/** What can be set of a joint: how the decks change places, where it begins in each, and how they lie against each other. */
export function DeckMixer({ preview, state, position }: PartProps & { position: number }) {
  return (
    <details className="decks-more">
      <summary className="t-12 w5">{i18n.t("Mixer")}</summary>
      <Fader preview={preview} state={state} position={position} />
      <Edges preview={preview} state={state} />
      <Row name={i18n.t("Overlap")}>
        <Segmented size="s" label={i18n.t("Overlap in beats")} value={String(state.overlapBeats)} options={overlaps.map((beats) => ({ value: String(beats), label: String(beats) }))} onChange={(beats) => preview.change({ overlapBeats: Number(beats) })} />
        <span className="t-12 t-3">{i18n.t("beats")}</span>
      </Row>
      <Shift preview={preview} state={state} />
      <Nudge preview={preview} state={state} />
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

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="row decks-row">
      <span className="t-12 t-3 w5">{name}</span>
      {children}
    </div>
  );
}

function Fader({ preview, state, position }: PartProps & { position: number }) {
  const { plan, fade } = state;
  const share = typeof fade === "number" ? fade : plan ? faderAt(fade, (position - plan.mixFrom) / (plan.mixTo - plan.mixFrom)) : 0;
  const far = Number.isFinite(share) ? share : 0;
  return (
    <>
      <Row name={i18n.t("Fade")}>
        <Segmented
          size="s"
          label={i18n.t("Crossfade")}
          value={typeof fade === "number" ? "hand" : fade}
          options={[
            { value: "smooth", label: i18n.t("Smooth") },
            { value: "quick", label: i18n.t("Quick") },
            { value: "hand", label: i18n.t("By hand") },
          ]}
          onChange={(next: "smooth" | "quick" | "hand") => preview.change({ fade: next === "hand" ? far : next })}
        />
      </Row>
      <div className="row decks-row">
        <span className="t-12 t-3 w5" aria-hidden="true">
          A
        </span>
        <div className="grow">
          <Slider label={i18n.t("Crossfader")} value={far} max={1} step={0.05} bigStep={0.25} text={i18n.t("{share} % to the second", { share: Math.round(far * 100) })} disabled={!plan} onPreview={(value) => value !== null && preview.change({ fade: value })} onChange={(value) => preview.change({ fade: value })} />
        </div>
        <span className="t-12 t-3 w5" aria-hidden="true">
          B
        </span>
      </div>
    </>
  );
}

/** Where the first is left and where the second comes in, as far as their outro and intro were measured. */
function Edges({ preview, state: { facts, leave, enter } }: PartProps) {
  if (!facts) return null;
  return (
    <>
      {hasOutro(facts.a) && (
        <Row name={i18n.t("A leaves")}>
          <Segmented
            size="s"
            label={i18n.t("Where the first is left")}
            value={leave}
            options={[
              { value: "outro", label: i18n.t("At its outro") },
              { value: "end", label: i18n.t("At its end") },
            ]}
            onChange={(next: "outro" | "end") => preview.change({ leave: next })}
          />
        </Row>
      )}
      {hasIntro(facts.b) && (
        <Row name={i18n.t("B enters")}>
          <Segmented
            size="s"
            label={i18n.t("Where the second comes in")}
            value={enter}
            options={[
              { value: "start", label: i18n.t("At its start") },
              { value: "intro", label: i18n.t("Late in its intro") },
            ]}
            onChange={(next: "start" | "intro") => preview.change({ enter: next })}
          />
        </Row>
      )}
    </>
  );
}

/** Beats are measured, the first of a bar is not: each deck can be put a beat earlier or later by ear. */
function Shift({ preview, state: { facts, plan, shift } }: PartProps) {
  const by = (deck: "a" | "b", beats: number): void => preview.change({ shift: { ...shift, [deck]: shift[deck] + beats } });
  const sides = [
    { deck: "a", name: "A", earlier: i18n.t("First deck one beat earlier"), later: i18n.t("First deck one beat later") },
    { deck: "b", name: "B", earlier: i18n.t("Second deck one beat earlier"), later: i18n.t("Second deck one beat later") },
  ] as const;
  return (
    <Row name={i18n.t("Beats")}>
      {sides.map(({ deck, name, earlier, later }) => (
        <span key={deck} className="row decks-shift">
          <span className="t-12 t-3 w5" aria-hidden="true">
            {name}
          </span>
          <IconButton icon="chev-left" size="s" label={earlier} disabled={!plan || !facts?.[deck].grid} onClick={() => by(deck, -1)} />
          <output className="num t-12" aria-label={deck === "a" ? i18n.t("Beats the first deck is shifted by") : i18n.t("Beats the second deck is shifted by")}>
            {signed(shift[deck])}
          </output>
          <IconButton icon="chev-right" size="s" label={later} disabled={!plan || !facts?.[deck].grid} onClick={() => by(deck, 1)} />
        </span>
      ))}
    </Row>
  );
}
const signed = (beats: number): string => (beats === 0 ? "0" : beats > 0 ? `+${beats}` : `−${-beats}`);

function Nudge({ preview, state: { plan, nudge_s } }: PartProps) {
  const to = (seconds: number): void => preview.change({ nudge_s: Math.round(seconds * 10_000) / 10_000 });
  return (
    <Row name={i18n.t("Nudge")}>
      <IconButton icon="chev-left" size="s" label={i18n.t("Second deck 10 ms earlier")} disabled={!plan} onClick={() => to(nudge_s - nudgeSeconds)} />
      <output className="num t-12" aria-label={i18n.t("Nudge of the second deck")}>
        {i18n.t("{ms} ms", { ms: signed(Math.round(nudge_s * 1000)) })}
      </output>
      <IconButton icon="chev-right" size="s" label={i18n.t("Second deck 10 ms later")} disabled={!plan} onClick={() => to(nudge_s + nudgeSeconds)} />
      {nudge_s !== 0 && <IconButton icon="undo" size="s" label={i18n.t("No nudge")} onClick={() => to(0)} />}
    </Row>
  );
}
