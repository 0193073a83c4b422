import { i18n } from "@lingui/core";
import { TrackList } from "@/media/TrackList";
import type { TrackColumn } from "@/media/trackColumns";
import type { AlbumDetail, Disc } from "@/shared/api/types";

const columns: readonly TrackColumn[] = ["number", "title", "bpm", "key", "energy", "time", "like", "more"];

export function DiscList({ album, disc, many, onPlay }: { album: AlbumDetail; disc: Disc; many: boolean; onPlay: (trackId: string) => void }) {
  const name = i18n.t("Disc {number}", { number: disc.disc ?? 1 });
  return (
    <section className="disc" aria-label={many ? name : undefined}>
      {many && (
        <h2 className="disc-h">
          {name}
          {disc.subtitle && <span className="t-2"> {disc.subtitle}</span>}
        </h2>
      )}
      <TrackList
        label={many ? i18n.t("Tracks of {name}", { name }) : i18n.t("Tracks")}
        tracks={disc.tracks}
        columns={columns}
        rowHeight={46}
        head={!many || disc === album.discs[0]}
        hideArtist={album.artist}
        numberOf={(track) => track.number}
        onPlay={(index) => onPlay(disc.tracks[index]?.id ?? "")}
      />
    </section>
  );
}
