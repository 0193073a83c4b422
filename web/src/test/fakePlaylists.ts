import type { Cue, ImportCandidate, ImportChoice, ImportEntry, ImportReport, ImportSettled, PlaylistDetail, PlaylistFile, PlaylistItem, PlaylistShelf, ShareDoor, ShareItem, TrackItem } from "@/shared/api/types";
import { albums, tracks } from "./fakeData";
import type { Answer, FakeState } from "./fakeServer";

/** Playlists in folders, links and an import of the invented library. */
const ok = (body: unknown, status = 200): Answer => ({ status, body });
const names = ["Rain on the roof", "Long drive north", "Kitchen, Sunday", "Late night dub", "Everything with strings", "For Jonas", "Running, 170 and up"];
const covers = albums.flatMap((album) => album.cover_id ?? []);

const lists: PlaylistItem[] = names.map((name, i) => ({
  ...{ id: `pl${i}`, name, comment: i === 0 ? "What I want to hear when nobody has to go anywhere." : "", public: i === 1, mine: i !== 5, smart: i === 6 },
  owner: i === 5 ? { id: "us2", name: "jonas" } : { id: "us00000000000000000001", name: "lena" },
  ...{ track_count: 12 + i * 7, duration_s: 2900 + i * 1700, cover_ids: covers.slice(i * 4, i * 4 + (i === 2 ? 1 : 4)), cover: null, follows_file: i === 0, valid_until: null },
  ...{ created_at: "2026-11-01T10:00:00Z", changed_at: "2026-11-20T10:00:00Z", version: 3 },
}));
const shelf: PlaylistShelf = {
  folders: [
    { id: "fo1", name: "At home", parent_id: null },
    { id: "fo2", name: "Sets and parties", parent_id: null },
    { id: "fo3", name: "Quiet", parent_id: "fo1" },
  ],
  places: [
    { playlist_id: "pl2", folder_id: "fo1" },
    { playlist_id: "pl4", folder_id: "fo3" },
  ],
};
const share = (i: number, more: Partial<ShareItem>): ShareItem => ({
  ...{ id: `sh${i}`, playlist_id: "pl0", name: names[0] ?? "", label: "", plays: true, has_password: false, expires_at: null, expired: false, created_at: "2026-11-19T10:00:00Z", opened_at: null, opened: 0 },
  secret: "kq3vVb0mY2s8Qh1rT6xW9zA4cE7gJ5nL",
  ...more,
});
const shares = [share(1, { label: "For Mara", opened: 4, opened_at: "2026-11-21T08:00:00Z", expires_at: "2026-12-20T10:00:00Z" }), share(2, { plays: false, has_password: true })];

const shown = tracks.slice(20, 32);
const door = (locked: boolean): ShareDoor => ({
  needs_password: locked,
  list: locked
    ? null
    : {
        ...{ id: "sh1", name: names[0] ?? "", comment: "What I want to hear when nobody has to go anywhere.", owner: { id: "us1", name: "lena" }, plays: true, expires_at: null, has_cover: true },
        duration_s: shown.reduce((sum, track) => sum + track.duration_s, 0),
        tracks: shown.map(({ id, title, artist, album, duration_s, cover_id }) => ({ id, title, artist, album: album ?? "", duration_s, cover_id })),
      },
});

const line = (number: number, title: string, artist: string, reason: string | null, how: string) => ({
  ...{ number, title, artist, album: "", path: `D:/Music/${artist}/${title}.mp3`, duration_s: 200, how, score: reason ? 0 : 0.9 },
  ...{ track_id: reason ? null : (tracks[number]?.id ?? null), reason, candidates: [], settled: false, before: null, entry_id: null },
});
const report = (dry: boolean): ImportReport => ({
  ...{ format: "m3u8", dry_run: dry, tracks: 42, matched: 39, conflicts: [], report_id: dry ? null : "re1" },
  cues: { tracks: 0, added: 0, same: 0, conflicts: 0, replaced: 0, dropped: 0 },
  ratings: { added: 0, same: 0, conflicts: 0, replaced: 0 },
  playlists: [
    {
      ...{ name: "Old favourites", entries: 42, playlist_id: dry ? null : "pl0", folders: [] },
      matched: Array.from({ length: 39 }, (_, i) => line(i + 4, `Song ${i}`, "Somebody", null, i < 30 ? "file" : "names")),
      missing: [
        line(1, "Night Train", "The Harbor Lights", "Nothing like it is here.", "none"),
        line(2, "Angie", "The Rolling Stones", "Several tracks fit equally well.", "several"),
        line(3, "So What (Live)", "Miles Davis", "Only another version or length of it is here.", "none"),
      ],
    },
  ],
});

const candidate = (at: number, more: Partial<ImportCandidate> = {}): ImportCandidate => ({ track: tracks[at] as TrackItem, ...{ title: "same", artist: "same", album: "other", longer_s: 0.2, why: "Another album." }, ...more });
/** What is open of the import above, as a person has left it. */
export const importEntries: ImportEntry[] = [
  { number: 1, title: "Night Train", artist: "The Harbor Lights", reason: "Nothing like it is here.", how: "none", candidates: [] },
  { number: 2, title: "Angie", artist: "The Rolling Stones", reason: "Several tracks fit equally well.", how: "several", candidates: [candidate(30), candidate(31, { album: "same", longer_s: -9 }), candidate(32, { album: "unsaid", longer_s: 12.4, title: "alike" })] },
  { number: 3, title: "So What (Live)", artist: "Miles Davis", reason: "Only another version or length of it is here.", how: "none", candidates: [candidate(33, { title: "alike", longer_s: 81 })] },
].map((one): ImportEntry => ({ list: 0, list_name: "Old favourites", playlist_id: "pl0", album: "", path: `D:/Music/${one.title}.mp3`, duration_s: 274, state: "open", score: 0, track: null, ...one }));
function settled(body: unknown): ImportSettled {
  const [choice] = (body as { choices: ImportChoice[] }).choices;
  const entry = importEntries.find((one) => one.number === choice?.number);
  const was = importEntries.filter((one) => one === entry);
  const entries = was.map((one): ImportEntry => ({ ...one, state: choice?.undo ? "open" : choice?.track_id ? "chosen" : "none", track: tracks.find((track) => track.id === choice?.track_id) ?? null }));
  return { entries, playlists: lists.slice(0, 1), open: 2, matched: 40 };
}
const file = (i: number, more: Partial<PlaylistFile>): PlaylistFile => ({ id: `fi${i}`, library_id: "li1", path: `Lists/${names[i]}.m3u8`, playlist_id: `pl${i}`, state: "follows", note: "", entries: 14 + i, missing: 0, read_at: "2026-11-20T10:00:00Z", report_id: null, ...more });
const files = [file(0, { missing: 2, report_id: "re1" }), file(1, {}), file(2, { state: "edited" }), file(3, { state: "refused", note: "It leads out of the library.", playlist_id: null }), file(4, { state: "gone" })];

const none = { end_s: null, number: null, name: "", colour: null, bpm: null, beat: null, beats: null };
const cues: Cue[] = [
  { ...none, kind: "cue", start_s: 18.4, number: 0, name: "intro ends", colour: "#e5484d" },
  { ...none, kind: "cue", start_s: 64, number: 1, name: "drop", colour: "#f5a524" },
  { ...none, kind: "loop", start_s: 120, end_s: 135.5, number: 2, colour: "#46a758" },
  { ...none, kind: "cue", start_s: 171.25 },
  { ...none, kind: "grid", start_s: 0.31, bpm: 124, beat: 1, beats: 4 },
];

export function playlistsAnswer(method: string, path: string, query: URLSearchParams, body: unknown, state: FakeState): Answer | null {
  const [first, second, third] = path.split("/");
  if (path === "shared/open") return (body as { token: string }).token === "over" ? { status: 404, body: { status: 404, code: "not_found", detail: "This link opens nothing (any more)." } } : ok(door((body as { token: string; password: string | null }).token === "locked" && !(body as { password: string | null }).password));
  if (state.empty || !state.signedIn) return null;
  if (path === "playlists" && method === "GET") return ok({ items: lists });
  if (path === "playlist-folders") return ok(shelf);
  if (path === "shares") return ok({ items: shares });
  if (path === "imports" && method === "POST") return ok(report(query.get("dry_run") === "true"));
  if (path === "imports") return ok({ items: [{ id: "re1", name: "Old favourites", format: "m3u8", entries: 42, matched: 39, made_at: "2026-11-20T10:00:00Z" }, { id: "re2", name: "collection.nml", format: "nml", entries: 1204, matched: 1204, made_at: "2026-10-02T10:00:00Z" }] });
  if (path === "imports/re1") return ok({ ...report(false), name: "Old favourites", entries: 42 });
  if (path === "imports/re1/entries") return ok({ items: query.get("state") === "open" ? importEntries : [], next: null, total: query.get("state") === "open" ? 3 : 0 });
  if (path === "imports/re1/choices") return ok(settled(body));
  if (first === "tracks" && third === "cues") return ok(method === "PUT" ? body : { cues });
  if (path === "playlist-files") return ok({ items: files });
  if (first !== "playlists" || second === undefined) return null;
  const list = lists.find((one) => one.id === second);
  if (!list) return null;
  if (third === "file") return ok(files[0]);
  if (third === "already-in") return ok({ track_ids: (body as { track_ids: string[] }).track_ids.slice(0, 1) });
  if (third === undefined && method === "GET") {
    const entries = tracks.slice(20, 20 + list.track_count).map((track, i) => ({ id: `en${i}`, track, added_at: "2026-11-20T10:00:00Z" }));
    return ok({ ...list, entries } satisfies PlaylistDetail);
  }
  if (third === "shares") return ok(share(3, { label: "" }), 201);
  return null;
}
