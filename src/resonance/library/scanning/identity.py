"""Which track a file is: ids survive moves, renames, retagging and upgrades.

A new file takes over a track only when that track's own file is gone in this scan. Among several files with
the same sound: the one with the same disc, number and title, then the one from the same folder, else the
file is a new track.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import carrier, track
from resonance.library.scanning.naming import Entry
from resonance.library.scanning.people import chunks

SAME_LENGTH_S = 2.0


@dataclass(slots=True)
class Held:
    """A known file and the track it stands for."""

    carrier_id: str
    track_id: str
    path: str
    folder: str
    payload_id: str | None
    duration_s: float
    missing_at: int | None
    disc: int | None
    number: int | None
    title: str  # folded
    album_id: str | None
    taken: bool = False

    def same_place(self, entry: Entry) -> bool:
        """Whether the file claims the same disc, number and title."""
        return (self.disc, self.number, self.title) == (entry.disc, entry.number, folded_title(entry))

    def same_length(self, entry: Entry) -> bool:
        """Whether both sound equally long."""
        return abs(self.duration_s - entry.facts.duration_s) <= SAME_LENGTH_S


def folded_title(entry: Entry) -> str:
    """The title as the track table keeps it for comparison."""
    return fold(entry.title) or entry.title.strip().casefold()


def held(uow: UnitOfWork, library_id: str, condition: ColumnElement[bool]) -> list[Held]:
    """Known files of a library with their tracks."""
    query = (
        select(
            carrier.c.id,
            carrier.c.track_id,
            carrier.c.path,
            carrier.c.folder,
            carrier.c.payload_id,
            carrier.c.duration_s,
            carrier.c.missing_at,
            track.c.disc,
            track.c.number,
            track.c.title_folded,
            track.c.album_id,
        )
        .join(track, track.c.id == carrier.c.track_id)
        .where(carrier.c.library_id == library_id, condition)
    )
    return [Held(*row) for row in uow.execute(query)]


def held_at(uow: UnitOfWork, library_id: str, paths: Iterable[str]) -> dict[str, Held]:
    """By path: the present file there, else the one that went missing last."""
    found: dict[str, Held] = {}
    for part in chunks(paths):
        for row in held(uow, library_id, carrier.c.path.in_(part)):
            before = found.get(row.path)
            if before is None or _recent(row) > _recent(before):
                found[row.path] = row
    return found


def _recent(row: Held) -> tuple[bool, int]:
    return row.missing_at is None, row.missing_at or 0


@dataclass(slots=True)
class Lost:
    """Files that are gone and wait to be found again under another path."""

    by_payload: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))
    by_song: dict[tuple[str | None, int | None, int | None, str], list[Held]] = field(
        default_factory=lambda: defaultdict(list)
    )

    by_carrier: dict[str, Held] = field(default_factory=dict)

    def add(self, row: Held) -> None:
        """One more file that is not where it was."""
        if row.carrier_id in self.by_carrier:
            return
        self.by_carrier[row.carrier_id] = row
        if row.payload_id:
            self.by_payload[row.payload_id].append(row)
        self.by_song[(row.album_id, row.disc, row.number, row.title)].append(row)

    def take(self, carrier_id: str) -> None:
        """The file is found: nobody else may take its track over."""
        if row := self.by_carrier.get(carrier_id):
            row.taken = True

    def take_paths(self, paths: Collection[str]) -> None:
        """The files that were missing from these paths are back."""
        for row in self.by_carrier.values():
            if row.missing_at is not None and row.path in paths:
                row.taken = True

    def is_taken(self, carrier_id: str) -> bool:
        """Whether the file was found elsewhere."""
        row = self.by_carrier.get(carrier_id)
        return row is not None and row.taken

    def moved(self, entry: Entry, *, surely: bool) -> Held | None:
        """The lost file with the same sound. `surely` takes only one with the same disc, number and title."""
        rows = self.by_payload.get(entry.payload_id or "", ())
        free = [row for row in rows if not row.taken]
        alike = [row for row in free if row.same_place(entry)]
        if len(alike) == 1:
            return alike[0]
        if surely or not free:
            return None
        if len(rows) == 1:
            return free[0]
        near = [row for row in alike or free if row.folder == entry.folder]
        return near[0] if len(near) == 1 else None

    def upgraded(self, entry: Entry, album_id: str | None) -> Held | None:
        """The lost file of the same song on the same release, encoded otherwise."""
        if album_id is None:
            return None
        key = (album_id, entry.disc, entry.number, folded_title(entry))
        free = [row for row in self.by_song.get(key, ()) if not row.taken and row.same_length(entry)]
        return free[0] if free else None


def load_lost(uow: UnitOfWork, library_id: str, gone: Iterable[str]) -> Lost:
    """Everything that is missing now: since earlier scans, and the paths in `gone`."""
    lost = Lost()
    for row in held(uow, library_id, carrier.c.missing_at.is_not(None)):
        lost.add(row)
    for part in chunks(gone):
        for row in held(uow, library_id, carrier.c.path.in_(part) & carrier.c.missing_at.is_(None)):
            lost.add(row)
    return lost
