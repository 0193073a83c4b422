import { i18n } from "@lingui/core";
import type { Rule } from "@/media/rules/rule";
import { conditionsOf, draftOf } from "@/media/rules/rule";
import { Problem } from "@/shared/api/problem";
import type { TrackItem } from "@/shared/api/types";
import { clock, count, span } from "@/shared/lib/format";
import { shownKey } from "@/shared/lib/musicalKey";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { Button } from "@/shared/ui/Button";
import type { Preview } from "./api";
import type { Fault } from "./context";

type Fact = (track: TrackItem) => string;
const dash = "–";
const round = (value: number | null | undefined): string => (typeof value === "number" ? String(Math.round(value)) : dash);
/** The fact of a track that the rule is about, to be seen beside it. */
const facts: Record<string, Fact> = {
  bpm: (track) => round(track.bpm),
  key: (track) => (track.key ? shownKey(track.key) : dash),
  energy: (track) => (typeof track.energy === "number" ? `${Math.round(track.energy * 100)} %` : dash),
  year: (track) => round(track.year),
  play_count: (track) => count(track.play_count),
  rating: (track) => (track.rating ? "★".repeat(track.rating) : dash),
};

function factOf(rule: Rule): Fact {
  const asked = [...rule.sort.map((one) => one.by), ...conditionsOf(draftOf(rule).match).map((one) => one.field)];
  const name = asked.find((field) => field in facts);
  return (name && facts[name]) || ((track) => clock(track.duration_s));
}

interface PaneProps {
  preview: Preview | undefined;
  error: Error | null;
  dim: boolean;
  rule: Rule;
  /** Where the rule is wrong. */
  fault: Fault | null;
  onFault: () => void;
  onRetry: () => void;
}

/** How many there are, how long that took, and the first of them. */
export function PreviewPane({ preview, error, dim, rule, fault, onFault, onRetry }: PaneProps) {
  if (error instanceof Problem && error.status === 422) {
    return (
      <aside className="sp-preview" aria-label={i18n.t("Preview")}>
        <p className="t-2" role="status">
          {i18n.t("Not a rule yet: {why}", { why: error.message })}
        </p>
        {fault && (
          <Button size="s" onClick={onFault}>
            {i18n.t("Show where")}
          </Button>
        )}
      </aside>
    );
  }
  if (error) {
    return (
      <aside className="sp-preview" aria-label={i18n.t("Preview")}>
        <ErrorState what={i18n.t("The preview could not be made")} error={error} onRetry={onRetry} />
      </aside>
    );
  }
  const fact = factOf(rule);
  return (
    <aside className="sp-preview" aria-label={i18n.t("Preview")} aria-busy={dim || undefined} data-dim={dim || undefined}>
      {!preview ? (
        <SkeletonRows count={8} />
      ) : (
        <>
          <header>
            <p role="status">
              <b className="h-20 num">{count(preview.count)}</b>{" "}
              <span className="t-2">
                {preview.kept < preview.count
                  ? i18n.t("{count, plural, one {matches} other {match}}, {kept} kept", { count: preview.count, kept: count(preview.kept) })
                  : i18n.t("{count, plural, one {track matches} other {tracks match}}", { count: preview.count })}
              </span>
            </p>
            <span className="t-12 t-3 num">{i18n.t("{ms} ms", { ms: Math.round(preview.took_ms) })}</span>
          </header>
          {preview.kept > 0 && <p className="t-12 t-3 num">{span(preview.duration_s)}</p>}
          {preview.count === 0 ? (
            <EmptyState icon="filter" title={i18n.t("Nothing fits")}>
              {i18n.t("No track in your library is like this now. One that comes later will be in it.")}
            </EmptyState>
          ) : (
            <ol aria-label={i18n.t("First tracks")}>
              {preview.items.map((track) => (
                <li key={track.id}>
                  <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
                  <span className="cut">
                    <b className="cut">{track.title}</b>
                    <small className="cut">{track.artist}</small>
                  </span>
                  <span className="t-2 num">{fact(track)}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </aside>
  );
}
