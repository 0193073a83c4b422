"""The pass over one file: read its headers, decode it once, keep what was found, tell who waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from resonance.analysis import sound
from resonance.analysis.claims import KINDS
from resonance.audio import decode_pass, exact
from resonance.audio.ffmpeg import find_ffmpeg
from resonance.core.errors import Unavailable
from resonance.core.events import Event, EventBus
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import carrier, library
from resonance.library import paths

log = logger(__name__)


@dataclass(frozen=True, slots=True)
class _File:
    """A carrier as the catalogue has it."""

    carrier_id: str
    track_id: str
    library_id: str
    path: Path
    format: str
    codec: str
    etag: str
    remote: bool


class Sounds:
    """Measures files. `ffmpeg` is the program that the settings name, None for the one at hand."""

    def __init__(
        self,
        db: Database,
        events: EventBus,
        ffmpeg: str | None = None,
        *,
        fetch: Callable[[str, Callable[[], bool]], Path] | None = None,
    ) -> None:
        self._db, self._events, self._ffmpeg, self._fetch = db, events, ffmpeg, fetch

    def program(self) -> str:
        """The ffmpeg in use. Raises Unavailable."""
        return find_ffmpeg(self._ffmpeg)

    def measure(self, carrier_id: str, *, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Measure a file that is not measured yet; harmless to repeat.

        Nothing happens when the file is gone from the catalogue or changed since its scan. What cannot be
        decoded is kept as such. Raises Unavailable when the file or ffmpeg is not there.
        """
        with self._db.read() as uow:
            file = _located(uow, carrier_id)
            before = sound.known(uow, carrier_id, file.etag) if file else None
        if file is None:
            return
        if file.remote:
            if self._fetch is None:
                return
            file = replace(file, path=self._fetch(carrier_id, cancelled))
        elif not _unchanged(file):
            return
        if before is None or before.state == "pending":
            found = self._found(file, cancelled)
            if found is None:
                return
            with self._db.write() as uow:
                # The scanner may have taken the file away meanwhile.
                if _located(uow, carrier_id) is None:
                    return
                sound.keep(uow, found)
        news = {"track_id": file.track_id, "library_id": file.library_id}
        self._events.publish(Event(sound.TOPIC, news))

    def _found(self, file: _File, cancelled: Callable[[], bool]) -> sound.Sound | None:
        try:
            header = exact.read(file.path, file.format, file.codec)
            measured = decode_pass.measure(file.path, self.program(), header, cancelled=cancelled)
        except OSError as fault:
            raise Unavailable("library", "The music file cannot be read right now.") from fault
        except decode_pass.Undecodable as fault:
            log.warning("sound.undecodable", carrier_id=file.carrier_id, reason=fault.message)
            return sound.Sound(carrier_id=file.carrier_id, etag=file.etag, problem=fault.message)
        if measured is None:
            return None
        if header is not None and header.samples != measured.samples:
            log.info("sound.header_is_wrong", carrier_id=file.carrier_id, said=header.samples)
        return sound.of_pass(file.carrier_id, file.etag, header, measured)


def _located(uow: UnitOfWork, carrier_id: str) -> _File | None:
    wanted = (
        select(
            *(carrier.c.id, carrier.c.track_id, carrier.c.library_id, carrier.c.path, carrier.c.format),
            *(carrier.c.codec, carrier.c.size, carrier.c.mtime_ns, library.c.path.label("root")),
            carrier.c.kind,
        )
        .join(library, library.c.id == carrier.c.library_id)
        .where(carrier.c.id == carrier_id, carrier.c.missing_at.is_(None), carrier.c.kind.in_(KINDS))
    )
    row = uow.execute(wanted).first()
    if row is None:
        return None
    remote = row.kind != "file"
    path = Path(row.path) if remote else paths.inside(row.root, row.path)
    if path is None:
        return None
    etag = sound.etag_of(row.size, row.mtime_ns)
    return _File(row.id, row.track_id, row.library_id, path, row.format, row.codec, etag, remote)


def _unchanged(file: _File) -> bool:
    try:
        stat = file.path.stat()
    except OSError as fault:
        raise Unavailable("library", "The music file cannot be read right now.") from fault
    return sound.etag_of(stat.st_size, stat.st_mtime_ns) == file.etag
