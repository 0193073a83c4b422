"""M3U and M3U8: a path a line, and in comments what it is called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from resonance.library.paths import to_os, to_stored
from resonance.playlists.exchange import texts
from resonance.playlists.exchange.crate import Crate, Entry, Listing, listings
from resonance.playlists.exchange.locations import to_url
from resonance.playlists.exchange.paths import tidy

_LENGTH = re.compile(r"\s*(-?[\d.]+)")
_ATTRIBUTES = re.compile(r'(?:\s+[\w:-]+="[^"]*")*')


def read(file: BinaryIO) -> Crate:
    """The list. Paths are tidy, not yet seen from any folder. Invalid for what is no text or too large."""
    found: list[Entry] = []
    name, said = "", _Said()
    for line in texts.lines(texts.decoded(texts.all_of(file))):
        text = line.strip()
        if text.startswith("#"):
            directive, _, rest = text[1:].partition(":")
            if directive.upper() == "PLAYLIST":
                name = texts.value(rest)
            else:
                said.take(directive.upper(), rest)
        elif text:
            found.append(said.entry(str(len(found)), text))
            texts.bounded(len(found))
            said = _Said()
    keys = tuple(entry.key for entry in found)
    return Crate(found, len(found), (Listing(name, keys),), name)


class _Said:
    """What comments say of the path that follows them."""

    def __init__(self) -> None:
        self.artist = self.title = self.album = ""
        self.duration_s: float | None = None

    def take(self, directive: str, rest: str) -> None:
        if directive == "EXTINF":
            self._inform(rest[: texts.LONGEST])
        elif directive == "EXTART":
            self.artist = texts.value(rest)
        elif directive == "EXTALB":
            self.album = texts.value(rest)

    def _inform(self, rest: str) -> None:
        """ "123 group="x",Artist - Title": a length, what IPTV adds, and names."""
        length = _LENGTH.match(rest)
        rest = rest[length.end() :] if length else rest
        added = _ATTRIBUTES.match(rest)
        head, _, names = rest[added.end() if added else 0 :].partition(",")
        if '"' in head:
            return
        self.duration_s = texts.seconds(length[1]) if length else None
        artist, self.title = texts.names(names)
        self.artist = artist or self.artist

    def entry(self, key: str, path: str) -> Entry:
        place = tidy(to_stored(path[: texts.LONGEST].replace("\0", "")))
        return Entry(
            key=key,
            path=place,
            title=self.title,
            artist=self.artist,
            album=self.album,
            duration_s=self.duration_s,
        )


def write(crate: Crate) -> Iterator[bytes]:
    """The file in pieces: of a crate with playlists the first one, else all its tracks."""
    yield b"#EXTM3U\n"
    first = next((listing for _, listing in listings(crate.playlists)), None)
    name = _line((first.name if first else "") or crate.name)
    if name:
        yield f"#PLAYLIST:{name}\n".encode("utf-8", "replace")
    for entry in in_order(crate, first):
        yield _lines(entry)


def in_order(crate: Crate, listing: Listing | None) -> Iterable[Entry]:
    """The entries of a listing, or all of the crate."""
    if listing is None:
        return crate.tracks
    wanted = frozenset(listing.keys)
    held = {entry.key: entry for entry in crate.tracks if entry.key in wanted}
    return (held[key] for key in listing.keys if key in held)


def _lines(entry: Entry) -> bytes:
    length = round(entry.duration_s) if entry.duration_s else -1
    title = _line(entry.title)
    named = f"{_line(entry.artist)} - {title}" if entry.artist else title
    head = f"#EXTINF:{length},{named}\n"
    album = f"#EXTALB:{_line(entry.album)}\n" if entry.album else ""
    return (head + album).encode("utf-8", "replace") + _path(entry.path) + b"\n"


def _path(path: str) -> bytes:
    if "\n" in path or "\r" in path or path != path.strip():
        return to_url(path).encode()
    return os.fsencode(to_os(f"./{path}" if path.startswith("#") else path))


def _line(text: str) -> str:
    return " ".join(text.split())
