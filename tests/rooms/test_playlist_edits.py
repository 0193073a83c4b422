"""Playlist folders, sorting, doubles, and taking changes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.core.events import Event
from resonance.db.engine import Database
from resonance.model.caller import Caller
from resonance.playlists import bulk, folders, playlists
from resonance.playlists.undo import undo
from tests.fixtures.rows import Rows


@dataclass
class Heard:
    events: list[Event] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        self.events.append(event)


@dataclass
class Desk:
    database: Database
    bus: Heard
    ada: Caller
    bob: Caller
    songs: list[str]

    def do(self, verb: Callable[..., Any], *given: Any, who: Caller | None = None, **more: Any) -> Any:
        with self.database.write() as uow:
            return verb(uow, self.bus, who or self.ada, *given, **more)

    def mix(self, *numbers: int, name: str = "Mix") -> str:
        return str(self.do(playlists.create, name, track_ids=[self.songs[n] for n in numbers]).id)

    def titles(self, playlist_id: str) -> list[str]:
        with self.database.read() as uow:
            return [entry.track.title for entry in playlists.detail(uow, self.ada, playlist_id).entries]

    def entry_ids(self, playlist_id: str) -> list[str]:
        with self.database.read() as uow:
            return [entry.id for entry in playlists.detail(uow, self.ada, playlist_id).entries]

    def shelf(self, who: Caller | None = None) -> dict[str, Any]:
        """{name: [what lies in it]} of the folders, None for outside."""
        with self.database.read() as uow:
            tree = folders.tree(uow, who or self.ada)
        names = {one.id: one.name for one in tree.folders}
        held: dict[Any, list[str]] = {}
        for one in tree.folders:
            held.setdefault(names.get(one.parent_id or ""), []).append(one.name)
        for place in tree.places:
            held.setdefault(names.get(place.folder_id or ""), []).append(place.playlist_id)
        return held


@pytest.fixture
def desk(database: Database) -> Desk:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        album = [rows.album(home, title) for title in ("Beta", "Alpha")]
        songs = [
            rows.track(
                f"s{number}",
                album_id=album[number % 2],
                library_id=home,
                duration_s=100.0 - number,
                year=[1990, None, 1980, 1970][number % 4],
            )
            for number in range(8)
        ]
        rows.settle()
        return Desk(database, Heard(), rows.user("Ada"), rows.user("Bob"), songs)


def test_folders_hold_folders_and_playlists_of_one_person(desk: Desk) -> None:
    work, calm = desk.do(folders.create, "Work"), desk.do(folders.create, "Calm")
    deep = desk.do(folders.create, "Deep", parent_id=work.id)
    one, two, three = (desk.mix(n, name=f"L{n}") for n in range(3))
    desk.do(folders.put, [one, two], folder_id=deep.id)
    desk.do(folders.put, [three], folder_id=deep.id, before=two)
    assert desk.shelf() == {None: ["Work", "Calm"], "Work": ["Deep"], "Deep": [one, three, two]}
    desk.do(folders.move, calm.id, parent_id=None, before=work.id)
    desk.do(folders.rename, deep.id, " Deeper ")
    assert desk.shelf() == {None: ["Calm", "Work"], "Work": ["Deeper"], "Deeper": [one, three, two]}
    desk.do(folders.move, deep.id, parent_id=calm.id)
    assert desk.shelf()["Calm"] == ["Deeper"] and "Work" not in desk.shelf()
    assert desk.shelf(desk.bob) == {}
    assert [event.user_id for event in desk.bus.events[-1:]] == [desk.ada.user_id]


def test_a_deleted_folder_leaves_its_lists(desk: Desk) -> None:
    work = desk.do(folders.create, "Work")
    deep = desk.do(folders.create, "Deep", parent_id=work.id)
    desk.do(folders.create, "Deepest", parent_id=deep.id)
    one, two = desk.mix(0), desk.mix(1)
    desk.do(folders.put, [one], folder_id=work.id)
    desk.do(folders.put, [two], folder_id=deep.id)
    desk.do(folders.delete, deep.id)
    assert desk.shelf() == {None: ["Work"], "Work": ["Deepest", one, two]}
    desk.do(folders.delete, work.id)
    assert desk.shelf() == {None: ["Deepest", one, two]}
    assert desk.titles(two) == ["s1"]


def test_folders_refuse_what_cannot_be(desk: Desk) -> None:
    work = desk.do(folders.create, "Work")
    deep = desk.do(folders.create, "Deep", parent_id=work.id)
    with pytest.raises(Conflict):
        desk.do(folders.move, work.id, parent_id=deep.id)
    with pytest.raises(Conflict):
        desk.do(folders.move, work.id, parent_id=work.id)
    for who, which in ((desk.bob, work.id), (desk.ada, "x" * 22)):
        with pytest.raises(NotFound):
            desk.do(folders.rename, which, "x", who=who)
        with pytest.raises(NotFound):
            desk.do(folders.put, [], folder_id=which, who=who)
    with pytest.raises(NotFound):
        desk.do(folders.put, [desk.mix(0)], folder_id=None, who=desk.bob)
    with pytest.raises(Invalid):
        desk.do(folders.create, " ")
    below = deep
    with pytest.raises(Invalid):
        for number in range(folders.DEEPEST):
            below = desk.do(folders.create, f"f{number}", parent_id=below.id)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_folders_stay_a_tree(desk: Desk, moves: list[tuple[int, int, int]]) -> None:
    with desk.database.write() as uow:
        for one in folders.tree(uow, desk.ada).folders:
            folders.delete(uow, desk.bus, desk.ada, one.id)
        ids = [folders.create(uow, desk.bus, desk.ada, f"f{n}").id for n in range(6)]
        for which, into, before in moves:
            parent = ids[into] if into < 6 else None
            try:
                folders.move(uow, desk.bus, desk.ada, ids[which], parent_id=parent, before=ids[before % 6])
            except Conflict:
                continue
        tree = folders.tree(uow, desk.ada).folders
    parents = {one.id: one.parent_id for one in tree}
    assert sorted(parents) == sorted(ids)
    for id_ in ids:
        seen, here = 0, parents[id_]
        while here is not None:
            seen, here = seen + 1, parents[here]
            assert seen < 6


def test_removal_reordering_and_replacement_are_taken_back_in_turn(desk: Desk) -> None:
    mix = desk.mix(0, 1, 2, 3)
    ids = desk.entry_ids(mix)
    desk.do(playlists.remove, mix, entry_ids=ids[1:3])
    desk.do(playlists.move, mix, [ids[3]], before=ids[0])
    desk.do(playlists.replace, mix, [desk.songs[7]])
    assert desk.titles(mix) == ["s7"]
    for before in (["s3", "s0"], ["s0", "s3"], ["s0", "s1", "s2", "s3"]):
        desk.do(undo, mix)
        assert desk.titles(mix) == before
    assert desk.entry_ids(mix) == ids
    with pytest.raises(Conflict, match="nothing"):
        desk.do(undo, mix)


def test_a_later_change_ends_what_can_be_taken_back(desk: Desk) -> None:
    mix = desk.mix(0, 1)
    desk.do(playlists.remove, mix, entry_ids=desk.entry_ids(mix)[:1])
    desk.do(playlists.add, mix, [desk.songs[5]])
    with pytest.raises(Conflict):
        desk.do(undo, mix)
    assert desk.titles(mix) == ["s1", "s5"]


def test_a_deleted_playlist_comes_back_with_all_it_had(desk: Desk) -> None:
    mix = desk.mix(0, 1, 0)
    folder = desk.do(folders.create, "Kept")
    desk.do(folders.put, [mix], folder_id=folder.id)
    desk.do(playlists.change, mix, comment="Words", public=True)
    ids = desk.entry_ids(mix)
    desk.do(playlists.delete, mix)
    with pytest.raises(NotFound):
        desk.titles(mix)
    with pytest.raises(Conflict):
        desk.do(undo, mix, who=desk.bob)
    with desk.database.write() as uow:  # a song goes for good meanwhile
        uow.connection.exec_driver_sql(f"DELETE FROM track WHERE id = '{desk.songs[1]}'")
        Rows(uow).settle()
    back = desk.do(undo, mix)
    assert (back.id, back.comment, back.public, back.track_count) == (mix, "Words", True, 2)
    assert desk.entry_ids(mix) == [ids[0], ids[2]]
    assert desk.shelf()["Kept"] == [mix]
    desk.do(playlists.add, mix, [desk.songs[2]])
    assert desk.titles(mix) == ["s0", "s0", "s2"]


def test_a_playlist_is_sorted_by_any_column(desk: Desk) -> None:
    mix = desk.mix(3, 0, 1, 2)
    said = {
        ("title", False): "0123", ("title", True): "3210", ("duration", False): "3210",
        ("album", False): "3102", ("year", False): "3201", ("year", True): "0231",
    }  # fmt: skip
    for (column, descending), order in said.items():
        desk.do(playlists.replace, mix, [desk.songs[n] for n in (3, 0, 1, 2)])
        desk.do(bulk.sort, mix, column, descending=descending)
        assert "".join(title[1] for title in desk.titles(mix)) == order, (column, descending)
    for column in bulk.COLUMNS:
        assert desk.do(bulk.sort, mix, column).track_count == 4
    before = desk.titles(mix)
    desk.do(bulk.sort, mix, "title", descending=True)
    desk.do(undo, mix)
    assert desk.titles(mix) == before


def test_doubles_are_named_and_taken_out(desk: Desk) -> None:
    mix = desk.mix(0, 1, 0, 2, 1, 0)
    with desk.database.read() as uow:
        asked = [desk.songs[n] for n in (4, 1, 0, 1)]
        assert bulk.already_in(uow, desk.ada, mix, asked) == [desk.songs[1], desk.songs[0]]
        with pytest.raises(NotFound):
            bulk.already_in(uow, desk.bob, mix, asked)
    desk.do(bulk.dedupe, mix)
    assert desk.titles(mix) == ["s0", "s1", "s2"]
    desk.do(undo, mix)
    assert desk.titles(mix) == ["s0", "s1", "s0", "s2", "s1", "s0"]
