import { i18n } from "@lingui/core";
import { usePlayer } from "@/player/usePlayer";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { LyricLines } from "./LyricLines";
import { useLyrics } from "./useLyrics";

export default function LyricsPanel() {
  const track = usePlayer((state) => state.track);
  const { lyrics, line, isPending, error, refetch } = useLyrics();
  if (error) return <ErrorState what={i18n.t("The lyrics could not be loaded")} error={error} onRetry={refetch} />;
  if (isPending) return <SkeletonRows count={6} />;
  if (!lyrics) {
    return (
      <EmptyState icon="lyrics" title={track ? i18n.t("No lyrics for this track") : i18n.t("Nothing is playing")}>
        {i18n.t("Lyrics come from the tags of a file, or from an .lrc file with the same name beside it.")}
      </EmptyState>
    );
  }
  return (
    <div className="side-scroll lyrics-panel">
      <LyricLines lyrics={lyrics} line={line} />
    </div>
  );
}
