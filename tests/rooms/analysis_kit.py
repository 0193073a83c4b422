"""A library of files that say what is to be heard in them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from resonance.analysis.run import Analyser
from resonance.core.events import Event
from resonance.db.engine import Database
from resonance.db.tables.analysis import analysis_claim, features, trait
from resonance.db.tables.library import carrier, library
from tests.fixtures.ears import FileEars
from tests.fixtures.rows import Rows


@dataclass
class Heard:
    """A bus that remembers."""

    events: list[Event] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        self.events.append(event)

    def topics(self) -> set[str]:
        return {event.topic for event in self.events}


@dataclass
class Kit:
    """A library in a folder, and analysers over it."""

    database: Database
    folder: Path
    bus: Heard = field(default_factory=Heard)
    library_id: str = ""

    def __post_init__(self) -> None:
        (self.folder / "music").mkdir()
        with self.database.write() as uow:
            self.library_id = Rows(uow).library()
            mine = library.c.id == self.library_id
            uow.execute(update(library).where(mine).values(path=str(self.folder / "music")))

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    def begun(self) -> list[str]:
        """ "stage groups name" of every file that was begun."""
        if not self.notes.exists():
            return []
        return [line.rpartition(" ")[0] for line in self.notes.read_text().splitlines()]

    def add(self, name: str, says: str, **track: Any) -> str:
        """A track with one file; its id."""
        path = self.folder / "music" / name
        path.write_text(says)
        stat = path.stat()
        file = {
            "path": name,
            "size": stat.st_size,
            "mtime_ns": stat.st_mtime_ns,
            "payload_id": f"p-{says}-{name}",
        }
        with self.database.write() as uow:
            return Rows(uow).track(name, library_id=self.library_id, file=file, **track)

    def change(self, name: str, says: str, *, payload: str | None = None) -> None:
        """Other bytes, as a scan would have it; `payload` None: another sound."""
        path = self.folder / "music" / name
        path.write_text(says)
        os.utime(path, ns=(1, path.stat().st_mtime_ns + 10**9))
        stat = path.stat()
        values = {
            "size": stat.st_size,
            "mtime_ns": stat.st_mtime_ns,
            "payload_id": payload or f"p-{says}-{name}",
        }
        with self.database.write() as uow:
            uow.execute(update(carrier).where(carrier.c.path == name).values(**values))

    def analyser(self, **more: Any) -> Analyser:
        limit_s = more.pop("limit_s", 30.0)

        def hire(count: int) -> FileEars:
            return FileEars(count, notes=self.notes, limit_s=limit_s)

        return Analyser(
            self.database, self.bus, more.pop("vectors", None), hire, more.pop("workers", 2), **more
        )

    def facts(self, track_id: str) -> Any:
        return self._one(features, track_id)

    def traits(self, track_id: str) -> Any:
        return self._one(trait, track_id)

    def claims(self) -> list[Any]:
        with self.database.read() as uow:
            return list(uow.execute(select(analysis_claim)))

    def _one(self, table: Any, track_id: str) -> Any:
        with self.database.read() as uow:
            return uow.execute(select(table).where(table.c.track_id == track_id)).one_or_none()
