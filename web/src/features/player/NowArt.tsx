import { i18n } from "@lingui/core";
import { LikeButton } from "@/media/LikeButton";
import { artworkUrl } from "@/shared/api/queries";
import type { TrackItem } from "@/shared/api/types";
import { Cover } from "@/shared/ui/Cover";
import { ArtistLinks } from "./ArtistLinks";
import { TroubleLine } from "./Trouble";

/** The small picture of the bar lies under the large one until that has come. */
export function NowArt({ track }: { track: TrackItem }) {
  return (
    <div className="np-art">
      <div className="np-cover" style={track.cover_id ? { backgroundImage: `url("${artworkUrl(track.cover_id, 96)}")` } : undefined} data-art={track.cover_id ? "" : undefined}>
        <Cover coverId={track.cover_id} alt={i18n.t("Cover of {name}", { name: track.album ?? track.title })} size={960} accent={track.accent} seed={track.album_id ?? track.id} eager />
      </div>
      <div className="row between np-title">
        <div className="cut">
          <h1 className="h-28 cut" data-tip={track.title} data-tip-cut>
            {track.title}
          </h1>
          <p className="t-16 t-2 cut">
            <TroubleLine>
              <ArtistLinks artists={track.artists} fallback={track.artist} />
            </TroubleLine>
          </p>
        </div>
        <LikeButton kind="track" id={track.id} name={track.title} liked={track.liked} />
      </div>
    </div>
  );
}
