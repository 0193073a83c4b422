"""Vectors in PostgreSQL: pgvector finds candidates, the table `embedding` decides.

Each space has a table of its own with half-precision vectors of unit length, derived from `embedding` and
filled again when it is behind. Small tables are compared whole; a larger one has an HNSW index that goes on
until enough rows pass the filter. Spaces that are standardised by the library's statistics, which move with
every track, are small and stay in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Select, column, select, table, text
from sqlalchemy.exc import DBAPIError

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.adapters.pg_filter import conditions
from resonance.core.errors import Invalid
from resonance.core.logs import logger
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import track
from resonance.search.filters import EVERYTHING, TrackFilter
from resonance.search.vectors import exact, store
from resonance.search.vectors.comparing import compared
from resonance.search.vectors.ports import STANDARDISED, Hit, Space
from resonance.search.vectors.stored import StoredVectors

if TYPE_CHECKING:
    from resonance.search.vectors.ports import Vector

log = logger(__name__)

NEEDED = (0, 8)  # iterative scans
WIDEST = 4000  # numbers that an index of half-precision vectors takes
INDEX_FROM = 20_000  # rows; comparing fewer whole takes little longer and misses nothing
SCANNED = 40_000  # rows that an iterative scan looks at before it gives up
# Any fixed number: one process at a time makes or fills a table.
LOCK = 7_262_933
# What each space's table was filled from.
STATES = """CREATE TABLE IF NOT EXISTS pgvector_space (
  space text PRIMARY KEY, version text NOT NULL, dimensions int NOT NULL, counter bigint NOT NULL,
  removals bigint NOT NULL)"""


def prepare(db: Database) -> bool:
    """Make sure of pgvector; False, with a line in the log, where the server has none that will do."""
    try:
        with db.write() as uow:
            _lock(uow)
            has = _scalar(uow, "SELECT extversion FROM pg_extension WHERE extname = 'vector'")
            offered = "SELECT default_version FROM pg_available_extensions WHERE name = 'vector'"
            version = has or _scalar(uow, offered)
            if version is None or _numbers(version) < NEEDED:
                log.info("vectors.in_memory", reason=f"pgvector {version}" if version else "no pgvector")
                return False
            if not has:
                uow.execute(text("CREATE EXTENSION vector"))
            uow.execute(text(STATES))
            return True
    except DBAPIError as fault:  # not allowed to
        log.info("vectors.in_memory", reason=str(fault.orig).strip())
        return False


@dataclass(frozen=True)
class _State:
    """What a space's table was filled from."""

    version: str
    dimensions: int
    counter: int
    removals: int


class PgVectors(StoredVectors):
    """VectorIndex on a database that `prepare` said yes to."""

    def __init__(self, db: Database, *, index_from: int = INDEX_FROM) -> None:
        self._db, self._index_from = db, index_from
        self._memory = MemoryVectors()

    def put(self, uow: UnitOfWork, space: Space, rows: Iterable[tuple[str, Vector, str]]) -> int:
        """See VectorIndex.put."""
        written = super().put(uow, space, rows)
        if written and _kept_here(space):
            self._fill(uow, space)
        return written

    def remove(self, uow: UnitOfWork, track_ids: Collection[str], space_name: str | None = None) -> None:
        """See VectorIndex.remove."""
        super().remove(uow, track_ids, space_name)
        for space in store.spaces(uow):
            if _kept_here(space) and space_name in (None, space.name):
                self._fill(uow, space)

    def nearest(
        self, uow: UnitOfWork, space_name: str, query: Vector, k: int, where: TrackFilter = EVERYTHING
    ) -> list[Hit]:
        """See VectorIndex.nearest."""
        if np.ndim(query) != 1:
            raise Invalid("A query is one vector.", field="vector")
        return self.nearest_many(uow, space_name, np.asarray(query)[np.newaxis], k, where)[0]

    def nearest_many(
        self, uow: UnitOfWork, space_name: str, queries: Vector, k: int, where: TrackFilter = EVERYTHING
    ) -> list[list[Hit]]:
        """See VectorIndex.nearest_many."""
        space = store.present(uow, space_name)
        if space is not None and not _kept_here(space):
            return self._memory.nearest_many(uow, space_name, queries, k, where)
        if space is None or k <= 0:
            return [[] for _ in range(len(queries))]
        asked = compared(store.checked(queries, (len(queries), space.dimensions)), None)
        self._catch_up(uow, space)
        found: list[list[Hit]] = []
        for query in asked:  # one at a time: a candidate's vector is read once for each
            ids = _candidates(uow, space, query, exact.enough(k), where) if query.any() else []
            found += exact.best(uow, space, None, query[np.newaxis], [ids], k)
        return found

    def vectors(self, uow: UnitOfWork, space_name: str, track_ids: Sequence[str]) -> dict[str, Vector]:
        """See VectorIndex.vectors."""
        return self._memory.vectors(uow, space_name, track_ids)

    def matrix(
        self, uow: UnitOfWork, space_name: str, where: TrackFilter = EVERYTHING
    ) -> tuple[list[str], Vector]:
        """See VectorIndex.matrix."""
        return self._memory.matrix(uow, space_name, where)

    def compared(self, uow: UnitOfWork, space_name: str, raw: Vector) -> Vector:
        """See VectorIndex.compared."""
        return self._memory.compared(uow, space_name, raw)

    def passing(self, uow: UnitOfWork, where: TrackFilter) -> list[str]:
        """See VectorIndex.passing."""
        return list(uow.execute(select(track.c.id).where(*conditions(where)).order_by(track.c.id)).scalars())

    def close(self) -> None:
        """See VectorIndex.close."""
        self._memory.close()

    def _catch_up(self, uow: UnitOfWork, space: Space) -> None:
        """Vectors that were written without this adapter, such as before pgvector was there."""
        if _state(uow, space.name) == _wanted(uow, space):
            return
        if uow.writes:
            self._fill(uow, space)
            return
        with self._db.write() as own:
            newest = store.present(own, space.name)
            if newest is not None:
                self._fill(own, newest)

    def _fill(self, uow: UnitOfWork, space: Space) -> None:
        """Bring a space's table in step with `embedding`, whatever is in it."""
        _lock(uow)
        state, wanted, name = _state(uow, space.name), _wanted(uow, space), _name(space)
        if state is None or (state.version, state.dimensions) != (space.version, space.dimensions):
            state = _State(space.version, space.dimensions, -1, wanted.removals)
            _make(uow, space)
        for block in store.blocks(uow, space, state.counter):
            _write(uow, name, block)
        if state.removals != wanted.removals:
            kept = "e.space = :s AND e.version = :v AND e.track_id = t.track_id"
            gone = text(f"DELETE FROM {name} t WHERE NOT EXISTS (SELECT 1 FROM embedding e WHERE {kept})")  # noqa: S608
            uow.execute(gone, {"s": space.name, "v": space.version})
        _remember(uow, space.name, wanted)
        self._index(uow, name)

    def _index(self, uow: UnitOfWork, name: str) -> None:
        if _indexed(uow, name):
            return
        few = f"SELECT 1 FROM {name} LIMIT {self._index_from}"  # noqa: S608
        if _scalar(uow, f"SELECT count(*) FROM ({few}) few") >= self._index_from:  # noqa: S608
            _set(uow, "maintenance_work_mem", "256MB")
            uow.execute(text(f"CREATE INDEX {name}_near ON {name} USING hnsw (v halfvec_ip_ops)"))


def _kept_here(space: Space) -> bool:
    return space.name not in STANDARDISED and space.dimensions <= WIDEST


def _candidates(uow: UnitOfWork, space: Space, query: Vector, count: int, where: TrackFilter) -> list[str]:
    name = _name(space)
    near = table(name, column("track_id"), column("v"))
    passing = select(near.c.track_id, near.c.v).join(track, track.c.id == near.c.track_id)
    passing = passing.where(*conditions(where))
    if _indexed(uow, name):
        _set(uow, "hnsw.iterative_scan", "relaxed_order")
        _set(uow, "hnsw.ef_search", str(min(max(2 * count, 100), 1000)))
        _set(uow, "hnsw.max_scan_tuples", str(SCANNED))
        ids = _nearest(uow, passing.with_only_columns(near.c.track_id), query, count)
        if len(ids) >= count:
            return ids
    # So few pass that the scan gave up, or perhaps fewer than were asked for: compare them all.
    every = passing.cte("passing").prefix_with("MATERIALIZED")
    return _nearest(uow, select(every.c.track_id), query, count)


def _nearest(uow: UnitOfWork, rows: Select[Any], query: Vector, count: int) -> list[str]:
    ordered = rows.order_by(text("v <#> CAST(:query AS halfvec)")).limit(count)
    return list(uow.execute(ordered, {"query": _literal(query)}).scalars())


def _name(space: Space) -> str:
    """A table's name, safe to be put into a statement."""
    return "pgvector_" + hashlib.sha256(space.name.encode()).hexdigest()[:16]


def _make(uow: UnitOfWork, space: Space) -> None:
    name = _name(space)
    uow.execute(text(f"DROP TABLE IF EXISTS {name}"))
    track_id = 'track_id varchar(22) COLLATE "C" PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE'
    uow.execute(text(f"CREATE TABLE {name} ({track_id}, v halfvec({space.dimensions}) NOT NULL)"))


def _write(uow: UnitOfWork, name: str, block: store.Block) -> None:
    vectors = compared(block.raw, None)
    alive = np.asarray(vectors.any(axis=1))
    lost = [id_ for id_, here in zip(block.track_ids, alive, strict=True) if not here]
    uow.execute(text(f"DELETE FROM {name} WHERE track_id = ANY(:lost)"), {"lost": lost})  # noqa: S608
    statement = text(
        f"INSERT INTO {name} (track_id, v) SELECT id, CAST(v AS halfvec)"  # noqa: S608
        " FROM unnest(CAST(:ids AS text[]), CAST(:vectors AS text[])) AS given (id, v)"
        " ON CONFLICT (track_id) DO UPDATE SET v = excluded.v"
    )
    ids = [id_ for id_, here in zip(block.track_ids, alive, strict=True) if here]
    uow.execute(statement, {"ids": ids, "vectors": [_literal(vector) for vector in vectors[alive]]})


def _literal(vector: Vector) -> str:
    return "[" + ",".join([f"{number:.5g}" for number in vector.tolist()]) + "]"


def _wanted(uow: UnitOfWork, space: Space) -> _State:
    counter = versions.current(uow, store.counter(space.name))
    return _State(space.version, space.dimensions, counter, versions.current(uow, store.removals(space.name)))


def _state(uow: UnitOfWork, name: str) -> _State | None:
    found = text("SELECT version, dimensions, counter, removals FROM pgvector_space WHERE space = :space")
    row = uow.execute(found, {"space": name}).one_or_none()
    return _State(*row) if row else None


def _remember(uow: UnitOfWork, name: str, state: _State) -> None:
    statement = text(
        "INSERT INTO pgvector_space (space, version, dimensions, counter, removals)"
        " VALUES (:space, :version, :dimensions, :counter, :removals) ON CONFLICT (space) DO UPDATE"
        " SET version = excluded.version, dimensions = excluded.dimensions, counter = excluded.counter,"
        " removals = excluded.removals"
    )
    uow.execute(statement, {"space": name, **vars(state)})


def _indexed(uow: UnitOfWork, name: str) -> bool:
    return bool(_scalar(uow, f"SELECT to_regclass('{name}_near') IS NOT NULL"))


def _set(uow: UnitOfWork, name: str, value: str) -> None:
    """For this transaction."""
    uow.execute(text("SELECT set_config(:name, :value, true)"), {"name": name, "value": value})


def _scalar(uow: UnitOfWork, statement: str) -> Any:
    return uow.execute(text(statement)).scalar()


def _lock(uow: UnitOfWork) -> None:
    uow.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(word) for word in words.split(".") if word.isdecimal())
