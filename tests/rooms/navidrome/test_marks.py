"""Likes and ratings of songs, albums and artists: both ways, whatever becomes of the server."""

from __future__ import annotations

import pytest

from resonance.adapters.navidrome import native
from resonance.db.tables.library import artist
from resonance.library.catalogue.access import visible
from resonance.library.remote.ports import ItemKind
from resonance.model.caller import Caller
from tests.fixtures.navidrome import START_MS, Account, FakeNavidrome
from tests.rooms.navidrome.kit import Home

KINDS: tuple[ItemKind, ...] = ("track", "album", "artist")


def there(server: FakeNavidrome, kind: ItemKind) -> str:
    """The server's id of the first song, its album or its artist."""
    return str(
        next(iter(server.songs.values()))[{"track": "id", "album": "albumId", "artist": "artistId"}[kind]]
    )


def here(home: Home, kind: ItemKind) -> str:
    """Our id of the same."""
    row = home.track("Song 1 of 0")
    if kind == "artist":
        with home.services.db.read() as uow:
            return str(uow.execute(artist.select().where(artist.c.name == "Artist 0")).one().id)
    return str(row.id if kind == "track" else row.album_id)


def turns(home: Home, server_id: str) -> None:
    """So many syncs that everything was asked for once."""
    for _ in range(6):
        home.sync(server_id)


@pytest.mark.parametrize("kind", KINDS)
def test_a_like_goes_both_ways(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller, kind: ItemKind
) -> None:
    mark, ours = server.accounts["berta"].mark(there(server, kind)), here(home, kind)
    home.link(person, server_id, "berta")
    home.sync(server_id)
    home.like(person, kind, ours)
    home.sync(server_id)
    assert mark.starred
    mark.starred = None
    home.sync(server_id)
    assert home.liked(person, kind) == set()
    mark.starred = START_MS
    home.sync(server_id)
    assert home.liked(person, kind) == {ours}
    home.unlike(person, kind, ours)
    home.sync(server_id)
    assert mark.starred is None
    assert home.sync(server_id).people[0]["likes"] == {"taken": 0, "sent": 0, "unmatched": 0, "conflicts": 0}


@pytest.mark.parametrize("kind", KINDS)
def test_a_rating_goes_both_ways(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller, kind: ItemKind
) -> None:
    mark, ours = server.accounts["berta"].mark(there(server, kind)), here(home, kind)
    home.link(person, server_id, "berta")
    home.sync(server_id)
    home.rate(person, ours, 4, START_MS, kind=kind)
    home.sync(server_id)
    assert mark.rating == 4
    mark.rating, mark.rated = 2, START_MS + 5
    turns(home, server_id)
    assert home.stars(person, ours) == 2
    mark.rating = 0
    turns(home, server_id)
    assert home.stars(person, ours) == 0
    mark.rating = 3
    turns(home, server_id)
    home.rate(person, ours, 0, START_MS, kind=kind)
    home.sync(server_id)
    assert (mark.rating, home.stars(person, ours)) == (0, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_ratings_the_newest_known_one_counts(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller, kind: ItemKind
) -> None:
    mark, ours = server.accounts["berta"].mark(there(server, kind)), here(home, kind)
    home.link(person, server_id, "berta")
    home.sync(server_id)
    for (mine, at), (other, their_at), agreed in (
        ((1, 2000), (5, 1000), 1),
        ((2, 3000), (4, 4000), 4),
        ((3, 5000), (1, None), 3),
    ):
        home.rate(person, ours, mine, at, kind=kind)
        mark.rating, mark.rated = other, their_at
        report = home.sync(server_id).people[0]["ratings"]
        assert report["conflicts"] == 1
        assert (home.stars(person, ours), mark.rating) == (agreed, agreed)


def test_a_long_list_of_ratings_is_read_a_page_a_sync(
    home: Home, server: FakeNavidrome, person: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "RATED_PAGE", 5)
    for number in range(36):
        server.add(f"More {number}", album=f"More {number // 12}", number=number % 12 + 1)
    server_id = home.add(server)
    home.sync(server_id)
    account = server.accounts["berta"]
    for id_ in server.songs:
        account.mark(id_).rating = 3
    home.link(person, server_id, "berta")
    home.sync(server_id)
    every = home.songs(server_id, server.songs)
    assert [home.stars(person, id_) for id_ in every] == [3] * 48, "the first sync reads all"
    changed = sorted(server.songs)[20]
    account.mark(changed).rating = 5
    gone = sorted(server.songs)[33]
    account.mark(gone).rating = 0
    for _ in range(3 * 13):
        server.forget_requests()
        home.sync(server_id)
        assert server.count() <= 1 + 3
    told = (
        {home.stars(person, id_) for id_ in home.songs(server_id, [changed])},
        {home.stars(person, id_) for id_ in home.songs(server_id, [gone])},
    )
    assert told == ({5}, {0})
    assert [home.stars(person, id_) for id_ in every].count(3) == 46


def test_what_the_server_lost_is_not_taken_back_here(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    id_, ours = there(server, "track"), here(home, "track")
    account = server.accounts["berta"]
    account.mark(id_).starred, account.mark(id_).rating = START_MS, 4
    home.link(person, server_id, "berta")
    home.sync(server_id)
    assert (home.liked(person), home.stars(person, ours)) == ({ours}, 4)
    server.forget(id_)
    server.scan()
    turns(home, server_id)
    assert (home.liked(person), home.stars(person, ours)) == ({ours}, 4)


def test_a_server_that_was_set_up_anew_takes_nothing_away(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    account = server.accounts["berta"]
    for kind in KINDS:
        account.mark(there(server, kind)).starred = START_MS
        account.mark(there(server, kind)).rating = 4
    for at in range(3):
        server.hear("berta", there(server, "track"), START_MS + at)
    home.link(person, server_id, "berta")
    home.sync(server_id)
    before = {kind: here(home, kind) for kind in KINDS}
    titles = home.titles()
    server.set_up_anew()
    server.expire()
    report = home.sync(server_id)
    assert (report.counts.added, report.counts.removed, home.titles()) == (0, 0, titles)
    turns(home, server_id)
    for kind in KINDS:
        assert here(home, kind) == before[kind]
        assert home.liked(person, kind) == {before[kind]}
        assert home.stars(person, before[kind]) == 4
        mark = account.mark(there(server, kind))
        assert (bool(mark.starred), mark.rating) == (True, 4), "what is liked here is liked there again"
    assert home.plays(person, before["track"]) == 3
    server.hear("berta", there(server, "track"), START_MS + 9)
    home.sync(server_id)
    assert home.plays(person, before["track"]) == 4


def test_another_account_of_the_same_name_takes_nothing_away(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    id_, ours = there(server, "track"), here(home, "track")
    server.accounts["berta"].mark(id_).starred = START_MS
    home.link(person, server_id, "berta")
    home.sync(server_id)
    server.accounts["berta"] = Account("berta", "secret", {1}, number=2)
    server.expire()
    home.sync(server_id)
    assert home.liked(person) == {ours}
    assert server.accounts["berta"].mark(id_).starred


def test_an_account_that_is_let_in_again_sees_again(
    home: Home, server: FakeNavidrome, server_id: str, person: Caller
) -> None:
    link = home.link(person, server_id, "berta")
    home.sync(server_id)
    account = server.accounts.pop("berta")
    server.expire()
    report = home.sync(server_id)
    assert "name and password" in report.people[0]["problem"]
    assert home.seen_by(person).libraries == frozenset()
    server.accounts["berta"] = account
    home.sync(server_id)
    assert home.link_row(link).problem is None
    ours = here(home, "track")
    with home.services.db.read() as uow:
        assert visible(uow, home.seen_by(person), "track", [ours]) == {ours}
