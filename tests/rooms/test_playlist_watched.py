"""Playlist files among the music: playlists that follow them, at a cost that follows the change."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from resonance.core.errors import Forbidden, NotFound
from resonance.core.events import Event
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import track
from resonance.library.catalogue import tracks_by_ids
from resonance.model.caller import Caller, Role
from resonance.playlists import playlists, reports, settling, watched
from resonance.playlists.undo import undo
from tests.fixtures.rows import Rows
from tests.fixtures.scanned import Scanned

NIGHT = "The Harbor Lights/1999 - Night Ferry"


@dataclass
class Heard:
    events: list[Event] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        self.events.append(event)


@dataclass
class House:
    scanned: Scanned
    root: Path
    bus: Heard
    ada: Caller
    bob: Caller

    @property
    def database(self) -> Database:
        return self.scanned.database

    def write(self, path: str, *lines: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n")
        return file

    def scan(self) -> watched.Synced:
        counts = self.scanned.scanner().scan(self.scanned.library_id)
        return watched.sync(
            self.database,
            self.bus,
            self.scanned.library_id,
            music_came=counts.added > 0 or counts.updated > 0,
        )

    def lists(self) -> dict[str, list[str]]:
        with self.database.read() as uow:
            found = playlists.readable(uow, self.ada)
            return {
                one.name: [entry.track.title for entry in playlists.detail(uow, self.ada, one.id).entries]
                for one in found
            }

    def id_of(self, name: str) -> str:
        with self.database.read() as uow:
            return next(one.id for one in playlists.readable(uow, self.ada) if one.name == name)

    def file_of(self, playlist_id: str, who: Caller | None = None) -> Any:
        with self.database.read() as uow:
            return watched.of_playlist(uow, who or self.ada, playlist_id)

    def ids(self, uow: UnitOfWork) -> list[str]:
        return list(uow.execute(select(track.c.id)).scalars())

    def edit(self, playlist_id: str) -> None:
        with self.database.write() as uow:
            first = playlists.detail(uow, self.ada, playlist_id).entries[0]
            playlists.remove(uow, self.bus, self.ada, playlist_id, entry_ids=[first.id])


@pytest.fixture
def house(scanned_library: Scanned, tmp_path: Path) -> House:
    root = scanned_library.copy(tmp_path)
    with scanned_library.database.write() as uow:
        rows = Rows(uow)
        ada, bob = rows.user("Ada", role=Role.ADMIN), rows.user("Bob")
    return House(scanned_library, root, Heard(), ada, bob)


def test_a_file_fills_a_playlist_and_keeps_it_in_step(house: House) -> None:
    house.write("Lists/Evening.m3u", f"../{NIGHT}/01 Departure.flac", "nowhere.mp3")
    house.write(
        f"{NIGHT}/all.m3u8", "#PLAYLIST:Ferry", "03 Arrival.flac", "01 Departure.flac", "03 Arrival.flac"
    )
    assert house.scan() == watched.Synced(read=2, made=2)
    assert house.lists() == {"Evening": ["Departure"], "Ferry": ["Arrival", "Departure", "Arrival"]}
    evening = house.id_of("Evening")
    told = house.file_of(evening)
    assert (told.state, told.entries, told.missing, told.path) == ("follows", 2, 1, "Lists/Evening.m3u")
    assert house.scan() == watched.Synced()
    house.write("Lists/Evening.m3u", f"../{NIGHT}/03 Arrival.flac", f"../{NIGHT}/01 Departure.flac")
    assert house.scan() == watched.Synced(read=1, changed=1)
    assert house.lists()["Evening"] == ["Arrival", "Departure"] and house.id_of("Evening") == evening
    assert Event("playlist.changed", {"id": evening}, house.ada.user_id) in house.bus.events
    with house.database.read() as uow:
        assert playlists.readable(uow, house.bob) == []
        assert {one.follows_file for one in playlists.readable(uow, house.ada)} == {True}


def test_an_edited_list_follows_no_more(house: House) -> None:
    house.write("E.m3u", f"{NIGHT}/01 Departure.flac", f"{NIGHT}/03 Arrival.flac")
    house.scan()
    list_id = house.id_of("E")
    house.edit(list_id)
    assert house.file_of(list_id).state == "edited"
    house.write("E.m3u", f"{NIGHT}/01 Departure.flac")
    assert house.scan().read == 0
    assert house.lists() == {"E": ["Arrival"]}
    (house.root / "E.m3u").unlink()
    house.scan()
    assert house.lists() == {"E": ["Arrival"]}


def test_a_file_that_goes_leaves_its_list_and_may_come_back(house: House) -> None:
    file = house.write("E.m3u", f"{NIGHT}/01 Departure.flac")
    house.scan()
    list_id = house.id_of("E")
    file.unlink()
    assert house.scan().gone == 1
    told = house.file_of(list_id)
    assert told.state == "gone" and "no longer there" in told.note
    assert house.lists() == {"E": ["Departure"]}
    assert house.scan() == watched.Synced()
    house.write("E.m3u", f"{NIGHT}/03 Arrival.flac")
    house.scan()
    assert (house.lists(), house.id_of("E")) == ({"E": ["Arrival"]}, list_id)


def test_a_deleted_list_stays_deleted_until_its_file_changes(house: House) -> None:
    house.write("E.m3u", f"{NIGHT}/01 Departure.flac")
    house.scan()
    list_id = house.id_of("E")
    with house.database.write() as uow:
        playlists.delete(uow, house.bus, house.ada, list_id)
    house.scan()
    assert house.lists() == {}
    with house.database.write() as uow:
        undo(uow, house.bus, house.ada, list_id)
    assert house.file_of(list_id).state == "follows"
    with house.database.write() as uow:
        playlists.delete(uow, house.bus, house.ada, list_id)
    house.write("E.m3u", f"{NIGHT}/01 Departure.flac", f"{NIGHT}/03 Arrival.flac")
    house.scan()
    assert house.lists() == {"E": ["Departure", "Arrival"]}


def test_missing_entries_are_looked_for_when_music_comes(house: House) -> None:
    hidden = house.root.parent / "03 Arrival.flac"
    os.replace(house.root / NIGHT / "03 Arrival.flac", hidden)
    house.scan()
    house.write("E.m3u", f"{NIGHT}/01 Departure.flac", f"{NIGHT}/03 Arrival.flac")
    house.scan()
    assert house.lists() == {"E": ["Departure"]}
    os.replace(hidden, house.root / NIGHT / "03 Arrival.flac")
    assert house.scan().changed == 1
    assert house.lists() == {"E": ["Departure", "Arrival"]}


def test_hostile_files_are_refused_and_nothing_outside_is_read(house: House) -> None:
    secret = house.root.parent / "secret.m3u"
    secret.write_text(f"{house.root}/{NIGHT}/01 Departure.flac\n")
    (house.root / "link.m3u").symlink_to(secret)
    (house.root / "binary.m3u").write_bytes(os.urandom(100) + b"\0" * 4000)
    os.mkfifo(house.root / "pipe.m3u")
    house.write("paths.m3u", "/etc/passwd", "../../../../etc/passwd", str(secret), "file:///etc/passwd")
    assert house.scan().read == 2
    assert house.lists() == {"paths": []}
    with house.database.read() as uow:
        told = {one.path: one.state for one in watched.all_files(uow, house.ada)}
        assert told == {"binary.m3u": "refused", "paths.m3u": "follows"}
        with pytest.raises(Forbidden):
            watched.all_files(uow, house.bob)
    with pytest.raises(NotFound):
        house.file_of(house.id_of("paths"), house.bob)


def test_the_cost_follows_the_change(house: House) -> None:
    for number in range(30):
        house.write(f"Lists/{number}.m3u", f"../{NIGHT}/01 Departure.flac")
    house.scan()
    statements: list[str] = []
    event.listen(house.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    house.scanned.scanner().scan(house.scanned.library_id)
    statements.clear()
    watched.sync(house.database, house.bus, house.scanned.library_id)
    nothing = len(statements)
    house.write("Lists/3.m3u", f"../{NIGHT}/03 Arrival.flac")
    house.scanned.scanner().scan(house.scanned.library_id)
    statements.clear()
    watched.sync(house.database, house.bus, house.scanned.library_id)
    assert nothing <= 8 and len(statements) <= nothing + 25


def test_an_open_entry_is_settled_and_stays_so(house: House) -> None:
    house.write("E.m3u", f"{NIGHT}/01 Departure.flac", "nowhere.mp3", f"{NIGHT}/01 Departure.flac")
    house.scan()
    list_id = house.id_of("E")
    report_id = house.file_of(list_id).report_id
    assert report_id is not None
    with house.database.write() as uow:
        assert reports.mine(uow, house.ada) == []
        (lacking,) = settling.entries(uow, house.ada, report_id).items
        other = next(
            one.id for one in tracks_by_ids(uow, house.ada, house.ids(uow)) if one.title == "Arrival"
        )
        wanted = settling.Choice(list=0, number=lacking.number, track_id=other)
        settling.settle(uow, house.bus, house.ada, report_id, [wanted])
    with house.database.read() as uow, pytest.raises(NotFound):
        settling.entries(uow, house.bob, report_id)
    assert house.lists() == {"E": ["Departure", "Arrival", "Departure"]}
    assert (house.file_of(list_id).state, house.file_of(list_id).missing) == ("follows", 0)
    house.write("E.m3u", f"{NIGHT}/03 Arrival.flac", "nowhere.mp3", "nobody.mp3")
    assert house.scan().changed == 1
    assert house.lists() == {"E": ["Arrival", "Arrival"]}
    house.write("E.m3u", f"{NIGHT}/03 Arrival.flac")
    house.scan()
    assert house.file_of(list_id).report_id is None
