import { i18n } from "@lingui/core";
import type { Equaliser } from "@/player/playbackSettings";
import { isBuiltIn, ownName, type BuiltIn } from "@/player/sound/presets";

const builtInWords = (): Record<BuiltIn, string> => ({
  flat: i18n.t("Flat"),
  bass: i18n.t("More bass"),
  "less-bass": i18n.t("Less bass"),
  treble: i18n.t("More treble"),
  "less-treble": i18n.t("Less treble"),
  loudness: i18n.t("Quiet listening"),
  warm: i18n.t("Warm"),
  voice: i18n.t("Voice"),
  "small-speakers": i18n.t("Small speakers"),
  headphones: i18n.t("Headphones"),
  evening: i18n.t("Late evening"),
});

export const presetWords = (preset: string | null): string => (preset === null ? i18n.t("Own setting") : isBuiltIn(preset) ? builtInWords()[preset] : ownName(preset));

/** What a row or button says about the equaliser: its preset, or that it is off. */
export const equaliserWords = (eq: Equaliser): string => (eq.on ? presetWords(eq.preset) : i18n.t("Off"));
