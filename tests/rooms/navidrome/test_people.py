"""Linked accounts: what each sees, and likes, ratings, plays and playlists kept in step both ways."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from resonance.core.clock import now_ms
from resonance.core.errors import NotFound
from resonance.core.events import Event
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.db.tables.remote import remote_link_library, remote_scrobble
from resonance.library.catalogue.access import visible
from resonance.library.remote.ports import Refused
from resonance.listens import plays
from resonance.model.caller import Caller, Role
from resonance.playlists import playlists
from resonance.playlists.remote import kept_in_place
from resonance.worker import remote_sync
from tests.fixtures.navidrome import START_MS, FakeNavidrome, Playlist, failing
from tests.rooms.navidrome.kit import Home


class Quiet:
    def publish(self, event: Event) -> None:
        """Nobody listens."""


def song(server: FakeNavidrome, number: int) -> str:
    return list(server.songs)[number]


def mine(home: Home, person: Caller) -> dict[str, list[str]]:
    """Playlists of a person: name -> titles."""
    with home.services.db.read() as uow:
        query = select(playlist.c.id, playlist.c.name).where(playlist.c.owner_id == person.user_id)
        found = {}
        for id_, name in uow.execute(query):
            entries = select(playlist_entry.c.track_id).where(playlist_entry.c.playlist_id == id_)
            ids = uow.execute(entries.order_by(playlist_entry.c.position)).scalars()
            found[name] = list(ids)
        return found


def told(report: Any) -> dict[str, Any]:
    """Of the only person."""
    assert len(report.people) == 1
    person: dict[str, Any] = report.people[0]
    return person


def take_turns(home: Home, server_id: str) -> list[dict[str, Any]]:
    """So many syncs that everything was asked for once; what each told of the only person."""
    return [told(home.sync(server_id)) for _ in range(6)]


def test_each_linked_account_adds_three_requests_at_most(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    other = home.person("carl")
    home.link(person, server_id, "berta")
    home.link(other, server_id, "ada")
    server.playlists["p"] = Playlist("p", "berta", "Mine", [song(server, 0)])
    server.accounts["berta"].mark(song(server, 1)).starred = START_MS
    server.accounts["berta"].mark(song(server, 2)).rating = 3
    server.hear("ada", song(server, 3), START_MS)
    home.sync(server_id)
    for _ in range(6):
        server.forget_requests()
        report = home.sync(server_id)
        assert report.state == "unchanged"
        assert [one["requests"] for one in report.people] == [3, 3]
        assert server.count() == 1 + 2 * 3
        assert "POST /auth/login" not in server.log, "the sign-in is kept"


def test_who_sees_what(home: Home, server: FakeNavidrome, person: Caller) -> None:
    server.libraries[2] = "Quiet"
    hidden = server.add("Hidden", library=2)
    server_id = home.add(server)
    home.sync(server_id)
    admin, guest = home.person("ada", Role.ADMIN), home.person("gustav", Role.GUEST)
    open_, secret = home.track("Song 1 of 0").id, home.track("Hidden").id

    def sees(who: Caller) -> list[bool]:
        with home.services.db.read() as uow:
            found = visible(uow, home.seen_by(who), "track", (open_, secret))
        return [open_ in found, secret in found]

    assert sees(admin) == [True, True], "an admin without an account there sees what the server has"
    assert sees(person) == sees(guest) == [False, False]
    home.services.servers.change(admin, server_id, everyone=True)
    assert sees(person) == sees(guest) == [True, True]
    link = home.link(person, server_id, "berta")
    assert sees(person) == [True, False], "the account there counts, even where the server is for everyone"
    server.accounts["berta"].libraries = {1, 2}
    home.sync(server_id)
    assert sees(person) == [True, True]
    server.accounts["berta"].libraries = {2}
    server.forget(hidden)
    home.sync(server_id)
    assert sees(person)[0] is False
    # An account that is not let in any more sees nothing.
    server.accounts["berta"].password = "other"
    server.expire()
    report = home.sync(server_id)
    assert "name and password" in told(report)["problem"]
    assert sees(person) == [False, False]
    assert home.count(remote_link_library, remote_link_library.c.link_id == link) == 0


def test_a_track_that_also_lies_here_stays_visible(home: Home, server: FakeNavidrome, person: Caller) -> None:
    from tests.fixtures.audio import make_tone

    library_id, folder = home.folder_library()
    words = {"title": "Song 1 of 0", "artist": "Artist 0", "album": "Album 0", "number": "1"}
    make_tone(folder / "a.mp3", seconds=1.0, **words)
    home.services.scanner.scan(library_id)
    server.change(song(server, 0), duration=1.0)
    server_id = home.add(server)
    assert home.sync(server_id).counts.joined == 1
    both, there = home.track("Song 1 of 0").id, home.track("Song 2 of 0").id
    with home.services.db.read() as uow:
        assert visible(uow, home.seen_by(person), "track", (both, there)) == {both}


def test_likes_go_both_ways(home: Home, server: FakeNavidrome, server_id: str, person: Caller) -> None:
    there = server.accounts["berta"]
    one, two, three = (home.track(f"Song {n} of 0") for n in (1, 2, 3))
    there.mark(song(server, 0)).starred = START_MS
    there.mark(server.songs[song(server, 0)]["albumId"]).starred = START_MS
    there.mark(server.songs[song(server, 0)]["artistId"]).starred = START_MS
    home.like(person, "track", two.id)
    home.link(person, server_id, "berta")
    report = told(home.sync(server_id))
    assert report["likes"] == {"taken": 3, "sent": 1, "unmatched": 0, "conflicts": 0}
    assert home.liked(person) == {one.id, two.id}
    assert home.liked(person, "album") == {one.album_id}
    assert len(home.liked(person, "artist")) == 1
    assert there.mark(song(server, 1)).starred
    # Each side takes one back and likes another.
    home.unlike(person, "track", one.id)
    home.like(person, "track", three.id)
    there.mark(song(server, 1)).starred = None
    there.mark(song(server, 3)).starred = START_MS
    home.sync(server_id)
    four = home.track("Song 4 of 0")
    assert home.liked(person) == {three.id, four.id}
    starred = {id_ for id_, mark in there.marks.items() if mark.starred and id_ in server.songs}
    assert starred == {song(server, 2), song(server, 3)}
    assert told(home.sync(server_id))["likes"]["taken"] == 0


def test_of_two_ratings_the_newest_known_one_counts(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    there = server.accounts["berta"]
    ids = [home.track(f"Song {n} of 0").id for n in (1, 2, 3, 4)]

    def rate_there(number: int, stars: int, at: int | None) -> None:
        mark = there.mark(song(server, number))
        mark.rating, mark.rated = stars, at

    rate_there(0, 5, 2000)
    home.rate(person, ids[0], 2, 1000)  # older than theirs
    rate_there(1, 5, 2000)
    home.rate(person, ids[1], 2, 3000)  # newer than theirs
    rate_there(2, 5, None)
    home.rate(person, ids[2], 2, 1000)  # theirs has no time
    home.rate(person, ids[3], 4, 1000)  # only here
    home.link(person, server_id, "berta")
    report = told(home.sync(server_id))["ratings"]
    assert (report["taken"], report["sent"], report["conflicts"]) == (1, 3, 3)
    assert [home.stars(person, id_) for id_ in ids] == [5, 2, 2, 4]
    assert [there.mark(song(server, n)).rating for n in range(4)] == [5, 2, 2, 4]
    # A rating that is taken back on one side goes on the other.
    rate_there(0, 0, None)
    home.rate(person, ids[3], 0, 4000)
    home.sync(server_id)
    home.sync(server_id)
    assert (home.stars(person, ids[0]), there.mark(song(server, 3)).rating) == (0, 0)


def test_plays_are_added_once_and_forwarded_once(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    there = server.accounts["berta"]
    first, second = song(server, 0), song(server, 1)
    one = home.track("Song 1 of 0").id
    for at in range(3):
        server.hear("berta", first, START_MS + at)
    home.link(person, server_id, "berta")
    home.sync(server_id)
    home.sync(server_id)
    assert home.plays(person, one) == 3
    at = now_ms()
    with home.services.db.write() as uow:
        plays.record(uow, person, [plays.NewPlay(one, at)])
    report = told(home.sync(server_id))
    assert report["scrobbles"] == {"sent": 1, "waiting": 0}
    assert there.scrobbles[-1] == (first, at)
    assert (there.mark(first).plays, home.plays(person, one)) == (4, 4), "our own play did not come back"
    server.hear("berta", second, START_MS + 9)
    home.sync(server_id)
    assert home.plays(person, home.track("Song 2 of 0").id) == 1
    assert len(there.scrobbles) == 5


def test_a_play_whose_answer_was_lost_is_not_sent_twice(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    there = server.accounts["berta"]
    home.link(person, server_id, "berta")
    home.sync(server_id)
    one, two = home.track("Song 1 of 0").id, home.track("Song 2 of 0").id
    with home.services.db.write() as uow:
        plays.record(uow, person, [plays.NewPlay(one, now_ms())])
    server.lost_answers.append("scrobble")
    remote_sync.forward_plays(home.services)
    assert len(there.scrobbles) == 1
    assert home.count(remote_scrobble, remote_scrobble.c.state == "sending") == 1
    _wait_no_more(home)
    remote_sync.forward_plays(home.services)
    assert len(there.scrobbles) == 1
    assert home.count(remote_scrobble, remote_scrobble.c.state == "sent") == 1
    # One that did not arrive is sent again.
    with home.services.db.write() as uow:
        plays.record(uow, person, [plays.NewPlay(two, now_ms())])
    server.faults.append(failing(500, path="/rest/scrobble"))
    remote_sync.forward_plays(home.services)
    assert len(there.scrobbles) == 1
    _wait_no_more(home)
    remote_sync.forward_plays(home.services)
    assert [id_ for id_, _ in there.scrobbles] == [song(server, 0), song(server, 1)]
    server.forget_requests()
    remote_sync.forward_plays(home.services)
    assert server.log == [], "nothing waits, nothing is asked"


def _wait_no_more(home: Home) -> None:
    with home.services.db.write() as uow:
        uow.execute(remote_scrobble.update().values(next_at=0))


def test_playlists_go_both_ways(home: Home, server: FakeNavidrome, server_id: str, person: Caller) -> None:
    a, b, c = (song(server, n) for n in range(3))
    ids = [home.track(f"Song {n} of 0").id for n in (1, 2, 3)]
    server.playlists["evening"] = Playlist("evening", "berta", "Evening", [a, b, "unknown"])
    server.playlists["smart"] = Playlist("smart", "berta", "Clever", [c], smart=True)
    server.playlists["other"] = Playlist("other", "ada", "Not hers", [c], public=True)
    with home.services.db.write() as uow:
        made = playlists.create(uow, Quiet(), person, "From here", track_ids=[ids[2], ids[0]])
    home.link(person, server_id, "berta")
    report = told(home.sync(server_id))["playlists"]
    assert (report["taken"], report["sent"], report["unmatched"]) == (2, 1, 1)
    assert mine(home, person) == {
        "Evening": ids[:2],
        "Clever": [ids[2]],
        "From here": [ids[2], ids[0]],
    }
    sent = next(one for one in server.playlists.values() if one.name == "From here")
    assert (sent.owner, sent.songs) == ("berta", [c, a])
    # Changed here: pushed, and the song we do not know keeps its place.
    with home.services.db.write() as uow:
        evening = next(one for one in playlists.readable(uow, person) if one.name == "Evening")
        playlists.replace(uow, Quiet(), person, evening.id, [ids[1], ids[0], ids[2]])
        playlists.change(uow, Quiet(), person, evening.id, name="Night")
    home.sync(server_id)
    there = server.playlists["evening"]
    assert (there.name, there.songs) == ("Night", [b, "unknown", a, c])
    # Changed there.
    there.songs, there.name, there.changed = [c], "Late", server.tick()
    take_turns(home, server_id)
    assert mine(home, person)["Late"] == [ids[2]]
    # Deleted on one side: the other one keeps it.
    del server.playlists["evening"]
    with home.services.db.write() as uow:
        playlists.delete(uow, Quiet(), person, made.id)
    take_turns(home, server_id)
    assert set(mine(home, person)) == {"Late", "Clever"}
    assert sent.id in server.playlists


def test_of_two_changed_playlists_the_later_one_counts(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    a, b = song(server, 0), song(server, 1)
    ids = [home.track(f"Song {n} of 0").id for n in (1, 2)]
    server.playlists["x"] = Playlist("x", "berta", "X", [a])
    home.link(person, server_id, "berta")
    home.sync(server_id)
    with home.services.db.write() as uow:
        ours = next(one for one in playlists.readable(uow, person) if one.name == "X")
        playlists.replace(uow, Quiet(), person, ours.id, [ids[1]])
    server.playlists["x"].songs, server.playlists["x"].changed = [a, a], START_MS + 5
    home.sync(server_id)
    assert server.playlists["x"].songs == [b], "ours was changed later"
    with home.services.db.write() as uow:
        playlists.replace(uow, Quiet(), person, ours.id, [ids[0]])
    server.playlists["x"].songs, server.playlists["x"].changed = [b, b], now_ms() + 60_000
    take_turns(home, server_id)
    assert mine(home, person)["X"] == [ids[1], ids[1]], "theirs was changed later"


def test_what_one_side_alone_can_hold_keeps_its_place() -> None:
    flags = [one.islower() for one in "AxByC"]
    assert kept_in_place("AxByC", flags, "ABC") == list("AxByC")
    assert kept_in_place("AxByC", flags, "CBA") == list("CByAx")
    assert kept_in_place("AxByC", flags, "AC") == list("AxyC")
    assert kept_in_place("xA", [True, False], "") == ["x"]
    assert kept_in_place("AxA", [False, True, False], "AA") == list("AxA")


def test_a_wrong_account_is_not_linked(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    with pytest.raises(Refused):
        home.services.servers.links.link(person, server_id, "berta", "wrong")
    with home.services.db.read() as uow:
        assert home.services.servers.links.all(uow, person)[0]["linked"] is False
    home.link(person, server_id, "berta", likes=False)
    with home.services.db.write() as uow:
        item = home.services.servers.links.all(uow, person)[0]
        assert (item["linked"], item["username"], item["likes"]) == (True, "berta", False)
        assert "secret" not in str(item)
        home.services.servers.links.unlink(uow, person, server_id)
    with pytest.raises(NotFound), home.services.db.write() as uow:
        home.services.servers.links.unlink(uow, person, server_id)
