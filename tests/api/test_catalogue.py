"""Catalogue answers over HTTP: shapes of the contract, pages, ETags, rights."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from resonance.model.caller import Role
from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows


def words(text: str) -> set[str]:
    return set(text.split())


ALBUM_FIELDS = words(
    """id title artist artists year original_year cover_id accent placeholder track_count duration_s genres
    added_at liked rating compilation"""
)
TRACK_FIELDS = words(
    """id title artist artists album_id album cover_id accent disc number duration_s year genres bpm_tag
    key_tag format codec bit_rate_kbps sample_rate_hz bit_depth channels size gain_track_db peak_track
    gain_album_db peak_album has_lyrics explicit added_at liked rating play_count last_played_at"""
)
ARTIST_FIELDS = words("id name sort_name letter album_count track_count image_id cover_id liked rating")


@dataclass
class Shelf:
    home: str
    other: str
    albums: list[str]
    tracks: list[str]
    artist: str
    genre: str


@pytest.fixture
def shelf(api: Api) -> Shelf:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home, other = rows.library("Home"), rows.library("Other")
        artist, genre = rows.artist("Ann"), rows.genre("Rock")
        albums = [rows.album(home, title, [artist], year=1990) for title in ("A", "B", "C")]
        tracks = [
            rows.track(f"{at}", album_id=album, library_id=home, artists=[artist], genres=[genre], folder="x")
            for at, album in enumerate(albums)
        ]
        rows.settle()
    return Shelf(home, other, albums, tracks, artist, genre)


def test_items_have_the_fields_of_the_contract(user_client: Client, shelf: Shelf) -> None:
    get = lambda path: user_client.get(f"/api/v1{path}").json()  # noqa: E731
    assert set(get("/albums")["items"][0]) >= ALBUM_FIELDS
    album = get(f"/albums/{shelf.albums[0]}")
    assert set(album) >= ALBUM_FIELDS | words(
        "discs labels release_types catalog_number date original_date version palette quality"
    )
    assert set(album["discs"][0]) == {"disc", "subtitle", "tracks"}
    assert set(album["discs"][0]["tracks"][0]) >= TRACK_FIELDS
    assert album["artists"] == [{"id": shelf.artist, "name": "Ann"}]
    assert set(get("/tracks")) == {"items", "next", "total"}
    track = get(f"/tracks/{shelf.tracks[0]}")
    assert set(track) >= TRACK_FIELDS | words("path comment composers isrc mbids tags note carriers")
    assert track["added_at"].endswith("Z")
    assert set(get("/artists")["items"][0]) >= ARTIST_FIELDS
    artist = get(f"/artists/{shelf.artist}")
    assert set(artist) >= ARTIST_FIELDS | {"albums", "appears_on", "top_tracks"}
    assert len(artist["albums"]) == 3
    assert get("/genres")["items"] == [
        {"id": shelf.genre, "name": "Rock", "album_count": 3, "track_count": 3}
    ]
    assert get("/years")["items"] == [{"year": 1990, "album_count": 3}]
    assert [item["name"] for item in get("/folders")["folders"]] == ["Home", "Other"]
    assert [item["path"] for item in get(f"/folders?library_id={shelf.home}")["folders"]] == ["x"]
    assert len(get(f"/folders?library_id={shelf.home}&path=x")["tracks"]) == 3
    home = get("/home")
    assert set(home) == {"continue", "recently_added", "recently_played", "most_played"}
    assert home["continue"] is None
    assert [item["title"] for item in home["recently_added"]] == ["C", "B", "A"]


def test_pages_follow_each_other(user_client: Client, shelf: Shelf) -> None:
    first = user_client.get("/api/v1/albums?sort=title&order=desc&limit=2").json()
    second = user_client.get(
        "/api/v1/albums", params={"sort": "title", "order": "desc", "limit": 2, "cursor": first["next"]}
    ).json()
    assert [item["title"] for item in first["items"] + second["items"]] == ["C", "B", "A"]
    assert (first["total"], second["next"]) == (3, None)


def test_an_etag_spares_the_answer_until_something_changed(user_client: Client, shelf: Shelf) -> None:
    for path in ("/albums?sort=title", f"/albums/{shelf.albums[0]}", "/artists", "/genres", "/playlists"):
        first = user_client.get(f"/api/v1{path}")
        tag = {"If-None-Match": first.headers["ETag"]}
        again = user_client.get(f"/api/v1{path}", headers=tag)
        assert (again.status_code, again.content) == (304, b"")
        assert user_client.put(f"/api/v1/likes/album/{shelf.albums[0]}").status_code == 204
        assert user_client.get(f"/api/v1{path}", headers=tag).status_code == 200
        user_client.delete(f"/api/v1/likes/album/{shelf.albums[0]}")


def test_an_etag_is_of_one_person(api: Api, user_client: Client, admin_client: Client, shelf: Shelf) -> None:
    path = f"/api/v1/tracks/{shelf.tracks[0]}"
    tag = {"If-None-Match": user_client.get(path).headers["ETag"]}
    answer = admin_client.get(path, headers=tag)
    assert answer.status_code == 200
    assert answer.json()["path"] is not None
    assert user_client.get(path).json()["path"] is None


def test_nobody_reads_without_signing_in(visitor: Client, shelf: Shelf) -> None:
    for path in (
        "/albums", f"/albums/{shelf.albums[0]}", "/tracks", "/artists", "/genres", "/years", "/folders",
        "/home", "/plays", "/queue", "/playlists", "/now-playing", "/tags",
    ):  # fmt: skip
        assert visitor.get(f"/api/v1{path}").status_code == 401, path


def test_a_library_that_is_not_yours_is_not_there(api: Api, admin_client: Client, shelf: Shelf) -> None:
    stranger = api.as_new("far", Role.USER, [shelf.other])
    assert stranger.get("/api/v1/albums").json() == {"items": [], "next": None, "total": 0}
    for path in (
        f"/albums/{shelf.albums[0]}",
        f"/tracks/{shelf.tracks[0]}",
        f"/artists/{shelf.artist}",
        f"/folders?library_id={shelf.home}",
    ):
        assert stranger.get(f"/api/v1{path}").status_code == 404, path
    found = stranger.post("/api/v1/tracks/by-ids", json={"ids": shelf.tracks})
    assert found.json() == {"items": []}


@pytest.mark.parametrize(
    "path",
    [
        "/albums?sort=nope",
        "/albums?limit=0",
        "/albums?limit=501",
        "/albums?cursor=x",
        "/albums?letter=ab",
        "/albums?year_from=x",
        "/albums?year_from=99999999999999999999",
        "/tracks?rated_min=6",
        "/tracks?sort=title&cursor=WzFd",
        "/artists?order=up",
    ],
)
def test_bad_questions_are_told_so(user_client: Client, shelf: Shelf, path: str) -> None:
    answer = user_client.get(f"/api/v1{path}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid"


@pytest.mark.parametrize(
    "path",
    [
        "/tracks/" + "z" * 5000,
        "/artists/é",
        "/folders?library_id=x&path=..",
        "/playlists/%F0",
    ],
)
def test_odd_ids_are_just_unknown(user_client: Client, path: str) -> None:
    assert user_client.get(f"/api/v1{path}").status_code == 404


def test_random_is_never_answered_from_the_clients_cache(user_client: Client, shelf: Shelf) -> None:
    assert "ETag" not in user_client.get("/api/v1/albums?sort=random").headers


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_the_openapi_document_tells_the_shapes(visitor: Client, api: Api) -> None:
    document = api.app.openapi()
    albums = document["paths"]["/api/v1/albums"]["get"]["responses"]["200"]["content"]["application/json"]
    assert albums["schema"]["properties"]["items"]["items"] == {"$ref": "#/components/schemas/AlbumItem"}
    assert set(document["components"]["schemas"]["AlbumItem"]["properties"]) >= ALBUM_FIELDS
    assert set(document["components"]["schemas"]["Home"]["properties"]) >= {"continue", "recently_added"}
    assert api.app.openapi() == document


@pytest.mark.parametrize(
    "chosen",
    ["sort=title", "sort=title&order=desc", "sort=year", "sort=album", "sort=play_count", "liked=false"],
)
def test_a_list_from_a_place_is_the_same_list(user_client: Client, shelf: Shelf, chosen: str) -> None:
    get = lambda path: user_client.get(f"/api/v1{path}").json()  # noqa: E731
    whole = [track["id"] for track in get(f"/tracks?{chosen}")["items"]]
    assert len(whole) == 3
    part = get(f"/tracks?{chosen}&offset=1&limit=1")
    assert ([track["id"] for track in part["items"]], part["next"], part["total"]) == (whole[1:2], None, 3)
    assert get(f"/tracks?{chosen}&offset=3")["items"] == []
    assert get(f"/tracks/ids?{chosen}")["ids"] == whole
    assert get(f"/tracks/ids?{chosen}&offset=1&limit=1")["ids"] == whole[1:2]


def test_ids_are_those_the_caller_may_see(api: Api, user_client: Client, shelf: Shelf) -> None:
    assert user_client.get(f"/api/v1/tracks/ids?library_id={shelf.other}").json() == {"ids": []}
    assert user_client.get("/api/v1/tracks/ids?limit=10001").status_code == 422
    assert user_client.get("/api/v1/tracks/ids?sort=nothing").status_code == 422
    assert user_client.get("/api/v1/tracks?offset=-1").status_code == 422
    assert api.client().get("/api/v1/tracks/ids").status_code == 401
