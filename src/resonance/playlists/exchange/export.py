"""Playlists, other lists of tracks and the whole library as files. Faults are told before the first byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from resonance.core.errors import Invalid
from resonance.db.engine import Database, UnitOfWork
from resonance.model.caller import Caller
from resonance.playlists import folder_store, playlists, store
from resonance.playlists.exchange import tree_store
from resonance.playlists.exchange.crate import Crate, Folder, Listing, Node, listings
from resonance.playlists.exchange.formats import Format, named
from resonance.playlists.exchange.paths import Mapping
from resonance.playlists.exchange.source import stream

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_DEVICE = re.compile("con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)  # of Windows
_LONGEST_NAME = 180  # bytes; file systems take 255
_DEEPEST = 32
AS_IT_IS = Mapping()
_STAMP = (1980, 1, 1, 0, 0, 0)  # of files in an archive: the same library gives the same bytes


@dataclass(frozen=True, slots=True)
class Export:
    """A file to send: `pieces` are made as they are read."""

    file_name: str
    media_type: str
    pieces: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Wish:
    """The format, where the music lies for who will read it, and whether times follow the program's clock."""

    format: Format
    mapping: Mapping = AS_IT_IS
    program_times: bool = True


def wish(format: str, mapping: Mapping = AS_IT_IS, *, program_times: bool = True) -> Wish:
    """Invalid for an unknown format, or one that is only read."""
    found = named(format)
    if not found.writes:
        raise Invalid(f"{found.label} is only read, not written.", field="format")
    return Wish(found, mapping, program_times)


def of_tracks(db: Database, caller: Caller, name: str, track_ids: Sequence[str], wanted: Wish) -> Export:
    """A list of tracks, which may repeat, as one playlist of that name."""
    pieces = _written(db, caller, (Listing(name, tuple(track_ids)),), None, name, wanted)
    return Export(f"{safe(name)}.{wanted.format.extension}", wanted.format.media_type, pieces)


def of_playlist(db: Database, caller: Caller, playlist_id: str, wanted: Wish) -> Export:
    """One playlist. NotFound as in `playlists.item`."""
    with db.read(caller.user_id) as uow:
        item = playlists.item(uow, caller, playlist_id)
        ids = [row.track_id for row in store.shown(uow, caller, playlist_id)]
    return of_tracks(db, caller, item.name, ids, wanted)


def of_all(db: Database, caller: Caller, wanted: Wish) -> Export:
    """Everything: all tracks with the caller's playlists in their folders, or an archive of all playlists.

    That depends on what a file of the format can hold.
    """
    with db.read(caller.user_id) as uow:
        tree = () if wanted.format.holds == "table" else mine(uow, caller)
        ids = None if wanted.format.holds == "playlist" else tree_store.everything(uow, caller)
    if ids is None:
        return Export("playlists.zip", "application/zip", _archive(db, caller, tree, wanted))
    pieces = _written(db, caller, tree, ids, "Resonance", wanted)
    return Export(f"resonance.{wanted.format.extension}", wanted.format.media_type, pieces)


def mine(uow: UnitOfWork, caller: Caller) -> tuple[Node, ...]:
    """The caller's playlists, and those of others that they keep in a folder, as the tree they lie in."""
    placed = folder_store.places(uow, caller)
    places = {row.playlist_id: (order, row.folder_id) for order, row in enumerate(placed)}
    rows = tree_store.own_and_placed(uow, caller, [row.playlist_id for row in placed if row.folder_id])
    keys = tree_store.tracks(uow, caller, [row.id for row in rows])
    lists: dict[str | None, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        place, folder_id = places.get(row.id, (len(places), None))
        listing = Listing(row.name, tuple(keys[row.id]), row.comment)
        lists[folder_id].append((place, row.name_sort, row.id, listing))
    folders: dict[str | None, list[Any]] = defaultdict(list)
    for row in folder_store.folders(uow, caller.user_id):
        folders[row.parent_id].append(row)

    def below(folder_id: str | None, depth: int) -> tuple[Node, ...]:
        inside = folders[folder_id] if depth < _DEEPEST else []
        nested = [Folder(row.name, below(row.id, depth + 1)) for row in inside]
        return (*nested, *(found[-1] for found in sorted(lists[folder_id], key=lambda one: one[:-1])))

    return below(None, 0)


def safe(name: str) -> str:
    """A name that every file system takes, with room for an ending: no path, not hidden, no device's."""
    made = _UNSAFE.sub("_", name).strip(" .")
    made = made.encode()[:_LONGEST_NAME].decode(errors="ignore").rstrip(" .")
    return f"_{made}" if _DEVICE.fullmatch(made.partition(".")[0].rstrip()) else made or "playlist"


def _written(
    db: Database,
    caller: Caller,
    tree: tuple[Node, ...],
    track_ids: Sequence[str] | None,
    name: str,
    wanted: Wish,
) -> Iterator[bytes]:
    """A document of these tracks, or of those in the tree."""
    format = wanted.format
    ids = _together(tree) if track_ids is None else track_ids
    clock = format.clock if wanted.program_times else None
    entries = stream(db, caller, ids, wanted.mapping.apply, clock)
    return format.write(Crate(entries, len(ids), tree, name))


def _together(tree: Iterable[Node]) -> list[str]:
    return list(dict.fromkeys(key for _, listing in listings(tree) for key in listing.keys))


def _files(
    db: Database, caller: Caller, tree: tuple[Node, ...], wanted: Wish
) -> Iterator[tuple[str, Iterator[bytes]]]:
    taken: set[str] = set()
    for folders, listing in listings(tree):
        path = "/".join(safe(name) for name in (*folders, listing.name))
        plain, number = path, 1
        while path.lower() in taken:
            number += 1
            path = f"{plain} ({number})"
        taken.add(path.lower())
        pieces = _written(db, caller, (listing,), None, listing.name, wanted)
        yield f"{path}.{wanted.format.extension}", pieces


def _archive(db: Database, caller: Caller, tree: tuple[Node, ...], wanted: Wish) -> Iterator[bytes]:
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, pieces in _files(db, caller, tree, wanted):
            with archive.open(zipfile.ZipInfo(path, _STAMP), "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield out.taken()
    yield out.taken()


class _Pipe(io.RawIOBase):
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since."""
        held, self._held = bytes(self._held), bytearray()
        return held
