import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { thePlayer } from "@/player";
import { isPlaying, usePlayer } from "@/player/usePlayer";
import { soundWords } from "@/media/streamed";
import { api } from "@/shared/api/client";
import type { Items, SessionItem } from "@/shared/api/types";
import { usePhone } from "@/shared/hooks/useMedia";
import { Icon } from "@/shared/ui/Icon";
import { Slider } from "@/shared/ui/Slider";
import "./devices.css";
import { Outputs } from "./Outputs";

/** What this browser is doing, in words. */
function useDoing(): string {
  const playing = usePlayer(isPlaying);
  const streamed = usePlayer((state) => state.streamed);
  const empty = usePlayer((state) => state.queue.index < 0);
  if (empty) return i18n.t("Nothing is playing");
  const sound = streamed ? soundWords(streamed) : null;
  if (playing) return sound ? i18n.t("Playing, {sound}", { sound }) : i18n.t("Playing");
  return i18n.t("Paused");
}

/** The loudspeaker side of playing: this browser, how loud, and through what. */
export default function DevicesPanel() {
  const phone = usePhone();
  const doing = useDoing();
  const volume = usePlayer((state) => (state.muted ? 0 : state.volume));
  const { data } = useQuery({ queryKey: ["me", "sessions"], queryFn: ({ signal }) => api.get<Items<SessionItem>>("me/sessions", undefined, signal).then((page) => page.items), retry: false });
  const name = data?.find((one) => one.current)?.device_name;
  const percent = Math.round(volume * 100);
  return (
    <div className="side-scroll devices">
      <div className="device" aria-current="true">
        <Icon name={phone ? "phone" : "laptop"} />
        <span className="cut">
          <b className="cut">{i18n.t("This browser")}</b>
          <small className="cut">{name ? `${name} · ${doing}` : doing}</small>
        </span>
        <div className="device-volume">
          <Slider
            label={i18n.t("Volume")}
            value={volume}
            max={1}
            step={0.05}
            bigStep={0.2}
            accent
            text={i18n.t("{percent} percent", { percent })}
            onPreview={(value) => value !== null && thePlayer().setVolume(value)}
            onChange={(value) => thePlayer().setVolume(value)}
          />
          <span className="t-12 t-3 num" aria-hidden="true">
            {percent} %
          </span>
        </div>
      </div>
      <Outputs />
    </div>
  );
}
