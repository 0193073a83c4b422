import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import type { TrackItem } from "@/shared/api/types";
import { shownKey } from "@/shared/lib/musicalKey";
import { decibels } from "@/media/streamed";

/** Tempo and key only where the file says them; levelling only while something is levelled. */
export function NowFacts({ track }: { track: TrackItem }) {
  const levelDb = usePlayer((state) => state.streamed?.levelDb ?? null);
  const facts = [
    track.bpm_tag !== null && <span key="bpm">{i18n.t("{bpm} BPM", { bpm: Math.round(track.bpm_tag) })}</span>,
    track.key_tag && (
      <span key="key" data-tip={track.key_tag}>
        {shownKey(track.key_tag)}
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
