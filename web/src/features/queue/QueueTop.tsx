import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import { Icon } from "@/shared/ui/Icon";

export type QueuePart = "next" | "history";

/** What is shown of the queue, and whether it begins anew at its end. */
export function QueueTop({ part, onPart }: { part: QueuePart; onPart: (part: QueuePart) => void }) {
  const repeat = usePlayer((state) => state.queue.repeat);
  const parts: [QueuePart, string][] = [
    ["next", i18n.t("Up next")],
    ["history", i18n.t("History")],
  ];
  return (
    <div className="q-top" role="group" aria-label={i18n.t("Queue")}>
      {parts.map(([value, label]) => (
        <button key={value} type="button" aria-pressed={part === value} onClick={() => onPart(value)}>
          {label}
        </button>
      ))}
      {part === "next" && repeat !== "off" && (
        <span className="q-repeat">
          <Icon name="repeat" size="s" />
          {repeat === "one" ? i18n.t("Repeats this track") : i18n.t("Repeats from the start")}
        </span>
      )}
    </div>
  );
}
