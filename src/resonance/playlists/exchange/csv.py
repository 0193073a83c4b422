"""CSV as RFC 4180 has it: a line a track, for spreadsheets and scripts. Written only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from resonance.library.paths import to_display
from resonance.model import camelot
from resonance.playlists.exchange import texts
from resonance.playlists.exchange.crate import Crate, Entry, listings
from resonance.playlists.exchange.markup import pieces

_COLUMNS = (
    *("position", "id", "title", "artist", "album", "album_artist", "genre", "year", "disc", "number"),
    *("duration_s", "bpm", "key", "camelot", "open_key", "energy", "stars", "play_count", "last_played"),
    *("added", "comment", "composer", "remixer", "label", "mix", "grouping", "isrc", "recording_mbid"),
    *("catalog_number", "format", "bit_rate_kbps", "sample_rate_hz", "size", "first_beat_s", "cues", "path"),
)


def write(crate: Crate) -> Iterator[bytes]:
    """The table in pieces: of the one playlist in its order, else of all tracks."""
    return pieces(_lines(crate))


def _lines(crate: Crate) -> Iterator[str]:
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for place, entry in enumerate(_ordered(crate), 1):
        writer.writerow([texts.cell(value) for value in _row(place, entry)])
        yield sheet.getvalue()
        sheet.seek(0)
        sheet.truncate()
    yield sheet.getvalue()


def _ordered(crate: Crate) -> Iterable[Entry]:
    lists = [listing for _, listing in listings(crate.playlists)]
    if not lists:
        return crate.tracks
    by_key = {entry.key: entry for entry in crate.tracks}
    return (by_key[key] for listing in lists for key in listing.keys if key in by_key)


def _row(place: int, entry: Entry) -> Iterator[Any]:
    key = entry.tonality
    grid = next((cue.start_s for cue in entry.cues if cue.kind == "grid"), None)
    own = {
        "position": place,
        "id": entry.key,
        "key": key and camelot.name(key),
        "camelot": key and camelot.camelot(key),
        "open_key": key and camelot.open_key(key),
        "stars": None if entry.stars < 0 else entry.stars,
        "first_beat_s": None if grid is None else round(grid, 4),
        "cues": sum(cue.kind != "grid" for cue in entry.cues),
        "path": to_display(entry.path),
    }
    for name in _COLUMNS:
        yield own[name] if name in own else getattr(entry, name)
