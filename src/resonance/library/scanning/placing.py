"""Giving each file of a batch its track: its own, a lost one's, or a new one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from resonance.core.ids import new_id
from resonance.db.engine import UnitOfWork
from resonance.library.scanning.identity import Held, Lost, held_at
from resonance.library.scanning.naming import Entry


@dataclass(slots=True)
class Place:
    """Where an entry goes. `before` is the row it continues; without it all is new.

    `inherits` means: a new file row, but the track of `before`.
    """

    entry: Entry
    carrier_id: str
    track_id: str
    before: Held | None = None
    inherits: bool = False

    @property
    def new_track(self) -> bool:
        """Whether the track row must be inserted."""
        return self.before is None

    @property
    def moves(self) -> bool:
        """Whether a known file lies under another path now."""
        return self.before is not None and not self.inherits and self.before.path != self.entry.path

    @property
    def new_carrier(self) -> bool:
        """Whether the file row must be inserted."""
        return self.before is None or self.inherits


@dataclass(slots=True)
class Placer:
    """Places batches: first those of known paths, then the new ones, `settle` at the end."""

    library_id: str
    known_paths: Collection[str]
    lost: Lost
    deferred: list[Entry] = field(default_factory=list)

    def place(self, uow: UnitOfWork, entries: list[Entry], album_ids: dict[str, str]) -> list[Place]:
        """Places of the entries that can be decided now; the others wait for `settle`."""
        paths = [entry.path for entry in entries if entry.path in self.known_paths]
        own = held_at(uow, self.library_id, paths) if paths else {}
        places: list[Place] = []
        arrivals: list[Entry] = []
        for entry in entries:
            row = own.get(entry.path)
            if row is None:
                arrivals.append(entry)
            elif self._is_same(row, entry):
                places.append(self._continue(row, entry))
            else:
                # Another sound under a known name: what was there may have moved, so wait.
                self.lost.add(row)
                self.deferred.append(entry)
        return places + self._arrive(arrivals, album_ids)

    def settle(
        self, uow: UnitOfWork, entries: list[Entry], album_ids: dict[str, str]
    ) -> tuple[list[Place], list[Held]]:
        """Places of deferred entries, and the rows that they pushed from their paths."""
        own = held_at(uow, self.library_id, [entry.path for entry in entries])
        places: list[Place] = []
        pushed: list[Held] = []
        for entry in entries:
            row = own.get(entry.path)
            found = self.lost.moved(entry, surely=False)
            free = row is not None and not self.lost.is_taken(row.carrier_id)
            if found is None and row is not None and free and row.same_length(entry):
                places.append(self._continue(row, entry))
                continue
            if row is not None and free and row.missing_at is None:
                pushed.append(row)
            places.append(self._continue(found, entry) if found else self._new(entry, album_ids))
        return places, [row for row in pushed if not self.lost.is_taken(row.carrier_id)]

    def _arrive(self, arrivals: list[Entry], album_ids: dict[str, str]) -> list[Place]:
        places: list[Place] = []
        if self.lost.by_carrier:
            unsure = []
            for entry in arrivals:
                found = self.lost.moved(entry, surely=True)
                if found:
                    places.append(self._continue(found, entry))
                else:
                    unsure.append(entry)
            arrivals = unsure
        for entry in arrivals:
            found = self.lost.moved(entry, surely=False) if self.lost.by_carrier else None
            places.append(self._continue(found, entry) if found else self._new(entry, album_ids))
        return places

    def _new(self, entry: Entry, album_ids: dict[str, str]) -> Place:
        upgraded = self.lost.upgraded(entry, album_ids.get(entry.path)) if self.lost.by_carrier else None
        if upgraded is None:
            return Place(entry, new_id(), new_id())
        upgraded.taken = True
        return Place(entry, new_id(), upgraded.track_id, upgraded, inherits=True)

    def _continue(self, row: Held, entry: Entry) -> Place:
        row.taken = True
        self.lost.take(row.carrier_id)
        return Place(entry, row.carrier_id, row.track_id, row)

    def _is_same(self, row: Held, entry: Entry) -> bool:
        if self.lost.is_taken(row.carrier_id):
            return False
        same_sound = row.payload_id is None or row.payload_id == entry.payload_id
        return same_sound or (row.same_place(entry) and row.same_length(entry))
