import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { LyricLines } from "./LyricLines";
import { LyricTools, NoLyricsTools } from "./LyricTools";
import { useLyrics } from "./useLyrics";

/** The words of what plays, in the panel at the side. */
export default function LyricsPanel() {
  const trackId = usePlayer((state) => state.track?.id ?? null);
  const { lyrics, line, isPending, error, refetch } = useLyrics();
  if (error && !lyrics) return <ErrorState what={i18n.t("The lyrics could not be loaded")} error={error} onRetry={refetch} />;
  if (isPending) return <SkeletonRows count={6} />;
  if (!lyrics) {
    return (
      <EmptyState icon="lyrics" title={trackId ? i18n.t("No lyrics for this track") : i18n.t("Nothing is playing")} action={trackId && <NoLyricsTools key={trackId} trackId={trackId} />}>
        {i18n.t("Lyrics come from the tags of a file, or from an .lrc file with the same name beside it.")}
      </EmptyState>
    );
  }
  return (
    <>
      <div className="side-scroll lyrics-panel">
        <LyricLines key={trackId} lyrics={lyrics} line={line} tools={false} />
      </div>
      <div className="lyric-foot">
        <LyricTools />
      </div>
    </>
  );
}
