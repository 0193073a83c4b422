import { i18n } from "@lingui/core";
import { memo, useMemo, useRef } from "react";
import { thePlayer } from "@/player";
import type { LyricLine, LyricWord, Lyrics } from "@/shared/api/types";
import { Icon } from "@/shared/ui/Icon";
import "./lyrics.css";
import { LyricTools } from "./LyricTools";
import { useBeat } from "./useBeat";
import { useFollow } from "./useFollow";
import { languageTag } from "./useLyrics";

/** The line being sung, word by word. */
function Words({ words, offsetMs }: { words: readonly LyricWord[]; offsetMs: number }) {
  const starts = useMemo(() => words.map((word) => word.start_ms), [words]);
  const at = useBeat(starts, offsetMs);
  return words.map((word, index) => (
    <span key={index} className="word" data-sung={index <= at || undefined}>
      {word.text}
    </span>
  ));
}

const SyncedLine = memo(function SyncedLine({ line, now, offsetMs }: { line: LyricLine; now: boolean; offsetMs: number }) {
  const seek = (): void => {
    if (line.start_ms !== null) thePlayer().seek(Math.max(0, line.start_ms - offsetMs) / 1000);
  };
  return (
    <li>
      <button type="button" className="lyric" aria-current={now || undefined} onClick={seek}>
        {now && line.words?.length ? <Words words={line.words} offsetMs={offsetMs} /> : line.text || "♪"}
      </button>
    </li>
  );
});

interface LyricLinesProps {
  lyrics: Lyrics;
  line: number;
  /** The tools stand under the last line, where nobody else shows them. */
  tools?: boolean;
}

/** Synced lines are buttons that seek. The column follows the song until the reader scrolls, and again four seconds later. */
export function LyricLines({ lyrics, line, tools = true }: LyricLinesProps) {
  const list = useRef<HTMLOListElement>(null);
  const { following, follow } = useFollow(list, line, lyrics.synced);
  const offsetMs = lyrics.offset_ms ?? 0;
  return (
    <>
      <ol className="lyrics" ref={list} lang={languageTag(lyrics.language) ?? undefined}>
        {lyrics.lines.map((one, index) =>
          lyrics.synced ? (
            <SyncedLine key={index} line={one} now={index === line} offsetMs={offsetMs} />
          ) : (
            <li key={index}>
              <p className="lyric" data-plain="">
                {one.text || "\u00a0"}
              </p>
            </li>
          ),
        )}
      </ol>
      {tools && <LyricTools />}
      {lyrics.synced && !following && (
        <button type="button" className="btn lyric-follow" data-size="s" onClick={follow}>
          <Icon name="lyrics" size="s" />
          {i18n.t("Follow again")}
        </button>
      )}
    </>
  );
}
