import { lazy, Suspense } from "react";
import NowPlayingPage from "@/features/player/NowPlayingPage";
import { useNowPlayingLook } from "@/media/nowPlaying";
import { usePanel } from "@/media/panel";
import { SidePanel } from "./SidePanel";

const Visualizer = lazy(() => import("@/features/visualizer/Visualizer"));

/** Now playing with what other features lend it. */
export default function NowPlaying() {
  const over = usePanel((state) => state.over);
  const visual = useNowPlayingLook((look) => look.visualOn);
  return (
    <NowPlayingPage
      visual={
        visual && (
          <Suspense>
            <Visualizer />
          </Suspense>
        )
      }
      panel={over && <SidePanel tab={over} place="over" />}
    />
  );
}
