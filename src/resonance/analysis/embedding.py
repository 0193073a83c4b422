"""Vectors of words: what is known of each track, as the embedders read it. Which are behind is a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from resonance.analysis import moods
from resonance.core.clock import now_ms
from resonance.core.errors import Unavailable
from resonance.core.logs import logger
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.jobs.ports import Jobs
from resonance.search.meaning import documents
from resonance.search.meaning.asking import Embedders
from resonance.search.meaning.ports import TextEmbedder, TrackDocument
from resonance.search.vectors.ports import Space, VectorIndex

log = logger(__name__)

JOB = "embed"
BATCH = 500
MODEL_BATCH = 64  # what a model reads at once

Progress = Callable[[float | None, str], None]
T = TypeVar("T")


@dataclass(slots=True)
class Embedded:
    """What a run did. `problem` is why a configured embedder stopped early."""

    read: int = 0  # tracks whose facts were read
    written: int = 0  # of these, with a new vector
    problem: str | None = None


class Embedding:
    """Keeps the vectors of words in step with the library. Harmless to run again, and to stop at any time."""

    def __init__(self, db: Database, vectors: VectorIndex, embedders: Embedders) -> None:
        self._db = db
        self._vectors = vectors
        self._embedders = embedders
        # (space, its version) to the counters at which nothing was behind: a look at all tracks is slow.
        self._settled: dict[tuple[str, str], tuple[int, ...]] = {}

    def run(
        self,
        *,
        limit: int | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Embedded:
        """Make the vectors of up to `limit` tracks that are behind, for each embedder.

        The built-in one is first and complete before a model is asked; a model that fails leaves the rest for
        the next run.
        """
        done = Embedded()
        for embedder in self._embedders.all():
            try:
                self._embed(embedder, done, limit, progress, cancelled or (lambda: False))
            except Unavailable as fault:
                if embedder is self._embedders.builtin:
                    raise
                done.problem = fault.message
                log.warning("embed.unavailable", embedder=embedder.describe(), why=fault.message)
        return done

    def _embed(
        self,
        embedder: TextEmbedder,
        done: Embedded,
        limit: int | None,
        progress: Progress | None,
        cancelled: Callable[[], bool],
    ) -> None:
        space = embedder.space()
        builtin = embedder is self._embedders.builtin
        name = (space.name, space.version)
        with self._db.read() as uow:
            now = _counters(uow, space)
            if self._settled.get(name) == now:
                return
            behind = documents.behind(uow, space, limit or 2**31)
        if not behind:
            self._settled[name] = now
        for number, ids in enumerate(_batches(behind, BATCH)):
            if cancelled():
                return
            if progress:
                at = number * BATCH
                progress(at / len(behind), f"{embedder.describe()}: {at} of {len(behind)} tracks")
            self._batch(embedder, space, ids, done, derive=builtin, cancelled=cancelled)

    def _batch(
        self,
        embedder: TextEmbedder,
        space: Space,
        ids: Sequence[str],
        done: Embedded,
        *,
        derive: bool,
        cancelled: Callable[[], bool],
    ) -> None:
        if derive:
            with self._db.read() as uow:
                changed = moods.tags_differ(uow, ids)
            if changed:
                with self._db.write() as uow:
                    moods.follow_tags(uow, changed)
        stamp = now_ms()
        with self._db.read() as uow:
            known = documents.documents(uow, ids, with_lyrics=not derive)
            held = self._vectors.marks(uow, space, ids)
        same = {d.track_id: documents.mark(stamp, d) for d in known if _digest(held, d) == d.mark()}
        fresh = [document for document in known if document.track_id not in same]
        if same:
            with self._db.write() as uow:
                documents.restamp(uow, space, same)
        done.read += len(known)
        for some in _batches(fresh, BATCH if derive else MODEL_BATCH):
            if cancelled():
                return
            vectors = embedder.embed_documents(some)
            rows = [
                (document.track_id, vector, documents.mark(stamp, document))
                for document, vector in zip(some, vectors, strict=True)
            ]
            with self._db.write() as uow:
                done.written += self._vectors.put(uow, space, rows)


def _counters(uow: UnitOfWork, space: Space) -> tuple[int, ...]:
    """What grows with every change of tracks, measurements, moods and vectors."""
    return tuple(versions.current(uow, name) for name in ("catalogue", "features", f"embedding.{space.name}"))


def enqueue(uow: UnitOfWork, jobs: Jobs) -> None:
    """After whatever changes what is known of tracks."""
    jobs.enqueue(uow, JOB, {}, unique_key=JOB, priority=-1)


def _digest(held: dict[str, str], document: TrackDocument) -> str:
    return held.get(document.track_id, "").partition(".")[2]


def _batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
