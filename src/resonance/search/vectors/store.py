"""SQL of the tables `embedding` and `embedding_space`: raw vectors, which are the truth for every index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sqlalchemy import Select, and_, bindparam, delete, exists, func, select

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import track
from resonance.db.tables.vectors import embedding, embedding_space
from resonance.db.upsert import upsert
from resonance.search.vectors.ports import Space

if TYPE_CHECKING:
    from resonance.search.vectors.ports import Vector

CHUNK = 500
BLOCK = 1024  # rows read at a time: 1.5 MB of 384 numbers
LITTLE = np.dtype("<f4")


class Block(NamedTuple):
    """Some rows of a space: ids, raw vectors (n, dimensions), and the newest counter among them."""

    track_ids: list[str]
    raw: Vector
    changed: int


def counter(space_name: str) -> str:
    """The version row that grows with every change of a space."""
    return f"embedding.{space_name}"


def removals(space_name: str) -> str:
    """The version row that grows when vectors are removed: reading what is newer does not show that."""
    return f"embedding.{space_name}.removed"


def present(uow: UnitOfWork, name: str) -> Space | None:
    """The space as its newest vectors have it."""
    row = uow.execute(select(embedding_space).where(embedding_space.c.name == name)).one_or_none()
    return Space(row.name, row.version, row.dimensions, row.label) if row else None


def spaces(uow: UnitOfWork) -> list[Space]:
    """All spaces that have vectors."""
    rows = uow.execute(select(embedding_space).order_by(embedding_space.c.name))
    return [Space(row.name, row.version, row.dimensions, row.label) for row in rows]


def checked(vector: Any, shape: tuple[int, ...]) -> Vector:
    """As float32; Invalid for another shape, and for numbers that are not finite."""
    made: Vector = np.asarray(vector, dtype=np.float32)
    if made.shape != shape:
        raise Invalid(f"The vector has the shape {made.shape}, not {shape}.", field="vector")
    if not np.isfinite(made).all():
        raise Invalid("The vector has numbers that are not finite.", field="vector")
    return made


def put(uow: UnitOfWork, space: Space, rows: Iterable[tuple[str, Vector, str]]) -> list[str]:
    """See VectorIndex.put; the ids that were written."""
    raw = {id_: (checked(vector, (space.dimensions,)), mark) for id_, vector, mark in rows}
    if not raw:
        return []
    versions.bump(uow, counter(space.name))
    changed = versions.current(uow, counter(space.name))
    before = present(uow, space.name)
    if before and before.version == space.version and before.dimensions != space.dimensions:
        raise Invalid("Another number of dimensions needs another version.", field="space")
    if before != space:
        named = {"name": space.name, "version": space.version, "dimensions": space.dimensions}
        row = {**named, "label": space.label, "changed_at": now_ms()}
        upsert(uow, embedding_space, [row], keys=["name"], update=list(row)[1:])
    there = [id_ for part in _chunks(list(raw)) for id_ in _existing(uow, part)]
    written = [
        {
            "space": space.name,
            "track_id": id_,
            "version": space.version,
            "source_mark": raw[id_][1],
            "changed": changed,
            "data": raw[id_][0].astype(LITTLE).tobytes(),
        }
        for id_ in there
    ]
    upsert(
        uow,
        embedding,
        written,
        keys=["space", "track_id"],
        update=["version", "source_mark", "changed", "data"],
    )
    return there


def remove(uow: UnitOfWork, track_ids: Collection[str], space_name: str | None) -> None:
    """See VectorIndex.remove."""
    names = [space_name] if space_name else list(uow.execute(select(embedding_space.c.name)).scalars())
    for name in names:
        gone = 0
        for part in _chunks(list(track_ids)):
            rows = and_(embedding.c.space == name, embedding.c.track_id.in_(part))
            gone += uow.execute(delete(embedding).where(rows)).rowcount
        if gone:
            versions.bump(uow, counter(name))
            versions.bump(uow, removals(name))


def blocks(uow: UnitOfWork, space: Space, newer_than: int = -1) -> Iterator[Block]:
    """The vectors of this version in the order of writing, which is nearly that of the file."""
    here = and_(*_of(space), embedding.c.changed > newer_than)
    chosen = select(embedding.c.track_id, embedding.c.data, embedding.c.changed).where(here)
    # One sorted walk; with this order SQLite also chooses the index that follows the table.
    rows = uow.execute(chosen.order_by(embedding.c.changed).execution_options(yield_per=BLOCK))
    for part in rows.partitions():
        raw = np.frombuffer(b"".join(row.data for row in part), dtype=LITTLE)
        yield Block([row.track_id for row in part], raw.reshape(len(part), -1), part[-1].changed)


def fetch(uow: UnitOfWork, space: Space, track_ids: Sequence[str]) -> dict[str, Vector]:
    """Raw vectors of some tracks."""
    return {id_: np.frombuffer(data, dtype=LITTLE) for id_, data in _some(uow, _DATA, space, track_ids)}


def ids(uow: UnitOfWork, space: Space) -> list[str]:
    """Tracks with a vector of this version."""
    return list(uow.execute(select(embedding.c.track_id).where(*_of(space))).scalars())


def count_present(uow: UnitOfWork, space: Space) -> int:
    """Vectors of this version, of present tracks."""
    joined = embedding.join(track, track.c.id == embedding.c.track_id)
    statement = select(func.count()).select_from(joined).where(*_of(space), track.c.missing_at.is_(None))
    return int(uow.execute(statement).scalar_one())


def marks(uow: UnitOfWork, space: Space, track_ids: Sequence[str]) -> dict[str, str]:
    """See VectorIndex.marks."""
    return dict(_some(uow, _MARKS, space, track_ids))


def stale(uow: UnitOfWork, space: Space, limit: int) -> list[str]:
    """See VectorIndex.stale."""
    own = exists().where(*_of(space), embedding.c.track_id == track.c.id)
    lacking = select(track.c.id).where(track.c.missing_at.is_(None), ~own)
    return list(uow.execute(lacking.order_by(track.c.id).limit(limit)).scalars())


def _some(
    uow: UnitOfWork, statement: Select[Any], space: Space, track_ids: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    for part in _chunks(track_ids):
        given = {"of_space": space.name, "of_version": space.version, "ids": part}
        for row in uow.execute(statement, given):
            yield row[0], row[1]


def _chosen(column: Any) -> Select[Any]:
    # Made once: with hundreds of ids SQLAlchemy takes longer for each of them than the database.
    here = (embedding.c.space == bindparam("of_space"), embedding.c.version == bindparam("of_version"))
    these = embedding.c.track_id.in_(bindparam("ids", expanding=True))
    return select(embedding.c.track_id, column).where(*here, these)


_DATA, _MARKS = _chosen(embedding.c.data), _chosen(embedding.c.source_mark)


def _of(space: Space) -> tuple[Any, Any]:
    return embedding.c.space == space.name, embedding.c.version == space.version


def _existing(uow: UnitOfWork, track_ids: Sequence[str]) -> list[str]:
    return list(uow.execute(select(track.c.id).where(track.c.id.in_(track_ids))).scalars())


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
