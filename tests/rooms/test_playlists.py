"""Playlists: rights, versions, hidden entries, and edits against a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from resonance.core.errors import Conflict, Forbidden, Invalid, NotFound
from resonance.core.events import Event
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.playlists import playlist_entry
from resonance.model.caller import Caller, Role
from resonance.playlists import playlists
from tests.fixtures.rows import Rows


@dataclass
class Heard:
    """A bus that remembers."""

    events: list[Event] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        self.events.append(event)


@dataclass
class Scene:
    database: Database
    bus: Heard
    ada: Caller
    bob: Caller
    admin: Caller
    guest: Caller
    far: Caller
    songs: list[str]
    covers: list[str]

    def create(self, name: str = "Mix", **more: Any) -> str:
        with self.database.write() as uow:
            return playlists.create(uow, self.bus, self.ada, name, **more).id

    def titles(self, playlist_id: str, who: Caller | None = None) -> list[str]:
        with self.database.read() as uow:
            found = playlists.detail(uow, who or self.ada, playlist_id)
        assert found.track_count == len(found.entries)
        assert found.duration_s == sum(entry.track.duration_s for entry in found.entries)
        return [entry.track.title for entry in found.entries]

    def lose(self, *numbers: int) -> None:
        with self.database.write() as uow:
            for number in numbers:
                uow.connection.exec_driver_sql(
                    f"UPDATE track SET missing_at = 1 WHERE id = '{self.songs[number]}'"
                )
            Rows(uow).settle()

    def find_all(self) -> None:
        with self.database.write() as uow:
            uow.connection.exec_driver_sql("UPDATE track SET missing_at = NULL")
            Rows(uow).settle()


@pytest.fixture
def scene(database: Database) -> Scene:
    with database.write() as uow:
        rows = Rows(uow)
        home, other = rows.library(), rows.library("Other")
        covers = [rows.cover(home) for _ in range(5)]
        albums = [rows.album(home, f"A{number}", cover_id=cover) for number, cover in enumerate(covers)]
        songs = [
            rows.track(f"s{number}", album_id=albums[number // 2], library_id=home, duration_s=10.0 + number)
            for number in range(10)
        ]
        rows.carrier(songs[0], other)
        people = (
            rows.user("ada"),
            rows.user("bob"),
            rows.user("root", role=Role.ADMIN),
            rows.user("gus", role=Role.GUEST),
            rows.user("far", libraries=[other]),
        )
        rows.settle()
    return Scene(database, Heard(), *people, songs, covers)


def positions(uow: UnitOfWork, playlist_id: str) -> list[int]:
    statement = select(playlist_entry.c.position).where(playlist_entry.c.playlist_id == playlist_id)
    return sorted(uow.execute(statement).scalars())


def test_a_playlist_is_made_filled_and_seen(scene: Scene) -> None:
    made = scene.create("  Late \n night ", comment="slow", track_ids=[*scene.songs[:3], scene.songs[0]])
    with scene.database.read() as uow:
        item = playlists.item(uow, scene.ada, made)
        listed = playlists.readable(uow, scene.ada)
    assert (item.name, item.comment, item.public, item.mine, item.version) == (
        "Late night",
        "slow",
        False,
        True,
        1,
    )
    assert (item.track_count, item.duration_s) == (4, 10.0 + 11.0 + 12.0 + 10.0)
    assert item.cover_ids == scene.covers[:2]
    assert item.owner.name == "ada"
    assert listed == [item]
    assert scene.titles(made) == ["s0", "s1", "s2", "s0"]
    assert [(event.topic, event.data, event.user_id) for event in scene.bus.events] == [
        ("playlist.changed", {"id": made}, scene.ada.user_id)
    ]


def test_the_mosaic_is_the_first_four_different_covers(scene: Scene) -> None:
    made = scene.create(track_ids=[scene.songs[number] for number in (8, 9, 6, 8, 4, 2, 0)])
    with scene.database.read() as uow:
        item = playlists.item(uow, scene.ada, made)
    assert item.cover_ids == [scene.covers[number] for number in (4, 3, 2, 1)]


def test_private_ones_are_nobodys_business_and_public_ones_are_read_only(scene: Scene) -> None:
    made = scene.create(track_ids=scene.songs[:2])
    with scene.database.read() as uow:
        for who in (scene.bob, scene.admin, scene.guest):
            assert playlists.readable(uow, who) == []
            with pytest.raises(NotFound):
                playlists.detail(uow, who, made)
    with pytest.raises(NotFound), scene.database.write() as uow:
        playlists.delete(uow, scene.bus, scene.admin, made)
    with scene.database.write() as uow:
        playlists.change(uow, scene.bus, scene.ada, made, public=True)
    assert scene.bus.events[-1].user_id is None
    with scene.database.read() as uow:
        seen = playlists.readable(uow, scene.bob)
        assert [(item.id, item.mine) for item in seen] == [(made, False)]
    for act in (
        lambda uow, who: playlists.change(uow, scene.bus, who, made, name="Mine"),
        lambda uow, who: playlists.add(uow, scene.bus, who, made, scene.songs[:1]),
        lambda uow, who: playlists.remove(uow, scene.bus, who, made, indexes=[0]),
        lambda uow, who: playlists.replace(uow, scene.bus, who, made, []),
        lambda uow, who: playlists.move(uow, scene.bus, who, made, [], before=None),
        lambda uow, who: playlists.delete(uow, scene.bus, who, made),
    ):
        for who in (scene.bob, scene.admin, scene.guest):
            with pytest.raises(Forbidden), scene.database.write() as uow:
                act(uow, who)
    assert scene.titles(made) == ["s0", "s1"]
    with scene.database.write() as uow:
        playlists.change(uow, scene.bus, scene.ada, made, public=False)
    assert scene.bus.events[-1].user_id is None, "those who could read it hear that it went away"
    with pytest.raises(Forbidden), scene.database.write() as uow:
        playlists.create(uow, scene.bus, scene.guest, "x")


def test_stale_edits_are_refused(scene: Scene) -> None:
    made = scene.create(track_ids=scene.songs[:2])
    with scene.database.write() as uow:
        assert playlists.add(uow, scene.bus, scene.ada, made, scene.songs[2:3], version=1).version == 2
    for act in (
        lambda uow: playlists.add(uow, scene.bus, scene.ada, made, scene.songs[:1], version=1),
        lambda uow: playlists.change(uow, scene.bus, scene.ada, made, name="x", version=1),
        lambda uow: playlists.delete(uow, scene.bus, scene.ada, made, version=1),
        lambda uow: playlists.remove(uow, scene.bus, scene.ada, made, indexes=[0], version=3),
    ):
        with pytest.raises(Conflict), scene.database.write() as uow:
            act(uow)
    assert scene.titles(made) == ["s0", "s1", "s2"]


def test_of_two_simultaneous_edits_one_wins(scene: Scene) -> None:
    made = scene.create()
    outcomes: list[str] = []

    def edit() -> None:
        try:
            with scene.database.write() as uow:
                playlists.add(uow, scene.bus, scene.ada, made, scene.songs[:1], version=1)
            outcomes.append("done")
        except Conflict:
            outcomes.append("refused")

    threads = [Thread(target=edit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert scene.titles(made) == ["s0"]


def test_missing_tracks_are_hidden_keep_their_place_and_come_back(scene: Scene) -> None:
    made = scene.create(track_ids=scene.songs[:5])
    scene.lose(0, 2)
    assert scene.titles(made) == ["s1", "s3", "s4"]
    with scene.database.write() as uow:
        playlists.add(uow, scene.bus, scene.ada, made, [scene.songs[9]], position=1)
        playlists.remove(uow, scene.bus, scene.ada, made, indexes=[3, 17])
    assert scene.titles(made) == ["s1", "s9", "s3"]
    scene.find_all()
    assert scene.titles(made) == ["s0", "s1", "s2", "s9", "s3"]


def test_a_reader_sees_the_tracks_of_their_libraries_only(scene: Scene) -> None:
    made = scene.create(track_ids=scene.songs[:4], public=True)
    assert scene.titles(made, scene.far) == ["s0"]
    assert scene.titles(made) == ["s0", "s1", "s2", "s3"]
    with scene.database.write() as uow:
        copy = playlists.duplicate(uow, scene.bus, scene.far, made, name="Mine")
    assert scene.titles(copy.id, scene.far) == ["s0"]
    assert (copy.mine, copy.public, copy.name) == (True, False, "Mine")


def test_bad_edits_change_nothing(scene: Scene) -> None:
    made = scene.create(track_ids=scene.songs[:2])
    with scene.database.read() as uow:
        first = playlists.detail(uow, scene.ada, made).entries[0].id
    cases: list[tuple[type[Exception], Any]] = [
        (NotFound, lambda uow: playlists.add(uow, scene.bus, scene.ada, made, ["z" * 22])),
        (NotFound, lambda uow: playlists.replace(uow, scene.bus, scene.ada, made, [scene.songs[0], "z"])),
        (Invalid, lambda uow: playlists.add(uow, scene.bus, scene.ada, made, scene.songs[:1], position=-1)),
        (Invalid, lambda uow: playlists.add(uow, scene.bus, scene.ada, made, scene.songs[:1] * 20_000)),
        (Invalid, lambda uow: playlists.change(uow, scene.bus, scene.ada, made, name=" \n")),
        (Invalid, lambda uow: playlists.change(uow, scene.bus, scene.ada, made, name="n" * 201)),
        (Invalid, lambda uow: playlists.change(uow, scene.bus, scene.ada, made, comment="n" * 4001)),
        (NotFound, lambda uow: playlists.move(uow, scene.bus, scene.ada, made, ["z"], before=None)),
        (NotFound, lambda uow: playlists.move(uow, scene.bus, scene.ada, made, [first], before="z")),
        (Invalid, lambda uow: playlists.move(uow, scene.bus, scene.ada, made, [first], before=first)),
        (NotFound, lambda uow: playlists.delete(uow, scene.bus, scene.ada, "z" * 22)),
        (NotFound, lambda uow: playlists.add(uow, scene.bus, scene.far, made, scene.songs[:1])),
    ]
    for fault, act in cases:
        with pytest.raises(fault), scene.database.write() as uow:
            act(uow)
    with scene.database.read() as uow:
        found = playlists.detail(uow, scene.ada, made)
    assert (found.name, found.version, len(found.entries)) == ("Mix", 1, 2)


def test_deleting_takes_the_entries_along(scene: Scene) -> None:
    made = scene.create(track_ids=scene.songs)
    with scene.database.write() as uow:
        playlists.delete(uow, scene.bus, scene.ada, made)
    with scene.database.read() as uow:
        assert playlists.readable(uow, scene.ada) == []
        assert uow.execute(select(playlist_entry)).all() == []


EDIT = st.one_of(
    st.tuples(st.just("add"), st.lists(st.integers(0, 9), max_size=4), st.none() | st.integers(0, 12)),
    st.tuples(st.just("remove"), st.lists(st.integers(0, 12), max_size=4), st.booleans()),
    st.tuples(st.just("move"), st.lists(st.integers(0, 12), max_size=4, unique=True), st.integers(0, 13)),
    st.tuples(st.just("replace"), st.lists(st.integers(0, 9), max_size=6), st.none()),
    st.tuples(st.just("files"), st.lists(st.integers(0, 9), max_size=3), st.none()),
)
names = count()


@given(edits=st.lists(EDIT, max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_edits_do_what_they_do_to_a_list(scene: Scene, edits: list[tuple[str, list[int], Any]]) -> None:
    """The model is a list of [entry number, song number]; `gone` are the songs whose files are missing."""
    made, numbers = scene.create(f"Mix {next(names)}"), count()
    model: list[tuple[int, int]] = []
    gone: set[int] = set()
    scene.find_all()
    known: dict[int, str] = {}  # entry number -> entry id

    def shown() -> list[tuple[int, int]]:
        return [entry for entry in model if entry[1] not in gone]

    for kind, chosen, more in edits:
        seen = shown()
        with scene.database.write() as uow:
            if kind == "files":
                gone = set(chosen)
            elif kind == "replace":
                songs = [song for song in chosen if song not in gone]
                playlists.replace(uow, scene.bus, scene.ada, made, [scene.songs[song] for song in songs])
                model = [(next(numbers), song) for song in songs]
            elif kind == "add":
                songs = [song for song in chosen if song not in gone]
                ids = [scene.songs[song] for song in songs]
                playlists.add(uow, scene.bus, scene.ada, made, ids, position=more)
                place = model.index(seen[more]) if more is not None and more < len(seen) else len(model)
                model[place:place] = [(next(numbers), song) for song in songs]
            elif kind == "remove":
                going = [seen[at] for at in dict.fromkeys(chosen) if at < len(seen)]
                if more:
                    playlists.remove(
                        uow, scene.bus, scene.ada, made, entry_ids=[known[entry] for entry, _ in going]
                    )
                else:
                    playlists.remove(uow, scene.bus, scene.ada, made, indexes=chosen)
                model = [entry for entry in model if entry not in going]
            elif kind == "move":
                moving = [seen[at] for at in chosen if at < len(seen)]
                before = seen[more] if more < len(seen) and seen[more] not in moving else None
                playlists.move(
                    *(uow, scene.bus, scene.ada, made),
                    [known[entry] for entry, _ in moving],
                    before=None if before is None else known[before[0]],
                )
                model = [entry for entry in model if entry not in moving]
                place = len(model) if before is None else model.index(before)
                model[place:place] = moving
        if kind == "files":
            scene.find_all()
            scene.lose(*gone)
        with scene.database.read() as uow:
            found = playlists.detail(uow, scene.ada, made)
            stored = select(playlist_entry.c.id).where(playlist_entry.c.playlist_id == made)
            order = list(uow.execute(stored.order_by(playlist_entry.c.position)).scalars())
            assert positions(uow, made) == list(range(len(model)))
        known = {entry: id_ for (entry, _), id_ in zip(model, order, strict=True)}
        assert [entry.track.title for entry in found.entries] == [f"s{song}" for _, song in shown()]
        assert [entry.id for entry in found.entries] == [known[entry] for entry, _ in shown()]
        assert found.track_count == len(shown())
