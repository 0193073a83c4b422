import { i18n } from "@lingui/core";

/** Below this the server takes a tag before its own measurement. */
const trusted = 0.3;
const quite = 0.5;
const very = 0.75;

/** A measurement that may well be wrong. What people or tags say is never unsure here: nobody measured how sure they are. */
export const isUnsure = (source: string | null, confidence: number | null): boolean => source === "measured" && (confidence ?? 0) < trusted;

export function sureWords(confidence: number | null): string {
  if (confidence === null) return i18n.t("how sure is unknown");
  if (confidence >= very) return i18n.t("sure");
  if (confidence >= quite) return i18n.t("quite sure");
  return confidence >= trusted ? i18n.t("not very sure") : i18n.t("little more than a guess");
}

/** Where a value is from, in plain words. */
export function sourceWords(source: string | null, confidence: number | null): string | null {
  if (source === "user") return i18n.t("corrected by hand");
  if (source === "tag") return i18n.t("from the tag");
  if (source === "measured") return i18n.t("measured, {sure}", { sure: sureWords(confidence) });
  return null;
}
