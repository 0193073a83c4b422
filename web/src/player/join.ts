import type { TrackItem } from "@/shared/api/types";
import type { PlaybackManifest, Tier } from "./manifest";
import type { PlaybackSettings } from "./playbackSettings";

export interface Side {
  readonly track: Pick<TrackItem, "id" | "album_id" | "disc" | "number">;
  readonly manifest: Pick<PlaybackManifest, "duration_s" | "silence">;
  readonly tier: Pick<Tier, "mime" | "splice">;
}

/** How one track becomes the next: sample to sample on one deck, or a fade between two. */
export type Join =
  | { readonly kind: "splice" }
  /** The fade begins `beforeEnd` seconds before the end of the first; `skip` seconds of the second are left out. */
  | { readonly kind: "fade"; readonly seconds: number; readonly beforeEnd: number; readonly skip: number };

/** Shorter than this would click. */
export const shortestFade = 0.01;
/** No fade takes more than this part of a track. */
const largestPart = 0.4;

function belongTogether(from: Side["track"], to: Side["track"]): boolean {
  if (from.id === to.id) return true;
  return from.album_id !== null && from.album_id === to.album_id && from.disc === to.disc && from.number !== null && to.number === from.number + 1;
}

export function joinOf(from: Side, to: Side, settings: Pick<PlaybackSettings, "gapless" | "crossfade" | "smartFade">): Join {
  const gapless = settings.gapless !== "off" && (settings.gapless === "always" || settings.crossfade === 0 || belongTogether(from.track, to.track));
  if (gapless && from.tier.splice && to.tier.splice && from.tier.mime === to.tier.mime) return { kind: "splice" };
  const longest = Math.min(from.manifest.duration_s, to.manifest.duration_s) * largestPart;
  const asked = gapless ? shortestFade : settings.crossfade;
  const seconds = Math.max(shortestFade, Math.min(asked, longest));
  if (!settings.smartFade) return { kind: "fade", seconds, beforeEnd: seconds, skip: 0 };
  const trail = Math.min(from.manifest.silence?.trail_s ?? 0, from.manifest.duration_s * largestPart);
  const lead = Math.min(to.manifest.silence?.lead_s ?? 0, to.manifest.duration_s * largestPart);
  return { kind: "fade", seconds, beforeEnd: seconds + trail, skip: lead };
}
