import { i18n } from "@lingui/core";
import { clock } from "@/shared/lib/format";

/** How the server's numbers are written and read in forms: lengths as 4:30, shares as per cent, sizes in megabytes. */
type Form = "clock" | "percent" | "megabytes" | "plain";
const formOf = (unit: string | null): Form => (unit === "seconds" ? "clock" : unit === "0 to 1" ? "percent" : unit === "bytes" ? "megabytes" : "plain");

const round = (value: number): number => Number(value.toFixed(4));

export function unitName(unit: string | null): string {
  const form = formOf(unit);
  if (form === "percent") return "%";
  if (form === "megabytes") return "MB";
  if (form === "clock" || unit === null) return "";
  return ({ stars: i18n.t("stars"), plays: i18n.t("plays"), bits: i18n.t("bits"), "a second": i18n.t("a second") } as Record<string, string>)[unit] ?? unit;
}

/** For a field to type in. */
export function shownAmount(value: unknown, unit: string | null): string {
  if (typeof value !== "number") return "";
  const form = formOf(unit);
  if (form === "clock") return clock(value);
  return String(form === "percent" ? round(value * 100) : form === "megabytes" ? round(value / 1e6) : value);
}

/** null where the text is no number yet. */
export function readAmount(text: string, unit: string | null): number | null {
  const form = formOf(unit);
  const parts = text.trim().split(":");
  if (form === "clock" && parts.length > 1) {
    const seconds = parts.reduce((sum, one) => (/^\d+$/.test(one) ? sum * 60 + Number(one) : Number.NaN), 0);
    return Number.isFinite(seconds) ? seconds : null;
  }
  const plain = text.trim().replace(",", ".").replace("−", "-");
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null;
  const value = Number(plain);
  return form === "percent" ? round(value / 100) : form === "megabytes" ? Math.round(value * 1e6) : value;
}

/** In a sentence: with its unit. */
export function saidAmount(value: unknown, unit: string | null): string {
  const text = shownAmount(value, unit);
  const name = unitName(unit);
  return name ? `${text} ${name}` : text;
}
