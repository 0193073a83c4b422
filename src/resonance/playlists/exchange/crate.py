"""What every exchange format is written from and read into: tracks, and a tree of playlists over them.

Readers and writers know nothing of databases. Times are seconds as the document's program counts them: what
it counts otherwise than we do (see clock) is added before writing and taken off after reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from msgspec import Struct

from resonance.model.camelot import Key
from resonance.model.cue import CUE_KINDS, Cue, CueKind

__all__ = ["CUE_KINDS", "Crate", "Cue", "CueKind", "Entry", "Folder", "Listing", "Node", "listings"]


class Entry(Struct, frozen=True, kw_only=True):
    """A track. None, "" and () are unknown.

    `key` is what playlists name it by within the crate; in an export it is the id of our track. `path` is
    the whole path in the form of library.paths.to_stored, POSIX or Windows, as the machine that will read the
    file names it; it may be a URL. `tonality` is the musical key. Dates are "YYYY-MM-DD". `stars` is 0 to 5,
    0 for none; -1 where a document says nothing of it. `format` is that of a carrier ("mp3", "m4a").
    """

    key: str
    path: str = ""
    title: str = ""
    artist: str = ""
    album: str = ""
    album_artist: str = ""
    genre: str = ""
    composer: str = ""
    remixer: str = ""
    producer: str = ""
    label: str = ""
    mix: str = ""
    grouping: str = ""
    comment: str = ""
    year: int | None = None
    date: str | None = None
    disc: int | None = None
    number: int | None = None
    duration_s: float | None = None
    size: int | None = None
    format: str = ""
    codec: str = ""
    bit_rate_kbps: int | None = None
    sample_rate_hz: int | None = None
    added: str | None = None
    modified: str | None = None
    last_played: str | None = None
    play_count: int | None = None
    stars: int = -1
    colour: str | None = None
    bpm: float | None = None
    tonality: Key | None = None
    energy: float | None = None
    gain_db: float | None = None
    isrc: str | None = None
    catalog_number: str | None = None
    recording_mbid: str | None = None
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A playlist: the keys of its entries in order; one may stand in it several times."""

    name: str
    keys: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of playlists and folders."""

    name: str
    children: tuple[Folder | Listing, ...] = ()


Node: TypeAlias = Folder | Listing


@dataclass(frozen=True, slots=True)
class Crate:
    """Tracks and playlists. `tracks` may be a stream: it is read once; `count` says how many will come."""

    tracks: Iterable[Entry]
    count: int
    playlists: tuple[Node, ...] = ()
    name: str = ""


def listings(nodes: Iterable[Node], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Listing]]:
    """(names of the folders above, playlist), in the order of the tree."""
    for node in nodes:
        if isinstance(node, Folder):
            yield from listings(node.children, (*above, node.name))
        else:
            yield above, node
