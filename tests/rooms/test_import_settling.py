"""What an import left open, settled by a person: the track at its place, told in the report, and undone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from resonance.adapters.memory_bus import MemoryBus
from resonance.core.errors import Conflict, Forbidden, Invalid, NotFound
from resonance.db.engine import Database
from resonance.db.tables import playlists as tables
from resonance.model.caller import Caller, Role
from resonance.model.imports import ImportEntry, Settled
from resonance.playlists import playlists, reports, settling
from resonance.playlists.exchange import importing
from resonance.playlists.exchange.crate import Crate, Entry, Listing
from resonance.playlists.exchange.formats import FORMATS
from resonance.playlists.exchange.importing import Choice as How
from resonance.playlists.exchange.importing import Imported
from resonance.playlists.places import laid
from resonance.playlists.settling import Choice, settle
from tests.fixtures.rows import Rows

BUS = MemoryBus()


@dataclass
class House:
    """Ada's library: Angie twice (nothing tells them apart), Tune in another length, and sure ones."""

    database: Database
    ada: Caller
    berta: Caller
    tracks: dict[str, str]

    def put(
        self, *titles: str, name: str = "Mix", lists: Sequence[tuple[str, Sequence[int]]] = ()
    ) -> Imported:
        entries = [
            Entry(key=str(n), title=title, artist="Nina", duration_s=200.0) for n, title in enumerate(titles)
        ]
        wanted = lists or [(name, range(len(entries)))]
        tree = tuple(Listing(each, tuple(str(n) for n in keys)) for each, keys in wanted)
        crate = Crate(entries, len(entries), tree)
        return importing.run(self.database, BUS, self.ada, FORMATS["xspf"], crate, How(), name=name)

    def choose(self, report_id: str | None, *choices: Choice, by: Caller | None = None) -> Settled:
        with self.database.write() as uow:
            return settle(uow, BUS, by or self.ada, report_id or "", choices)

    def say(self, report_id: str | None, number: int, track: str | None, **more: bool) -> Settled:
        track_id = self.tracks.get(track, track) if track else None
        return self.choose(report_id, Choice(list=0, number=number, track_id=track_id, **more))

    def titles(self, playlist_id: str | None) -> list[str]:
        names = {id_: name for name, id_ in self.tracks.items()}
        with self.database.read() as uow:
            shown = playlists.detail(uow, self.ada, playlist_id or "").entries
            rows = uow.execute(
                tables.playlist_entry.select()
                .where(tables.playlist_entry.c.playlist_id == playlist_id)
                .order_by(tables.playlist_entry.c.position)
            ).all()
        assert [row.position for row in rows] == list(range(len(rows)))
        return [names[entry.track.id] for entry in shown]

    def entries(self, report_id: str | None, state: settling.State = "open") -> list[ImportEntry]:
        with self.database.read() as uow:
            return settling.entries(uow, self.ada, report_id or "", state=state).items


@pytest.fixture
def house(database: Database) -> House:
    with database.write() as uow:
        rows = Rows(uow)
        music = rows.library()
        albums = {name: rows.album(music, name, artist="Nina") for name in ("One", "Two")}

        def track(title: str, album: str = "One", duration_s: float = 200.0) -> str:
            return rows.track(
                title, artist="Nina", library_id=music, album_id=albums[album], duration_s=duration_s
            )

        tracks = {name: track(name) for name in ("A", "B", "C", "D")}
        tracks |= {"Angie 1": track("Angie"), "Angie 2": track("Angie", "Two")}
        tracks |= {"Tune": track("Tune", duration_s=320.0)}
        return House(database, rows.user("ada", role=Role.ADMIN), rows.user("berta"), tracks)


def test_a_choice_takes_the_place_that_the_file_had(house: House) -> None:
    done = house.put("A", "Angie", "B", "Tune", "C", "Nowhere", "D")
    (told,) = done.playlists
    assert house.titles(told.playlist_id) == ["A", "B", "C", "D"]
    angie, tune, nowhere = house.entries(done.report_id)
    assert [one.how for one in (angie, tune, nowhere)] == ["several", "none", "none"]
    assert {one.track.id for one in angie.candidates} == {house.tracks["Angie 1"], house.tracks["Angie 2"]}
    assert angie.candidates[0].why == "Same title and artist, same length."
    (near,) = tune.candidates
    assert (near.track.id, near.longer_s, near.why) == (
        house.tracks["Tune"],
        120.0,
        "Same title and artist, 120 s longer.",
    )
    assert nowhere.candidates == ()
    after = house.say(done.report_id, 6, "Angie 2")
    assert (after.open, after.matched, [one.state for one in after.entries]) == (2, 5, ["chosen"])
    house.say(done.report_id, 2, "Angie 1")
    house.say(done.report_id, 4, "Tune")
    assert house.titles(told.playlist_id) == ["A", "Angie 1", "B", "Tune", "C", "Angie 2", "D"]
    assert house.entries(done.report_id) == []
    with house.database.read() as uow:
        kept = reports.one(uow, house.ada, done.report_id or "")
        (item,) = reports.mine(uow, house.ada)
    assert (kept.matched, item.matched, kept.playlists[0].missing) == (7, 7, [])
    assert [line.how for line in kept.playlists[0].matched].count("hand") == 3


def test_the_same_again_changes_nothing_and_another_takes_its_place(house: House) -> None:
    done = house.put("A", "Angie", "B")
    playlist_id = done.playlists[0].playlist_id
    (item,) = house.say(done.report_id, 2, "Angie 1").playlists
    assert item.version == 2
    assert house.say(done.report_id, 2, "Angie 1").playlists == []
    house.say(done.report_id, 2, "Angie 2")
    assert house.titles(playlist_id) == ["A", "Angie 2", "B"]
    none = house.say(done.report_id, 2, None)
    assert house.titles(playlist_id) == ["A", "B"] and none.open == 0
    assert (none.entries[0].state, none.entries[0].reason) == (
        "none",
        "It is none of the tracks here, as you said.",
    )
    assert house.say(done.report_id, 2, None).playlists == []
    house.say(done.report_id, 2, "Angie 1")
    undone = house.say(done.report_id, 2, None, undo=True)
    assert house.titles(playlist_id) == ["A", "B"] and undone.open == 1
    assert undone.entries[0].reason == "Several tracks fit equally well."
    with house.database.read() as uow:
        assert reports.one(uow, house.ada, done.report_id or "").playlists == done.playlists


def test_what_was_found_wrongly_can_be_put_right_and_back(house: House) -> None:
    done = house.put("A", "B", "A", "C")
    playlist_id = done.playlists[0].playlist_id
    (told,) = house.say(done.report_id, 3, "D").entries
    assert house.titles(playlist_id) == ["A", "B", "D", "C"]
    assert [one.track.id for one in told.candidates] == [house.tracks["A"]]
    house.say(done.report_id, 1, None)
    assert house.titles(playlist_id) == ["B", "D", "C"]
    house.say(done.report_id, 3, None, undo=True)
    house.say(done.report_id, 1, None, undo=True)
    assert house.titles(playlist_id) == ["A", "B", "A", "C"]
    assert [one.how for one in house.entries(done.report_id, "matched")] == ["names"] * 4


def test_a_list_that_was_edited_since(house: House) -> None:
    done = house.put("Angie", "A", "B", "Tune", "C")
    playlist_id = done.playlists[0].playlist_id or ""
    with house.database.write() as uow:
        a, b, c = playlists.detail(uow, house.ada, playlist_id).entries
        playlists.move(uow, BUS, house.ada, playlist_id, [c.id], before=a.id)
        playlists.remove(uow, BUS, house.ada, playlist_id, entry_ids=[b.id])
        playlists.add(uow, BUS, house.ada, playlist_id, [house.tracks["D"]])
    house.say(done.report_id, 4, "Tune")  # B is gone, so after A
    house.say(done.report_id, 1, "Angie 2")  # before A
    assert house.titles(playlist_id) == ["C", "Angie 2", "A", "Tune", "D"]
    with house.database.write() as uow:
        tune = playlists.detail(uow, house.ada, playlist_id).entries[3]
        playlists.move(uow, BUS, house.ada, playlist_id, [tune.id], before=None)
    house.say(done.report_id, 4, "Angie 1")  # exchanged where it stands now
    assert house.titles(playlist_id) == ["C", "Angie 2", "A", "D", "Angie 1"]
    with house.database.write() as uow:
        playlists.replace(uow, BUS, house.ada, playlist_id, [])
    house.say(done.report_id, 4, "Angie 1")
    assert house.titles(playlist_id) == ["Angie 1"]


def test_one_choice_for_all_that_say_the_same(house: House) -> None:
    done = house.put("A", "Angie", "B", lists=[("One", [0, 1, 2, 1]), ("Two", [1, 2])])
    after = house.say(done.report_id, 2, "Angie 2", everywhere=True)
    assert [(one.list, one.number) for one in after.entries] == [(0, 2), (0, 4), (1, 1)]
    assert (len(after.playlists), after.open) == (2, 0)
    one, two = done.playlists
    assert house.titles(one.playlist_id) == ["A", "Angie 2", "B", "Angie 2"]
    assert house.titles(two.playlist_id) == ["Angie 2", "B"]


def test_many_in_pages(house: House) -> None:
    done = house.put(*(["Angie", "A"] * 30))
    seen: list[int] = []
    cursor: str | None = None
    with house.database.read() as uow:
        while True:
            page = settling.entries(uow, house.ada, done.report_id or "", cursor=cursor, limit=7)
            seen += [one.number for one in page.items]
            assert page.total == 30
            cursor = page.next
            if cursor is None:
                break
        assert seen == list(range(1, 60, 2))
        with pytest.raises(Invalid):
            settling.entries(uow, house.ada, done.report_id or "", cursor="x")
    house.choose(
        done.report_id, *(Choice(list=0, number=n, track_id=house.tracks["Angie 1"]) for n in range(1, 61, 2))
    )
    assert house.titles(done.playlists[0].playlist_id) == ["Angie 1", "A"] * 30


def test_nobody_settles_what_is_not_theirs(house: House) -> None:
    done = house.put("A", "Angie")
    report_id, playlist_id = done.report_id, done.playlists[0].playlist_id or ""
    one = Choice(list=0, number=2, track_id=house.tracks["Angie 1"])
    with pytest.raises(NotFound):
        house.choose(report_id, one, by=house.berta)
    with house.database.write() as uow:
        guest = Rows(uow).user("gustav", role=Role.GUEST)
    with pytest.raises(Forbidden):
        house.choose(report_id, one, by=guest)
    for wrong in (Choice(list=1, number=1), Choice(list=0, number=3), Choice(list=0, number=0)):
        with pytest.raises(NotFound):
            house.choose(report_id, wrong)
    with pytest.raises(NotFound):
        house.say(report_id, 2, "0" * 22)
    with house.database.read() as uow, pytest.raises(NotFound):
        settling.entries(uow, house.berta, report_id or "")
    with house.database.write() as uow:
        playlists.delete(uow, BUS, house.ada, playlist_id)
    with pytest.raises(Conflict) as gone:
        house.choose(report_id, one)
    assert gone.value.code == "playlist_gone"


def test_a_second_import_of_the_file_remembers(house: House) -> None:
    done = house.put("A", "Angie", "Nowhere", "B")
    house.say(done.report_id, 2, "Angie 2")
    house.say(done.report_id, 3, None)
    again = house.put("A", "Angie", "Nowhere", "B")
    assert again.playlists[0].playlist_id == done.playlists[0].playlist_id
    assert (again.matched, house.entries(again.report_id)) == (3, [])
    assert [one.state for one in house.entries(again.report_id, "settled")] == ["chosen", "none"]
    house.say(again.report_id, 2, None, undo=True)
    assert house.titles(done.playlists[0].playlist_id) == ["A", "B"]
    other = house.put("A", "Angie", name="Another")
    assert len(house.entries(other.report_id)) == 1


def test_places_keep_the_order_of_the_file() -> None:
    dice = random.Random(5)
    for _ in range(300):
        size = dice.randrange(1, 12)
        numbers = list(range(1, size + 1))
        stands = {n: f"e{n}" for n in numbers if dice.random() < 0.6}
        order = list(stands.values())
        changes: dict[int, str | None] = {
            n: dice.choice([f"n{n}", None]) for n in numbers if dice.random() < 0.5
        }
        made = laid(order, stands, changes, numbers)
        wanted = [new if n in changes else stands.get(n) for n in numbers for new in [changes.get(n)]]
        assert made == [each for each in wanted if each]
