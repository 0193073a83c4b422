"""From a file's facts and path to what the catalogue calls it: credits, album identity, sort keys. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from resonance.audio import clean, path_facts
from resonance.audio.facts import AudioFacts, Lyrics
from resonance.core.text import fold, sort_key
from resonance.library.paths import folder_of, to_display

if TYPE_CHECKING:
    from resonance.library.scanning.sides import Picture

VARIOUS = "Various Artists"
# MusicBrainz' own id for it.
VARIOUS_MBID = "89ad4ac3-39f7-470e-963a-56509c546377"
_VARIOUS_NAMES = frozenset(("various", "various artists", "various artist", "va", "v a", "verschiedene"))
_DISC_FOLDER = re.compile(r"^(?:cd|disc|disk|dvd|side|part)[\s_.-]*(?:\d{1,2}|[a-d])\b", re.IGNORECASE)
_SEPARATOR = "\x1f"
# Characters before the path in Entry.lead.
LEAD_PREFIX = 14


@dataclass(frozen=True, slots=True)
class Credit:
    """A name as credited; `key` is what artists without MusicBrainz id are told apart by."""

    name: str
    key: str
    mbid: str | None = None
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class AlbumName:
    """What tells one album from another, and whom it is by.

    `loose` is the identity without year and version: within one folder these do not split an album.
    """

    identity: str
    loose: str
    title: str
    credits: tuple[Credit, ...]
    artist_display: str
    compilation: bool


@dataclass(slots=True)
class Entry:
    """One readable file with everything the catalogue stores of it."""

    path: str
    size: int
    mtime_ns: int
    payload_id: str | None
    facts: AudioFacts
    lyrics: Lyrics | None
    title: str
    credits: tuple[Credit, ...]
    artist_display: str
    album: AlbumName | None
    disc: int | None
    number: int | None
    year: int | None
    source: str  # tags | path
    genres: tuple[tuple[str, str], ...]  # (name, key)
    cover_id: str | None = None
    picture: Picture | None = None

    @property
    def folder(self) -> str:
        """The directory part of the path."""
        return folder_of(self.path)

    @property
    def lead(self) -> str:
        """Orders an album's files: its own values come from the first."""
        return f"{min(self.disc or 0, 99_999):05d}.{min(self.number or 0, 9_999_999):07d}.{self.path}"


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """The folded name; for names of signs alone ("!!!") the name itself."""
    return fold(name) or name.strip().casefold()


def album_folder(folder: str) -> str:
    """The folder that holds the whole album: above "CD1" and the like."""
    parent, _, last = folder.rpartition("/")
    return parent if _DISC_FOLDER.match(last) else folder


def is_disc_folder(folder: str) -> bool:
    """Whether the folder is one disc of an album that lies in the folder above."""
    return _DISC_FOLDER.match(folder.rpartition("/")[2]) is not None


def name_entry(
    path: str,
    size: int,
    mtime_ns: int,
    facts: AudioFacts,
    payload_id: str | None,
    lyrics: Lyrics | None,
) -> Entry:
    """Fill from the path what the tags leave out, and settle names."""
    guess = None if facts.title and facts.artists and facts.album else path_facts.from_path(to_display(path))
    title = facts.title or (clean.text(guess.title) if guess else "") or "?"
    guessed_artist = clean.text(guess.artist) if guess and guess.artist else ""
    artists = facts.artists or ((guessed_artist,) if guessed_artist else ())
    album_title = facts.album or (clean.text(guess.album) if guess and guess.album else None)
    number, disc, year = facts.number, facts.disc, facts.year
    if (guess and facts.untagged) or (guess and not facts.album):
        number, disc, year = number or guess.number, disc or guess.disc, year or guess.year
    names = artists or ("Unknown Artist",)
    credits = _credits(names, facts.artist_mbids, facts.artist_sorts)
    album = _album(path, facts, album_title, credits, year) if album_title else None
    credits = _without_borrowed_ids(credits, facts)
    display = facts.artist_display if facts.artists and facts.artist_display else ", ".join(names)
    return Entry(
        path, size, mtime_ns, payload_id, facts, lyrics,
        title=title,
        credits=credits,
        artist_display=display,
        album=album,
        disc=disc,
        number=number,
        year=year,
        source="tags" if guess is None else "path",
        genres=tuple({name_key(name): (name, name_key(name)) for name in facts.genres}.values()),
    )  # fmt: skip


def _credits(names: tuple[str, ...], mbids: tuple[str, ...], sorts: tuple[str, ...]) -> tuple[Credit, ...]:
    ids = mbids if len(mbids) == len(names) else (None,) * len(names)
    orders = sorts if len(sorts) == len(names) else (None,) * len(names)
    found: dict[str, Credit] = {}
    for name, mbid, order in zip(names, ids, orders, strict=True):
        key = name_key(name)
        if key in _VARIOUS_NAMES or mbid == VARIOUS_MBID:
            name, key, mbid, order = VARIOUS, name_key(VARIOUS), None, None
        found.setdefault(mbid or key, Credit(name, key, mbid, order))
    return tuple(found.values())


def _without_borrowed_ids(credits: tuple[Credit, ...], facts: AudioFacts) -> tuple[Credit, ...]:
    """Some taggers write the album artist's id beside another track artist's name: then the name counts."""
    if len(facts.album_artist_mbids) != len(facts.album_artists):
        return credits
    owners = dict(zip(facts.album_artist_mbids, map(name_key, facts.album_artists), strict=True))
    return tuple(
        Credit(c.name, c.key, None, c.sort) if owners.get(c.mbid or "", c.key) != c.key else c
        for c in credits
    )


def _album(
    path: str, facts: AudioFacts, title: str, track_credits: tuple[Credit, ...], year: int | None
) -> AlbumName:
    compilation = facts.compilation
    if facts.album_artists:
        credits = _credits(facts.album_artists, facts.album_artist_mbids, facts.album_artist_sorts)
        display = facts.album_artist_display or ", ".join(facts.album_artists)
    elif compilation:
        credits, display = _credits((VARIOUS,), (), ()), VARIOUS
    else:
        credits = _main_credits(facts, track_credits)
        display = ", ".join(credit.name for credit in credits)
    if credits[0].name == VARIOUS and len(credits) == 1:
        compilation, display = True, VARIOUS
    who = "\x1e".join(credit.key for credit in credits)
    loose = _SEPARATOR.join((who, name_key(title)))
    if facts.release_mbid:
        identity = f"mbid:{facts.release_mbid}"
    elif facts.album is None:
        # Named after its folder, so the folder is what it is.
        identity = _SEPARATOR.join(("folder", who, name_key(title), album_folder(folder_of(path))))
    else:
        released = (facts.release_date or "")[:4] or ("" if compilation else str(year or ""))
        identity = _SEPARATOR.join((loose, released, name_key(facts.version or "")))
    return AlbumName(identity, loose, title, credits, display, compilation)


def _main_credits(facts: AudioFacts, credits: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """The track's artists without those named by "feat."."""
    guests = {
        name_key(name)
        for text in (facts.artist_display, facts.title)
        if text
        for name in clean.split_featured(text)[1]
    }
    return tuple(credit for credit in credits if credit.key not in guests) or credits[:1]


@lru_cache(maxsize=50_000)
def artist_sort(name: str, tagged: str | None, articles: tuple[str, ...]) -> str:
    """How an artist is sorted: as tagged, else without a leading article."""
    return (fold(tagged) if tagged else "") or sort_key(name, articles) or name_key(name)


def title_sort(title: str, tagged: str | None, articles: tuple[str, ...]) -> str:
    """How a track or album is sorted."""
    return (fold(tagged) if tagged else "") or sort_key(title, articles) or title.strip()
