import { i18n } from "@lingui/core";

/** The reader's own region where it speaks the app's language: en-GB writes dates otherwise than en-US. */
const region = (): string => navigator.languages.find((tag) => tag.startsWith(i18n.locale)) ?? i18n.locale;

/** 245.3 -> "4:05", 3725 -> "1:02:05". Unknown is a dash. */
export function clock(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "–";
  const whole = Math.max(0, Math.floor(seconds));
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/** How long something is: rounded, so that 59.997 s is 1:00 wherever it is written. Positions are cut by `clock`. */
export const length = (seconds: number | null | undefined): string => clock(typeof seconds === "number" ? Math.round(seconds) : seconds);

/** Length of an album or queue in words: "21 s", "44 min", "1 h 12 min". */
export function span(seconds: number): string {
  if (seconds < 59.5) return i18n.t("{seconds} s", { seconds: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return i18n.t("{minutes} min", { minutes });
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? i18n.t("{hours} h", { hours }) : i18n.t("{hours} h {minutes} min", { hours, minutes: minutes % 60 });
}

export const count = (value: number): string => new Intl.NumberFormat(region()).format(value);

export const trackCount = (n: number): string => i18n.t("{n, plural, one {# track} other {# tracks}}", { n });
export const albumCount = (n: number): string => i18n.t("{n, plural, one {# album} other {# albums}}", { n });
export const artistCount = (n: number): string => i18n.t("{n, plural, one {# artist} other {# artists}}", { n });

export function bytes(size: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${new Intl.NumberFormat(region(), { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 }).format(value)} ${units[unit] ?? ""}`;
}

/** Tag dates are partial: "2021", "2021-03", "2021-03-12". */
export function partialDate(text: string): string {
  const [year, month, day] = text.split("-").map(Number);
  if (!year) return text;
  if (!month) return String(year);
  const date = new Date(Date.UTC(year, month - 1, day ?? 1));
  const shape: Intl.DateTimeFormatOptions = day ? { day: "numeric", month: "long", year: "numeric" } : { month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(region(), { ...shape, timeZone: "UTC" }).format(date);
}

export function dateTime(iso: string): string {
  return new Intl.DateTimeFormat(region(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

export function relativeDay(iso: string, now = Date.now()): string {
  const days = Math.round((Date.parse(iso) - now) / 86_400_000);
  const relative = new Intl.RelativeTimeFormat(region(), { numeric: "auto" });
  if (days > -7) return relative.format(days, "day");
  if (days > -60) return relative.format(Math.round(days / 7), "week");
  return new Intl.DateTimeFormat(region(), { dateStyle: "medium" }).format(new Date(iso));
}

/** "Today", "Yesterday", "3 days ago", then the date: by the reader's own midnight. */
export function dayName(iso: string, now = Date.now()): string {
  const midnight = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(Date.parse(iso)) - midnight(now)) / 86_400_000);
  if (days <= -7) return new Intl.DateTimeFormat(region(), { dateStyle: "medium" }).format(new Date(iso));
  const name = new Intl.RelativeTimeFormat(region(), { numeric: "auto" }).format(days, "day");
  return name.charAt(0).toLocaleUpperCase(region()) + name.slice(1);
}
export const timeOfDay = (iso: string): string => new Intl.DateTimeFormat(region(), { timeStyle: "short" }).format(new Date(iso));

interface Sound {
  codec: string | null;
  format: string | null;
  bit_depth: number | null;
  sample_rate_hz: number | null;
  bit_rate_kbps: number | null;
}
const lossless = /flac|alac|wav|aiff|ape|wavpack|pcm/i;

/** "FLAC 24/96" or "MP3 320": what the file is, as short as a badge needs. */
export function quality(track: Sound): string | null {
  const name = (track.codec ?? track.format)?.toUpperCase();
  if (!name) return null;
  if (lossless.test(name)) {
    if (!track.sample_rate_hz) return name;
    const rate = Number((track.sample_rate_hz / 1000).toFixed(1));
    return track.bit_depth ? `${name} ${track.bit_depth}/${rate}` : `${name} ${rate}`;
  }
  return track.bit_rate_kbps ? `${name} ${Math.round(track.bit_rate_kbps)}` : name;
}

export const initials = (name: string): string =>
  name
    .split(/[\s._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? "")
    .join("");

/** How long ago, as people say it: "now", "5 minutes ago", "yesterday". */
export function moment(iso: string, now = Date.now()): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const relative = new Intl.RelativeTimeFormat(i18n.locale, { numeric: "auto" });
  if (Math.abs(seconds) < 60) return relative.format(0, "second");
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), "hour");
  return relativeDay(iso, now);
}
