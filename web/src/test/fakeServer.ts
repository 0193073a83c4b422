import type { Page, User } from "@/shared/api/types";
import { analysisAnswer, freshAnalysis, type FakeAnalysis } from "./fakeAnalysis";
import { sonicAnswer } from "./fakeSonic";
import { playlistsAnswer } from "./fakePlaylists";
import { promptAnswer } from "./fakePrompt";
import { resetSets, setsAnswer } from "./fakeSets";
import { albumDetails, albums, artistDetail, artists, genreItems, lyricTexts, peaksOf, trackDetail, tracks } from "./fakeData";

/** The REST contract over the invented library, as one function: vitest calls it through msw, `npm run look` through the browser. */
export interface FakeState {
  setupRequired: boolean;
  signedIn: boolean;
  scanning: boolean;
  empty: boolean;
  /** What the map says of itself, and how many points it has. */
  map: "ready" | "drawing" | "too_few" | "none";
  points: number;
  analysis: FakeAnalysis;
  role: "admin" | "user" | "guest";
}
export interface Answer {
  status: number;
  body?: unknown;
  /** In place of a body: bytes. */
  bytes?: ArrayBuffer;
}
export const freshState = (): FakeState => (resetSets(), { setupRequired: false, signedIn: true, scanning: false, empty: false, map: "ready", points: 12_000, analysis: freshAnalysis(), role: "admin" });

const user: User = { id: "us00000000000000000001", name: "lena", role: "admin", created_at: "2026-01-01T00:00:00Z", preferences: {}, all_libraries: true, libraries: [], has_password: true };
const person = (state: FakeState): User => ({ ...user, role: state.role });
const session = (state: FakeState) => ({ user: person(state), expires_at: "2026-11-21T12:00:00Z", csrf_token: "t" });
export const problem = (status: number, code: string, detail: string, field?: string): Answer => ({ status, body: { type: "about:blank", title: code, status, code, detail, request_id: "req-1", ...(field ? { field } : {}) } });

function page<T>(items: readonly T[], query: URLSearchParams): Page<T> {
  const limit = Number(query.get("limit") ?? 100);
  const start = Number(query.get("cursor") ?? 0);
  const next = start + limit < items.length ? String(start + limit) : null;
  return { items: items.slice(start, start + limit), next, total: items.length };
}

function albumList(query: URLSearchParams, state: FakeState): Answer {
  if (state.empty) return { status: 200, body: { items: [], next: null, total: 0 } };
  const genre = genreItems.find((one) => one.id === query.get("genre_id"))?.name;
  const letter = query.get("letter");
  const sort = query.get("sort");
  const found = albums
    .filter((album) => (!genre || album.genres.includes(genre)) && (!letter || album.title.startsWith(letter)) && (query.get("liked") !== "true" || album.liked))
    .sort((a, b) => (sort === "year" ? (a.year ?? 0) - (b.year ?? 0) : sort === "added" ? 0 : a.title.localeCompare(b.title)));
  return { status: 200, body: page(found, query) };
}

const scan = { id: "sc1", library_id: "li1", state: "running", reason: "new", error: null, started_at: "2026-11-21T10:00:00Z", finished_at: null as string | null, files: 11240, seen: 8412, added: 8400, updated: 0, unchanged: 0, missing: 0, broken: 3 };
const library = { id: "li1", number: 1, name: "music", kind: "folder", path: "/music", watch: true, watch_problem: null, tracks: tracks.length };

export function answer(method: string, path: string, query: URLSearchParams, body: unknown, state: FakeState): Answer {
  const ok = (data: unknown): Answer => ({ status: 200, body: data });
  const [first, second, third] = path.split("/");
  const key = `${method} ${path}`;
  if (key === "GET server") return ok({ name: "Resonance", version: "0.1.0", setup_required: state.setupRequired, setup_code_required: true, sign_up: "invitation", oidc: null, lyrics_search: true });
  if (first === "setup" || path === "auth/sign-in" || path === "auth/sign-up") {
    const { password, setup_code } = body as { password: string; setup_code?: string };
    if (password === "wrong-password") return problem(401, "wrong_credentials", "Name or password is wrong.");
    if (first === "setup" && setup_code !== "1234-5678") return problem(403, "wrong_code", "The setup code is wrong.", "setup_code");
    state.signedIn = true;
    state.setupRequired = false;
    return ok(session(state));
  }
  if (key === "POST auth/refresh") return state.signedIn ? ok(session(state)) : problem(401, "session_expired", "Signed out.");
  if (key === "POST auth/sign-out") {
    state.signedIn = false;
    return { status: 204 };
  }
  const listed = playlistsAnswer(method, path, query, body, state);
  if (listed) return listed;
  if (!state.signedIn) return problem(401, "session_expired", "Sign in.");
  if (method === "GET" && path === "me") return ok(person(state));
  if (method === "PATCH" && path === "me") return ok({ ...person(state), preferences: (body as { preferences: object }).preferences });
  if (key === "GET home") {
    if (state.empty) return ok({ continue: null, recently_added: [], recently_played: [], most_played: [] });
    return ok({ continue: { track: tracks[2], position_ms: 74_000 }, recently_added: albums.slice(4, 16), recently_played: albums.slice(1, 9), most_played: albums.slice(9, 15) });
  }
  if (key === "GET albums") return albumList(query, state);
  const mixed = setsAnswer(method, path, body, state);
  if (mixed) return mixed;
  const listened = analysisAnswer(method, path, query, body, state);
  if (listened) return listened;
  if (method === "GET" && third === "similar") return sonicAnswer(method, path, query, body, state) ?? problem(404, "not_found", "No such thing.");
  if (method === "GET" && first === "albums") {
    const album = albumDetails.find((one) => one.id === second);
    return album ? ok(album) : problem(404, "not_found", "No such album.");
  }
  if (key === "GET tracks") return ok(state.empty ? { items: [], next: null, total: 0 } : page(query.get("artist_id") ? tracks.filter((track) => track.artists[0]?.id === query.get("artist_id")) : tracks, query));
  if (key === "POST tracks/by-ids") {
    const { ids } = body as { ids: string[] };
    return ok({ items: tracks.filter((track) => ids.includes(track.id)) });
  }
  if (method === "GET" && third === "lyrics") return ok({ items: second === tracks[1]?.id ? [] : lyricTexts });
  if (method === "GET" && third === "waveform") return ok({ state: "ready", peaks: peaksOf(second ?? ""), lead_silence_s: 0, trail_silence_s: 0 });
  if (method === "GET" && first === "tracks") {
    const track = tracks.find((one) => one.id === second);
    return track ? ok(trackDetail(track)) : problem(404, "not_found", "No such track.");
  }
  if (key === "GET me/sessions") return ok({ items: [{ id: "se1", device_name: "Chromium on Linux", client: "web", created_at: "2026-11-01T10:00:00Z", last_seen_at: "2026-11-21T12:00:00Z", current: true }] });
  if (key === "GET artists") return ok(page(artists, query));
  if (method === "GET" && first === "artists") {
    const artist = artists.find((one) => one.id === second);
    return artist ? ok(artistDetail(artist)) : problem(404, "not_found", "No such artist.");
  }
  if (key === "GET genres") return ok({ items: genreItems });
  if (key === "GET years") return ok({ items: [...new Set(albums.map((album) => album.year))].map((year) => ({ year, album_count: 1 })) });
  if (key === "GET libraries") return ok({ items: state.empty && !state.scanning ? [] : [{ ...library, last_scan: scan }] });
  if (key === "POST libraries/check") {
    const asked = (body as { path: string }).path;
    return ok(asked === "/music" ? { ok: true, reason: null, audio_files_estimate: 11240 } : { ok: false, reason: "There is no such folder on the server.", audio_files_estimate: 0 });
  }
  if (key === "POST libraries") {
    state.scanning = true;
    return ok({ ...library, last_scan: null });
  }
  if (key === "GET scans/current") return ok({ items: state.scanning ? [scan] : [] });
  if (key === "GET search") {
    const words = (query.get("q") ?? "").toLowerCase();
    return ok({ top: null, tracks: tracks.filter((track) => track.title.toLowerCase().includes(words)).slice(0, Number(query.get("limit") ?? 20)), albums: albums.filter((album) => album.title.toLowerCase().includes(words)).slice(0, 4), artists: [], playlists: [], genres: [] });
  }
  const prompted = method === "POST" ? promptAnswer(path, body, state) : null;
  if (prompted) return prompted;
  const sonic = sonicAnswer(method, path, query, body, state);
  if (sonic) return sonic;
  if (key === "GET queue") return ok({ track_ids: [], current_index: null, position_ms: 0, changed_by: "", changed_at: null });
  if (["PUT", "POST", "DELETE"].includes(method)) return { status: 204 };
  return problem(404, "not_found", `no fake for ${key}`);
}
