import { i18n } from "@lingui/core";
import { useLike } from "@/shared/api/likes";
import type { TrackItem } from "@/shared/api/types";
import { Button, IconButton } from "@/shared/ui/Button";
import type { MenuAction, MenuEntry } from "@/shared/ui/menu";
import { addToQueue, playTracks } from "./play";
import { trackMenuExtras } from "./trackMenu";

/** What can be done with several tracks at once: the bar and the menu of a chosen row offer the same. */
export function useSelectionActions(tracks: readonly TrackItem[]): MenuAction[] {
  const like = useLike();
  const liked = tracks.length > 0 && tracks.every((track) => track.liked);
  // One after the other: the server keeps every request, and a refusal stops the rest.
  const likeAll = async (): Promise<void> => {
    try {
      for (const track of tracks) if (track.liked === liked) await like.mutateAsync({ kind: "track", id: track.id, liked: !liked });
    } catch {
      // The mutation has said so.
    }
  };
  const isAction = (entry: MenuEntry): entry is MenuAction => entry !== "line" && "run" in entry;
  return [
    { label: i18n.t("Play"), icon: "play", run: () => playTracks(tracks, 0, null) },
    { label: i18n.t("Play next"), icon: "next", keys: "N", run: () => addToQueue(tracks, "next") },
    { label: i18n.t("Add to queue"), icon: "queue", run: () => addToQueue(tracks, "last") },
    ...trackMenuExtras(tracks).filter(isAction),
    { label: liked ? i18n.t("Unlike") : i18n.t("Like"), icon: liked ? "heart-on" : "heart", keys: "L", run: () => void likeAll() },
  ];
}

export const selectedCount = (n: number): string => i18n.t("{n} selected", { n });

/** Stands where the head of the list was, and stays in sight while the list scrolls. */
export function SelectionBar({ count, actions, tight, onClear }: { count: number; actions: readonly MenuAction[]; tight: boolean; onClear: () => void }) {
  return (
    <div className="sel-place">
      <div className="sel-bar" role="group" aria-label={i18n.t("Selected tracks")}>
        <b className="num">{selectedCount(count)}</b>
        {actions.map(({ label, icon, run }, index) =>
          tight ? (
            <IconButton key={label} icon={icon ?? "more"} label={label} size="s" onClick={run} />
          ) : (
            <Button key={label} size="s" kind={index === 0 ? "plain" : "quiet"} icon={icon} onClick={run}>
              {label}
            </Button>
          ),
        )}
        <IconButton className="sel-clear" icon="close" label={i18n.t("Clear selection")} keys="Esc" size="s" onClick={onClear} />
      </div>
    </div>
  );
}
