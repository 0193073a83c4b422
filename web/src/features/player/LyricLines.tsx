import { useEffect, useRef } from "react";
import { thePlayer } from "@/player";
import type { Lyrics } from "@/shared/api/types";

const leaveAlone = 4000;

/** Synced lines are buttons that seek. The column follows the song until the reader scrolls, and again four seconds later. */
export function LyricLines({ lyrics, line }: { lyrics: Lyrics; line: number }) {
  const list = useRef<HTMLOListElement>(null);
  const touched = useRef(0);
  useEffect(() => {
    const column = list.current?.parentElement;
    const current = list.current?.children[line];
    if (!column || !(current instanceof HTMLElement) || Date.now() - touched.current < leaveAlone) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const within = current.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
    column.scrollTo({ top: within - column.clientHeight * 0.45, behavior: calm ? "auto" : "smooth" });
  }, [line, lyrics]);

  const hold = (): void => {
    touched.current = Date.now();
  };
  return (
    <ol className="lyrics" ref={list} onWheel={hold} onTouchMove={hold} lang={lyrics.language ?? undefined}>
      {lyrics.lines.map((one, index) => (
        <li key={index}>
          {lyrics.synced ? (
            <button type="button" className="lyric" aria-current={index === line || undefined} onClick={() => one.start_ms !== null && thePlayer().seek(one.start_ms / 1000)}>
              {one.text || "♪"}
            </button>
          ) : (
            <p className="lyric" data-plain="">
              {one.text || "\u00a0"}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
