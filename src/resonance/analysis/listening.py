"""What a supplied model hears in the music: vectors of the space "audio", and moods with its name on them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import select

from resonance.analysis import moods
from resonance.core.errors import ResonanceError, Unavailable
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import carrier, library, track
from resonance.library import paths
from resonance.library.catalogue.access import chunks
from resonance.search.vectors.ports import Space, VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logger(__name__)

JOB = "moods.listen"
KEPT_EVERY = 20  # tracks


class AudioModel(Protocol):
    """Sound to vectors and moods. All of it raises Unavailable when the model cannot be used."""

    def space(self) -> Space:
        """The space of its vectors."""

    def describe(self) -> str:
        """For people."""

    def hear(self, path: str | os.PathLike[str]) -> NDArray[np.float32]:
        """The vector of a file. Slow. Another ResonanceError for a file that cannot be heard."""

    def moods(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """What such a vector says, 0..1."""


@dataclass(frozen=True, slots=True)
class _File:
    track_id: str
    path: str
    mark: str  # of its bytes


@dataclass(slots=True)
class Listened:
    """What a run did."""

    heard: int = 0
    failed: int = 0


def run(
    db: Database,
    vectors: VectorIndex,
    model: AudioModel,
    *,
    progress: Callable[[float | None, str], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Listened:
    """Hear every present track whose file the model has not heard yet.

    A file that cannot be heard gets a vector without direction, so it is not tried again before it changes.
    Raises Unavailable when the model cannot be used; what was heard until then is kept.
    """
    import numpy as np

    done, space = Listened(), model.space()
    with db.read() as uow:
        behind = _behind(uow, vectors, space)
    waiting: list[tuple[_File, NDArray[np.float32], dict[str, float]]] = []
    try:
        for number, file in enumerate(behind):
            if cancelled():
                break
            try:
                vector = model.hear(file.path)
                waiting.append((file, vector, model.moods(vector)))
                done.heard += 1
            except Unavailable:
                raise
            except ResonanceError as fault:
                log.info("listening.failed", track_id=file.track_id, reason=fault.message)
                waiting.append((file, np.zeros(space.dimensions, np.float32), {}))
                done.failed += 1
            if len(waiting) >= KEPT_EVERY:
                _keep(db, vectors, model, space, waiting)
                waiting = []
            if progress is not None:
                progress(
                    (number + 1) / len(behind), f"{model.describe()}: {number + 1} of {len(behind)} tracks"
                )
    finally:
        _keep(db, vectors, model, space, waiting)
    return done


def _keep(
    db: Database,
    vectors: VectorIndex,
    model: AudioModel,
    space: Space,
    heard: Sequence[tuple[_File, NDArray[np.float32], dict[str, float]]],
) -> None:
    if not heard:
        return
    with db.write() as uow:
        vectors.put(uow, space, [(file.track_id, vector, file.mark) for file, vector, _ in heard])
        moods.heard(uow, {file.track_id: said for file, _, said in heard}, model.describe())


def _behind(uow: UnitOfWork, vectors: VectorIndex, space: Space) -> list[_File]:
    """The largest present file of each track that was not heard as it is now."""
    found: list[_File] = []
    present = select(track.c.id).where(track.c.missing_at.is_(None)).order_by(track.c.id)
    for ids in chunks(list(uow.execute(present).scalars())):
        held = vectors.marks(uow, space, ids)
        found += [file for file in _files(uow, ids) if held.get(file.track_id) != file.mark]
    return found


def _files(uow: UnitOfWork, track_ids: Sequence[str]) -> list[_File]:
    statement = (
        select(carrier, library.c.path.label("root"))
        .join(library, library.c.id == carrier.c.library_id)
        .where(carrier.c.track_id.in_(track_ids), carrier.c.missing_at.is_(None), carrier.c.kind == "file")
        .order_by(carrier.c.size, carrier.c.id)
    )
    largest = {row.track_id: row for row in uow.execute(statement)}
    return [
        _File(row.track_id, paths.absolute(row.root, row.path), _mark(row.payload_id, row.size, row.mtime_ns))
        for row in largest.values()
    ]


def _mark(payload_id: str | None, size: int, mtime_ns: int) -> str:
    return hashlib.blake2b(f"{payload_id or (size, mtime_ns)}".encode(), digest_size=8).hexdigest()
