import { i18n } from "@lingui/core";
import { useState } from "react";
import { thePlayer } from "@/player";
import { usePlayerTime } from "@/player/usePlayer";
import { clock } from "@/shared/lib/format";
import { Slider } from "@/shared/ui/Slider";

/** Position as a slider. Once the server measures waveforms, they are drawn in its place. */
export function SeekBar() {
  const position = usePlayerTime((time) => Math.floor(time.position * 4) / 4);
  const duration = usePlayerTime((time) => time.duration);
  const [preview, setPreview] = useState<number | null>(null);
  const shown = preview ?? position;
  const text = i18n.t("{position} of {duration}", { position: clock(shown), duration: clock(duration) });
  return (
    <div className="bar-seek num">
      <span aria-hidden="true">{clock(shown)}</span>
      <Slider label={i18n.t("Seek")} value={position} max={duration} step={5} bigStep={30} text={text} accent disabled={duration === 0} onPreview={setPreview} onChange={(seconds) => thePlayer().seek(seconds)} />
      <span aria-hidden="true">{clock(duration)}</span>
    </div>
  );
}
