"""The sync of a Navidrome's songs: what is asked, what is written, and what happens when something breaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from resonance.core.errors import Conflict, Unavailable
from resonance.db.tables.library import album, artist, carrier, track
from resonance.db.tables.remote import remote_run
from resonance.library.remote import running
from resonance.library.remote.ports import Refused
from resonance.model.caller import OPERATOR
from tests.fixtures.navidrome import FakeNavidrome, failing, fill
from tests.rooms.navidrome.kit import Home


@pytest.fixture
def server() -> Iterator[FakeNavidrome]:
    with FakeNavidrome() as running:
        yield running


def test_songs_become_tracks_albums_and_artists(home: Home, server: FakeNavidrome) -> None:
    fill(server, 30)
    report = home.sync(home.add(server))
    assert (report.state, report.counts.added, report.counts.seen) == ("done", 30, 30)
    assert home.count(album, album.c.track_count > 0) == 3
    assert home.count(artist, artist.c.track_count == 30) == 1
    assert home.count(carrier, carrier.c.kind == "remote") == 30
    first = home.track("Song 1 of 0")
    assert (first.genres, first.year, first.number, first.duration_s) == ("Jazz", 2001, 1, 120)


def test_nothing_changed_takes_one_request(home: Home, server: FakeNavidrome) -> None:
    fill(server, 30)
    server_id = home.add(server)
    home.sync(server_id)
    server.forget_requests()
    report = home.sync(server_id)
    assert (report.state, server.count(), report.counts.requests) == ("unchanged", 1, 1)
    assert server.log == ["POST /rest/getScanStatus.view"]


def test_what_changed_is_read_in_three_pages_at_most(home: Home, server: FakeNavidrome) -> None:
    ids = fill(server, 150)
    server_id = home.add(server)
    home.sync(server_id)
    for id_ in ids[:12]:
        server.change(id_, title="Renamed")
    for id_ in ids[12:14]:
        server.lose(id_)
    for number in range(6):
        server.add(f"New {number}", at=server.tick())
    server.scan()
    server.forget_requests()
    report = home.sync(server_id)
    assert (report.counts.added, report.counts.updated, report.counts.removed) == (6, 12, 2)
    assert report.counts.pages <= 3
    assert server.count("/api/song") <= 3
    assert home.titles().count("Renamed") == 12
    assert home.count(track, track.c.missing_at.is_not(None)) == 2
    server.forget_requests()
    assert home.sync(server_id).state == "unchanged"


def test_songs_are_marked_as_missing_and_come_back_as_they_were(home: Home, server: FakeNavidrome) -> None:
    ids = fill(server, 12)
    server_id = home.add(server)
    home.sync(server_id)
    before = home.track("Song 3 of 0")
    server.lose(ids[2])
    server.scan()
    report = home.sync(server_id)
    assert report.counts.removed == 1
    assert ("removed", "Song 3 of 0", "its file is gone there") in home.notes(report)
    assert len(home.titles()) == 11
    server.songs[ids[2]]["missing"] = False
    server.change(ids[2])
    server.scan()
    assert home.sync(server_id).counts.updated == 1
    assert home.track("Song 3 of 0").id == before.id


def test_songs_that_the_server_forgot_are_found_by_reading_all(home: Home, server: FakeNavidrome) -> None:
    ids = fill(server, 24)
    server_id = home.add(server)
    home.sync(server_id)
    server.forget(ids[5])
    server.scan()
    report = home.sync(server_id)
    assert (report.counts.removed, len(home.titles())) == (1, 23)


def test_a_song_keeps_its_track_when_it_moves_and_is_renamed(home: Home, server: FakeNavidrome) -> None:
    ids = fill(server, 12)
    server_id = home.add(server)
    home.sync(server_id)
    before = {row: home.track(row).id for row in home.titles()}
    # Two songs change places: each takes the path that the other one leaves.
    one, two = server.songs[ids[0]]["path"], server.songs[ids[1]]["path"]
    server.change(ids[0], path=two)
    server.change(ids[1], path=one)
    server.scan()
    home.sync(server_id)
    assert {row: home.track(row).id for row in home.titles()} == before


def test_an_expired_sign_in_is_renewed_in_the_middle(home: Home, server: FakeNavidrome) -> None:
    fill(server, 125)
    server_id = home.add(server)
    server.faults.append(failing(401, after=1))
    report = home.sync(server_id)
    assert (report.state, report.counts.added) == ("done", 125)
    logins = server.log.count("POST /auth/login")
    assert logins == 3  # the probe, the test of the account, and once in the middle


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_failing_server_is_asked_again(home: Home, server: FakeNavidrome, status: int) -> None:
    fill(server, 75)
    server_id = home.add(server)
    server.faults.append(failing(status, times=2, after=1))
    assert home.sync(server_id).counts.added == 75
    assert len(home.slept) == 2


def test_a_body_that_is_cut_off_is_asked_for_again(home: Home, server: FakeNavidrome) -> None:
    fill(server, 75)
    server_id = home.add(server)
    server.cut = [200, 5000]
    assert home.sync(server_id).counts.added == 75


def test_a_server_that_stays_away_ends_the_sync_and_keeps_what_came(
    home: Home, server: FakeNavidrome
) -> None:
    fill(server, 125)
    server_id = home.add(server)
    server.faults.append(failing(502, times=100, after=1))
    with pytest.raises(Unavailable):
        home.sync(server_id)
    assert len(home.titles()) == 50
    assert home.server(server_id).problem
    server.faults.clear()
    server.forget_requests()
    report = home.sync(server_id)
    assert (report.state, report.counts.added, len(home.titles())) == ("done", 75, 125)
    assert server.count("/api/song") == 2, "the walk went on where it ended"
    assert home.server(server_id).problem is None


def test_a_total_that_moves_postpones_the_sync(home: Home, server: FakeNavidrome) -> None:
    fill(server, 125)
    server_id = home.add(server)
    asked: list[str] = []

    def grow(path: str, _words: dict[str, str]) -> None:
        if path == "/api/song":
            asked.append(path)
            if len(asked) == 2:
                server.add("Just now")

    server.faults.append(grow)
    assert home.sync(server_id).state == "postponed"
    server.faults.clear()
    assert "mark" not in home.server(server_id).cursor
    assert (home.sync(server_id).state, len(home.titles())) == ("done", 126)


def test_a_scan_that_begins_meanwhile_postpones_the_sync(home: Home, server: FakeNavidrome) -> None:
    fill(server, 20)
    server_id = home.add(server)
    server.scanning = True
    assert home.sync(server_id).state == "postponed"
    assert home.titles() == []
    server.scanning = False

    def begin(path: str, _words: dict[str, str]) -> None:
        server.scanning = server.scanning or path == "/api/song"

    server.faults.append(begin)
    assert home.sync(server_id).state == "postponed"
    server.faults.clear()
    server.scanning = False
    report = home.sync(server_id)
    assert (report.state, len(home.titles())) == ("done", 20)


def test_a_wrong_password_is_not_kept(home: Home, server: FakeNavidrome) -> None:
    with pytest.raises(Refused):
        home.add(server, password="wrong")
    server_id = home.add(server)
    row = home.server(server_id)
    assert "secret" not in row.secret
    with pytest.raises(Refused):
        home.services.servers.change(OPERATOR, server_id, password="wrong")
    with pytest.raises(Conflict):
        home.add(server)
    server.accounts["ada"].password = "new"
    server.expire()
    with pytest.raises(Refused):
        home.sync(server_id)
    assert "name and password" in home.server(server_id).problem


def test_the_password_goes_to_no_other_address(home: Home, server: FakeNavidrome) -> None:
    fill(server, 3)
    server_id = home.add(server)
    with FakeNavidrome() as other:
        server.redirect = other.url
        with pytest.raises(Unavailable, match="another address"):
            home.sync(server_id)
        assert other.log == []


def test_two_syncs_of_one_server_do_not_run_at_once(home: Home, server: FakeNavidrome) -> None:
    fill(server, 30)
    server_id = home.add(server)
    remote = home.services.servers.open(home.server(server_id))
    with home.services.servers.syncing(remote, server_id) as running:
        with pytest.raises(Conflict):
            home.sync(server_id)
        running.end("done")
    remote.close()


def test_a_sync_can_be_cancelled(home: Home, server: FakeNavidrome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PROGRESS_EVERY_S", 0.0)  # it looks after every page
    fill(server, 150)
    server_id = home.add(server)
    report = home.sync(server_id, cancelled=lambda: server.count("/api/song") >= 2)
    assert report.state == "cancelled"
    assert home.sync(server_id).state == "done"
    assert len(home.titles()) == 150
    with home.services.db.read() as uow:
        states = list(uow.execute(select(remote_run.c.state).order_by(remote_run.c.started_at)).scalars())
    assert states == ["cancelled", "done"]
