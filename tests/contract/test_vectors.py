"""An index of vectors promises the same in memory on each database, and in PostgreSQL with pgvector."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import delete, update

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.adapters.pgvector import PgVectors, prepare
from resonance.core.errors import Invalid
from resonance.db import migrate, versions
from resonance.db.engine import Database
from resonance.db.tables import library as tables
from resonance.db.tables.analysis import trait
from resonance.db.traits import key_place
from resonance.search.filters import TrackFilter
from resonance.search.vectors.ports import Space, VectorIndex
from tests.fixtures.rows import Rows

WORDS = Space("words", "1", 24, "built-in")
TIMBRE = Space("timbre", "1", 6, "timbre")
Floats = NDArray[np.float32]


@pytest.fixture(scope="module")
def pgvector_database(pgserver_url: str) -> Iterator[Database]:
    database = Database(pgserver_url)
    migrate.upgrade(database)
    yield database
    database.close()


@pytest.fixture(params=["memory on sqlite", "memory on postgresql", "pgvector", "pgvector with an index"])
def made(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: bytes
) -> Iterator[tuple[Database, Callable[[], VectorIndex]]]:
    """A database, and more and more indexes over it, as several processes would have."""
    if request.param == "memory on sqlite":
        path = tmp_path / "vectors.db"
        path.write_bytes(sqlite_template)
        database = Database(f"sqlite:///{path}")
    elif request.param == "memory on postgresql":
        database = Database(request.getfixturevalue("lend_postgres")())
    else:
        database = request.getfixturevalue("pgvector_database")
        with database.write() as uow:
            for name in (
                "pgvector_space",
                "embedding_space",
                "version",
                "genre",
                "track",
                "album",
                "library",
            ):
                if uow.connection.exec_driver_sql(f"SELECT to_regclass('{name}')").scalar():
                    uow.connection.exec_driver_sql(f"DELETE FROM {name}")
        assert prepare(database)
    opened: list[VectorIndex] = []

    def another() -> VectorIndex:
        if request.param.startswith("memory"):
            opened.append(MemoryVectors())
        else:
            opened.append(PgVectors(database, index_from=10 if "index" in request.param else 10_000))
        return opened[-1]

    yield database, another
    for index in opened:
        index.close()
    if not request.param.startswith("pgvector"):
        database.close()


@dataclass
class Shelf:
    """Sixty tracks with facets and a vector each, and short ways to ask."""

    database: Database
    index: VectorIndex
    another: Callable[[], VectorIndex]
    ids: list[str] = field(default_factory=list)
    genres: list[str] = field(default_factory=list)
    libraries: list[str] = field(default_factory=list)
    vectors: Floats = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))

    def put(self, space: Space, ids: list[str], vectors: Any, mark: str = "m") -> int:
        with self.database.write() as uow:
            return self.index.put(uow, space, zip(ids, vectors, [mark] * len(ids), strict=True))

    def find(self, query: Any, k: int = 5, space: str = "words", **where: Any) -> list[str]:
        with self.database.read() as uow:
            asked = np.asarray(query, dtype=np.float32)
            return [hit.track_id for hit in self.index.nearest(uow, space, asked, k, TrackFilter(**where))]

    def truth(self, query: Floats, passing: list[int], k: int) -> list[str]:
        rows = self.vectors[passing]
        scores = rows @ query / np.linalg.norm(rows, axis=1) / np.linalg.norm(query)
        return [self.ids[passing[at]] for at in np.argsort(-scores)[:k]]


@pytest.fixture
def empty(made: tuple[Database, Callable[[], VectorIndex]]) -> Shelf:
    return Shelf(made[0], made[1](), made[1])


@pytest.fixture
def shelf(empty: Shelf) -> Shelf:
    dice = np.random.default_rng(4)
    with empty.database.write() as uow:
        rows = Rows(uow)
        empty.libraries = [rows.library("One"), rows.library("Two")]
        empty.genres = [rows.genre("Rock"), rows.genre("Jazz"), rows.genre("Empty")]
        for number in range(60):
            empty.ids.append(
                rows.track(
                    f"t{number}",
                    library_id=empty.libraries[number % 4 == 3],
                    genres=[empty.genres[0]] * (number % 2) + [empty.genres[1]] * (number % 3 == 0),
                    year=None if number == 0 else 1960 + number,
                )
            )
        for number, id_ in enumerate(empty.ids):
            key = {
                "key_tonic": number % 12,
                "key_mode": "minor",
                "key_place": key_place(number % 12, "minor"),
            }
            if number >= 10:
                rows.insert(trait, track_id=id_, bpm=60.0 + 2 * number, energy=number / 60, **key)
        rows.settle()
        versions.bump(uow, "features")
    empty.vectors = dice.normal(size=(60, WORDS.dimensions)).astype(np.float32)
    assert empty.put(WORDS, empty.ids, empty.vectors) == 60
    return empty


def test_nothing_there_is_no_error(empty: Shelf) -> None:
    with empty.database.write() as uow:
        one = Rows(uow).track("x", library_id=Rows(uow).library())
        versions.bump(uow, "catalogue")
    assert empty.find(np.ones(24)) == []
    with empty.database.read() as uow:
        assert empty.index.space(uow, "words") is None
        assert empty.index.count(uow, "words") == 0
        assert empty.index.vectors(uow, "words", [one]) == {}
        assert empty.index.matrix(uow, "words")[0] == []
        assert empty.index.stale(uow, WORDS, 10) == [one]
        assert empty.index.nearest_many(uow, "words", np.ones((2, 24), np.float32), 3) == [[], []]
    assert empty.put(WORDS, [one], [np.arange(24)]) == 1
    assert empty.find(np.ones(24)) == [one]
    assert empty.find(-np.ones(24)) == [one]
    with empty.database.read() as uow:
        assert empty.index.space(uow, "words") == WORDS
        assert empty.index.stale(uow, WORDS, 10) == []


def test_the_nearest_are_the_nearest(shelf: Shelf) -> None:
    dice = np.random.default_rng(5)
    for _ in range(10):
        query = dice.normal(size=24).astype(np.float32)
        assert shelf.find(query, 7) == shelf.truth(query, list(range(60)), 7)
    with shelf.database.read() as uow:
        hits = shelf.index.nearest(uow, "words", shelf.vectors[3] * 40, 60)
        assert hits[0].track_id == shelf.ids[3] and hits[0].score == pytest.approx(1.0, abs=1e-5)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len(hits) == 60 and all(-1.0 <= hit.score <= 1.0 for hit in hits)
        many = shelf.index.nearest_many(uow, "words", shelf.vectors[:20], 1)
        assert [own[0].track_id for own in many] == shelf.ids[:20]
        assert shelf.index.nearest(uow, "words", shelf.vectors[3], 0) == []


def cases(shelf: Shelf) -> dict[str, tuple[dict[str, Any], Callable[[int], bool]]]:
    """Filters, and which numbers of tracks pass."""
    rock, jazz, nothing = shelf.genres
    one, two = shelf.libraries

    def bpm(number: int) -> float:
        return 60 + 2 * number if number >= 10 else float("nan")

    return {
        "library": ({"libraries": frozenset([two])}, lambda n: n % 4 == 3),
        "both libraries": ({"libraries": frozenset([one, two])}, lambda n: True),
        "no library": ({"libraries": frozenset()}, lambda n: False),
        "a strange library": ({"libraries": frozenset(["x" * 22])}, lambda n: False),
        "genre": ({"genres": frozenset([rock])}, lambda n: n % 2 == 1),
        "genres": ({"genres": frozenset([rock, jazz])}, lambda n: n % 2 == 1 or n % 3 == 0),
        "an empty genre": ({"genres": frozenset([nothing])}, lambda n: False),
        "years": ({"year_from": 1970, "year_to": 1980}, lambda n: 10 <= n <= 20),
        "a year from": ({"year_from": -5}, lambda n: n > 0),
        "a year to": ({"year_to": 99_999}, lambda n: n > 0),
        "tempo": ({"bpm_min": 100.0, "bpm_max": 110.0}, lambda n: 100 <= bpm(n) <= 110),
        "tempo from": ({"bpm_min": 170.0}, lambda n: bpm(n) >= 170),
        "double": (
            {"bpm_min": 160.0, "bpm_max": 170.0, "half_double": True},
            lambda n: 160 <= bpm(n) <= 170 or 80 <= bpm(n) <= 85,
        ),
        "half": (
            {"bpm_min": 84.0, "bpm_max": 86.0, "half_double": True},
            lambda n: 84 <= bpm(n) <= 86 or 168 <= bpm(n) <= 172,
        ),
        "keys": (
            {"keys": frozenset([(4, "minor"), (5, "minor"), (1, "major")])},
            lambda n: n >= 10 and n % 12 in (4, 5),
        ),
        "energy": ({"energy_min": 0.25, "energy_max": 0.5}, lambda n: n >= 10 and 0.25 <= n / 60 <= 0.5),
        "among": ({"among": [*shelf.ids[5:9], "unknown", "y" * 30]}, lambda n: 5 <= n < 9),
        "among none": ({"among": []}, lambda n: False),
        "without": ({"without": frozenset(shelf.ids[:50])}, lambda n: n >= 50),
        "all at once": (
            {"libraries": frozenset([one]), "genres": frozenset([rock]), "year_from": 1975, "bpm_max": 160.0,
             "energy_min": 0.2, "without": frozenset(shelf.ids[20:30])},
            lambda n: n % 4 == 1 and n >= 15 and bpm(n) <= 160 and n / 60 >= 0.2 and not 20 <= n < 30,
        ),
    }  # fmt: skip


def test_filters_hold_before_the_nearest_are_sought(shelf: Shelf) -> None:
    for name, (where, passes) in cases(shelf).items():
        passing = [number for number in range(60) if passes(number)]
        with shelf.database.read() as uow:
            assert shelf.index.passing(uow, TrackFilter(**where)) == sorted(shelf.ids[n] for n in passing), (
                name
            )
            ids, rows = shelf.index.matrix(uow, "words", TrackFilter(**where))
        assert ids == sorted(shelf.ids[n] for n in passing) and len(rows) == len(ids), name
        for query in shelf.vectors[[1, 30]]:
            assert shelf.find(query, 4, **where) == shelf.truth(query, passing, 4), name


def test_a_range_that_ends_before_it_begins() -> None:
    with pytest.raises(Invalid) as told:
        TrackFilter(bpm_min=120, bpm_max=110)
    assert told.value.field == "bpm_min"


def test_missing_tracks_and_files_are_not_found(shelf: Shelf) -> None:
    query = shelf.vectors[7]
    assert shelf.find(query, 1) == [shelf.ids[7]]
    only_two = {"libraries": frozenset(shelf.libraries[1:])}
    assert shelf.find(query, 1, **only_two) == [shelf.ids[7]]
    with shelf.database.write() as uow:
        uow.execute(
            update(tables.carrier).where(tables.carrier.c.track_id == shelf.ids[7]).values(missing_at=5)
        )
        versions.bump(uow, "catalogue")
    assert shelf.find(query, 1, **only_two) != [shelf.ids[7]]
    assert shelf.find(query, 1) == [shelf.ids[7]]  # the track itself is not marked yet
    with shelf.database.write() as uow:
        uow.execute(update(tables.track).where(tables.track.c.id == shelf.ids[7]).values(missing_at=5))
        versions.bump(uow, "catalogue")
    assert shelf.ids[7] not in shelf.find(query, 60)
    with shelf.database.read() as uow:
        assert shelf.index.count(uow, "words") == 59
        assert shelf.ids[7] not in shelf.index.passing(uow, TrackFilter())
    with shelf.database.write() as uow:
        uow.execute(delete(tables.track).where(tables.track.c.id == shelf.ids[8]))
        versions.bump(uow, "catalogue")
    assert shelf.ids[8] not in shelf.find(shelf.vectors[8], 60)
    assert shelf.put(WORDS, [shelf.ids[8], shelf.ids[9]], shelf.vectors[8:10]) == 1, "a deleted track"


def test_changes_are_seen_by_every_index(shelf: Shelf) -> None:
    other = shelf.another()
    opposite = -shelf.vectors[0]
    with shelf.database.read() as uow:
        assert other.nearest(uow, "words", opposite, 1)[0].track_id != shelf.ids[0]
    shelf.put(WORDS, [shelf.ids[0]], [opposite])
    for index in (shelf.index, other):
        with shelf.database.read() as uow:
            assert index.nearest(uow, "words", opposite, 1)[0].track_id == shelf.ids[0]
            hits = index.nearest(uow, "words", shelf.vectors[0], 60)
        assert len(hits) == 60 and hits[-1].track_id == shelf.ids[0]
    with shelf.database.write() as uow:
        uow.execute(update(trait).where(trait.c.track_id == shelf.ids[20]).values(bpm=33.0))
        versions.bump(uow, "features")
    with shelf.database.write() as uow:
        other.remove(uow, [shelf.ids[0], shelf.ids[1]], "words")
    for index in (shelf.index, other):
        with shelf.database.read() as uow:
            slow = index.nearest(uow, "words", opposite, 5, TrackFilter(bpm_max=40.0))
            assert [hit.track_id for hit in slow] == [shelf.ids[20]]
            left = {hit.track_id for hit in index.nearest(uow, "words", opposite, 60)}
            assert left == set(shelf.ids[2:])
            assert index.stale(uow, WORDS, 10) == sorted(shelf.ids[:2])


def test_a_unit_of_work_sees_what_it_wrote_and_leaves_nothing_behind(shelf: Shelf) -> None:
    opposite = -shelf.vectors[0]
    with pytest.raises(RuntimeError), shelf.database.write() as uow:
        shelf.index.put(uow, WORDS, [(shelf.ids[0], opposite, "new")])
        assert shelf.index.nearest(uow, "words", opposite, 1)[0].track_id == shelf.ids[0]
        raise RuntimeError
    assert shelf.find(opposite, 1) != [shelf.ids[0]]
    with shelf.database.read() as uow:
        assert shelf.index.marks(uow, WORDS, shelf.ids[:1]) == {shelf.ids[0]: "m"}


def test_versions_are_never_mixed(shelf: Shelf) -> None:
    second = Space("words", "2", 8, "another model")
    dice = np.random.default_rng(9)
    fresh = dice.normal(size=(2, 8)).astype(np.float32)
    shelf.put(second, shelf.ids[:2], fresh)
    assert shelf.find(fresh[1], 60) == [shelf.ids[1], shelf.ids[0]]
    with pytest.raises(Invalid):
        shelf.find(shelf.vectors[0])
    with shelf.database.read() as uow:
        assert shelf.index.space(uow, "words") == second
        assert shelf.index.count(uow, "words") == 2
        assert set(shelf.index.vectors(uow, "words", shelf.ids)) == set(shelf.ids[:2])
        assert shelf.index.stale(uow, second, 100) == sorted(shelf.ids[2:])
        assert shelf.index.marks(uow, second, shelf.ids) == dict.fromkeys(shelf.ids[:2], "m")
    with pytest.raises(Invalid), shelf.database.write() as uow:
        shelf.index.put(uow, Space("words", "2", 9, "x"), [(shelf.ids[0], np.ones(9, np.float32), "m")])
    # Back to the first: the vectors of the second are the stale ones now.
    shelf.put(WORDS, shelf.ids[:3], shelf.vectors[:3])
    assert shelf.find(shelf.vectors[5], 60)[0] == shelf.ids[5], "rows that were never overwritten serve again"


def test_refuses_what_is_no_vector(shelf: Shelf) -> None:
    for wrong in (np.ones(23), np.ones((1, 24)), np.full(24, np.nan), np.r_[np.ones(23), np.inf]):
        with pytest.raises(Invalid):
            shelf.put(WORDS, shelf.ids[:1], [wrong])
        with pytest.raises(Invalid):
            shelf.find(wrong)
    assert shelf.find(shelf.vectors[0], 1) == [shelf.ids[0]]


def test_vectors_without_direction_are_kept_and_never_found(shelf: Shelf) -> None:
    shelf.put(WORDS, shelf.ids[:2], np.zeros((2, 24)))
    found = shelf.find(np.ones(24), 60)
    assert set(found) == set(shelf.ids[2:])
    assert shelf.find(np.ones(24), 60, among=shelf.ids[:3]) == [shelf.ids[2]]
    assert shelf.find(np.zeros(24), 60) == []
    with shelf.database.read() as uow:
        assert shelf.index.stale(uow, WORDS, 5) == []
        assert not shelf.index.vectors(uow, "words", shelf.ids[:1])[shelf.ids[0]].any()


def test_timbre_is_compared_in_the_librarys_own_measure(shelf: Shelf) -> None:
    dice = np.random.default_rng(6)
    scales = np.array([1000, 1, 0.01, 5, 1, 1])
    raw = (dice.normal(size=(60, 6)) * scales + 7 * scales).astype(np.float32)
    raw[:, 5] = 3.0  # says nothing
    shelf.put(TIMBRE, shelf.ids, raw)
    standard = (raw - raw.mean(axis=0)) / np.where(raw.std(axis=0) > 1e-6, raw.std(axis=0), 1)
    with shelf.database.read() as uow:
        made = shelf.index.compared(uow, "timbre", raw)
        got = shelf.index.vectors(uow, "timbre", shelf.ids)
        hits = shelf.index.nearest(uow, "timbre", got[shelf.ids[9]], 6)
        ids, rows = shelf.index.matrix(uow, "timbre")
    unit = standard / np.linalg.norm(standard, axis=1, keepdims=True)
    np.testing.assert_allclose(made, unit, atol=1e-4)
    np.testing.assert_allclose(np.stack([got[id_] for id_ in shelf.ids]), unit, atol=1e-4)
    np.testing.assert_allclose(rows, np.stack([got[id_] for id_ in ids]), atol=1e-6)
    assert [hit.track_id for hit in hits] == [shelf.ids[at] for at in np.argsort(-(unit @ unit[9]))[:6]]


def test_many_threads_ask_while_one_writes(shelf: Shelf) -> None:
    faults: list[BaseException] = []
    ended = threading.Event()

    def ask() -> None:
        try:
            while not ended.is_set():
                found = shelf.find(shelf.vectors[40], 3, year_from=1990)
                assert found[0] == shelf.ids[40], found
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(20):
        shelf.put(WORDS, shelf.ids[:10], shelf.vectors[:10] + turn)
    ended.set()
    for thread in threads:
        thread.join()
    assert faults == []
