"""Albums, tracks, artists, genres, folders: what is shown of them, filters, who may see what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from resonance.core.errors import Invalid, NotFound
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables import listens
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery, ArtistQuery, TrackQuery
from resonance.model.caller import Caller
from tests.fixtures.rows import Rows


def titles(items: Any) -> list[str]:
    return [item.title for item in items]


def test_an_album_comes_with_its_discs_credits_and_quality(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        first, second = rows.artist("Ann"), rows.artist("Bob")
        cover = rows.cover(home, palette='{"accent":{"h":10,"c":0.1,"l":0.7},"text":"#fff"}')
        album = rows.album(
            *(home, "Twins", [second, first]),
            cover_id=cover,
            genres="Pop;Rock",
            original_date="1999-04",
            labels="A;B",
        )
        for disc, number, title in ((2, 1, "c"), (1, 2, "b"), (1, 1, "a"), (1, None, "last")):
            rows.track(title, album_id=album, library_id=home, disc=disc, number=number, artists=[first])
        rows.track("gone", album_id=album, library_id=home, missing_at=5)
        rows.settle()
    with database.read() as uow:
        detail = catalogue.album_detail(uow, admin, album)
    assert [(disc.disc, titles(disc.tracks)) for disc in detail.discs] == [
        (1, ["a", "b", "last"]),
        (2, ["c"]),
    ]
    assert [artist.name for artist in detail.artists] == ["Bob", "Ann"]
    assert detail.accent is not None
    assert detail.accent.h == 10
    assert detail.palette == {"accent": {"h": 10, "c": 0.1, "l": 0.7}, "text": "#fff"}
    assert detail.genres == ["Pop", "Rock"]
    assert detail.original_year == 1999
    assert detail.labels == ["A", "B"]
    assert detail.quality is not None
    assert detail.quality.formats == ["flac"]
    assert detail.quality.lossless
    assert detail.discs[0].tracks[0].cover_id == cover
    assert detail.track_count == 4


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        ([(None, 1), (None, 2)], [(None, ["0", "1"])]),
        ([(None, None), (1, 1), (2, 1), (None, 2)], [(1, ["1", "3", "0"]), (2, ["2"])]),
        ([(2, 1), (None, 1)], [(None, ["1"]), (2, ["0"])]),
    ],
)
def test_tracks_without_a_disc_lie_on_the_first(
    database: Database, admin: Caller, tagged: list[tuple[int | None, int | None]], wanted: list[Any]
) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        band = rows.artist("Band")
        album = rows.album(home, "Half numbered", [band])
        for title, (disc, number) in enumerate(tagged):
            rows.track(str(title), album_id=album, library_id=home, disc=disc, number=number, artists=[band])
        rows.settle()
    with database.read() as uow:
        discs = catalogue.album_detail(uow, admin, album).discs
        played = catalogue.tracks(uow, admin, TrackQuery("album", album_id=album)).items
    assert [(disc.disc, titles(disc.tracks)) for disc in discs] == wanted
    assert titles(played) == [title for _, disc in wanted for title in disc], "played as it is shown"


def test_a_track_shows_its_best_present_carrier(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        track = rows.track("t", library_id=home, file={"format": "mp3", "codec": "mp3", "bit_rate_kbps": 320})
        rows.carrier(track, home, bit_depth=16, sample_rate_hz=44100)
        rows.carrier(track, home, bit_depth=24, sample_rate_hz=96000, missing_at=3)
        rows.settle()
    with database.read() as uow:
        shown = catalogue.track_detail(uow, admin, track)
        as_user = catalogue.track_detail(uow, Caller("B" * 22, "b", role="user"), track)  # type: ignore[arg-type]
    assert (shown.format, shown.bit_depth) == ("flac", 16)
    assert [carrier.missing for carrier in shown.carriers].count(True) == 1
    assert shown.path is not None
    assert shown.path.endswith(".flac")
    assert as_user.path is None
    assert {carrier.path for carrier in as_user.carriers} == {None}


def test_by_ids_keeps_the_order_and_repeats_and_drops_strangers(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        a, b = rows.track("a", library_id=home), rows.track("b", library_id=home)
        gone = rows.track("gone", library_id=home, missing_at=1)
        rows.settle()
    with database.read() as uow:
        found = catalogue.tracks_by_ids(uow, admin, [b, "nothing", a, gone, b])
    assert titles(found) == ["b", "a", "b"]


def test_ten_thousand_ids_are_answered(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        ids = [rows.track(str(number), library_id=home) for number in range(1200)]
        rows.settle()
    asked = ids * 8 + ids[:400]
    with database.read() as uow:
        found = catalogue.tracks_by_ids(uow, admin, asked)
    assert [item.id for item in found] == asked


@dataclass
class World:
    """Two libraries, each with its album; a song whose file lies in both; who may see what."""

    first: str
    second: str
    albums: dict[str, str] = field(default_factory=dict)
    tracks: dict[str, str] = field(default_factory=dict)
    artists: dict[str, str] = field(default_factory=dict)
    genres: dict[str, str] = field(default_factory=dict)
    people: dict[str, Caller] = field(default_factory=dict)


@pytest.fixture
def world(database: Database) -> World:
    with database.write() as uow:
        rows = Rows(uow)
        it = World(rows.library("One"), rows.library("Two"))
        it.people = {
            "all": rows.user("ada"),
            "first": rows.user("bea", libraries=[it.first]),
            "second": rows.user("cem", libraries=[it.second]),
            "none": rows.user("dan", libraries=[]),
        }
        it.artists = {name: rows.artist(name) for name in ("Ann", "Bob", "The Zoo", "5th")}
        it.genres = {name: rows.genre(name) for name in ("Rock", "Jazz")}
        ann, bob = it.artists["Ann"], it.artists["Bob"]
        it.albums["one"] = rows.album(it.first, "One", [ann], year=1990, artist="Ann")
        it.albums["two"] = rows.album(it.second, "Two", [bob], year=2001, artist="Bob")
        it.albums["empty"] = rows.album(it.first, "Empty", [ann])
        rock, jazz = it.genres["Rock"], it.genres["Jazz"]
        make = rows.track
        it.tracks["a"] = make(
            "a",
            album_id=it.albums["one"],
            library_id=it.first,
            artists=[ann],
            genres=[rock],
            folder="x/y",
            year=1990,
        )
        it.tracks["both"] = make(
            "both",
            album_id=it.albums["one"],
            library_id=it.first,
            artists=[ann, bob],
            genres=[jazz],
            folder="x",
        )
        rows.carrier(it.tracks["both"], it.second, folder="q")
        it.tracks["b"] = make(
            "b", album_id=it.albums["two"], library_id=it.second, artists=[bob], genres=[rock], folder="q/r s"
        )
        make("gone", album_id=it.albums["empty"], library_id=it.first, artists=[ann], missing_at=9)
        rows.settle()
    return it


def seen(uow: UnitOfWork, who: Caller) -> dict[str, list[str]]:
    return {
        "albums": titles(catalogue.albums(uow, who, AlbumQuery()).items),
        "tracks": titles(catalogue.tracks(uow, who, TrackQuery()).items),
        "artists": [item.name for item in catalogue.artists(uow, who, ArtistQuery()).items],
        "genres": [f"{item.name} {item.track_count}" for item in catalogue.genres(uow, who)],
        "years": [str(item.year) for item in catalogue.years(uow, who)],
        "roots": [item.name for item in catalogue.roots(uow, who)],
        "index": [artist.name for part in catalogue.artist_index(uow, who) for artist in part.artists],
    }


EXPECTED = {
    "all": {
        "albums": ["One", "Two"],
        "tracks": ["a", "b", "both"],
        "artists": ["Ann", "Bob"],
        "genres": ["Jazz 1", "Rock 2"],
        "years": ["2001", "1990"],
        "roots": ["One", "Two"],
        "index": ["Ann", "Bob"],
    },
    "first": {
        "albums": ["One"],
        "tracks": ["a", "both"],
        "artists": ["Ann", "Bob"],
        "genres": ["Jazz 1", "Rock 1"],
        "years": ["1990"],
        "roots": ["One"],
        "index": ["Ann"],
    },
    "second": {
        "albums": ["Two"],
        "tracks": ["b", "both"],
        "artists": ["Ann", "Bob"],
        "genres": ["Jazz 1", "Rock 1"],
        "years": ["2001"],
        "roots": ["Two"],
        "index": ["Bob"],
    },
    "none": {name: [] for name in ("albums", "tracks", "artists", "genres", "years", "roots", "index")},
}


def test_everybody_sees_what_their_libraries_hold(database: Database, world: World) -> None:
    with database.read() as uow:
        assert {name: seen(uow, who) for name, who in world.people.items()} == EXPECTED


def test_what_is_out_of_sight_does_not_exist(database: Database, world: World) -> None:
    who = world.people["second"]
    with database.read() as uow:
        for act in (
            lambda: catalogue.album_detail(uow, who, world.albums["one"]),
            lambda: catalogue.track_detail(uow, who, world.tracks["a"]),
            lambda: catalogue.folder(uow, who, world.first),
            lambda: catalogue.artist_detail(uow, world.people["none"], world.artists["Ann"]),
            lambda: catalogue.album_detail(uow, world.people["all"], world.albums["empty"]),
            lambda: catalogue.album_detail(uow, world.people["all"], "no such id"),
        ):
            with pytest.raises(NotFound):
                act()
        shared = catalogue.track_detail(uow, who, world.tracks["both"])
    assert shared.album_id is None, "its album lies in the other library"
    assert [carrier.library_id for carrier in shared.carriers] == [world.second]


def test_an_artist_has_albums_guest_albums_and_top_tracks(database: Database, world: World) -> None:
    who = world.people["all"]
    with database.write() as uow:
        rows = Rows(uow)
        rows.insert(
            listens.track_stat,
            **{"user_id": who.user_id, "track_id": world.tracks["both"]},
            play_count=3,
            last_played_at=1,
        )
        rows.settle()
    with database.read() as uow:
        bob = catalogue.artist_detail(uow, who, world.artists["Bob"])
    assert titles(bob.albums) == ["Two"]
    assert titles(bob.appears_on) == ["One"]
    assert titles(bob.top_tracks) == ["both", "b"]
    assert (bob.album_count, bob.track_count) == (1, 2)


def test_track_filters_combine(database: Database, world: World) -> None:
    who, rock = world.people["all"], world.genres["Rock"]
    liked = {"user_id": who.user_id, "item_kind": "track", "item_id": world.tracks["a"]}
    with database.write() as uow:
        rows = Rows(uow)
        rows.insert(listens.like, **liked, liked_at=1)
        rows.insert(listens.rating, **liked, stars=4, rated_at=1)
        rows.insert(listens.track_tag, user_id=who.user_id, track_id=world.tracks["b"], tag="run")
        rows.settle()
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"genre_id": rock}, ["a", "b"]),
        ({"genre_id": rock, "artist_id": world.artists["Bob"]}, ["b"]),
        ({"artist_id": world.artists["Bob"]}, ["b", "both"]),
        ({"album_id": world.albums["one"]}, ["a", "both"]),
        ({"year_from": 1980, "year_to": 1995}, ["a"]),
        ({"year_from": 1991}, []),
        ({"liked": True}, ["a"]),
        ({"liked": False}, ["b", "both"]),
        ({"liked": False, "genre_id": rock}, ["b"]),
        ({"rated_min": 4}, ["a"]),
        ({"rated_min": 5}, []),
        ({"tag": "run"}, ["b"]),
        ({"folder": "x"}, ["a", "both"]),
        ({"folder": "q/r s"}, ["b"]),
        ({"folder": "q"}, ["b", "both"]),
        ({"folder": "q/r"}, []),
        ({"library_id": world.second}, ["b", "both"]),
        ({"genre_id": "unknown"}, []),
    ]
    with database.read() as uow:
        for sort in ("title", "album", "rating", "year", "random"):
            for filters, expected in cases:
                page = catalogue.tracks(uow, who, TrackQuery(sort, **filters))  # type: ignore[arg-type]
                assert sorted(titles(page.items)) == expected, (sort, filters)
                assert page.total == len(expected), (sort, filters)


def test_album_filters_combine(database: Database, world: World) -> None:
    who = world.people["all"]
    mine = {"user_id": who.user_id, "item_kind": "album", "item_id": world.albums["two"]}
    with database.write() as uow:
        rows = Rows(uow)
        rows.insert(listens.like, **mine, liked_at=1)
        rows.settle()
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({"genre_id": world.genres["Rock"]}, ["One", "Two"]),
        ({"genre_id": world.genres["Jazz"]}, ["One"]),
        ({"artist_id": world.artists["Bob"]}, ["Two"]),
        ({"year_from": 2001}, ["Two"]),
        ({"year_to": 2000}, ["One"]),
        ({"liked": True}, ["Two"]),
        ({"liked": False}, ["One"]),
        ({"letter": "t"}, ["Two"]),
        ({"letter": "#"}, []),
        ({"genre_id": world.genres["Rock"], "liked": True, "year_from": 1999}, ["Two"]),
    ]
    with database.read() as uow:
        for filters, expected in cases:
            page = catalogue.albums(uow, who, AlbumQuery(**filters))
            assert (titles(page.items), page.total) == (expected, len(expected)), filters
        by_artist = catalogue.albums(uow, who, AlbumQuery("artist", letter="B"))
        assert titles(by_artist.items) == ["Two"]
        assert catalogue.album_total(uow, who, AlbumQuery("title", letter="B")) == 0
        with pytest.raises(Invalid):
            catalogue.albums(uow, who, AlbumQuery(letter="AB"))


def test_a_broad_genre_is_read_along_the_order_with_the_same_answer(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from resonance.library.catalogue import album_pages as catalogue_album_pages
    from resonance.library.catalogue import track_query as catalogue_track_query

    monkeypatch.setattr(catalogue_album_pages, "BROAD", 0)
    monkeypatch.setattr(catalogue_track_query, "BROAD", 0)
    test_track_filters_combine(database, world)
    with database.read() as uow:
        page = catalogue.albums(uow, world.people["all"], AlbumQuery(genre_id=world.genres["Rock"]))
    assert titles(page.items) == ["One", "Two"]


def test_letters_of_artists(database: Database, admin: Caller) -> None:
    with database.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        for name in ("The Zoo", "Zed", "Ärzte", "5th", "山本"):
            rows.track("t", library_id=home, artists=[rows.artist(name)])
        rows.settle()
    with database.read() as uow:
        found = {
            letter: [item.name for item in catalogue.artists(uow, admin, ArtistQuery(letter=letter)).items]
            for letter in ("A", "Z", "#", "m")
        }
    assert found == {"A": ["Ärzte"], "Z": ["Zed", "The Zoo"], "#": ["5th", "山本"], "m": []}


def test_folders_are_a_tree(database: Database, world: World) -> None:
    who = world.people["all"]
    with database.read() as uow:
        root = catalogue.folder(uow, who, world.first)
        below = catalogue.folder(uow, who, world.first, "x")
        same = catalogue.folder_by_id(uow, who, below.folders[0].id)
        with pytest.raises(NotFound):
            catalogue.folder(uow, who, world.first, "x/z")
        with pytest.raises(NotFound):
            catalogue.folder_by_id(uow, world.people["second"], below.folders[0].id)
        names = [item.path for item in catalogue.folder(uow, who, world.second, "q").folders]
        theirs = catalogue.folder(uow, world.people["second"], world.second, "q")
    assert ([item.path for item in root.folders], root.tracks) == (["x"], [])
    assert ([item.name for item in below.folders], titles(below.tracks)) == (["y"], ["both"])
    assert titles(same.tracks) == ["a"]
    assert names == ["q/r s"]
    assert (titles(theirs.tracks), len(theirs.folders)) == (["both"], 1)


def test_lists_in_memory_follow_the_catalogue_of_another_process(database: Database, world: World) -> None:
    who = world.people["all"]
    other = Database(database.url.render_as_string(hide_password=False))
    with database.read() as uow:
        assert len(catalogue.track_ids(uow, who, TrackQuery())) == 3
        assert catalogue.tracks(uow, who, TrackQuery()).total == 3
    with other.write() as uow:
        rows = Rows(uow)
        rows.track("new", library_id=world.first)
        rows.settle()
    with database.read() as uow:
        assert len(catalogue.track_ids(uow, who, TrackQuery())) == 4
        assert catalogue.tracks(uow, who, TrackQuery()).total == 4
    other.close()


def test_what_a_rolled_back_writer_saw_is_not_remembered(database: Database, world: World) -> None:
    who = world.people["all"]
    with pytest.raises(RuntimeError), database.write() as uow:
        rows = Rows(uow)
        rows.track("never", library_id=world.first)
        rows.settle()
        assert len(catalogue.track_ids(uow, who, TrackQuery())) == 4
        raise RuntimeError
    with database.write() as uow:
        Rows(uow).settle()  # reaches the very version the lost one had
    with database.read() as uow:
        assert len(catalogue.track_ids(uow, who, TrackQuery())) == 3
