"""A Navidrome as part of the library, over the surfaces: added, synced, heard, linked, hidden, taken out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from resonance.worker import remote_sync
from tests.api.conftest import Api, Client
from tests.fixtures.audio import encoded, picture
from tests.fixtures.navidrome import FakeNavidrome

TONE = encoded("mp3", 3.0)


@pytest.fixture
def server() -> Iterator[FakeNavidrome]:
    with FakeNavidrome() as running:
        for number in range(1, 4):
            running.add_sound(running.add(f"Song {number}", number=number, seconds=3.0), TONE)
        yield running


def add(client: Client, server: FakeNavidrome, **more: Any) -> dict[str, Any]:
    body = {"name": "Den", "url": server.url, "username": "ada", "password": "secret", **more}
    answer = client.post("/api/v1/servers", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def sync(api: Api, server_id: str, **how: Any) -> remote_sync.Report:
    return remote_sync.sync(api.services, server_id, **how)


def titles(client: Client) -> list[str]:
    return [item["title"] for item in client.get("/api/v1/tracks").json()["items"]]


def test_songs_of_a_server_are_listed_searched_and_heard(
    api: Api, admin_client: Client, server: FakeNavidrome
) -> None:
    made = add(admin_client, server)
    assert made["kind"] == "navidrome"
    report = sync(api, made["id"])
    assert (report.state, report.counts.added) == ("done", 3)
    assert titles(admin_client) == ["Song 1", "Song 2", "Song 3"]
    album = admin_client.get("/api/v1/albums").json()["items"][0]
    assert (album["title"], album["track_count"], album["artist"]) == ("First Light", 3, "Nova")
    found = admin_client.get("/api/v1/search", params={"q": "song 2"}).json()
    assert found["tracks"][0]["title"] == "Song 2"
    track = found["tracks"][0]["id"]

    whole = admin_client.get(f"/stream/{track}")
    assert (whole.status_code, whole.content) == (200, TONE)
    assert whole.headers["content-type"] == "audio/mpeg"
    part = admin_client.get(f"/stream/{track}", headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, TONE[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(TONE)}"
    tail = admin_client.get(f"/stream/{track}", headers={"Range": "bytes=-100"})
    assert (tail.status_code, tail.content) == (206, TONE[-100:])
    assert admin_client.get(f"/stream/{track}", headers={"Range": "bytes=9999999-"}).status_code == 416
    head = admin_client.head(f"/stream/{track}")
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(TONE)), b"")
    assert admin_client.get(f"/download/{track}").headers["content-disposition"].count("Nova - Song 2.mp3")


def test_the_player_gets_fragments_of_a_song(api: Api, admin_client: Client, server: FakeNavidrome) -> None:
    sync(api, add(admin_client, server)["id"])
    track = admin_client.get("/api/v1/tracks").json()["items"][0]["id"]
    manifest = admin_client.get(f"/api/v1/tracks/{track}/playback")
    assert manifest.status_code == 200, manifest.text
    assert manifest.json()["duration_s"] == pytest.approx(3.0, abs=0.1)
    assert server.count("/rest/stream") == 1
    again = admin_client.get(f"/api/v1/tracks/{track}/playback").json()
    assert again["version"] == manifest.json()["version"]
    assert server.count("/rest/stream") == 1, "the song was fetched once"


def test_covers_are_shown(api: Api, admin_client: Client, server: FakeNavidrome) -> None:
    server.pictures[next(iter(server.songs.values()))["albumId"]] = picture("#205080", 400)
    bare = server.add("Bare", album="No picture", seconds=3.0)
    sync(api, add(admin_client, server)["id"])
    albums = {item["title"]: item for item in admin_client.get("/api/v1/albums").json()["items"]}
    cover = albums["First Light"]["cover_id"]
    for _ in range(2):
        answer = admin_client.get(f"/api/v1/artwork/{cover}", params={"size": 320})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert server.count("/rest/getCoverArt") == 1
    none = albums["No picture"]["cover_id"]
    for _ in range(2):
        assert admin_client.get(f"/api/v1/artwork/{none}").status_code == 404
    assert server.count("/rest/getCoverArt") == 2, "that there is none is remembered"
    assert bare in server.songs
