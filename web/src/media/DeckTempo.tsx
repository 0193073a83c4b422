import { i18n } from "@lingui/core";
import { tempoMostPct, tempoNeeded, type JointPreview, type PreviewState } from "@/player/preview";
import type { TrackItem } from "@/shared/api/types";
import { changeText } from "@/shared/lib/joints";
import { Button } from "@/shared/ui/Button";
import { Slider } from "@/shared/ui/Slider";

/** How much faster or slower the second plays. */
export function DeckTempo({ preview, state, b }: { preview: JointPreview; state: PreviewState; b: TrackItem }) {
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
