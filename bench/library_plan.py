"""What the bench's library holds: albums and their tracks, the same for the same size and seed. No files here."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from typing import TypeVar

Choice = TypeVar("Choice", int, str)

# ruff: noqa: SIM905 - lists of words read better as text
FORMATS = {"mp3": 46, "flac": 34, "m4a": 10, "opus": 6, "ogg": 4}
FIRST = (
    "Amber Northern Silver Hollow Paper Crimson Silent Electric Velvet Distant Broken Golden Winter Glass Lost "
    "Secret Wooden Second Lunar Iron Slow Marble Open Copper Hidden Midnight Burning Blue Salt Early"
).split()
SECOND = (
    "River Mirror Garden Signal Harbour Orchestra Letters Machine Avenue Echo Voices Mountain Shadows Parade "
    "Window Kingdom Atlas Circus Lanterns Compass Meadow Engine Theory Tide Cinema Islands Weather Sparrows "
    "Station Bridges"
).split()
GENRES = (
    "Rock,Pop,Electronic,House,Techno,Ambient,Jazz,Soul,Funk,Hip-Hop,Classical,Folk,Metal,Punk,Reggae,Dub,Disco,"
    "Blues,Country,Latin,Afrobeat,Trance,Drum & Bass,Downtempo,Shoegaze,Post-Rock,Synthpop,Industrial,Soundtrack"
).split(",")
# Names other scripts and hands write: decomposed accents, no letters, leading articles, a path separator.
UNUSUAL = (
    "Jökull Öræfi",
    "Cafe\u0301 Medianoche",
    "東京ステーション",
    "Кино и Ночь",
    "فرقة النيل",
    "Μαρία Θάλασσα",
    "서울 밴드",
    "Motörkids",
    "Zoë Muñoz",
    "Left/Right",
    "The The The",
    "!?!",
    "Andre\u0301 Gonza\u0301lez",
    "מרים כהן",
    "L'Heure Bleue",
    "王小雨",
    "µ-Lab",
    "…and Others",
)
ENDINGS = ("", "", "", "", " (Live)", " (Remix)", " pt. 2", " — часть", " ☾")
KEYS = ("Am", "C", "F#m", "Bb", "8A", "5B")
VARIOUS = "Various Artists"
COVERS = {"folder": 45, "embedded": 20, "both": 10, "none": 25}
# Tracks on a disc, and how often.
LENGTHS = {1: 10, 4: 8, 8: 9, 10: 16, 11: 15, 12: 17, 14: 13, 17: 8, 24: 4}


@dataclass(frozen=True, slots=True)
class Track:
    """One file's tags."""

    disc: int
    number: int
    title: str
    artist: str
    recording: str
    bpm: int
    key: str
    gain_db: float
    lyrics: str | None  # "tag", "file" or None


@dataclass(slots=True)
class Album:
    """One folder's tags; `bare` files have a title and nothing else."""

    number: int
    artist: str
    artist_id: str
    title: str
    date: str
    discs: int
    per_disc: int
    format: str
    cover: str
    label: str
    genres: list[str]
    gain: bool
    bare: bool
    release: str
    release_group: str
    tracks: list[Track] = field(default_factory=list)

    @property
    def compilation(self) -> bool:
        return self.artist == VARIOUS


class Planner:
    """Makes albums, artist by artist, until there are enough tracks."""

    def __init__(self, files: int, seed: int) -> None:
        self.files, self.dice = files, random.Random(seed)
        self.albums: list[Album] = []
        self.planned = 0

    def plan(self) -> list[Album]:
        artists = 0
        while self.planned < self.files:
            name = UNUSUAL[artists] if artists < len(UNUSUAL) else self.artist(artists)
            artists += 1
            artist_id = self.uuid()
            for _ in range(min(60, int(self.dice.paretovariate(1.1)))):
                if self.planned < self.files:
                    self.album(name, artist_id)
        return self.albums

    def artist(self, number: int) -> str:
        article = "The " if self.dice.random() < 0.3 else ""
        return f"{article}{self.name()}" + (f" {number}" if self.dice.random() < 0.5 else "")

    def album(self, artist: str, artist_id: str) -> None:
        dice = self.dice
        per_disc, discs = self.weighted(LENGTHS), dice.choices((1, 2, 3, 4), (88, 8, 3, 1))[0]
        if len(self.albums) == 9 and self.files >= 2000:
            per_disc, discs = 100, 4  # one box that is far larger than the rest
        various = dice.random() < 0.06
        album = Album(
            len(self.albums),
            VARIOUS if various else artist,
            self.uuid() if various else artist_id,
            self.name() + dice.choice(("", "", "", " (Deluxe Edition)", " EP", " II")),
            self.date(),
            discs,
            per_disc,
            self.weighted(FORMATS),
            self.weighted(COVERS),
            f"{dice.choice(SECOND)} Records",
            dice.sample(GENRES, dice.choices((1, 2, 3), (60, 30, 10))[0]),
            dice.random() < 0.5,
            dice.random() < 0.02,
            self.uuid(),
            self.uuid(),
        )
        self.albums.append(album)
        for at in range(min(discs * per_disc, self.files - self.planned)):
            album.tracks.append(self.track(artist, at // per_disc + 1, at % per_disc + 1, various))
            self.planned += 1

    def track(self, artist: str, disc: int, number: int, various: bool) -> Track:
        dice = self.dice
        if various:
            artist = self.name()
        elif dice.random() < 0.07:
            artist = f"{artist} feat. {self.name()}"
        return Track(
            disc,
            number,
            self.name() + dice.choice(ENDINGS),
            artist,
            self.uuid(),
            dice.randrange(70, 180),
            dice.choice(KEYS),
            round(dice.uniform(-12, 3), 2),
            dice.choices(("tag", "file", None), (3, 2, 95))[0],
        )

    def name(self) -> str:
        first, second = self.dice.choice(FIRST), self.dice.choice(SECOND)
        shape = self.dice.random()
        if shape < 0.6:
            return f"{first} {second}"
        return f"The {first} {second}" if shape < 0.8 else f"{second} of {self.dice.choice(SECOND)}"

    def date(self) -> str:
        year = self.dice.randrange(1955, 2026)
        month, day = self.dice.randrange(1, 13), self.dice.randrange(1, 29)
        return self.dice.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"))

    def uuid(self) -> str:
        return str(uuid.UUID(bytes=self.dice.randbytes(16), version=4))

    def weighted(self, weights: dict[Choice, int]) -> Choice:
        return self.dice.choices(list(weights), list(weights.values()))[0]
