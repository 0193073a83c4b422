import { i18n } from "@lingui/core";
import type { AlbumDetail, TrackItem } from "@/shared/api/types";
import { bytes, partialDate, quality, relativeDay } from "@/shared/lib/format";

/** Formats of all tracks, the commonest first; a mixed album says so. */
function sourceOf(tracks: readonly TrackItem[]): string | null {
  const counts = new Map<string, number>();
  for (const track of tracks) {
    const name = quality(track);
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  if (names.length > 2) return [...new Set(names.map((name) => name.split(" ")[0]))].join(", ");
  return names.join(", ") || null;
}

export function AlbumFacts({ album, tracks }: { album: AlbumDetail; tracks: readonly TrackItem[] }) {
  const size = tracks.reduce((sum, track) => sum + (track.size ?? 0), 0);
  const plays = tracks.reduce((sum, track) => sum + track.play_count, 0);
  const lastPlayed = tracks.map((track) => track.last_played_at).filter((at): at is string => at !== null).sort().at(-1);
  const released = [album.date ? partialDate(album.date) : album.year, ...album.labels.slice(0, 2)].filter(Boolean).join(", ");
  const facts: [string, string | null | undefined][] = [
    [i18n.t("Released"), released],
    [i18n.t("First released"), album.original_date && album.original_date !== album.date ? partialDate(album.original_date) : null],
    [i18n.t("Source"), [sourceOf(tracks), size > 0 ? bytes(size) : null].filter(Boolean).join(", ")],
    [i18n.t("Genre"), album.genres.slice(0, 3).join(", ")],
    [i18n.t("Catalogue"), album.catalog_number],
    [i18n.t("Played"), plays === 0 ? i18n.t("not yet") : [i18n.t("{plays, plural, one {once} other {# times}}", { plays }), lastPlayed && i18n.t("last {when}", { when: relativeDay(lastPlayed) })].filter(Boolean).join(", ")],
    [i18n.t("Added"), relativeDay(album.added_at)],
  ];
  return (
    <dl>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
