"""What rules mean in SQL: the unknown, several values, orders, ends, access, shuffles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from resonance.core.errors import Invalid
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables import library, listens
from resonance.rules import compile as sql
from resonance.rules.order import shuffle_key
from resonance.rules.scope import Need, Scope, needs
from resonance.rules.text import parse
from tests.conftest import FreshUrl
from tests.fixtures.rows import EPOCH, Rows


class Shelf:
    """Tracks a..e, asked by title."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.write() as uow:
            rows = Rows(uow)
            self.me, other = rows.user("me"), rows.user("other")
            self.home, self.away = rows.library("Home"), rows.library("Away")
            jazz, live, blues = (rows.genre(name) for name in ("Jazz", "Live", "Blues"))
            album = rows.album(self.home, "Album", labels="Blue Note;ECM", year=1970)
            self.ids = {
                "a": rows.track("a", library_id=self.home, year=1990, genres=[jazz, blues], duration_s=60.0),
                "b": rows.track("b", library_id=self.home, genres=[jazz, live], duration_s=60.4),
                "c": rows.track("c", library_id=self.home, year=1980, album_id=album, duration_s=30.0),
                "d": rows.track("d", library_id=self.away, comment="Remaster", duration_s=0.1),
                "e": rows.track("e", library_id=self.away, year=1990, duration_s=600.0),
            }
            rows.carrier(self.ids["a"], self.away, codec="mp3", size=5_000_000)
            for user, name, count in ((self.me, "a", 3), (other, "c", 9)):
                rows.insert(
                    listens.track_stat,
                    user_id=user.user_id,
                    track_id=self.ids[name],
                    play_count=count,
                    last_played_at=EPOCH,
                )
        self.names = {id_: name for name, id_ in self.ids.items()}

    @contextmanager
    def ready(self, text: str, libraries: list[str] | None = None) -> Iterator[tuple[UnitOfWork, sql.Scope]]:
        allowed = None if libraries is None else frozenset(libraries)
        scope = Scope(self.me.user_id, allowed, EPOCH + 1000)
        with self.database.read() as uow:
            yield uow, sql.prepare(uow, parse(text), scope)

    def ask(self, text: str, libraries: list[str] | None = None) -> str:
        with self.ready(text, libraries) as (uow, scope):
            found = list(uow.execute(sql.tracks(parse(text), scope)).scalars())
            assert uow.execute(sql.count(parse(text), scope)).scalar_one() == len(found)
            assert sql.listed(uow, parse(text), scope) == found
            return "".join(self.names[id_] for id_ in found)


@pytest.fixture
def shelf(fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Shelf]:
    database = Database(fresh_url(tmp_path))
    yield Shelf(database)
    database.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # What is not known is asked in vain, and everything turned round holds.
        ("year<1985", "c"),
        ("-year<1985", "abde"),
        ("year:!1990", "bcd"),
        ("-year:!1990", "ae"),
        ("year:none", "bd"),
        ("last_played:<1d", "a"),
        ("last_played:>1d", "bcde"),
        ("comment:!remaster", "abce"),
        ("-comment:!*master*", "d"),
        ("-(year<1985 OR year>=1985)", "bd"),
        ("NOT NOT year<1985", "c"),
        ("play_count<3", "bcde"),
        ("play_count:0..3", "abcde"),
        # One of several values is enough; a negative one speaks of all.
        ("genre:jazz genre:live", "b"),
        ("genre:!live", "acde"),
        ("genre:*l*", "ab"),
        ("label:ecm", "c"),
        ("codec:flac codec:mp3", "a"),
        ("release_year:1970 album:any", "c"),
        # Nothing and everything.
        ("all()", "abcde"),
        ("any()", ""),
        ("-any()", "abcde"),
        # Unknown last, both ways; the same by the title.
        ("sort:year,title", "caebd"),
        ("sort:-year,title", "aecbd"),
        ("sort:-year,-title", "eacdb"),
        ("sort:-play_count,title", "abcde"),
        ("sort:codec,title", "abcde"),
        # An end comes before the first track that exceeds it.
        ("sort:title limit:2", "ab"),
        ("sort:title limit:2min", "a"),
        ("sort:title limit:2.01min", "ab"),
        ("sort:title limit:2.5min", "ab"),
        ("sort:-title limit:10min", "e"),
        ("sort:-title limit:10.01min", "ed"),
        ("sort:title limit:5mb", "a"),
        ("sort:title limit:4.999mb", ""),
        ("sort:title limit:5.001mb", "ab"),
    ],
)
def test_meaning(shelf: Shelf, typed: str, found: str) -> None:
    answer = shelf.ask(typed if "sort:" in typed else f"{typed} sort:title")
    assert answer == found


def test_only_what_lies_in_open_libraries_counts(shelf: Shelf) -> None:
    assert shelf.ask("sort:title", [shelf.home]) == "abc"
    assert shelf.ask("sort:title", [shelf.away]) == "ade"
    assert shelf.ask("sort:title", []) == ""
    assert shelf.ask("codec:mp3", [shelf.home]) == ""
    assert shelf.ask("size:>4mb library:away", [shelf.away]) == "a"
    assert shelf.ask("library:away sort:title", [shelf.home]) == ""


def test_a_change_is_seen_at_once(shelf: Shelf) -> None:
    assert shelf.ask("comment:remaster") == "d"
    with shelf.database.write() as uow:
        uow.execute(library.track.update().where(library.track.c.title == "b").values(comment="REMASTER"))
        Rows(uow).settle()
    assert shelf.ask("comment:remaster sort:title") == "bd"


def test_where_most_texts_fit_an_empty_one_still_does_not(shelf: Shelf) -> None:
    with shelf.database.write() as uow:
        for name, comment in {
            "a": "short one",
            "b": "short two",
            "c": "short three",
            "d": "long",
            "e": "",
        }.items():
            uow.execute(library.track.update().where(library.track.c.title == name).values(comment=comment))
    assert shelf.ask("comment:~short sort:title") == "abc"
    assert shelf.ask("-comment:~short sort:title") == "de"


def test_what_is_needed_from_above(shelf: Shelf) -> None:
    rule = parse("(like:track/x@0.5 OR like:track/x@0.9) -playlist:p like:words")
    assert needs(rule) == [Need("track", "x"), Need("playlist", "p"), Need("text", "words")]
    scope = Scope(shelf.me.user_id, None, EPOCH)
    with pytest.raises(Invalid, match="track x"):
        sql.tracks(rule, scope)


def test_a_shuffle_depends_on_id_and_seed_alone(shelf: Shelf) -> None:
    orders = {seed: shelf.ask(f"sort:random seed:{seed}") for seed in range(30)}
    for seed, order in orders.items():
        keys = sorted(shelf.ids.values(), key=lambda id_: (shuffle_key(id_, seed), id_))
        assert order == "".join(shelf.names[id_] for id_ in keys)
    assert len(set(orders.values())) > 15
    assert shelf.ask("sort:random") == orders[0]


def test_every_place_of_a_shuffle_is_equally_likely() -> None:
    ids = [f"{random.Random(n).getrandbits(128):022d}"[-22:] for n in range(10)]
    places = [[0] * 10 for _ in ids]
    rounds = 2000
    for seed in range(rounds):
        for place, id_ in enumerate(sorted(ids, key=lambda id_: shuffle_key(id_, seed))):
            places[ids.index(id_)][place] += 1
    chi = sum((seen - rounds / 10) ** 2 / (rounds / 10) for row in places for seen in row)
    assert chi < 150  # 81 degrees of freedom: below 126 in 999 of 1000 fair shuffles


def test_a_long_list_ends_where_its_minutes_do(shelf: Shelf) -> None:
    with shelf.database.write() as uow:
        rows = Rows(uow)
        for at in range(400):
            rows.track(f"{at:03}", library_id=shelf.home, duration_s=1.0, comment="short")
    rule = parse("comment:short sort:title limit:5min")
    with shelf.ready("comment:short sort:title limit:5min") as (uow, scope):
        found = sql.listed(uow, rule, scope)
        assert len(found) == 300
        assert found == list(uow.execute(sql.tracks(rule, scope)).scalars())
