import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { nextIndex } from "@/player/queue";
import { usePlayer } from "@/player/usePlayer";
import { trackItemQuery } from "@/shared/api/trackItems";

/** What follows by itself. */
export function NextUp() {
  const nextId = usePlayer(({ queue }) => {
    const index = nextIndex(queue, true);
    return index === null || index === queue.index ? null : (queue.entries[index]?.trackId ?? null);
  });
  const { data } = useQuery({ ...trackItemQuery(nextId ?? ""), enabled: nextId !== null });
  if (!nextId || !data) return null;
  return (
    <p className="t-12 t-2 cut np-next">
      {i18n.t("Next:")} <b>{data.title}</b>
    </p>
  );
}
