import { useEffect, useRef } from "react";
import { useNowPlayingLook, type VisualStyle } from "@/media/nowPlaying";
import { thePlayer } from "@/player";
import { isPlaying, usePlayer } from "@/player/usePlayer";
import { useCoarsePointer, useMedia } from "@/shared/hooks/useMedia";
import { aurora } from "./aurora";
import { bars } from "./bars";
import type { Painter } from "./painter";
import { picture } from "./picture";
import { ridges } from "./ridges";
import { ring } from "./ring";

const painters: Record<VisualStyle, (canvas: HTMLCanvasElement) => Painter> = { ridges, aurora, bars, ring };

/** The sound as a picture behind now playing. It says nothing that the music does not, so it is not in the accessibility tree. */
export default function Visualizer() {
  const style = useNowPlayingLook((look) => look.visual);
  const still = useMedia("(prefers-reduced-motion: reduce)");
  // A canvas keeps the kind of its first context: another style is another canvas.
  return <Picture key={style} style={style} still={still} />;
}

function Picture({ style, still }: { style: VisualStyle; still: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<ReturnType<typeof picture> | null>(null);
  const playing = usePlayer(isPlaying);
  const trackId = usePlayer((state) => state.track?.id ?? "");
  const phone = useCoarsePointer();

  useEffect(() => {
    if (!canvas.current) return;
    const made = picture(canvas.current, painters[style](canvas.current), { fps: phone ? 30 : 60, analyser: () => thePlayer().analyser() });
    shown.current = made;
    return () => {
      shown.current = null;
      made.dispose();
    };
  }, [style, phone]);
  useEffect(() => shown.current?.show({ moving: playing && !still, seed: trackId }), [playing, still, trackId, style, phone]);

  return <canvas ref={canvas} className="np-visual" data-style={style} aria-hidden="true" />;
}
