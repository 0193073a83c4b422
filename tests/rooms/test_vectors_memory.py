"""The index in memory: what it holds, for how long, and how it keeps in step."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from resonance.adapters.int8_scan import SEGMENT, Int8Rows
from resonance.adapters.memory_vectors import MemoryVectors
from resonance.db import versions
from resonance.db.engine import Database
from resonance.search.filters import TrackFilter
from resonance.search.vectors import store
from resonance.search.vectors.comparing import Standard
from resonance.search.vectors.facets import packed, places, unpacked
from resonance.search.vectors.ports import Space
from tests.fixtures.rows import Rows

WORDS = Space("words", "1", 16, "built-in")
TIMBRE = Space("timbre", "1", 16, "timbre")


def unit(rows: Any) -> Any:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def ids(database: Database) -> list[str]:
    with database.write() as uow:
        rows = Rows(uow)
        library = rows.library()
        made = [rows.track(f"t{number}", library_id=library, year=1990) for number in range(50)]
        rows.settle()
    return made


def put(database: Database, index: MemoryVectors, space: Space, ids: list[str], rows: Any) -> None:
    with database.write() as uow:
        index.put(uow, space, zip(ids, rows, ["m"] * len(ids), strict=True))


class Reads:
    """Counts how many rows are read in whole walks through a space."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rows: list[int] = []
        real = store.blocks

        def counting(*given: Any) -> Iterator[store.Block]:
            for block in real(*given):
                self.rows.append(len(block.track_ids))
                yield block

        monkeypatch.setattr(store, "blocks", counting)

    def taken(self) -> int:
        total = sum(self.rows)
        self.rows.clear()
        return total


@pytest.mark.parametrize("share", [1.0, 0.5, 0.02, 0.001])
def test_bytes_find_the_nearest_of_many_segments(share: float) -> None:
    dice = np.random.default_rng(1)
    spread = np.geomspace(1, 0.01, 32)  # dimensions of very different ranges
    rows = unit(dice.normal(size=(2 * SEGMENT + 500, 32)) * spread)
    scan = Int8Rows.of(iter(np.array_split(rows, 37)))
    assert len(scan) == len(rows) and len(scan.segments) == 3
    passing = dice.random(len(rows)) < share
    queries = unit(dice.normal(size=(20, 32)) * spread)
    found = scan.best(queries, 100, None if share == 1.0 else passing)
    right = 0
    for query, own in zip(queries, found, strict=True):
        true = np.argsort(-np.where(passing, rows @ query, -9))[:50]
        own = own[own >= 0]
        assert passing[own].all() and len(set(own)) == len(own)
        right += len(set(true[passing[true]]) & set(own)) / max(1, passing[true].sum())
    assert right / 20 >= 0.99


def test_growing_by_single_rows_keeps_segments_few() -> None:
    rows = unit(np.random.default_rng(2).normal(size=(700, 8)))
    scan = Int8Rows.of(iter([rows[:300]]))
    before = scan
    for row in rows[300:]:
        scan = scan.plus(row[np.newaxis])
    assert len(scan) == 700 and len(scan.segments) <= 12
    assert len(before) == 300, "whoever still asks the older one is not disturbed"
    assert [own[0] for own in scan.best(rows[::50], 1, None)] == list(range(0, 700, 50))


def test_dropped_when_idle_and_read_again(database: Database, ids: list[str]) -> None:
    index = MemoryVectors(idle_s=0.4)
    rows = unit(np.random.default_rng(3).normal(size=(50, 16)))
    put(database, index, WORDS, ids, rows)
    assert not index.loaded, "nothing is read before the first question"

    def ask() -> str:
        with database.read() as uow:
            return index.nearest(uow, "words", rows[5], 1, TrackFilter(year_from=1980))[0].track_id

    assert ask() == ids[5]
    assert index.loaded
    for _ in range(4):  # longer than the limit, with questions
        time.sleep(0.15)
        assert ask() == ids[5]
        assert index.loaded
    until = time.monotonic() + 20
    while index.loaded and time.monotonic() < until:
        time.sleep(0.05)
    assert not index.loaded
    assert ask() == ids[5]
    index.close()
    assert not index.loaded


def test_only_what_is_newer_is_read(
    database: Database, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = MemoryVectors()
    rows = unit(np.random.default_rng(4).normal(size=(50, 16)))
    put(database, index, WORDS, ids[:40], rows[:40])
    reads = Reads(monkeypatch)

    def first(query: Any) -> str:
        with database.read() as uow:
            return index.nearest(uow, "words", query, 1)[0].track_id

    assert first(rows[3]) == ids[3] and reads.taken() == 40
    assert first(rows[4]) == ids[4] and reads.taken() == 0
    put(database, index, WORDS, ids[38:45], rows[38:45])
    assert first(rows[44]) == ids[44] and reads.taken() == 7
    put(database, index, Space("other", "1", 16, ""), ids, rows)
    with database.write() as uow:
        versions.bump(uow, "catalogue")
        versions.bump(uow, "features")
    assert first(rows[2]) == ids[2] and reads.taken() == 0
    with database.write() as uow:
        index.remove(uow, ids[:1])
    assert first(rows[0]) != ids[0] and reads.taken() == 44
    index.close()


def test_the_librarys_statistics_are_made_again_when_it_has_grown(
    database: Database, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = MemoryVectors()
    rows = np.random.default_rng(5).normal(size=(50, 16)).astype(np.float32) + 3
    put(database, index, TIMBRE, ids[:40], rows[:40])
    reads = Reads(monkeypatch)

    def measured(number: int) -> Any:
        with database.read() as uow:
            return index.vectors(uow, "timbre", [ids[number]])[ids[number]]

    first = measured(0)
    assert reads.taken() == 80, "once for the statistics, once for the rows"
    put(database, index, TIMBRE, ids[40:42], rows[40:42] + 100)
    np.testing.assert_array_equal(measured(0), first)
    assert reads.taken() == 2
    put(database, index, TIMBRE, ids[42:50], rows[42:50])
    assert not np.allclose(measured(0), first)
    assert reads.taken() == 8 + 100
    index.close()


def test_statistics_of_a_stream_are_those_of_the_whole() -> None:
    rows = (np.random.default_rng(6).normal(size=(5000, 4)) * [1, 1e-3, 50, 0] + [1e4, 0, -7, 2]).astype(
        np.float32
    )
    made = Standard.of(np.array_split(rows, 11), 4)
    np.testing.assert_allclose(made.mean, rows.mean(axis=0, dtype=np.float64), rtol=1e-5)
    np.testing.assert_allclose(made.scale[:3], rows.std(axis=0, dtype=np.float64)[:3], rtol=1e-3)
    assert made.scale[3] == 1.0 and made.tracks == 5000
    assert (Standard.of([rows[:1]], 4).applied(rows[:1]) == rows[:1]).all(), "one track is no library"
    assert Standard.of([], 4).tracks == 0


def test_ids_are_found_and_nothing_else_is() -> None:
    every = packed(sorted(["a" * 22, "b" * 22, "c" * 22]))
    wanted = ["b" * 22, "b" * 23, "", "ä" * 22, "a" * 21, "c" * 22, "d" * 22, "a" * 22 + "\n"]
    assert places(every, packed(wanted)).tolist() == [1, -1, -1, -1, -1, 2, -1, -1]
    assert places(packed([]), packed(wanted)).tolist() == [-1] * 8
    assert unpacked(every) == ["a" * 22, "b" * 22, "c" * 22]
