/** Shapes of /api/v1 under the names the app uses. They come from schema.d.ts, which `npm run api:types` makes from the
 *  server: a changed answer breaks the type check here or where it is used. */
import type { components, operations } from "./schema";

type Schemas = components["schemas"];
type QueryOf<Name extends keyof operations> = operations[Name]["parameters"] extends { query?: infer Query } ? NonNullable<Query> : never;
/** What a page asks for; which part of the list is the business of the one who loads it. */
type ListQuery<Name extends keyof operations> = { [Key in Exclude<keyof QueryOf<Name>, "cursor" | "limit" | "offset">]?: Exclude<QueryOf<Name>[Key], null> };

export type Id = string;
export type Role = Schemas["Role"];
export type Kind = operations["like_api_v1_likes__kind___item_id__put"]["parameters"]["path"]["kind"];

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number | null;
}
export interface Items<T> {
  items: T[];
}

export type Accent = Schemas["Accent"];
export type ServerInfo = Schemas["Server"];

export type Theme = "dark" | "light" | "system";
export type Density = "comfortable" | "compact";
/** The server keeps them without looking inside. */
export interface Preferences {
  theme?: Theme;
  locale?: string;
  [key: string]: unknown;
}
export type User = Schemas["UserBody"];
export type AccountItem = Schemas["ListedUser"];
export type Session = Schemas["SessionBody"];
export type SessionItem = Schemas["ListedSession"];
export type AppPassword = Schemas["AppPasswordBody"];
/** Shown once. */
export type NewAppPassword = Schemas["NewAppPassword"];
export type ApiKey = Schemas["ApiKeyBody"];
/** Shown once. */
export type NewApiKey = Schemas["NewApiKey"];
export type SignOnLink = Schemas["LinkBody"];
export type Invitation = Schemas["ListedInvitation"];
/** Shown once. */
export type NewInvitation = Schemas["MadeInvitation"];

export type AlbumItem = Schemas["AlbumItem"];
export type AlbumDetail = Schemas["AlbumDetail"];
export type Disc = Schemas["Disc"];
export type TrackIds = Schemas["TrackIds"];
export type TrackItem = Schemas["TrackItem"];
export type ArtistItem = Schemas["ArtistItem"];
export type ArtistDetail = Schemas["ArtistDetail"];
export type GenreItem = Schemas["GenreItem"];
export type YearItem = Schemas["YearItem"];
export type PlaylistItem = Schemas["PlaylistItem"];
export type PlaylistEntry = Schemas["EntryItem"];
export type PlaylistDetail = Schemas["PlaylistDetail"];
export type PlaylistFolder = Schemas["PlaylistFolder"];
export type PlaylistShelf = Schemas["PlaylistShelf"];
export type PlaylistFile = Schemas["ListFileItem"];
export type ShareItem = Schemas["ShareItem"];
export type ShareDoor = Schemas["ShareDoor"];
export type SharedList = Schemas["SharedList"];
export type ImportReport = Schemas["Imported"];
export type ImportLine = Schemas["Line"];
export type ImportItem = Schemas["ImportItem"];
export type ImportDetail = Schemas["Report"];
export type ImportEntry = Schemas["ImportEntry"];
export type ImportEntries = Schemas["ImportEntries"];
export type ImportCandidate = Schemas["Candidate"];
export type ImportSettled = Schemas["Settled"];
export type ImportChoice = Schemas["ChoiceBody"];
export type Cue = Schemas["Cue"];
export type ExportFormat = Schemas["FormatItem"];
export type PlaylistRule = Schemas["PlaylistRule"];
export type RulePreview = Schemas["RulePreview"];
export type RuleSuggestion = Schemas["RuleSuggestion"];
export type SearchResult = Schemas["SearchResult"];
export type TopHit = NonNullable<SearchResult["top"]>;
export type Home = Schemas["Home"];
export type LyricWord = Schemas["LyricWord"];
export type LyricLine = Schemas["LyricLine"];
export type Lyrics = Schemas["Lyrics"];
/** Peaks 0..255 of a whole track, once measured. */
export type Waveform = Schemas["Waveform"];
export type TrackDetail = Schemas["TrackDetail"];
export type SavedQueue = Schemas["SavedQueue"];
export type QueueToSave = Schemas["Queue"];
export type PlayItem = Schemas["PlayItem"];
export type PlayReport = Schemas["PlayReport"];

/** Why two things are near each other, in the server's words. */
export type Reason = Schemas["SharedTrait"];
export type SimilarTracks = Schemas["SimilarTracks"];
export type SimilarTrack = Schemas["SimilarTrack"];
export type SimilarAlbums = Schemas["SimilarAlbums"];
export type SimilarArtists = Schemas["SimilarArtists"];
export type PathBody = Schemas["PathBody"];
export type PathStep = Schemas["PathStep"];
export type SonicPath = Schemas["SonicPath"];
export type Duplicate = Schemas["Duplicate"];
export type DuplicatePage = Schemas["DuplicatePage"];
export type RecordingCopy = Schemas["RecordingCopy"];
export type MapState = Schemas["MapState"];
export type MapRegion = Schemas["MapRegion"];
export type MapPlace = Schemas["MapPlace"];
export type AnalysisStatus = Schemas["Status"];
export type AnalysisFailure = Schemas["Failure"];
export type TrackAnalysis = Schemas["TrackAnalysis"];
export type MeasuredValues = Schemas["Measured"];
export type MoodItem = Schemas["MoodItem"];
export type TrackAnswer = Schemas["TrackAnswer"];
export type Understood = TrackAnswer["understood"][number];

/** A sentence made into a list. */
export type PromptMade = Schemas["PromptMade"];
export type PromptSaved = Schemas["PromptSaved"];

export type Scan = Schemas["ScanItem"];
export type Library = Schemas["LibraryItem"];
export type MusicServer = Schemas["ServerItem"];
export type ServerFound = Schemas["ServerFound"];
export type MappingCheck = Schemas["MappingCheck"];
export type SyncRun = Schemas["SyncRun"];
export type SyncCounts = Schemas["SyncCounts"];
export type SyncNote = Schemas["SyncNote"];
export type LinkedServer = Schemas["LinkItem"];
export type LibraryCheck = Schemas["FolderCheck"];
export type BrokenFile = Schemas["BrokenFile"];
export type MissingTrack = Schemas["MissingTrack"];
export type Timer = Schemas["TimerBody"];
export type Job = Schemas["JobBody"];

export type AlbumQuery = ListQuery<"list_albums_api_v1_albums_get">;
export type TrackQuery = ListQuery<"list_tracks_api_v1_tracks_get">;
export type ArtistQuery = ListQuery<"list_artists_api_v1_artists_get">;
export type AlbumSort = NonNullable<AlbumQuery["sort"]>;
export type TrackSort = NonNullable<TrackQuery["sort"]>;
export type Order = NonNullable<AlbumQuery["order"]>;
