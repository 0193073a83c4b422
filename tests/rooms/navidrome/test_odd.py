"""A music server whose ids, clock and songs are not as they were, or not as they should be."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from resonance.db.tables.library import carrier, track
from resonance.db.tables.remote import remote_song
from resonance.library.remote import joining
from tests.fixtures.audio import make_tone
from tests.fixtures.navidrome import FakeNavidrome, Playlist, fill
from tests.rooms.navidrome.kit import Home


def test_odd_and_doubled_ids(home: Home, server: FakeNavidrome) -> None:
    odd = ["a/b?c=d&e", "'; DROP TABLE track; --", "ü ñ 音", '"quoted"', "%2e%2e", "../../etc/passwd"]
    first = next(iter(server.songs.values()))
    for number, id_ in enumerate(odd):
        server.songs[id_] = {**first, "id": id_, "title": f"Odd {number}", "path": f"odd {number}.mp3"}
    for number, id_ in enumerate(["", "nul\0", "x" * 300]):
        server.songs[id_] = {**first, "id": id_, "title": f"Bad {number}", "path": f"bad {number}.mp3"}
    server.songs["twice"] = {**first, "id": "a/b?c=d&e", "title": "Odd 0", "path": "odd 0.mp3"}
    server.songs["big"] = {**first, "id": "big", "title": "Big", "path": "big\0.mp3", "size": 2**70}
    server.playlists["a/../b"] = Playlist("a/../b", "ada", "Odd", [odd[0]])
    server.touched()
    server_id = home.add(server)
    person = home.person("berta")
    home.link(person, server_id)
    report = home.sync(server_id)
    assert report.state == "done"
    titles = home.titles()
    assert [one for one in titles if one.startswith("Odd")] == [f"Odd {n}" for n in range(6)]
    assert "Big" in titles
    assert not [one for one in titles if one.startswith("Bad")]
    failed = [title for action, title, why in home.notes(report) if action == "failed" and "id" in why]
    assert sorted(failed) == ["Bad 0", "Bad 1", "Bad 2"]
    home.like(person, "track", home.track("Odd 0").id)
    home.sync(server_id)
    assert server.accounts["ada"].mark(odd[0]).starred
    server.sounds[odd[0]] = b"ID3" + bytes(5000)
    bytes_ = home.services.remote_bytes
    with home.services.db.read() as uow:
        query = (
            select(carrier.c.id).join(track, track.c.id == carrier.c.track_id).where(track.c.title == "Odd 0")
        )
        place = bytes_.place(uow.execute(query).scalar_one())
    with bytes_.stream(place, 0) as stream:
        assert b"".join(stream) == server.sounds[odd[0]]


def test_our_clock_may_go_back(home: Home, server: FakeNavidrome, monkeypatch: pytest.MonkeyPatch) -> None:
    from resonance.library.remote import sync as syncing

    real = syncing.now_ms
    fill(server, 60, library=1)
    server_id = home.add(server)
    monkeypatch.setattr(syncing, "now_ms", lambda: real() + 86_400_000 * 30)
    home.sync(server_id)
    before = len(home.titles())
    monkeypatch.setattr(syncing, "now_ms", real)
    server.forget(list(server.songs)[-1])
    server.scan()
    report = home.sync(server_id, full=True)
    assert (report.counts.removed, len(home.titles())) == (1, before - 1)
    report = home.sync(server_id, full=True)
    assert (report.counts.removed, len(home.titles())) == (0, before - 1)


def test_the_servers_clock_may_go_back(home: Home, server: FakeNavidrome) -> None:
    fill(server, 300)
    server_id = home.add(server)
    home.sync(server_id)
    server.now -= 400 * 86_400_000
    server.change(list(server.songs)[100], title="Changed in the past")
    server.scan()
    home.sync(server_id)
    assert "Changed in the past" in home.titles()


def test_a_set_up_anew_server_is_joined_with_the_files_again(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    words = {"title": "Song 1 of 0", "artist": "Artist 0", "album": "Album 0", "number": "1"}
    make_tone(folder / "a.mp3", seconds=1.0, **words)
    home.services.scanner.scan(library_id)
    server.change(next(iter(server.songs)), duration=1.0)
    server_id = home.add(server)
    home.sync(server_id)
    before = home.track("Song 1 of 0").id
    server.set_up_anew()
    server.expire()
    report = home.sync(server_id, full=True)
    assert (report.counts.added, report.counts.removed) == (0, 0)
    assert home.carriers(before) == ["file", "remote"]
    assert home.count(remote_song) == 12


def test_a_song_that_was_heard_is_the_file_of_the_same_sound(home: Home, server: FakeNavidrome) -> None:
    library_id, folder = home.folder_library()
    path = make_tone(folder / "a.mp3", seconds=2.0, title="Called here", artist="Someone")
    home.services.scanner.scan(library_id)
    id_ = server.add("Called there", seconds=2.0, artist="Somebody else", album="Other")
    server.add_sound(id_, path.read_bytes())
    server_id = home.add(server)
    assert home.sync(server_id).counts.joined == 0
    ours, theirs = home.track("Called here"), home.track("Called there")
    with home.services.db.read() as uow:
        song = uow.execute(select(carrier.c.id).where(carrier.c.track_id == theirs.id)).scalar_one()
    home.services.remote_bytes.file(song)
    server.forget_requests()
    report = home.sync(server_id)
    assert (report.state, report.counts.joined, server.count()) == ("unchanged", 1, 1)
    assert ("joined", "Called here", "the same sound") in home.notes(report)
    assert home.carriers(ours.id) == ["file", "remote"]
    assert "Called there" not in home.titles()
    # Set apart by hand it stays apart, though it sounds the same.
    with home.services.db.write() as uow:
        fresh = joining.part(uow, home.services.search, server_id, id_)
    for _ in range(2):
        home.sync(server_id)
    assert home.carriers(fresh) == ["remote"]
