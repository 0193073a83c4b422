import { i18n } from "@lingui/core";
import { thePlayer } from "@/player";
import { usePlayer } from "@/player/usePlayer";
import { IconButton } from "@/shared/ui/Button";
import { Slider } from "@/shared/ui/Slider";

export function Volume() {
  const volume = usePlayer((state) => state.volume);
  const muted = usePlayer((state) => state.muted);
  const shown = muted ? 0 : volume;
  const percent = Math.round(shown * 100);
  const player = thePlayer();
  return (
    <>
      <IconButton icon={shown === 0 ? "mute" : "volume"} label={muted ? i18n.t("Unmute") : i18n.t("Mute")} keys="M" onClick={() => player.setMuted(!muted)} />
      <div className="volume">
        <Slider
          label={i18n.t("Volume")}
          value={shown}
          max={1}
          step={0.05}
          bigStep={0.2}
          text={i18n.t("{percent} percent", { percent })}
          onPreview={(value) => value !== null && player.setVolume(value)}
          onChange={(value) => player.setVolume(value)}
        />
      </div>
    </>
  );
}
