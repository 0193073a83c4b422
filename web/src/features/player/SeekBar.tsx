import { useState } from "react";
import { SeekSlider } from "@/media/SeekSlider";
import { usePlayerTime } from "@/player/usePlayer";
import { clock, length } from "@/shared/lib/format";

/** Position, waveform, length. While dragging, the first clock says where one would land. */
export function SeekBar({ pitch }: { pitch?: number }) {
  const position = usePlayerTime((time) => Math.floor(time.position));
  const duration = usePlayerTime((time) => time.duration);
  const [preview, setPreview] = useState<number | null>(null);
  return (
    <div className="bar-seek num">
      <span aria-hidden="true">{clock(preview ?? position)}</span>
      <SeekSlider onPreview={setPreview} {...(pitch ? { pitch } : {})} />
      <span aria-hidden="true">{length(duration)}</span>
    </div>
  );
}
