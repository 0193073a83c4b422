"""The music map: near is alike, places stay, names are true, and everybody sees their own music only."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from sqlalchemy import select

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.db.engine import Database
from resonance.db.tables.vectors import map_point
from resonance.model.caller import Caller, Role
from resonance.recommend import map as drawing
from resonance.recommend import map_store, map_view, projection
from resonance.recommend.geometry import unit
from resonance.recommend.regions import Described, divided, labels
from resonance.search.vectors.ports import TIMBRE, Space
from tests.fixtures.neighbourhoods import preservation, trustworthiness
from tests.fixtures.rows import Rows
from tests.fixtures.sounding import SPACE, Sounding, manner, put, timbres

ADMIN = Caller("A" * 22, "ada", Role.ADMIN)
GENRES = ("Deep House", "Folk", "Ambient", "Metal")


def library(count: int, groups: int = 10, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors and the manner of each."""
    dice = np.random.default_rng(seed)
    middles = manner(dice, groups)
    which = dice.integers(groups, size=count)
    raw = timbres(dice, middles[which] + 0.8 * dice.normal(size=(count, middles.shape[1])))
    return unit(((raw - raw.mean(axis=0)) / raw.std(axis=0)).astype(np.float32)), which


def principal(rows: np.ndarray) -> np.ndarray:
    """The plain map: the two principal components."""
    centred = rows - rows.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    return (centred @ axes[:2].T).astype(np.float32)


def test_neighbours_stay_neighbours_far_better_than_on_the_plain_map() -> None:
    rows, _ = library(1500)
    places, plain = projection.project(rows), principal(rows)
    trust = trustworthiness(rows, places)
    assert trust > 0.93 and trust > trustworthiness(rows, plain) + 0.08
    assert preservation(rows, places) > 2 * preservation(rows, plain)


def test_a_sample_is_drawn_and_the_others_find_their_places() -> None:
    rows, _ = library(2400)
    places = projection.project(rows, sample=800)
    assert trustworthiness(rows, places) > 0.9
    assert np.isfinite(places).all()
    # What was placed late lies as well as what was drawn.
    fitted = projection.squared(places)
    assert fitted.min() >= 0 and fitted.max() <= 1 and np.ptp(fitted, axis=0).max() > 0.7


def test_the_same_vectors_make_the_same_map_and_old_places_are_kept_to() -> None:
    rows, _ = library(600)
    first = projection.project(rows)
    assert np.array_equal(first, projection.project(rows))
    before = projection.squared(first)
    more, _ = library(600)
    noisy = unit(more + 0.02 * np.random.default_rng(1).normal(size=more.shape).astype(np.float32))
    again = projection.squared(projection.aligned(projection.project(noisy, start=before), before))
    fresh = projection.squared(projection.project(noisy))
    moved = np.median(np.linalg.norm(again - before, axis=1))
    assert moved < 0.05 < np.median(np.linalg.norm(fresh - before, axis=1))


def test_turned_and_mirrored_places_are_turned_back() -> None:
    dice = np.random.default_rng(0)
    before = dice.random((50, 2)).astype(np.float32)
    turn = np.array([[0.0, 1.0], [1.0, 0.0]])  # a mirror and a quarter turn
    after = (before @ turn * 3 + 5).astype(np.float32)
    known = before.copy()
    known[40:] = np.nan
    assert np.abs(projection.aligned(after, known) - before).max() < 1e-4
    assert np.array_equal(projection.aligned(after, np.full_like(before, np.nan)), after)


def test_it_can_be_stopped() -> None:
    rows, _ = library(300)
    told: list[float] = []

    def step(fraction: float) -> None:
        told.append(fraction)
        if fraction > 0.3:
            raise drawing.Stopped

    with pytest.raises(drawing.Stopped):
        projection.project(rows, told=step)
    assert told == sorted(told)


def test_names_are_what_sets_a_region_apart() -> None:
    region = np.repeat([0, 1, 2, 3], 50).astype(np.uint8)
    names = ["House", "Rock", "Folk"]
    codes = np.repeat([0, 0, 1], 50)  # the third is Rock, the fourth has no genre
    energy = np.repeat([0.9, 0.1, 0.5, np.nan], 50).astype(np.float32)
    described = Described(np.arange(150), codes, names, energy, np.full(200, np.nan, np.float32))
    assert labels(region, described) == {0: "House, energetic", 1: "House, calm", 2: "Rock", 3: ""}
    unknown = Described(np.arange(0), np.arange(0), [], np.full(200, np.nan, np.float32), energy * np.nan)
    assert set(labels(region, unknown).values()) == {""}


def test_regions_are_numbered_from_the_largest() -> None:
    dice = np.random.default_rng(0)
    middles = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    places = np.concatenate([middles[n] + 0.02 * dice.normal(size=(60 - 10 * n, 2)) for n in range(4)])
    region, centres = divided(places.astype(np.float32), 1)
    assert np.bincount(region).tolist() == [60, 50, 40, 30]
    assert np.abs(centres - middles).max() < 0.02


@dataclass
class World:
    """A library of four manners, the first library heard by all, the second by the admin."""

    database: Database
    index: MemoryVectors
    ids: list[str] = field(default_factory=list)
    manner: dict[str, int] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    vectors: dict[str, np.ndarray] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)
    genres: list[str] = field(default_factory=list)
    bob: Caller = ADMIN

    def grow(self, count: int, which: int, library: int = 0) -> list[str]:
        """More tracks of one manner."""
        made = []
        with self.database.write() as uow:
            rows = Rows(uow)
            sounding = Sounding(rows)
            for vector in self.like(count, which, seed=len(self.ids)):
                made.append(rows.track(
                    "T", library_id=self.libraries[library], genres=[self.genres[which]]
                ))  # fmt: skip
                sounding.heard(made[-1], vector, bpm=100.0, energy=which / 4)
            sounding.settle(self.index)
            self.vectors |= sounding.vectors
        self.ids += made
        self.manner |= dict.fromkeys(made, which)
        return made

    def like(self, count: int, which: int, seed: int) -> np.ndarray:
        dice = np.random.default_rng(seed)
        middles = manner(np.random.default_rng(5), len(GENRES))
        return timbres(dice, middles[which] + 0.6 * dice.normal(size=(count, middles.shape[1])))

    def draw(self, **how: bool) -> drawing.Drawn:
        return drawing.draw(self.database, self.index, **how)

    def places(self) -> dict[str, tuple[float, float]]:
        with self.database.read() as uow:
            return map_store.places(uow)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    made = World(database, MemoryVectors())
    with database.write() as uow:
        rows = Rows(uow)
        made.libraries = [rows.library("Music"), rows.library("Vault")]
        made.genres = [rows.genre(name) for name in GENRES]
        made.bob = rows.user("bob", libraries=made.libraries[:1])
    for which in range(3):
        made.grow(40, which)
    made.hidden = made.grow(40, 3, library=1)
    yield made
    made.index.close()


def test_places_stay_while_the_library_grows(world: World) -> None:
    assert world.draw() == drawing.Drawn("drawn", 160)
    before = world.places()
    assert world.draw() == drawing.Drawn("kept", 160)
    late = world.grow(20, 1)
    assert world.draw() == drawing.Drawn("placed", 180)
    after = world.places()
    assert {one: after[one] for one in before} == before
    # Newcomers lie among their own.
    own = np.array([after[one] for one in world.ids[40:80]])
    for one in late:
        there = {item: np.hypot(*np.subtract(place, after[one])) for item, place in before.items()}
        nearest = sorted(there, key=lambda item: there[item])[:5]
        assert sum(world.manner[item] == 1 for item in nearest) >= 3
    assert np.isfinite(own).all()


def test_drawn_anew_when_it_grew_much_when_asked_and_for_other_vectors(world: World) -> None:
    world.draw()
    before = world.places()
    assert world.draw(force=True).action == "drawn"
    again = world.places()
    moved = [np.hypot(*np.subtract(again[one], before[one])) for one in before]
    assert np.median(moved) < 0.2  # drawn anew, but where it was: strangers are half the map apart
    world.grow(100, 0)
    assert world.draw() == drawing.Drawn("drawn", 260)
    with world.database.write() as uow:
        other = Space(SPACE.name, "2", 64, "resonance")
        world.index.put(uow, other, [(one, vector, "n") for one, vector in world.vectors.items()])
    with world.database.read() as uow:
        layout = map_store.layout(uow)
        assert layout is not None and (layout.version, layout.number) == ("1", 3)
        assert drawing.stale(uow, world.index)
    assert world.draw().action == "drawn"
    with world.database.read() as uow:
        layout = map_store.layout(uow)
        assert layout is not None and layout.version == "2" and not drawing.stale(uow, world.index)


def test_too_few_tracks_make_no_map(database: Database) -> None:
    index = MemoryVectors()
    assert drawing.draw(database, index) == drawing.Drawn("too_few", 0)
    with database.read() as uow:
        assert map_view.state(uow, ADMIN, index).state == "too_few"
        with pytest.raises(NotFound):
            map_view.body(uow, ADMIN)


def test_a_stopped_drawing_leaves_the_old_one(world: World) -> None:
    world.draw()
    before = world.places()
    with pytest.raises(drawing.Stopped):
        drawing.draw(world.database, world.index, force=True, cancelled=lambda: True)
    assert world.places() == before


def unpacked(body: bytes) -> tuple[int, int, np.ndarray, np.ndarray, np.ndarray]:
    magic, version, count, layout = struct.unpack("<4sIII", body[:16])
    assert (magic, version) == (b"RMAP", 1) and len(body) == 16 + 6 * count
    xy = np.frombuffer(body, "<u2", 2 * count, 16).reshape(2, count)
    region = np.frombuffer(body, np.uint8, count, 16 + 4 * count)
    return count, layout, xy, region, np.frombuffer(body, np.uint8, count, 16 + 5 * count)


def test_the_bytes_are_what_the_state_promises(world: World) -> None:
    world.draw()
    with world.database.read() as uow:
        state = map_view.state(uow, ADMIN, world.index)
        count, layout, xy, region, energy = unpacked(map_view.body(uow, ADMIN, state.layout))
        assert (state.state, state.count, state.layout, state.space) == ("ready", 160, layout, TIMBRE)
        assert count == 160 and sum(one.tracks for one in state.regions) == 160
        ids = map_view.ids(uow, ADMIN, layout, list(range(count)))
        rows = {row.track_id: row for row in uow.execute(select(map_point))}
        for place, item in enumerate(ids):
            assert abs(xy[0, place] / 65535 - rows[item].x) < 1e-4
            assert abs(xy[1, place] / 65535 - rows[item].y) < 1e-4
            assert region[place] == rows[item].region
        # Ranks: as many tracks of every manner, the calmest first.
        levels = {world.manner[item]: int(energy[place]) for place, item in enumerate(ids)}
        assert len(set(energy.tolist())) == len(levels)
        assert [levels[which] for which in sorted(levels)] == sorted(levels.values())
        tracks = map_view.tracks(uow, ADMIN, layout, [5, 3, 5])
        assert [track and track.id for track in tracks] == [ids[5], ids[3], ids[5]]
        spot = map_view.place(uow, ADMIN, ids[7])
        assert (spot.index, spot.layout) == (7, layout)
        assert {one.label for one in state.regions} >= set(GENRES) - {"x"} or len(state.regions) >= 4
        for one in state.regions:
            assert one.label.split(",")[0] in GENRES and 0 <= one.hue < 360
        for wrong, what in (
            ((layout + 1, [0]), Conflict),
            ((layout, [160]), Invalid),
            ((layout, [-1]), Invalid),
        ):
            with pytest.raises(what):
                map_view.ids(uow, ADMIN, *wrong)
        with pytest.raises(Invalid):
            map_view.tracks(uow, ADMIN, layout, [0] * 501)


def test_everybody_sees_their_own_music_only(world: World) -> None:
    world.draw()
    with world.database.read() as uow:
        everyone = map_view.state(uow, ADMIN, world.index)
        mine = map_view.state(uow, world.bob, world.index)
        assert (everyone.count, mine.count) == (160, 120) and everyone.layout != mine.layout
        ids = map_view.ids(uow, world.bob, mine.layout, list(range(120)))
        assert not set(ids) & set(world.hidden)
        assert "Metal" in " ".join(one.label for one in everyone.regions)
        assert "Metal" not in " ".join(one.label for one in mine.regions)
        with pytest.raises(NotFound):
            map_view.place(uow, world.bob, world.hidden[0])
        with pytest.raises(Conflict):
            map_view.tracks(uow, world.bob, everyone.layout, [0])
        with pytest.raises(Conflict):
            map_view.body(uow, world.bob, everyone.layout)


def test_vectors_without_a_place_are_told_by_the_version(world: World) -> None:
    world.draw()
    with world.database.read() as uow:
        before = map_view.state(uow, ADMIN, world.index).layout
    with world.database.write() as uow:
        put(uow, world.index, {world.ids[0]: world.vectors[world.ids[0]] * 2})
    with world.database.read() as uow:
        assert map_view.state(uow, ADMIN, world.index).layout == before
    world.grow(1, 0)
    world.draw()
    with world.database.read() as uow:
        assert map_view.state(uow, ADMIN, world.index).layout != before
