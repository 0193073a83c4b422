import { i18n } from "@lingui/core";

/** What fields are called, by the groups they are offered in. A field that a newer server knows keeps the server's word. */
const names = (): Record<string, string> => ({
  title: i18n.t("Title"),
  artist: i18n.t("Artist"),
  album: i18n.t("Album"),
  album_artist: i18n.t("Album artist"),
  genre: i18n.t("Genre"),
  year: i18n.t("Year"),
  date: i18n.t("Date"),
  original_year: i18n.t("Original year"),
  original_date: i18n.t("Original date"),
  duration: i18n.t("Duration"),
  number: i18n.t("Track number"),
  disc: i18n.t("Disc"),
  disc_subtitle: i18n.t("Disc subtitle"),
  comment: i18n.t("Comment"),
  mood_tag: i18n.t("Mood tag"),
  explicit: i18n.t("Explicit"),
  has_lyrics: i18n.t("Has lyrics"),
  has_cover: i18n.t("Has a cover"),
  isrc: i18n.t("ISRC"),
  recording_mbid: i18n.t("MusicBrainz recording"),
  track_mbid: i18n.t("MusicBrainz track"),
  sort_title: i18n.t("Title for sorting"),
  sort_artist: i18n.t("Artist for sorting"),
  gain_track: i18n.t("Track gain"),
  peak_track: i18n.t("Track peak"),
  gain_album: i18n.t("Album gain"),
  peak_album: i18n.t("Album peak"),
  added: i18n.t("Added"),
  changed: i18n.t("Changed"),
  label: i18n.t("Label"),
  release_type: i18n.t("Release type"),
  release_year: i18n.t("Year of release"),
  release_date: i18n.t("Date of release"),
  compilation: i18n.t("Compilation"),
  catalog_number: i18n.t("Catalogue number"),
  album_version: i18n.t("Album version"),
  album_mbid: i18n.t("MusicBrainz release"),
  release_group_mbid: i18n.t("MusicBrainz release group"),
  sort_album: i18n.t("Album for sorting"),
  sort_album_artist: i18n.t("Album artist for sorting"),
  album_duration: i18n.t("Album duration"),
  album_tracks: i18n.t("Tracks of the album"),
  album_added: i18n.t("Album added"),
  album_changed: i18n.t("Album changed"),
  composer: i18n.t("Composer"),
  lyricist: i18n.t("Lyricist"),
  writer: i18n.t("Writer"),
  conductor: i18n.t("Conductor"),
  remixer: i18n.t("Remixer"),
  arranger: i18n.t("Arranger"),
  producer: i18n.t("Producer"),
  engineer: i18n.t("Engineer"),
  mixer: i18n.t("Mixer"),
  djmixer: i18n.t("DJ mixer"),
  performer: i18n.t("Performer"),
  artist_mbid: i18n.t("MusicBrainz artist"),
  album_artist_mbid: i18n.t("MusicBrainz album artist"),
  path: i18n.t("Path"),
  folder: i18n.t("Folder"),
  file_type: i18n.t("File type"),
  codec: i18n.t("Codec"),
  bit_rate: i18n.t("Bit rate"),
  sample_rate: i18n.t("Sample rate"),
  bit_depth: i18n.t("Bit depth"),
  channels: i18n.t("Channels"),
  size: i18n.t("Size"),
  library: i18n.t("Library"),
  library_number: i18n.t("Library number"),
  liked: i18n.t("Liked"),
  liked_at: i18n.t("Liked on"),
  rating: i18n.t("Rating"),
  rated_at: i18n.t("Rated on"),
  play_count: i18n.t("Play count"),
  last_played: i18n.t("Last played"),
  tag: i18n.t("Own tag"),
  note: i18n.t("Own note"),
  album_liked: i18n.t("Album liked"),
  album_liked_at: i18n.t("Album liked on"),
  album_rating: i18n.t("Album rating"),
  album_rated_at: i18n.t("Album rated on"),
  album_play_count: i18n.t("Album play count"),
  album_last_played: i18n.t("Album last played"),
  artist_liked: i18n.t("Artist liked"),
  artist_liked_at: i18n.t("Artist liked on"),
  artist_rating: i18n.t("Artist rating"),
  artist_rated_at: i18n.t("Artist rated on"),
  artist_play_count: i18n.t("Artist play count"),
  artist_last_played: i18n.t("Artist last played"),
  bpm: i18n.t("Tempo"),
  key: i18n.t("Key"),
  energy: i18n.t("Energy"),
  danceability: i18n.t("Danceability"),
  brightness: i18n.t("Brightness"),
  acousticness: i18n.t("Acousticness"),
  valence: i18n.t("Cheerfulness"),
  loudness: i18n.t("Loudness"),
  loudness_range: i18n.t("Loudness range"),
  dynamics: i18n.t("Dynamic complexity"),
  true_peak: i18n.t("True peak"),
  onset_rate: i18n.t("Notes a second"),
  bpm_stability: i18n.t("Steadiness of the tempo"),
  analysed: i18n.t("Analysed"),
  mood_happy: i18n.t("Mood: happy"),
  mood_sad: i18n.t("Mood: sad"),
  mood_aggressive: i18n.t("Mood: aggressive"),
  mood_relaxed: i18n.t("Mood: relaxed"),
  mood_party: i18n.t("Mood: party"),
  mood_acoustic: i18n.t("Mood: acoustic"),
  sounds_like: i18n.t("Sounds like"),
  playlist: i18n.t("Playlist"),
  random: i18n.t("Random"),
});

/** Made once a language: the app is mounted anew with another one. */
let said: { locale: string; names: Record<string, string> } | null = null;
export function fieldName(field: string, otherwise = field): string {
  if (said?.locale !== i18n.locale) said = { locale: i18n.locale, names: names() };
  return said.names[field] ?? otherwise;
}

export type FieldKind = "text" | "number" | "date" | "flag" | "key" | "mood" | "sounds_like" | "playlist";
export type FieldGroup = "music" | "album" | "people" | "file" | "own" | "measured" | "other";
export interface RuleField {
  name: string;
  label: string;
  kind: FieldKind;
  group: FieldGroup;
  operators: readonly string[];
  unit: string | null;
  sortable: boolean;
  suggests: boolean;
}

export const groupName = (group: FieldGroup): string =>
  ({
    music: i18n.t("Track"),
    measured: i18n.t("Sound"),
    own: i18n.t("Yours"),
    album: i18n.t("Album"),
    people: i18n.t("People"),
    file: i18n.t("File"),
    other: i18n.t("More"),
  })[group];

const textOps = (): Record<string, string> => ({
  is: i18n.t("is"),
  is_not: i18n.t("is not"),
  contains: i18n.t("contains"),
  not_contains: i18n.t("does not contain"),
  starts_with: i18n.t("starts with"),
  ends_with: i18n.t("ends with"),
  has_words: i18n.t("has the words"),
});
const numberOps = (): Record<string, string> => ({
  is: i18n.t("is"),
  is_not: i18n.t("is not"),
  less: i18n.t("is below"),
  greater: i18n.t("is above"),
  at_least: i18n.t("is at least"),
  at_most: i18n.t("is at most"),
  between: i18n.t("is between"),
});
const dateOps = (): Record<string, string> => ({
  on: i18n.t("is on"),
  before: i18n.t("is before"),
  after: i18n.t("is after"),
  between: i18n.t("is between"),
  in_last: i18n.t("is in the last"),
  not_in_last: i18n.t("is not in the last"),
});
const otherOps = (): Record<string, string> => ({
  missing: i18n.t("is missing"),
  present: i18n.t("is there"),
  near: i18n.t("mixes with"),
  in: i18n.t("contains the track"),
  not_in: i18n.t("does not contain it"),
});

/** Of a yes or no the answer itself is chosen; of a likeness how much is enough. Both are made by `choices`. */
export function operatorName(kind: FieldKind, op: string): string {
  const of = kind === "number" || kind === "mood" ? numberOps() : kind === "date" ? dateOps() : textOps();
  return of[op] ?? otherOps()[op] ?? op;
}
