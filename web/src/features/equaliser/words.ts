import { i18n } from "@lingui/core";
import type { ImportFault } from "@/player/sound/autoEq";

/** "+3.5", "−12", "0": a real minus, and a sign only where there is something. */
export const signed = (value: number, digits = 1): string =>
  new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: digits, signDisplay: "exceptZero" }).format(Math.round(value * 10 ** digits) / 10 ** digits + 0).replace("-", "−");
export const db = (value: number): string => i18n.t("{value} dB", { value: signed(value) });
export const plainDb = (value: number): string => i18n.t("{value} dB", { value: new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 }).format(Math.abs(value)) });

/** "31", "1k" under a slider. */
export const hzShort = (hz: number): string => (hz < 1000 ? String(hz) : `${hz / 1000}k`);
export function hzWords(hz: number): string {
  const rounded = Number(hz.toPrecision(2));
  if (rounded < 1000) return i18n.t("{hz} Hz", { hz: rounded });
  return i18n.t("{khz} kHz", { khz: new Intl.NumberFormat(i18n.locale).format(rounded / 1000) });
}

export function faultWords({ code, line, detail }: ImportFault): string {
  switch (code) {
    case "empty":
      return i18n.t("There is no filter in this text.");
    case "too-long":
      return i18n.t("This text is too long to be a correction curve.");
    case "bad-number":
      return detail ? i18n.t("Line {line}: “{detail}” is not a number that can be used here.", { line, detail }) : i18n.t("Line {line}: a number is missing.", { line });
    case "filter-type":
      return i18n.t("Line {line}: filters of type “{detail}” cannot be brought to ten bands. PK, LSC and HSC can.", { line, detail });
    case "not-understood":
      return i18n.t("Line {line} is not understood: “{detail}”", { line, detail });
  }
}
