import { apiUrl } from "@/shared/api/client";
import { artworkUrl } from "@/shared/api/queries";
import type { Id } from "@/shared/api/types";
import { Cover } from "@/shared/ui/Cover";
import type { IconName } from "@/shared/ui/Icon";

interface MosaicProps {
  coverIds: readonly Id[];
  size: 96 | 320 | 960;
  icon?: IconName;
  eager?: boolean;
  /** Id of the list: a pattern is drawn from it where there is no cover. */
  seed?: Id;
  /** The picture that its owner gave the list `seed`; changes with it. */
  own?: string | null | undefined;
}

/** A list's own picture, else four covers as one square, one cover where there are fewer than four, a quiet plate where there are none. */
export function Mosaic({ coverIds, size, icon = "list", eager, seed, own }: MosaicProps) {
  if (own && seed) return <Cover coverId={null} src={apiUrl(`playlists/${seed}/cover?size=${size}&v=${own}`)} alt="" size={size} icon={icon} seed={seed} {...(eager ? { eager } : {})} />;
  if (coverIds.length < 4) return <Cover coverId={coverIds[0]} alt="" size={size} icon={icon} seed={seed} {...(eager ? { eager } : {})} />;
  return (
    <span className="art art-plate art-four">
      {coverIds.slice(0, 4).map((id) => (
        <img key={id} src={artworkUrl(id, size === 960 ? 320 : 96)} alt="" width={size} height={size} decoding="async" loading={eager ? "eager" : "lazy"} data-shown />
      ))}
    </span>
  );
}
