"""Search, covers and lyrics over REST."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update

from resonance.audio.facts import content_hash
from resonance.core.ids import new_id
from resonance.db.tables import library as tables
from resonance.db.tables.accounts import user as user_account
from resonance.db.tables.playlists import playlist
from resonance.library.scanning.sides import cover_id
from resonance.search.text import Document
from tests.api.conftest import Api, Client
from tests.fixtures.audio import picture
from tests.fixtures.rows import Rows


@dataclass
class Music:
    """What `music` put into two libraries."""

    first: str
    second: str
    artist: str
    album: str
    tracks: list[str]
    elsewhere: str
    cover: str


@pytest.fixture
def music(api: Api, tmp_path: Path) -> Music:
    data = picture("#3060a0", 400)
    (tmp_path / "cover.png").write_bytes(data)
    with api.services.db.write() as uow:
        rows = Rows(uow)
        first, second = rows.library("First"), rows.library("Second")
        uow.execute(update(tables.library).where(tables.library.c.id == first).values(path=str(tmp_path)))
        cover = cover_id(content_hash(data))
        rows.insert(
            tables.cover, id=cover, content_hash=content_hash(data), source="folder", path="cover.png",
            library_id=first, size=len(data),
        )  # fmt: skip
        artist = rows.artist("Metallurgica", image_path="cover.png", image_hash=content_hash(data),
                             image_library_id=first)  # fmt: skip
        album = rows.album(first, "Hollow Steel", [artist], artist="Metallurgica", cover_id=cover)
        genre = rows.genre("Heavy Metal")
        tracks = [
            rows.track(title, album_id=album, library_id=first, artists=[artist], genres=[genre])
            for title in ("Metal Rain", "Hollow", "Other")
        ]
        elsewhere = rows.track("Metal Elsewhere", library_id=second)
        rows.insert(tables.lyrics, track_id=tracks[0], source="lrc", language="eng", synced=True,
                    body="[00:01.00] Rain")  # fmt: skip
        rows.settle()
        api.services.search.index(
            uow,
            [
                Document("artist", artist, "Metallurgica"),
                Document("album", album, "Hollow Steel", ("Metallurgica",)),
                *(
                    Document("track", track, title, ("Metallurgica", "Hollow Steel"))
                    for track, title in zip(tracks, ("Metal Rain", "Hollow", "Other"), strict=True)
                ),
                Document("track", elsewhere, "Metal Elsewhere"),
            ],
        )
    return Music(first, second, artist, album, tracks, elsewhere, cover)


def test_search_shows_everything_that_fits(admin_client: Client, music: Music) -> None:
    found = admin_client.get("/api/v1/search", params={"q": "metal"}).json()
    assert found["top"]["kind"] == "track"
    assert found["top"]["title"] == "Metal Rain"
    assert [artist["name"] for artist in found["artists"]] == ["Metallurgica"]
    assert [album["title"] for album in found["albums"]] == ["Hollow Steel"]
    assert {track["title"] for track in found["tracks"]} == {
        "Metal Rain",
        "Metal Elsewhere",
        "Hollow",
        "Other",
    }
    assert [genre["name"] for genre in found["genres"]] == ["Heavy Metal"]
    assert found["playlists"] == []


def test_search_finds_playlists_one_may_read(api: Api, admin_client: Client, music: Music) -> None:
    for name, public in (("Métal für Abends", True), ("Metal, private", False), ("Calm", True)):
        with api.services.db.write() as uow:
            owner = uow.execute(select(user_account.c.id).where(user_account.c.name == "ada")).scalar_one()
            uow.execute(
                playlist.insert(),
                {"id": new_id(), "owner_id": owner, "name": name, "name_sort": name, "public": public,
                 "created_at": 0, "changed_at": 0},
            )  # fmt: skip

    def names(client: Client, q: str) -> list[str]:
        return [one["name"] for one in client.get("/api/v1/search", params={"q": q}).json()["playlists"]]

    assert sorted(names(admin_client, "metal")) == ["Metal, private", "Métal für Abends"]
    assert names(api.as_new("berta"), "metal") == ["Métal für Abends"]
    assert names(admin_client, "abe met") == ["Métal für Abends"]


def test_search_forgives(admin_client: Client, music: Music) -> None:
    found = admin_client.get("/api/v1/search", params={"q": "netalurgica"}).json()
    assert (found["top"]["kind"], found["top"]["id"]) == ("artist", music.artist)


def test_search_shows_only_the_callers_libraries(api: Api, admin_client: Client, music: Music) -> None:
    guest = api.as_new("gina", libraries=[music.second])
    found = guest.get("/api/v1/search", params={"q": "metal"}).json()
    assert [track["id"] for track in found["tracks"]] == [music.elsewhere]
    assert found["artists"] == found["albums"] == found["genres"] == []
    nothing = guest.get("/api/v1/search", params={"q": "hollow"}).json()
    assert (nothing["top"], nothing["tracks"]) == (None, [])


@pytest.mark.parametrize("q", ["", "  ", '"*', "a" * 200, "' OR 1=1", "🎵", "*"])
def test_any_question_has_an_answer(admin_client: Client, music: Music, q: str) -> None:
    assert admin_client.get("/api/v1/search", params={"q": q}).status_code == 200


def test_search_needs_a_session_and_sane_limits(visitor: Client, admin_client: Client) -> None:
    assert visitor.get("/api/v1/search", params={"q": "a"}).status_code == 401
    assert admin_client.get("/api/v1/search", params={"q": "a", "limit": 0}).status_code == 422
    assert admin_client.get("/api/v1/search", params={"q": "a" * 201}).status_code == 422


def test_covers_are_kept_by_browsers(api: Api, admin_client: Client, visitor: Client, music: Music) -> None:
    url = f"/api/v1/artwork/{music.cover}"
    answer = admin_client.get(url, params={"size": 320})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/webp"
    assert "immutable" in answer.headers["cache-control"]
    assert "private" in answer.headers["cache-control"]
    again = admin_client.get(url, params={"size": 320}, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert admin_client.get(url, params={"size": 96}).headers["etag"] != answer.headers["etag"]
    head = admin_client.head(url, params={"size": 320})
    assert (head.content, head.headers["content-length"]) == (b"", answer.headers["content-length"])
    original = admin_client.get(f"{url}/original")
    assert original.headers["content-type"] == "image/png"
    assert original.content == picture("#3060a0", 400)
    assert visitor.get(url).status_code == 401
    stranger = api.as_new("gina", libraries=[music.second])
    assert stranger.get(url).status_code == stranger.get(f"{url}/original").status_code == 404
    assert stranger.get(url, headers={"If-None-Match": answer.headers["etag"]}).status_code == 404
    assert admin_client.get("/api/v1/artwork/nonsense").json()["code"] == "not_found"


def test_artist_pictures(admin_client: Client, music: Music) -> None:
    answer = admin_client.get(f"/api/v1/artist-images/{music.artist}")
    assert answer.headers["content-type"] == "image/webp"
    assert "immutable" not in answer.headers["cache-control"]


def test_lyrics(admin_client: Client, music: Music) -> None:
    items = admin_client.get(f"/api/v1/tracks/{music.tracks[0]}/lyrics").json()["items"]
    assert items == [
        {
            "source": "lrc",
            "language": "eng",
            "synced": True,
            "offset_ms": 0,
            "lines": [{"start_ms": 1000, "text": "Rain"}],
        }
    ]
    assert admin_client.get(f"/api/v1/tracks/{music.tracks[1]}/lyrics").json() == {"items": []}
    assert admin_client.get("/api/v1/tracks/unknown/lyrics").status_code == 404
