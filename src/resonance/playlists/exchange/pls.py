"""PLS, the list of Winamp and of radio stations: numbered keys of an INI section. Only read."""

from __future__ import annotations

import re
from typing import BinaryIO

from resonance.core.errors import Invalid
from resonance.library.paths import to_stored
from resonance.playlists.exchange import texts
from resonance.playlists.exchange.crate import Crate, Entry, Listing
from resonance.playlists.exchange.paths import tidy

_KEY = re.compile(r"(file|title|length)(\d{1,6})$", re.IGNORECASE)


def read(file: BinaryIO) -> Crate:
    """The list. Invalid for what has no [playlist] section or is too large."""
    said: dict[int, dict[str, str]] = {}
    inside = False
    for line in texts.lines(texts.decoded(texts.all_of(file))):
        key, equals, rest = line.strip().partition("=")
        if not equals:
            inside = inside or key.strip().lower() == "[playlist]"
        elif inside and (found := _KEY.match(key.strip())):
            said.setdefault(int(found[2]), {})[found[1].lower()] = rest.strip()
            texts.bounded(len(said))
    if not inside:
        raise Invalid("This is no PLS playlist.", field="file")
    entries = [_entry(number, said[number]) for number in sorted(said) if said[number].get("file")]
    return Crate(entries, len(entries), (Listing("", tuple(entry.key for entry in entries)),))


def _entry(number: int, said: dict[str, str]) -> Entry:
    artist, title = texts.names(said.get("title", ""))
    path = tidy(to_stored(said["file"][: texts.LONGEST].replace("\0", "")))
    length = texts.seconds(said.get("length"))
    return Entry(key=str(number), path=path, artist=artist, title=title, duration_s=length)
