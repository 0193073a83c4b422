import { i18n } from "@lingui/core";
import { thePlayer } from "@/player";
import type { Repeat } from "@/player/queue";
import { isPlaying, usePlayer } from "@/player/usePlayer";
import { IconButton } from "@/shared/ui/Button";

export const nextRepeat: Record<Repeat, Repeat> = { off: "all", all: "one", one: "off" };

export function Transport({ large }: { large?: boolean }) {
  const playing = usePlayer(isPlaying);
  const shuffled = usePlayer((state) => state.queue.shuffled);
  const repeat = usePlayer((state) => state.queue.repeat);
  const empty = usePlayer((state) => state.queue.entries.length === 0);
  const repeatLabel = { off: i18n.t("Repeat"), all: i18n.t("Repeat: whole queue"), one: i18n.t("Repeat: this track") }[repeat];
  const player = thePlayer();
  return (
    <div className="bar-ctl">
      <IconButton icon="shuffle" label={i18n.t("Shuffle")} keys="S" pressed={shuffled} onClick={() => player.setShuffle(!shuffled)} />
      <IconButton icon="prev" label={i18n.t("Previous")} keys="Shift ←" disabled={empty} onClick={() => player.previous()} />
      <IconButton
        icon={playing ? "pause" : "play"}
        label={playing ? i18n.t("Pause") : i18n.t("Play")}
        keys={i18n.t("Space")}
        kind="play"
        disabled={empty}
        onClick={() => player.toggle()}
        {...(large ? { size: "l" as const } : {})}
      />
      <IconButton icon="next" label={i18n.t("Next")} keys="Shift →" disabled={empty} onClick={() => player.next()} />
      <span className="repeat" data-one={repeat === "one" || undefined}>
        <IconButton icon="repeat" label={repeatLabel} keys="R" pressed={repeat !== "off"} onClick={() => player.setRepeat(nextRepeat[repeat])} />
      </span>
    </div>
  );
}
