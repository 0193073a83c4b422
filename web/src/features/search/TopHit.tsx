import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { playAlbum, playTracks } from "@/media/play";
import { artistImageUrl } from "@/shared/api/queries";
import type { TopHit as Hit } from "@/shared/api/types";
import { albumCount, trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";

function Words({ name, kind, line }: { name: string; kind: string; line: string | null }) {
  return (
    <span className="top-words">
      <span className="t-12 t-3 w5">{kind}</span>
      <b className="h-20">{name}</b>
      {line && <span className="t-2 num">{line}</span>}
    </span>
  );
}

/** The one thing that was most likely meant, large. */
export function TopHit({ hit, onOpen }: { hit: Hit; onOpen: () => void }) {
  const common = { className: "top-hit", "data-hit": "", "data-top": "", onClick: onOpen };
  if (hit.kind === "artist") {
    return (
      <Link to="/artists/$artistId" params={{ artistId: hit.id }} {...common}>
        <span className="top-art top-round">
          <Cover coverId={hit.cover_id} seed={hit.id} alt="" size={960} icon="user" eager {...(hit.image_id ? { src: artistImageUrl(hit.id, 960) } : {})} />
        </span>
        <Words name={hit.name} kind={i18n.t("Artist")} line={[hit.album_count > 0 && albumCount(hit.album_count), trackCount(hit.track_count)].filter(Boolean).join(", ")} />
      </Link>
    );
  }
  const art = (
    <span className="top-art">
      <Cover coverId={hit.cover_id} alt="" size={960} accent={hit.accent} seed={hit.kind === "album" ? hit.id : (hit.album_id ?? hit.id)} eager />
    </span>
  );
  if (hit.kind === "album") {
    return (
      <>
        <Link to="/albums/$albumId" params={{ albumId: hit.id }} {...common}>
          {art}
          <Words name={hit.title} kind={i18n.t("Album")} line={hit.year ? `${hit.artist}, ${hit.year}` : hit.artist} />
        </Link>
        <Button icon="play" className="top-play only-d" onClick={() => (onOpen(), void playAlbum(hit.id))}>
          {i18n.t("Play")}
        </Button>
      </>
    );
  }
  const play = (): void => {
    onOpen();
    playTracks([hit], 0, { kind: "search", id: null, name: i18n.t("Search") });
  };
  const words = <Words name={hit.title} kind={i18n.t("Track")} line={[hit.artist, hit.album].filter(Boolean).join(", ")} />;
  return (
    <>
      {hit.album_id ? (
        <Link to="/albums/$albumId" params={{ albumId: hit.album_id }} {...common}>
          {art}
          {words}
        </Link>
      ) : (
        <button type="button" {...common} onClick={play}>
          {art}
          {words}
        </button>
      )}
      <Button icon="play" className="top-play only-d" onClick={play}>
        {i18n.t("Play")}
      </Button>
    </>
  );
}
