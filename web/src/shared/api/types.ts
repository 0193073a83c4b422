/** Shapes of /api/v1. Written by hand after the contract; `npm run api:types` makes schema.d.ts from the
 *  server's OpenAPI document, and this file is the only place that has to change when those take over. */

export type Id = string;
export type Role = "admin" | "user" | "guest";
export type Kind = "track" | "album" | "artist";

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number | null;
}
export interface Items<T> {
  items: T[];
}

export interface Accent {
  h: number;
  c: number;
  l: number;
}
export interface NamedRef {
  id: Id;
  name: string;
}

export interface ServerInfo {
  name: string;
  version: string;
  setup_required: boolean;
  setup_code_required: boolean;
  sign_up: "closed" | "invitation" | "open";
  oidc: { label: string } | null;
}

export type Theme = "dark" | "light" | "system";
export type Density = "comfortable" | "compact";
export interface Preferences {
  theme?: Theme;
  density?: Density;
  locale?: string;
  [key: string]: unknown;
}
export interface User {
  id: Id;
  name: string;
  role: Role;
  created_at: string;
  preferences: Preferences;
  all_libraries: boolean;
  libraries: Id[];
  /** False where only single sign-on leads in. */
  has_password?: boolean;
}
export interface AccountItem extends User {
  disabled_at: string | null;
}
export interface SessionItem {
  id: Id;
  device_name: string;
  client: string;
  created_at: string;
  last_seen_at: string;
  current: boolean;
}
export interface AppPassword {
  id: Id;
  label: string;
  created_at: string;
  last_used_at: string | null;
  last_client: string | null;
}
/** Shown once. */
export interface NewAppPassword {
  id: Id;
  label: string;
  password: string;
  server_url: string;
  qr_svg: string;
}
export interface ApiKey {
  id: Id;
  label: string;
  hint: string;
  created_at: string;
  last_used_at: string | null;
}
/** Shown once. */
export interface NewApiKey {
  id: Id;
  label: string;
  key: string;
}
export interface SignOnLink {
  issuer: string;
  created_at: string;
}
export interface Invitation {
  id: Id;
  role: Role;
  created_at: string;
  expires_at: string;
}
/** Shown once. */
export interface NewInvitation extends Invitation {
  code: string;
}
export interface Session {
  user: User;
  expires_at: string;
  csrf_token: string;
}

export interface AlbumItem {
  id: Id;
  title: string;
  artist: string;
  artists: NamedRef[];
  year: number | null;
  original_year?: number | null;
  cover_id: Id | null;
  accent: Accent | null;
  placeholder: string | null;
  track_count: number;
  duration_s: number;
  genres: string[];
  added_at: string;
  liked: boolean;
  rating: number;
  compilation: boolean;
}
export interface TrackItem {
  id: Id;
  title: string;
  artist: string;
  artists: NamedRef[];
  album_id: Id | null;
  album: string | null;
  cover_id: Id | null;
  accent: Accent | null;
  disc: number | null;
  number: number | null;
  duration_s: number;
  year: number | null;
  genres: string[];
  bpm_tag: number | null;
  key_tag: string | null;
  format: string | null;
  codec: string | null;
  bit_rate_kbps: number | null;
  sample_rate_hz: number | null;
  bit_depth: number | null;
  channels: number | null;
  size: number | null;
  gain_track_db: number | null;
  peak_track: number | null;
  gain_album_db: number | null;
  peak_album: number | null;
  has_lyrics: boolean;
  explicit: boolean | null;
  added_at: string;
  liked: boolean;
  rating: number;
  play_count: number;
  last_played_at: string | null;
}
export interface Disc {
  disc: number | null;
  subtitle: string | null;
  tracks: TrackItem[];
}
export interface AlbumDetail extends AlbumItem {
  discs: Disc[];
  labels: string[];
  release_types: string[];
  catalog_number: string | null;
  date: string | null;
  original_date: string | null;
  version: string | null;
  palette: unknown;
  quality: { formats?: string[]; [key: string]: unknown } | null;
}
export interface ArtistItem {
  id: Id;
  name: string;
  sort_name: string;
  letter: string;
  album_count: number;
  track_count: number;
  image_id: Id | null;
  cover_id: Id | null;
  liked: boolean;
  rating: number;
}
export interface ArtistDetail extends ArtistItem {
  albums: AlbumItem[];
  appears_on: AlbumItem[];
  top_tracks: TrackItem[];
}
export interface GenreItem {
  id: Id;
  name: string;
  album_count: number;
  track_count: number;
}
export interface YearItem {
  year: number;
  album_count: number;
}
export interface PlaylistItem {
  id: Id;
  name: string;
  comment: string | null;
  public: boolean;
  owner: NamedRef;
  mine: boolean;
  track_count: number;
  duration_s: number;
  cover_ids: Id[];
  changed_at: string;
  version: number;
}
export interface PlaylistEntry {
  id: Id;
  track: TrackItem;
  added_at: string;
}
export interface PlaylistDetail extends PlaylistItem {
  entries: PlaylistEntry[];
}
export type TopHit = ({ kind: "track" } & TrackItem) | ({ kind: "album" } & AlbumItem) | ({ kind: "artist" } & ArtistItem) | ({ kind: "playlist" } & PlaylistItem);
export interface SearchResult {
  top: TopHit | null;
  tracks: TrackItem[];
  albums: AlbumItem[];
  artists: ArtistItem[];
  playlists: PlaylistItem[];
  genres: GenreItem[];
}
export interface Home {
  continue: { track: TrackItem; position_ms: number } | null;
  recently_added: AlbumItem[];
  recently_played: AlbumItem[];
  most_played: AlbumItem[];
}
export interface LyricLine {
  start_ms: number | null;
  text: string;
}
export interface Lyrics {
  source: string;
  language: string | null;
  synced: boolean;
  lines: LyricLine[];
}
export interface SavedQueue {
  track_ids: Id[];
  current_index: number;
  position_ms: number;
  changed_by?: string | null;
}
export interface PlayReport {
  id: Id;
  track_id: Id;
  started_at: string;
  played_s: number;
  client?: string;
}

export interface Scan {
  id: Id;
  library_id: Id;
  state: "queued" | "running" | "done" | "failed" | "cancelled" | (string & {});
  reason: string | null;
  error: string | null;
  started_at: string | null;
  finished_at: string | null;
  files: number;
  seen: number;
  added: number;
  updated: number;
  unchanged: number;
  missing: number;
  broken: number;
}
export interface Library {
  id: Id;
  number: number;
  name: string;
  kind: string;
  path?: string;
  watch: boolean;
  watch_problem: string | null;
  tracks: number;
  last_scan: Scan | null;
}
export interface LibraryCheck {
  ok: boolean;
  reason?: string | null;
  audio_files_estimate: number;
}

export interface BrokenFile {
  library_id: Id;
  path: string;
  reason: string;
  detail: string | null;
  size: number | null;
  seen_at: string;
}
export interface MissingTrack {
  id: Id;
  title: string;
  artist: string;
  album: string | null;
  library_id: Id | null;
  path: string | null;
  missing_at: string;
}
export interface Timer {
  name: string;
  every_s: number;
  last_at: string | null;
  next_at: string | null;
}

export interface Job {
  id: Id;
  name: string;
  state: string;
  progress: number | null;
  progress_text: string | null;
  attempts: number;
  max_attempts: number;
  error: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export type AlbumSort = "title" | "artist" | "year" | "added" | "random" | "recently_played" | "most_played";
export type TrackSort = "title" | "artist" | "album" | "added" | "year" | "duration" | "play_count" | "rating" | "random";
export type Order = "asc" | "desc";
export interface AlbumQuery {
  sort?: AlbumSort;
  order?: Order;
  genre_id?: Id;
  artist_id?: Id;
  year_from?: number;
  year_to?: number;
  liked?: boolean;
  letter?: string;
}
export interface TrackQuery {
  sort?: TrackSort;
  order?: Order;
  genre_id?: Id;
  artist_id?: Id;
  album_id?: Id;
  year_from?: number;
  year_to?: number;
  liked?: boolean;
}
export interface ArtistQuery {
  sort?: "name" | "albums" | "added";
  letter?: string;
}
