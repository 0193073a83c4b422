"""Who plays what: eight invented artists, their albums, and every track's known facts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from resonance.demo.theory import TONICS


@dataclass(frozen=True, slots=True)
class Artist:
    """A name with a sound. `tempi` in BPM, `lufs` the usual loudness."""

    name: str
    style: str
    genres: tuple[str, ...]
    moods: tuple[str, ...]
    mode: str
    tempi: tuple[int, int]
    lufs: float


@dataclass(frozen=True, slots=True)
class Album:
    """`tracks`: (disc, title, artist key, featured artist key or "")."""

    title: str
    artist: str  # an artist key, or "various"
    date: str
    format: str
    cover: str  # embedded | folder | both
    tracks: tuple[tuple[int, str, str, str], ...]
    label: str = "Lamplight Recordings"
    subtitles: tuple[str, ...] = ()


ARTISTS = {
    "lumen": Artist(
        "Lumen Parade",
        "synthpop",
        ("Synthpop", "Electronic"),
        ("bright", "energetic"),
        "major",
        (112, 124),
        -11,
    ),
    "nacht": Artist(
        "Nachtfalter",
        "house",
        ("Deep House", "Electronic"),
        ("nocturnal", "driving"),
        "minor",
        (120, 126),
        -10,
    ),
    "hale": Artist("Harbour & Hale", "folk", ("Folk",), ("warm", "gentle"), "major", (84, 104), -16),
    "otis": Artist("Otis Vellum", "lofi", ("Lo-Fi", "Hip-Hop"), ("relaxed", "warm"), "major", (72, 88), -15),
    "onyx": Artist(
        "Mirelle Onyx", "downtempo", ("Downtempo",), ("melancholic", "dark"), "minor", (88, 98), -13
    ),
    "drift": Artist("Cassiopeia Drift", "ambient", ("Ambient",), ("calm", "dreamy"), "major", (62, 72), -19),
    "foxes": Artist(
        "The Paper Foxes", "indie", ("Indie Pop", "Rock"), ("happy", "restless"), "major", (128, 140), -11
    ),
    "tessel": Artist(
        "Téssel", "breaks", ("Drum & Bass", "Electronic"), ("energetic", "tense"), "minor", (168, 174), -9
    ),
}

ALBUMS = (
    Album(
        "Carousel of Light",
        "lumen",
        "2021-05-14",
        "mp3",
        "both",
        (
            (1, "Streetlamp Choir", "lumen", ""),
            (1, "Paper Satellites", "lumen", ""),
            (1, "Glass Arcade", "lumen", "onyx"),
        ),
    ),
    Album(
        "Moth Hours",
        "nacht",
        "2019-11-08",
        "flac",
        "embedded",
        (
            (1, "Dust on the Window", "nacht", ""),
            (1, "Second Platform", "nacht", ""),
            (1, "Falter", "nacht", ""),
        ),
    ),
    Album(
        "Low Water, High Road",
        "hale",
        "2016-09",
        "m4a",
        "folder",
        (
            (1, "Tin Roof Morning", "hale", ""),
            (1, "The Ferryman's Daughter", "hale", ""),
            (1, "Salt and Cedar", "hale", ""),
        ),
    ),
    Album(
        "Tea for One",
        "otis",
        "2022",
        "opus",
        "folder",
        (
            (1, "Kettle", "otis", ""),
            (1, "Rain on Vinyl", "otis", ""),
            (1, "Half Past Nowhere", "otis", "hale"),
        ),
    ),
    Album(
        "Anthracite",
        "onyx",
        "2018-02-23",
        "flac",
        "folder",
        ((1, "Undertow", "onyx", ""), (1, "A Room Without Clocks", "onyx", "")),
    ),
    Album(
        "Slow Tides",
        "drift",
        "2020-12-01",
        "flac",
        "both",
        (
            (1, "Ebb", "drift", ""),
            (1, "Harbour Lights, Receding", "drift", ""),
            (2, "Flood", "drift", ""),
            (2, "The Long Shelf", "drift", ""),
        ),
        subtitles=("Ebb", "Flood"),
    ),
    Album(
        "Bicycles & Thunder",
        "foxes",
        "2023-06-30",
        "mp3",
        "folder",
        (
            (1, "Run the Orchard", "foxes", ""),
            (1, "Yellow Raincoat", "foxes", ""),
            (1, "Thunder Season", "foxes", ""),
        ),
    ),
    Album(
        "Fault Lines",
        "tessel",
        "2024-03-15",
        "opus",
        "embedded",
        (
            (1, "Shear", "tessel", ""),
            (1, "Tectonic Lullaby", "tessel", ""),
            (1, "Aftershock", "tessel", "lumen"),
        ),
    ),
    Album(
        "Northbound EP",
        "nacht",
        "2023-10-27",
        "m4a",
        "both",
        ((1, "Northbound", "nacht", "onyx"), (1, "Last Train, Empty", "nacht", "")),
    ),
    Album(
        "Lamplight Sessions, Vol. 1",
        "various",
        "2024-12-06",
        "mp3",
        "both",
        (
            (1, "Kitchen Floor Waltz", "hale", ""),
            (1, "Snowfall, 4 a.m.", "otis", ""),
            (1, "Ember Code", "lumen", ""),
            (1, "Weightless Again", "drift", ""),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class DemoTrack:
    """What is known of one track because we made it so. `path` is relative to the library folder."""

    path: str
    format: str
    title: str
    artist: str
    artists: tuple[str, ...]
    album: str
    album_artist: str
    disc: int
    disc_total: int
    disc_subtitle: str | None
    number: int
    number_total: int
    date: str
    genres: tuple[str, ...]
    label: str
    compilation: bool
    style: str
    bpm: float
    beats_per_bar: int
    bars: int
    tonic: str
    mode: str
    lufs: float
    moods: tuple[str, ...]
    swing: float  # 0 straight, 1/3 triplets
    duration_s: float
    embedded_cover: bool
    folder_cover: bool
    lyrics: bool
    seed: tuple[int, int]
    album_index: int = field(default=0)

    def as_json(self) -> dict[str, Any]:
        """The manifest's entry."""
        return asdict(self)


WITH_LYRICS = ("Streetlamp Choir", "Tin Roof Morning", "Yellow Raincoat", "A Room Without Clocks")
TOTAL = sum(len(album.tracks) for album in ALBUMS)


def plan(seed: int, tracks: int = TOTAL) -> list[DemoTrack]:
    """The first `tracks` of the library, taken across the albums so that a few already show every format.

    Raises ValueError below 1 and above TOTAL.
    """
    if not 1 <= tracks <= TOTAL:
        raise ValueError(f"The demo library has 1 to {TOTAL} tracks.")
    order = sorted(
        ((row, index) for index, album in enumerate(ALBUMS) for row in range(len(album.tracks))),
        key=lambda place: place,
    )
    chosen = sorted((index, row) for row, index in order[:tracks])
    return [_track(seed, index, row) for index, row in chosen]


def _track(seed: int, index: int, row: int) -> DemoTrack:
    album = ALBUMS[index]
    disc, title, key, guest = album.tracks[row]
    artist = ARTISTS[key]
    salt = index * 100 + row
    rng = np.random.default_rng([seed, salt])
    bpm = float(rng.integers(artist.tempi[0], artist.tempi[1] + 1))
    waltz = "Waltz" in title
    beats = 3 if waltz else 4
    mode = artist.mode if rng.random() < 0.75 else {"major": "minor", "minor": "major"}[artist.mode]
    bars = _bars(bpm, beats)
    on_disc = [t for t in album.tracks if t[0] == disc]
    album_artist = "Various Artists" if album.artist == "various" else ARTISTS[album.artist].name
    names = (artist.name, ARTISTS[guest].name) if guest else (artist.name,)
    discs = max(t[0] for t in album.tracks)
    number = on_disc.index(album.tracks[row]) + 1
    folder = f"{album_artist}/{album.title} ({album.date[:4]})" + (f"/CD{disc}" if discs > 1 else "")
    return DemoTrack(
        path=f"{folder}/{number:02d} - {title}.{album.format}",
        format=album.format,
        title=title,
        artist=" feat. ".join(names),
        artists=names,
        album=album.title,
        album_artist=album_artist,
        disc=disc,
        disc_total=discs,
        disc_subtitle=album.subtitles[disc - 1] if album.subtitles else None,
        number=number,
        number_total=len(on_disc),
        date=album.date,
        genres=artist.genres,
        label=album.label,
        compilation=album.artist == "various",
        style=artist.style,
        bpm=bpm,
        beats_per_bar=beats,
        bars=bars,
        tonic=TONICS[int(rng.integers(0, 12))],
        mode=mode,
        lufs=round(artist.lufs + float(rng.choice([-0.5, 0.0, 0.5])), 1),
        moods=artist.moods,
        swing={"lofi": 0.28, "folk": 0.0, "downtempo": 0.14}.get(artist.style, 0.0),
        duration_s=round(bars * beats * 60 / bpm + 2.5, 3),
        embedded_cover=album.cover in ("embedded", "both"),
        folder_cover=album.cover in ("folder", "both"),
        lyrics=title in WITH_LYRICS,
        seed=(seed, salt),
        album_index=index,
    )


def _bars(bpm: float, beats: int) -> int:
    """A multiple of four bars that lasts about half a minute."""
    fours = round(29 / (4 * beats * 60 / bpm))
    return 4 * max(2, fours)
