import { lazy, Suspense } from "react";
import { usePlaylistRequest } from "@/media/playlists";

const Picker = lazy(() => import("./Picker"));

/** The dialog of "Add to playlist" comes with its first use. */
export function PlaylistDialogs() {
  const open = usePlaylistRequest((state) => state.open);
  return <Suspense>{open && <Picker request={open} />}</Suspense>;
}
