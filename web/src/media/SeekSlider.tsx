import { i18n } from "@lingui/core";
import { thePlayer } from "@/player";
import { usePlayer, usePlayerTime } from "@/player/usePlayer";
import { clock, length } from "@/shared/lib/format";
import { Slider } from "@/shared/ui/Slider";
import { useWaveform } from "./useWaveform";
import { Wave } from "./Wave";

/** Where in the current track: its waveform once the server has measured it, a plain line until then. */
export function SeekSlider({ pitch, onPreview }: { pitch?: number; onPreview?: (seconds: number | null) => void }) {
  const trackId = usePlayer((state) => state.track?.id ?? null);
  const position = usePlayerTime((time) => Math.floor(time.position * 4) / 4);
  const duration = usePlayerTime((time) => time.duration);
  const loaded = usePlayerTime((time) => (time.duration > 0 ? Math.min(100, Math.ceil((time.buffered / time.duration) * 100)) : 0));
  const peaks = useWaveform(trackId);
  return (
    <Slider
      label={i18n.t("Seek")}
      value={position}
      max={duration}
      step={5}
      bigStep={30}
      text={i18n.t("{position} of {duration}", { position: clock(position), duration: length(duration) })}
      say={(seconds) => i18n.t("{position} of {duration}", { position: clock(seconds), duration: length(duration) })}
      tip={clock}
      accent
      loaded={loaded}
      disabled={duration === 0}
      onChange={(seconds) => thePlayer().seek(seconds)}
      {...(onPreview ? { onPreview } : {})}
    >
      {peaks && <Wave peaks={peaks} {...(pitch ? { pitch } : {})} />}
    </Slider>
  );
}
