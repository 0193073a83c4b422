import type { AlbumDetail, AlbumItem, ArtistDetail, ArtistItem, GenreItem, Lyrics, TrackDetail, TrackItem } from "@/shared/api/types";

/** An invented library, always the same. */
const titles = ["Low Water", "Brass Garden", "Night Bus North", "Letters in Salt", "The Orchard Tapes", "Kilometre Zero", "Soft Machinery", "Winter Swimming", "Paper Lanterns", "Hollow Coast", "A Field Guide to Sleep", "Static Bloom", "Copper Rooms", "Left of the River", "Sunday Engines", "Glass Harbour", "Small Hours", "Ultramarine", "Tin Roof Rain", "Parallel Lines of Geese", "Violet Hour", "Quiet Machines", "Dust and Harmony", "Long Division"];
const names = ["Marla Voss", "The Tidewater Six", "Ilse Brandt", "Kanto Drive", "Ørsted & Lund", "Nadia Okoye", "Pale Engines", "Tomás Rey Quartet"];
const genres = ["Jazz", "Electronic", "Folk", "Ambient", "Rock", "Soul"];
const words = ["Harbour", "Slow", "Lamp", "Ferry", "Marble", "Echo", "Window", "Salt", "Almanac", "Feather", "Copper", "Wire", "Meadow", "Signal", "Winter"];

const id = (kind: string, n: number): string => `${kind}${String(n).padStart(22 - kind.length, "0")}`;
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

export const artistRef = (n: number) => ({ id: id("ar", n % names.length), name: pick(names, n) });
const accent = (n: number) => (n % 7 === 6 ? null : { h: (n * 67) % 360, c: 0.05 + ((n * 13) % 9) / 100, l: 0.74 + (n % 5) / 60 });

/** Every other album was listened to; of some tracks only the tags are known, of some nothing. */
function heard(n: number, album: number, number: number): Pick<TrackItem, "bpm" | "bpm_source" | "bpm_confidence" | "key" | "camelot" | "key_source" | "key_confidence" | "energy"> {
  const nothing = { bpm: null, bpm_source: null, bpm_confidence: null, key: null, camelot: null, key_source: null, key_confidence: null, energy: null };
  if (album % 2 === 1 || number % 4 === 3) return nothing;
  const place = { key: number % 12 === 8 ? "Am" : null, camelot: `${1 + (n % 12)}${n % 2 ? "A" : "B"}` };
  if (number % 5 === 1) return { ...nothing, ...place, bpm: 80 + ((n * 11) % 60), bpm_source: "tag", key_source: "tag", energy: 0.5 };
  return { ...place, bpm: 80.4 + ((n * 11) % 60), bpm_source: "measured", bpm_confidence: number % 5 === 4 ? 0.18 : 0.82, key_source: "measured", key_confidence: number % 6 === 5 ? 0.2 : 0.7, energy: ((n * 7) % 11) / 10 };
}

export function makeTrack(album: number, disc: number, number: number): TrackItem {
  const n = album * 40 + disc * 20 + number;
  const artist = artistRef(album);
  const flac = album % 3 !== 1;
  return {
    id: id("tr", n),
    title: number === 7 ? "A Title So Long That It Has to Be Cut Somewhere, Even on a Very Wide Window (Alternate Take, 1974)" : `${pick(words, n * 7)} ${pick(words, n * 3 + 4).toLowerCase()}`,
    artist: artist.name,
    artists: [artist],
    album_id: id("al", album),
    album: pick(titles, album),
    album_artist: artist.name,
    cover_id: album % 7 === 6 ? null : id("co", album),
    accent: accent(album),
    disc,
    number,
    duration_s: 140 + ((n * 37) % 260),
    year: 1970 + ((album * 7) % 54),
    genres: [pick(genres, album)],
    bpm_tag: album % 2 === 0 && number % 4 !== 3 ? 80 + ((n * 11) % 60) : null,
    key_tag: album % 2 === 0 && number % 4 !== 3 ? `${1 + (n % 12)}${n % 2 ? "A" : "B"}` : null,
    ...heard(n, album, number),
    format: flac ? "flac" : "mp3",
    codec: flac ? "flac" : "mp3",
    bit_rate_kbps: flac ? 912 : 320,
    sample_rate_hz: flac ? 96000 : 44100,
    bit_depth: flac ? 24 : null,
    channels: 2,
    size: 24_000_000,
    gain_track_db: -3.1,
    peak_track: 0.98,
    gain_album_db: -3.4,
    peak_album: 0.99,
    has_lyrics: number === 1,
    explicit: false,
    added_at: new Date(Date.UTC(2026, 9, 1 + (album % 28))).toISOString(),
    liked: n % 5 === 0,
    liked_at: n % 5 === 0 ? "2026-11-18T19:00:00Z" : null,
    sort_title: "",
    mbid: null,
    rating: 0,
    play_count: n % 9,
    last_played_at: n % 9 ? "2026-11-18T19:00:00Z" : null,
  };
}

export const albumDetails: AlbumDetail[] = titles.map((title, album) => {
  const discs = (album % 5 === 4 ? [1, 2] : [1]).map((disc) => ({
    disc,
    subtitle: disc === 2 ? "Sessions" : null,
    tracks: Array.from({ length: album % 6 === 5 ? 2 : 9 + (album % 4) }, (_, i) => makeTrack(album, disc, i + 1)),
  }));
  const tracks = discs.flatMap((one) => one.tracks);
  const year = 1970 + ((album * 7) % 54);
  return {
    id: id("al", album),
    title,
    artist: artistRef(album).name,
    artists: [artistRef(album)],
    year,
    original_year: year,
    cover_id: album % 7 === 6 ? null : id("co", album),
    accent: accent(album),
    placeholder: null,
    track_count: tracks.length,
    duration_s: tracks.reduce((sum, track) => sum + track.duration_s, 0),
    genres: [pick(genres, album)],
    added_at: new Date(Date.UTC(2026, 9, 1 + (album % 28))).toISOString(),
    liked: album % 4 === 0,
    liked_at: album % 4 === 0 ? "2026-11-18T19:00:00Z" : null,
    sort_title: title,
    mbid: null,
    rating: 0,
    compilation: false,
    discs,
    labels: ["Harbourlight"],
    release_types: ["album"],
    catalog_number: `HL ${100 + album}`,
    date: `${year}-03-12`,
    original_date: `${year}-03-12`,
    version: null,
    release_group_mbid: null,
    palette: null,
    quality: null,
    play_count: 0,
    last_played_at: null,
  };
});

const onlyInDetail = new Set(["discs", "labels", "release_types", "catalog_number", "date", "original_date", "version", "release_group_mbid", "palette", "quality", "play_count", "last_played_at"]);
export const albumItem = (detail: AlbumDetail): AlbumItem => Object.fromEntries(Object.entries(detail).filter(([key]) => !onlyInDetail.has(key))) as unknown as AlbumItem;
export const albums: AlbumItem[] = albumDetails.map(albumItem);
export const tracks: TrackItem[] = albumDetails.flatMap((album) => album.discs.flatMap((disc) => disc.tracks));

export const artists: ArtistItem[] = names.map((name, n) => {
  const own = albums.filter((album) => album.artists[0]?.id === id("ar", n));
  return { id: id("ar", n), name, sort_name: name, letter: name[0] ?? "#", album_count: own.length, track_count: own.reduce((sum, album) => sum + album.track_count, 0), image_id: null, cover_id: own.find((album) => album.cover_id)?.cover_id ?? null, liked: n === 1, liked_at: null, mbid: null, rating: 0 };
});
export const artistDetail = (artist: ArtistItem): ArtistDetail => ({
  ...artist,
  albums: albums.filter((album) => album.artists[0]?.id === artist.id),
  appears_on: albums.slice(0, 2),
  top_tracks: tracks.filter((track) => track.artists[0]?.id === artist.id).slice(0, 5),
});
export const genreItems: GenreItem[] = genres.map((name, n) => ({ id: id("ge", n), name, album_count: 4, track_count: 38 }));

export const lyricLines = ["The tide goes out and leaves the light", "on everything we said that night", "I count the lamps along the pier", "and every one of them is here", "", "Stay a little, let it turn", "let the water slowly burn", "stay until the ferry sings", "and morning gathers up its things"].map((text, i) => ({ start_ms: i * 6000, text, words: text.split(/(?<= )/).map((word, n) => ({ start_ms: i * 6000 + n * 600, text: word })) }));
export const lyricTexts: Lyrics[] = [
  { source: "lrc", language: "eng", synced: true, offset_ms: 0, lines: lyricLines },
  { source: "tag", language: "deu", synced: false, offset_ms: 0, lines: ["Die Ebbe geht und lässt das Licht", "auf allem, was man nachts verspricht"].map((text) => ({ start_ms: null, text })) },
];

export const trackDetail = (track: TrackItem): TrackDetail => ({
  ...track,
  path: `Harbourlight/${track.album ?? ""}/${String(track.number).padStart(2, "0")} ${track.title}.flac`,
  comment: "Mastered from the original tapes.",
  composers: [track.artist],
  isrc: "DEA123456789",
  tags: ["evening"],
  note: "",
  date: `${track.year}-03-12`,
  original_date: null,
  carriers: [],
  mbids: { album: null, recording: "9d1d7b1e-5a51-4d39-a2c3-3f1f6c1a7a10", release_group: null, track: null },
});

/** A song with verses, a break and a quiet end. */
export function peaksOf(trackId: string): number[] {
  const seed = Number(trackId.slice(-3)) || 1;
  return Array.from({ length: 1000 }, (_, i) => {
    const x = i / 1000;
    const verse = 0.55 + 0.3 * Math.sin(x * 14 + seed) + (x > 0.62 && x < 0.68 ? -0.4 : 0);
    const ends = Math.min(1, x * 9, (1 - x) * 7);
    return Math.round(255 * Math.max(0.02, verse * ends * (0.6 + 0.4 * Math.abs(Math.sin(i * 12.9898 + seed) * Math.cos(i * 3.1)))));
  });
}
