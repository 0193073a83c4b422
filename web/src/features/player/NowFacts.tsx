import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import type { TrackItem } from "@/shared/api/types";
import { keyName } from "@/shared/lib/musicalKey";
import { decibels } from "@/media/streamed";
import { keyText, tempoText } from "@/media/Values";

/** Tempo and key only where they are known; levelling only while something is levelled. */
export function NowFacts({ track }: { track: TrackItem }) {
  const levelDb = usePlayer((state) => state.streamed?.levelDb ?? null);
  const [tempo, key] = [tempoText(track), keyText(track)];
  const facts = [
    tempo && <span key="bpm">{i18n.t("{bpm} BPM", { bpm: tempo })}</span>,
    key && (
      <span key="key" data-tip={keyName(track.camelot ?? track.key ?? "")}>
        {key}
      </span>
    ),
    levelDb !== null && <span key="level">{i18n.t("Levelled {db}", { db: decibels(levelDb) })}</span>,
  ].filter(Boolean);
  if (facts.length === 0) return null;
  return (
    <p className="t-12 t-2 num np-facts">
      {facts.map((fact, index) => [index > 0 && <span key={index} className="dot" />, fact])}
    </p>
  );
}
