import { useState } from "react";
import { artworkUrl } from "@/shared/api/queries";
import type { Accent, Id } from "@/shared/api/types";
import { Icon, type IconName } from "./Icon";
import { Sleeve, sleeveAccent } from "./Sleeve";

interface CoverProps {
  coverId: Id | null | undefined;
  /** "" where the name stands beside it. */
  alt: string;
  size: 96 | 320 | 960;
  accent?: Accent | null | undefined;
  /** Id of the album: without a picture a pattern is drawn from it. Without it a symbol stands there. */
  seed?: string | null | undefined;
  icon?: IconName;
  src?: string;
  eager?: boolean;
}

const accentStyle = (accent: Accent | null | undefined) =>
  accent ? { ["--a-h" as string]: accent.h, ["--a-c" as string]: accent.c, ["--a-l" as string]: accent.l } : undefined;

/** Art on a plate in the cover's own quiet colour, which is there before the picture and stays when there is none. */
export function Cover({ coverId, alt, size, accent, seed, icon = "album", src, eager }: CoverProps) {
  const address = src ?? (coverId ? artworkUrl(coverId, size) : null);
  const [failed, setFailed] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const showPicture = address !== null && failed !== address;
  const drawn = !showPicture && seed ? seed : null;
  const tint = accent ?? (drawn ? sleeveAccent(drawn) : null);
  return (
    <span className="art art-plate" data-accent={tint ? "" : undefined} style={accentStyle(tint)} {...(showPicture || !alt ? {} : { role: "img", "aria-label": alt })}>
      {showPicture ? (
        <img
          src={address}
          alt={alt}
          width={size}
          height={size}
          decoding="async"
          loading={eager ? "eager" : "lazy"}
          data-shown={shown === address || undefined}
          onLoad={() => setShown(address)}
          onError={() => setFailed(address)}
        />
      ) : drawn ? (
        <Sleeve seed={drawn} />
      ) : (
        <Icon name={icon} />
      )}
    </span>
  );
}
