import { i18n } from "@lingui/core";
import type { Reason } from "@/shared/api/types";

/** The server says why in English. Sentences known here are said in the reader's language; others stay as they are. */
const known: readonly [RegExp, (...found: string[]) => string][] = [
  [/^sounds much alike$/, () => i18n.t("sounds much alike")],
  [/^sounds alike$/, () => i18n.t("sounds alike")],
  [/^similar energy$/, () => i18n.t("similar energy")],
  [/^also by (.+)$/, (name) => i18n.t("also by {name}", { name })],
  [/^same (?:typical )?tempo: (\d+) BPM$/, (bpm) => i18n.t("same tempo: {bpm} BPM", { bpm })],
  [/^near in (?:typical )?tempo: (\d+) and (\d+) BPM$/, (a, b) => i18n.t("near in tempo: {a} and {b} BPM", { a, b })],
  [/^double the (?:typical )?tempo: (\d+) and (\d+) BPM$/, (a, b) => i18n.t("double the tempo: {a} and {b} BPM", { a, b })],
  [/^half the (?:typical )?tempo: (\d+) and (\d+) BPM$/, (a, b) => i18n.t("half the tempo: {a} and {b} BPM", { a, b })],
  [/^same key: (\S+)$/, (key) => i18n.t("same key: {key}", { key })],
  [/^compatible key: (\S+)-(\S+)$/, (a, b) => i18n.t("compatible keys: {a} and {b}", { a, b })],
  [/^both from the (\d+)s$/, (decade) => i18n.t("both from the {decade}s", { decade })],
  [/^both from (\d+)$/, (year) => i18n.t("both from {year}", { year })],
  [/^both (.+)$/, (name) => i18n.t("both {name}", { name })],
];

export function reasonText({ text }: Reason): string {
  for (const [pattern, say] of known) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1));
  }
  return text;
}

export const reasonWords = (reasons: readonly Reason[], most = 3): string => reasons.slice(0, most).map(reasonText).join(", ");
