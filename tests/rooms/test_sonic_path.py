"""The sonic path: smooth, within its limits, and honest where there is no way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.core.errors import Invalid, NotFound
from resonance.db.engine import Database
from resonance.model import camelot
from resonance.model.caller import Caller, Role
from resonance.model.similar import SonicPath
from resonance.recommend import path, walk
from resonance.recommend.geometry import nearest_rows, unit
from resonance.recommend.wishes import PathWish, narrowed
from tests.fixtures.rows import Rows
from tests.fixtures.sounding import Sounding, manner, timbres

ADMIN = Caller("A" * 22, "ada", Role.ADMIN)


def library(count: int, seed: int) -> np.ndarray:
    """Unit vectors of a library of a few manners with much between them."""
    dice = np.random.default_rng(seed)
    middles = manner(dice, 12)
    hidden = middles[dice.integers(12, size=count)] + dice.normal(size=(count, middles.shape[1]))
    raw = timbres(dice, hidden)
    return unit(((raw - raw.mean(axis=0)) / raw.std(axis=0)).astype(np.float32))


def plain(vectors: np.ndarray, artist: np.ndarray) -> walk.Pool:
    count = len(vectors)
    unknown = np.full(count, np.nan, np.float32)
    return walk.Pool(vectors, artist, np.arange(count), unknown, np.full(count, walk.NO_KEY))


def test_smoother_than_the_nearest_of_each_point() -> None:
    """Against the plain way: for each point of the line the nearest track that is not taken."""
    ours, plains, onward = [], [], []
    for seed in range(12):
        vectors = library(3000, seed)
        dice = np.random.default_rng(seed)
        artist = dice.integers(300, size=len(vectors))
        start, end = dice.choice(len(vectors), 2, replace=False)
        way = walk.straight_way(vectors[start], vectors[end], 18)
        near, _ = nearest_rows(way, vectors, 60)
        layers = [np.array([one for one in row if one not in (start, end)]) for row in near]
        pool = plain(vectors, artist)
        steps = walk.walk(pool, layers, way, (int(start), int(end)), walk.Limits(per_artist=3))
        assert len(set(steps)) == len(steps) == 20 and (steps[0], steps[-1]) == (start, end)
        greedy = [int(start)]
        for layer in layers:
            greedy.append(
                next(one for one in layer if one not in greedy and artist[one] != artist[greedy[-1]])
            )
        greedy.append(int(end))
        for found, kept in ((steps, ours), (greedy, plains)):
            lengths = walk.lengths(vectors[found])
            kept.append((lengths.max(), lengths.mean(), (lengths**2).sum()))
        onward.append(np.corrcoef(np.arange(20), vectors[steps] @ vectors[end])[0, 1])
    worst, mean, squares = np.mean(ours, axis=0) / np.mean(plains, axis=0)
    assert worst < 0.92 and mean < 0.9 and squares < 0.8, (worst, mean, squares)
    assert np.mean(onward) > 0.85  # it leads on, it does not wander


def test_limits_are_kept_by_every_step() -> None:
    vectors = library(2000, 5)
    dice = np.random.default_rng(5)
    pool = walk.Pool(
        vectors,
        dice.integers(200, size=2000),
        dice.integers(1500, size=2000),  # some are other encodings
        dice.uniform(80, 160, 2000).astype(np.float32),
        dice.integers(24, size=2000),
    )
    mixes = np.zeros((24, 24), np.bool_)
    for number, key in enumerate(camelot.KEYS):
        mixes[number, [camelot.KEYS.index(one) for one in camelot.compatible_with(key)]] = True
    limits = walk.Limits(per_artist=2, bpm_step=0.08, mixes=mixes)
    way = walk.straight_way(vectors[0], vectors[1], 13)
    near, _ = nearest_rows(way, vectors, 400)
    layers = [np.array([one for one in row if one > 1]) for row in near]
    steps = walk.walk(pool, layers, way, (0, 1), limits)
    assert len(steps) == 15 and walk.breaks(pool, steps[:-1], limits) == []
    assert max(Counter(pool.artist[steps].tolist()).values()) <= 2
    assert len(set(pool.recording[steps].tolist())) == 15
    assert all(pool.artist[one] != pool.artist[other] for one, other in pairwise(steps))


def test_half_and_double_time_are_one_step() -> None:
    apart = walk.tempo_apart(87.0, np.array([174, 88, 43.5, 130, np.nan], np.float32))
    assert apart[:3] == pytest.approx([0, 0.0115, 0], abs=1e-3)
    assert apart[3] > 0.3 and np.isnan(apart[4])


@dataclass
class Road:
    """Tracks along a line of sound, 0 to 39, and what stands beside it."""

    index: MemoryVectors
    ids: list[str] = field(default_factory=list)
    copy: str = ""
    hidden: str = ""
    unheard: str = ""
    genre: str = ""
    bob: Caller = ADMIN


@pytest.fixture
def road(database: Database) -> Iterator[Road]:
    made = Road(MemoryVectors())
    dice = np.random.default_rng(1)
    ends = dice.normal(size=(2, 64)) * 2
    with database.write() as uow:
        rows = Rows(uow)
        sounding = Sounding(rows)
        shared, own = rows.library(), rows.library()
        made.genre = rows.genre("House")
        artists = [rows.artist(f"Artist {number}") for number in range(8)]

        def add(number: int, library: str, title: str, vector: np.ndarray, length: float) -> str:
            id_ = rows.track(
                title,
                library_id=library,
                artists=[artists[number % 8]],
                genres=[made.genre] if number % 2 else [],
                duration_s=length,
            )
            key = camelot.KEYS[number * 7 % 12]
            sounding.heard(id_, vector, bpm=100.0 + number, key=key, energy=number / 40)
            return id_

        def at(number: int) -> np.ndarray:
            return ends[0] + (ends[1] - ends[0]) * number / 39 + 0.15 * dice.normal(size=64)

        made.ids = [
            add(number, shared, f"Song {number}", at(number), 150 + 9 * number) for number in range(40)
        ]
        twin = sounding.vectors[made.ids[20]]
        made.copy = add(20, shared, "Song 20", twin * 1.0001, 150 + 9 * 20)
        made.hidden = add(21, own, "Hidden", sounding.vectors[made.ids[21]] + 0.01, 99)
        made.unheard = rows.track("Unheard", library_id=shared)
        made.bob = rows.user("bob", libraries=[shared])
        for number in range(60):  # what the line is not made of
            add(number, shared, f"Other {number}", dice.normal(size=64) * 3, 700 + 5 * number)
        sounding.settle(made.index)
    yield made
    made.index.close()


def go(database: Database, road: Road, caller: Caller = ADMIN, **wish: object) -> SonicPath:
    with database.read() as uow:
        return path.find(uow, caller, road.index, road.ids[0], road.ids[39], PathWish(**wish))  # type: ignore[arg-type]


def test_it_follows_the_road(database: Database, road: Road) -> None:
    found = go(database, road, length=12)
    ids = [item.track.id for item in found.items]
    assert found.note is None and len(ids) == 12 and (ids[0], ids[-1]) == (road.ids[0], road.ids[39])
    places = [road.ids.index(one) if one in road.ids else 20 for one in ids]
    assert np.corrcoef(places, range(12))[0, 1] > 0.9
    assert not {road.ids[20], road.copy} <= set(ids)  # one encoding of a recording
    assert found.items[0].step_similarity is None and found.items[0].similarity == 1.0
    assert all(0 <= (item.step_similarity or 0) <= 1 and 0 <= item.similarity <= 1 for item in found.items)
    assert all(item.reasons for item in found.items[1:])
    artists = [item.track.artists[0].id for item in found.items]
    assert all(one != other for one, other in pairwise(artists))


def test_wishes_bind_every_step(database: Database, road: Road) -> None:
    found = go(
        database,
        road,
        length=8,
        bpm_step=0.08,
        filters=narrowed(bpm_min=95, bpm_max=150, genre_id=road.genre),
    )
    assert found.note is None and len(found.items) == 8
    for one, other in pairwise(found.items):
        assert one.track.bpm and other.track.bpm
        assert max(one.track.bpm, other.track.bpm) / min(one.track.bpm, other.track.bpm) <= 1.08 + 1e-6
    capped = go(database, road, length=9, per_artist=1)
    artists = Counter(item.track.artists[0].id for item in capped.items)
    assert max(artists.values()) == 1 and len(capped.items) <= 8 and "wanted" in (capped.note or "")


def test_where_there_is_no_way_it_is_shorter_and_says_so(database: Database, road: Road) -> None:
    narrow = go(database, road, length=20, filters=narrowed(bpm_min=100, bpm_max=103))
    assert 2 <= len(narrow.items) < 20 and f"Only {len(narrow.items)} tracks" in (narrow.note or "")
    strict = go(database, road, length=4, bpm_step=0.001)
    assert strict.items[-1].track.id == road.ids[39] and "jump" in (strict.note or "")
    with database.read() as uow:
        silent = path.find(uow, ADMIN, road.index, road.ids[0], road.unheard, PathWish())
    assert [item.track.id for item in silent.items] == [road.ids[0], road.unheard]
    assert silent.note is not None and silent.note.startswith("The last track has not been listened to")


def test_keys_mix_or_the_note_tells(database: Database, road: Road) -> None:
    found = go(database, road, length=6, keys_mix=True)
    keys = [item.track.key for item in found.items]
    steps = [
        camelot.parse(other) in camelot.compatible_with(camelot.parse(one))  # type: ignore[arg-type]
        for one, other in pairwise(keys)
    ]
    assert all(steps) or found.note


def test_the_same_question_has_the_same_answer(database: Database, road: Road) -> None:
    assert go(database, road, length=15) == go(database, road, length=15)


def test_what_may_not_be_heard_is_no_stepping_stone(database: Database, road: Road) -> None:
    everyone = {item.track.id for item in go(database, road, length=60).items}
    mine = {item.track.id for item in go(database, road, road.bob, length=60).items}
    assert road.hidden in everyone and road.hidden not in mine
    with database.read() as uow, pytest.raises(NotFound):
        path.find(uow, road.bob, road.index, road.ids[0], road.hidden, PathWish())


def test_what_is_no_wish(database: Database, road: Road) -> None:
    for length in (2, 101):
        with pytest.raises(Invalid):
            go(database, road, length=length)
    with database.read() as uow, pytest.raises(Invalid):
        path.find(uow, ADMIN, road.index, road.ids[0], road.ids[0], PathWish())
