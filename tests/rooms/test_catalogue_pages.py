"""Pages: whatever the order, the page size, NULLs and equal keys, every row comes exactly once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resonance.core.errors import Invalid
from resonance.core.paging import encode_cursor
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables import listens
from resonance.library import catalogue
from resonance.library.catalogue import (
    AlbumQuery,
    AlbumSort,
    ArtistQuery,
    ArtistSort,
    Order,
    TrackQuery,
    TrackSort,
)
from resonance.model.caller import Caller
from resonance.model.catalogue import CataloguePage
from tests.fixtures.rows import EPOCH, Rows

ALBUM_SORTS, TRACK_SORTS, ARTIST_SORTS = get_args(AlbumSort), get_args(TrackSort), get_args(ArtistSort)
ORDERS = get_args(Order)


def walk(read: Callable[[str | None], CataloguePage]) -> Iterator[Any]:
    """Every item of a list, page after page."""
    cursor = None
    while True:
        page = read(cursor)
        yield from page.items
        if page.next is None:
            return
        assert page.items, "an empty page must be the last"
        cursor = page.next


@pytest.fixture
def people(database: Database) -> dict[str, Caller]:
    """A catalogue full of equal titles, missing years and partly played tracks; two people read it."""
    dice = random.Random(7)
    with database.write() as uow:
        rows = Rows(uow)
        first, second = rows.library("One"), rows.library("Two")
        everyone = rows.user("ada")
        some = rows.user("bert", libraries=[second])
        artists = [rows.artist(name) for name in ("The Ax", "Ax", "Bo", "bo", "Çe", "9", "!!!")]
        for number in range(40):
            home = dice.choice([first, second])
            album = rows.album(
                home,
                dice.choice(["Same", "Same", "Other", "Zed", "1"]),
                [dice.choice(artists)],
                artist=dice.choice(["Ann", "Bob"]),
                year=dice.choice([None, 1990, 1990, 2001]),
                added_at=EPOCH + number // 5,
            )
            for at in range(dice.randint(0, 4)):
                track = rows.track(
                    dice.choice(["Same", "One", "Two"]),
                    album_id=dice.choice([album, album, None]),
                    library_id=home,
                    artists=[dice.choice(artists)],
                    year=dice.choice([None, 1990, 2001]),
                    duration_s=dice.choice([0.0, 1.5, 200.25]),
                    disc=dice.choice([None, 1, 2]),
                    number=dice.choice([None, at]),
                    added_at=EPOCH + number // 7,
                    missing_at=dice.choice([None, None, None, 5]),
                )
                for person in (everyone, some):
                    if dice.random() < 0.5:
                        listen(rows, person, "track", track, dice)
            for person in (everyone, some):
                listen(rows, person, "album", album, dice)
        rows.settle()
    return {"everything": everyone, "one library": some}


def listen(rows: Rows, person: Caller, kind: str, item: str, dice: random.Random) -> None:
    who = {"user_id": person.user_id}
    target = {**who, "item_kind": kind, "item_id": item}
    if kind == "track":
        rows.insert(
            listens.track_stat, **who, track_id=item, play_count=dice.choice([1, 1, 3]), last_played_at=EPOCH
        )
    if dice.random() < 0.5:
        rows.insert(listens.like, **target, liked_at=EPOCH + dice.randint(0, 3))
        rows.insert(listens.rating, **target, stars=dice.randint(1, 5), rated_at=EPOCH)


def reader(function: Callable[..., CataloguePage], query: Any) -> Callable[..., CataloguePage]:
    return lambda uow, who, sort, order, **page: function(uow, who, query(sort, order), **page)


READERS: dict[str, tuple[tuple[str, ...], Callable[..., CataloguePage]]] = {
    "albums": (ALBUM_SORTS, reader(catalogue.albums, AlbumQuery)),
    "tracks": (TRACK_SORTS, reader(catalogue.tracks, TrackQuery)),
    "artists": (ARTIST_SORTS, reader(catalogue.artists, ArtistQuery)),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("who", ["everything", "one library"])
@given(data=st.data(), limit=st.integers(1, 12))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_pages_of_any_size_are_the_whole_list_cut_up(
    database: Database, people: dict[str, Caller], kind: str, who: str, data: st.DataObject, limit: int
) -> None:
    sorts, read = READERS[kind]
    sort, order = data.draw(st.sampled_from(sorts)), data.draw(st.sampled_from(ORDERS))
    with database.read() as uow:
        whole = read(uow, people[who], sort, order, limit=500)
        pieces = [
            item.id
            for item in walk(lambda cursor: read(uow, people[who], sort, order, cursor=cursor, limit=limit))
        ]
    assert len(pieces) == len(set(pieces))
    if sort == "random":
        assert sorted(pieces) == sorted(item.id for item in whole.items)
    else:
        assert pieces == [item.id for item in whole.items]
    assert whole.next is None
    assert whole.total in (None, len(pieces))
    assert pieces


def everything(uow: UnitOfWork, who: Caller, kind: str) -> set[str]:
    return {item.id for item in READERS[kind][1](uow, who, READERS[kind][0][0], "asc", limit=500).items}


@pytest.mark.parametrize("kind", READERS)
def test_every_order_lists_the_same_rows(database: Database, people: dict[str, Caller], kind: str) -> None:
    own_only = {"recently_played", "most_played", "liked"} | ({"rating"} if kind == "albums" else set())
    with database.read() as uow:
        for who in people.values():
            expected = everything(uow, who, kind)
            for sort in READERS[kind][0]:
                for order in ORDERS:
                    found = {item.id for item in READERS[kind][1](uow, who, sort, order, limit=500).items}
                    assert found <= expected if sort in own_only else found == expected, (sort, order)


def nulls_last(values: list[Any]) -> bool:
    given = [value is not None for value in values]
    return given == sorted(given, reverse=True)


def test_orders_are_right(database: Database, people: dict[str, Caller]) -> None:
    who = people["everything"]
    with database.read() as uow:
        for order in ORDERS:
            down = order == "desc"

            def values(sort: str, name: str, order: str = order) -> list[Any]:
                return [
                    getattr(i, name)
                    for i in catalogue.tracks(uow, who, TrackQuery(sort, order), limit=500).items  # type: ignore[arg-type]
                ]

            for sort, name in (
                ("title", "sort_title"),
                ("added", "added_at"),
                ("duration", "duration_s"),
                ("play_count", "play_count"),
                ("rating", "rating"),
            ):
                assert values(sort, name) == sorted(values(sort, name), reverse=down), (sort, order)
            years = values("year", "year")
            assert nulls_last(years)
            assert [y for y in years if y] == sorted((y for y in years if y), reverse=down)
            names = values("album", "album")
            assert nulls_last(names)


def test_discs_and_numbers_run_upwards_inside_albums_in_both_directions(
    database: Database, admin: Caller
) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        for title in ("A", "B"):
            album = rows.album(home, title)
            for number in (2, 1):
                rows.track(f"{title}{number}", album_id=album, library_id=home, disc=1, number=number)
        rows.settle()
    with database.read() as uow:
        down = catalogue.tracks(uow, admin, TrackQuery("album", "desc"))
    assert [item.title for item in down.items] == ["B1", "B2", "A1", "A2"]


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "",
        encode_cursor("tracks.title-", 0, "a", "b"),
        encode_cursor("albums.title+", 0, "a", "b"),
        encode_cursor("tracks.title+", 1, "a", "b"),
        encode_cursor("tracks.title+", 0, 5, "b"),
        encode_cursor("tracks.title+", 0, None, "b"),
        encode_cursor("tracks.title+", 0, "a\0", "b"),
        encode_cursor("tracks.title+", 0, "\ud800", "b"),
        encode_cursor("tracks.title+", True, "a", "b"),
        encode_cursor("tracks.title+", 0, "a"),
    ],
)
def test_a_forged_or_foreign_cursor_is_refused(database: Database, admin: Caller, cursor: str) -> None:
    with database.read() as uow, pytest.raises(Invalid) as fault:
        catalogue.tracks(uow, admin, TrackQuery("title", "asc"), cursor=cursor)
    assert fault.value.field == "cursor"


@pytest.mark.parametrize("value", [10**30, float("nan"), float("inf"), "1", True, None])
def test_a_forged_number_is_refused(database: Database, admin: Caller, value: Any) -> None:
    for sort in ("duration", "added"):
        forged = encode_cursor(f"tracks.{sort}+", 0, value, "b")
        with database.read() as uow, pytest.raises(Invalid):
            catalogue.tracks(uow, admin, TrackQuery(sort, "asc"), cursor=forged)  # type: ignore[arg-type]


def test_a_page_goes_on_where_it_stopped_when_rows_come_and_go(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        for title in ("b", "d", "f", "h"):
            rows.track(title, library_id=home)
        rows.settle()
    with database.read() as uow:
        first = catalogue.tracks(uow, admin, TrackQuery(), limit=2)
    with database.write() as uow:
        rows = Rows(uow)
        uow.connection.exec_driver_sql("UPDATE track SET missing_at = 1 WHERE title = 'd'")
        for title in ("a", "e"):
            rows.track(title, library_id=home)
        rows.settle()
    with database.read() as uow:
        second = catalogue.tracks(uow, admin, TrackQuery(), cursor=first.next)
    assert [item.title for item in first.items + second.items] == ["b", "d", "e", "f", "h"]
    assert second.total == 5


def test_an_offset_list_goes_on_after_the_last_row_shown(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        for title in ("B", "C", "D"):
            rows.track(title, album_id=rows.album(home, title), library_id=home)
        rows.settle()
    with database.read() as uow:
        first = catalogue.tracks(uow, admin, TrackQuery("album"), limit=2)
    with database.write() as uow:
        rows = Rows(uow)
        rows.track("A", album_id=rows.album(home, "A"), library_id=home)
        rows.settle()
    with database.read() as uow:
        second = catalogue.tracks(uow, admin, TrackQuery("album"), cursor=first.next)
    assert [item.title for item in second.items] == ["D"]


@pytest.mark.parametrize("limit", [0, -1, 501])
@pytest.mark.parametrize("sort", ["title", "random"])
def test_limits_outside_1_to_500_are_refused(
    database: Database, admin: Caller, limit: int, sort: Any
) -> None:
    with database.read() as uow, pytest.raises(Invalid):
        catalogue.tracks(uow, admin, TrackQuery(sort), limit=limit)


def test_random_walks_differ_and_samples_have_no_doubles(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        made = [rows.track(str(number), library_id=home) for number in range(60)]
        rows.settle()
    with database.read() as uow:
        walks = {
            tuple(i.id for i in catalogue.tracks(uow, admin, TrackQuery("random")).items) for _ in range(5)
        }
        some = [i.id for i in catalogue.tracks(uow, admin, TrackQuery("random"), limit=25).items]
        rest = catalogue.tracks(uow, admin, TrackQuery("random"), limit=500).items
    assert len(walks) > 1
    assert all(sorted(walk) == sorted(made) for walk in walks)
    assert len(set(some)) == 25
    assert len(rest) == 60
