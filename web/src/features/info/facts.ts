import { i18n } from "@lingui/core";
import { codecName, decibels, soundWords, speedWords } from "@/media/streamed";
import type { Streamed } from "@/player/player";
import type { TrackDetail } from "@/shared/api/types";
import { bytes, length, dateTime, partialDate, quality, relativeDay } from "@/shared/lib/format";

export interface FactRow {
  name: string;
  value: string | null | undefined | false;
  /** Stands under its name, over the whole width. */
  long?: boolean;
  /** 0..1, drawn beside the value. */
  share?: number | undefined;
  /** A second, smaller line. */
  note?: string | undefined;
}
const list = (values: readonly (string | null | undefined | false)[], between = ", "): string => values.filter(Boolean).join(between);

export function heardRows(streamed: Streamed | null, speed: number): FactRow[] {
  if (!streamed) return [];
  return [
    { name: i18n.t("Stream"), value: soundWords(streamed) },
    { name: i18n.t("Made of"), value: streamed.original ? i18n.t("the file itself, unchanged") : i18n.t("the file, converted") },
    { name: i18n.t("Levelled"), value: streamed.levelDb === null ? i18n.t("no") : decibels(streamed.levelDb) },
    { name: i18n.t("Joins"), value: streamed.gapless ? i18n.t("without a gap") : i18n.t("with a short fade") },
    { name: i18n.t("Speed"), value: speed !== 1 && speedWords(speed) },
  ];
}

const channelWords = (channels: number | null): string | null =>
  channels === null ? null : channels === 1 ? i18n.t("mono") : channels === 2 ? i18n.t("stereo") : i18n.t("{channels} channels", { channels });

export function fileRows(track: TrackDetail): FactRow[] {
  const carrier = track.carriers.find((one) => !one.missing) ?? track.carriers[0];
  const container = track.format && track.codec && track.format.toLowerCase() !== track.codec.toLowerCase() ? track.format.toUpperCase() : null;
  return [
    { name: i18n.t("Format"), value: list([quality(track) ?? (track.codec ? codecName(track.codec) : null), container && i18n.t("in {container}", { container })], " ") },
    { name: i18n.t("Bit rate"), value: track.bit_rate_kbps !== null && i18n.t("{rate} kbit/s", { rate: Math.round(track.bit_rate_kbps) }) },
    { name: i18n.t("Channels"), value: channelWords(track.channels) },
    { name: i18n.t("Length"), value: length(track.duration_s) },
    { name: i18n.t("Size"), value: track.size !== null && bytes(track.size) },
    { name: i18n.t("Added"), value: relativeDay(track.added_at) },
    // The server says it to administrators only.
    { name: i18n.t("Path"), value: track.path ?? carrier?.path, long: true },
    { name: i18n.t("Copies"), value: track.carriers.length > 1 && i18n.t("{n} files of this track", { n: track.carriers.length }) },
  ];
}

const gain = (db: number | null, peak: number | null): string | false => db !== null && list([decibels(db), peak !== null && i18n.t("peak {peak}", { peak: peak.toFixed(2) })]);

export const levelRows = (track: TrackDetail): FactRow[] => [
  { name: i18n.t("Track"), value: gain(track.gain_track_db, track.peak_track) },
  { name: i18n.t("Album"), value: gain(track.gain_album_db, track.peak_album) },
];

export function albumRows(track: TrackDetail): FactRow[] {
  return [
    { name: i18n.t("Album"), value: track.album },
    { name: i18n.t("Album artist"), value: track.album_artist !== track.artist && track.album_artist },
    { name: i18n.t("Number"), value: track.number !== null && list([String(track.number), track.disc !== null && track.disc > 1 && i18n.t("disc {disc}", { disc: track.disc })]) },
    { name: i18n.t("Released"), value: track.date ? partialDate(track.date) : track.year !== null && String(track.year) },
    { name: i18n.t("First released"), value: track.original_date !== null && track.original_date !== track.date && partialDate(track.original_date) },
    { name: i18n.t("Genre"), value: list(track.genres) },
    { name: i18n.t("Composer"), value: list(track.composers) },
    { name: i18n.t("ISRC"), value: track.isrc },
    { name: i18n.t("MusicBrainz"), value: track.mbids.recording, long: true },
    { name: i18n.t("Comment"), value: track.comment, long: true },
  ];
}

export function playedRows(track: TrackDetail): FactRow[] {
  return [
    { name: i18n.t("Played"), value: track.play_count === 0 ? i18n.t("not yet") : i18n.t("{plays, plural, one {once} other {# times}}", { plays: track.play_count }) },
    { name: i18n.t("Last played"), value: track.last_played_at !== null && dateTime(track.last_played_at) },
    { name: i18n.t("Rating"), value: track.rating > 0 && i18n.t("{stars} of 5", { stars: track.rating }) },
    { name: i18n.t("Your tags"), value: list(track.tags) },
    { name: i18n.t("Your note"), value: track.note, long: true },
  ];
}
