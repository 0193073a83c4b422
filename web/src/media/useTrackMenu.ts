import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { useLike } from "@/shared/api/likes";
import type { TrackItem } from "@/shared/api/types";
import type { MenuEntry } from "@/shared/ui/menu";
import { openTrackMenu } from "./trackMenu";

type Where = HTMLElement | { x: number; y: number; origin: HTMLElement | null };

export function useTrackMenu(): (where: Where, track: TrackItem, extra?: readonly MenuEntry[]) => void {
  const navigate = useNavigate();
  const { mutate } = useLike();
  return useCallback(
    (where, track, extra = []) =>
      openTrackMenu(where, track, {
        go: ({ album, artist }) =>
          void (album ? navigate({ to: "/albums/$albumId", params: { albumId: album } }) : artist && navigate({ to: "/artists/$artistId", params: { artistId: artist } })),
        like: (one) => mutate({ kind: "track", id: one.id, liked: !one.liked }),
        extra,
      }),
    [navigate, mutate],
  );
}
