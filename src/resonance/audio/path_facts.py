"""What a path says of a track that says nothing itself. Pure string code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR_BEFORE = re.compile(r"^[\(\[]?((?:19|20)\d\d)[\)\]]?\s*(?:-|–|_|\.|\s)\s*(?=\S)")
_YEAR_AFTER = re.compile(r"\s*[\(\[]((?:19|20)\d\d)[\)\]]\s*$")
_DISC_FOLDER = re.compile(r"^(?:cd|disc|disk|dvd|vol(?:ume)?)[\s_.-]*(\d{1,2})\b", re.IGNORECASE)
_DISC_TRACK = re.compile(r"^(\d{1,2})[-.](\d{2,3})(?:\s*[-–._)]\s*|\s+)(?=\S)")
_TRACK = re.compile(r"^[\(\[]?(\d{1,3})[\)\]]?(?:\s*[-–._)]\s*|\s+)(?=\S)")
_ONLY_NUMBER = re.compile(r"^(?:track|titel|piste|audiotrack)?\s*[-_.]?\s*(\d{1,3})$", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]\s+")
_GENERIC = frozenset(
    [
        "music",
        "musik",
        "audio",
        "mp3",
        "mp3s",
        "flac",
        "songs",
        "downloads",
        "unsorted",
        "misc",
        "various",
        "library",
        "media",
        "home",
        "incoming",
        "new",
    ]
)


@dataclass(frozen=True, slots=True)
class PathFacts:
    """Guesses; None where the path says nothing."""

    title: str
    artist: str | None
    album: str | None
    number: int | None
    disc: int | None
    year: int | None


def from_path(relative: str) -> PathFacts:
    """Facts from a path below the library root, with "/" between its parts.

    Understands "Artist/Album (1999)/01 - Title.mp3", "Artist - Album/CD2/07. Title.flac",
    "Artist - Title.mp3", "01 Artist - Title.ogg" and "2-05 Title.m4a". A folder of one level is the
    album's artist only if another one stands above the file.
    """
    *folders, name = [part for part in relative.replace("\\", "/").split("/") if part not in ("", ".")] or [
        ""
    ]
    stem = _spaced(name.rpartition(".")[0] or name)
    disc: int | None = None
    if folders and (found := _DISC_FOLDER.match(folders[-1])):
        disc = int(found[1])
        folders = folders[:-1]
    folders = [folder for folder in folders if folder.casefold() not in _GENERIC]
    artist, album, year = _folders(folders)
    number, title, file_disc = _number(stem)
    head, *rest = _DASH.split(title, maxsplit=1)
    if rest and head and rest[0]:
        if artist is None or _same(head, artist):
            artist, title = artist or head.strip(), rest[0]
            if number is None:
                number, title, file_disc = _number(title)
        elif album and _same(head, album):
            number_after, title, _ = _number(rest[0])
            number = number or number_after
    return PathFacts(title.strip() or name or "?", artist, album, number, disc or file_disc, year)


def _folders(folders: list[str]) -> tuple[str | None, str | None, int | None]:
    if not folders:
        return None, None, None
    album, year = _without_year(_spaced(folders[-1]))
    if len(folders) >= 2:
        artist = _spaced(folders[-2]).strip()
        head, *rest = _DASH.split(album, maxsplit=1)
        return artist, rest[0] if rest and _same(head, artist) else album, year
    head, *rest = _DASH.split(album, maxsplit=1)
    if rest and head:
        album, inner_year = _without_year(rest[0])
        return head.strip(), album, year or inner_year
    return None, album, year


def _without_year(folder: str) -> tuple[str, int | None]:
    for pattern in (_YEAR_AFTER, _YEAR_BEFORE):
        found = pattern.search(folder)
        rest = pattern.sub("", folder, count=1).strip() if found else ""
        if found and rest:
            return rest, int(found[1])
    return folder.strip(), None


def _number(stem: str) -> tuple[int | None, str, int | None]:
    """(number, rest, disc)"""
    if found := _DISC_TRACK.match(stem):
        return int(found[2]) or None, stem[found.end() :], int(found[1]) or None
    if found := _ONLY_NUMBER.match(stem):
        return int(found[1]) or None, stem, None
    if found := _TRACK.match(stem):
        return int(found[1]) or None, stem[found.end() :], None
    return None, stem, None


def _spaced(name: str) -> str:
    return name.replace("_", " ").strip() if " " not in name else name.strip()


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
