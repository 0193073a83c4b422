import { describe, expect, it } from "vitest";
import { joinOf, shortestFade, type Side } from "./join";
import { defaultPlayback } from "./playbackSettings";

const side = (id: string, number: number, more: Partial<Side["track"]> & { mime?: string; splice?: boolean; seconds?: number; lead?: number; trail?: number } = {}): Side => ({
  track: { id, album_id: "album", disc: 1, number, ...more },
  manifest: { duration_s: more.seconds ?? 200, silence: more.lead !== undefined || more.trail !== undefined ? { lead_s: more.lead ?? 0, trail_s: more.trail ?? 0 } : null },
  tier: { mime: more.mime ?? "flac", splice: more.splice ?? true },
});
const settings = { ...defaultPlayback, crossfade: 6 };
const splice = { kind: "splice" };

describe("join", () => {
  it("splices what follows in an album, whatever the crossfade", () => {
    expect(joinOf(side("a", 1), side("b", 2), settings)).toEqual(splice);
    expect(joinOf(side("a", 1), side("a", 1), settings)).toEqual(splice);
  });
  it("fades where the album, the disc or the order is another", () => {
    for (const to of [side("b", 2, { album_id: "other" }), side("b", 2, { disc: 2 }), side("b", 3), side("b", 2, { album_id: null })]) {
      expect(joinOf(side("a", 1), to, settings)).toEqual({ kind: "fade", seconds: 6, beforeEnd: 6, skip: 0 });
    }
  });
  it("splices everything without a crossfade or when asked to, nothing when told not to", () => {
    const stranger = side("b", 9, { album_id: "other" });
    expect(joinOf(side("a", 1), stranger, { ...settings, crossfade: 0 })).toEqual(splice);
    expect(joinOf(side("a", 1), stranger, { ...settings, gapless: "always" })).toEqual(splice);
    expect(joinOf(side("a", 1), side("b", 2), { ...settings, gapless: "off" })).toMatchObject({ kind: "fade", seconds: 6 });
    expect(joinOf(side("a", 1), side("b", 2), { ...settings, gapless: "off", crossfade: 0 })).toMatchObject({ kind: "fade", seconds: shortestFade });
  });
  it("cannot splice other codecs, and then hides the seam in an album", () => {
    expect(joinOf(side("a", 1), side("b", 2, { mime: "mp3" }), settings)).toMatchObject({ kind: "fade", seconds: shortestFade });
    expect(joinOf(side("a", 1, { splice: false }), side("b", 2, { splice: false }), settings)).toMatchObject({ kind: "fade", seconds: shortestFade });
  });
  it("never fades longer than tracks allow, and leaves out silence when smart", () => {
    expect(joinOf(side("a", 1), side("b", 9, { seconds: 5 }), settings)).toMatchObject({ seconds: 2, beforeEnd: 2 });
    const join = joinOf(side("a", 1, { trail: 3 }), side("b", 9, { lead: 1.5 }), { ...settings, smartFade: true });
    expect(join).toEqual({ kind: "fade", seconds: 6, beforeEnd: 9, skip: 1.5 });
  });
});
