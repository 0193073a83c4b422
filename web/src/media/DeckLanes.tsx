import { i18n } from "@lingui/core";
import { useState, type CSSProperties } from "react";
import type { JointPlan, JointPreview } from "@/player/preview";
import type { TrackItem } from "@/shared/api/types";
import { clock } from "@/shared/lib/format";
import { Slider } from "@/shared/ui/Slider";
import { useWaveform } from "./useWaveform";
import { Wave } from "./Wave";

/** Both tracks as they lie in the joint, one above the other; a slider for the place in it. */
export function DeckLanes({ preview, plan, position, a, b }: { preview: JointPreview; plan: JointPlan | null; position: number; a: TrackItem; b: TrackItem }) {
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
