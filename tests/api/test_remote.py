"""A Navidrome as part of the library, over the surfaces: added, synced, heard, linked, hidden, taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from resonance.library.remote.ports import Refused
from resonance.worker import remote_sync
from tests.api.conftest import Api, Client
from tests.fixtures.audio import encoded, picture
from tests.fixtures.navidrome import Account, FakeNavidrome, failing

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


def test_a_mapping_can_be_tried(
    api: Api, admin_client: Client, server: FakeNavidrome, tmp_path: Path
) -> None:
    made = add(admin_client, server)
    sync(api, made["id"])
    first = next(iter(server.songs.values()))
    here = tmp_path / "disk" / first["path"]
    here.parent.mkdir(parents=True)
    here.write_bytes(TONE)
    path = f"/api/v1/servers/{made['id']}/mappings/check"
    tried = admin_client.post(
        path, json={"mappings": [{"remote": "/music1", "local": str(tmp_path / "disk")}]}
    )
    assert (tried.json()["tried"], tried.json()["found"]) == (3, 1)
    assert str(tmp_path) in tried.json()["missed"]
    wrong = admin_client.post(path, json={"mappings": [{"remote": "/music1", "local": "/not/there"}]})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "mappings")


def test_no_secret_is_in_an_address_or_a_log(
    api: Api, admin_client: Client, server: FakeNavidrome, capfd: pytest.CaptureFixture[str]
) -> None:
    made = add(admin_client, server)
    server.faults.append(failing(500, times=2, path="/rest/getScanStatus"))
    sync(api, made["id"])
    server.accounts["ada"].password = "other"
    server.expire()
    with pytest.raises(Refused):
        sync(api, made["id"])
    told = "".join(capfd.readouterr())
    assert "remote.failed" in told
    assert "secret" not in told
    assert not any(token in told for token in server.tokens_given)
    assert not [one for one in server.addresses if re.search(r"secret|[?&](u|p|t|s|jwt)=", one)]


def test_only_admins_run_servers_and_no_secret_is_told(
    api: Api, admin_client: Client, user_client: Client, guest_client: Client, server: FakeNavidrome
) -> None:
    made = add(admin_client, server)
    path = f"/api/v1/servers/{made['id']}"
    sync(api, made["id"])
    run = admin_client.get(f"{path}/runs").json()["items"][0]
    for client in (user_client, guest_client):
        assert client.get("/api/v1/servers").status_code == 403
        assert client.post("/api/v1/servers", json={}).status_code in (403, 422)
        assert client.post(f"{path}/sync", json={}).status_code == 403
        assert client.get(f"{path}/runs").status_code == 403
        assert client.get(f"{path}/runs/{run['id']}/notes").status_code == 403
        assert client.patch(path, json={"name": "x"}).status_code == 403
        assert client.delete(path).status_code == 403
    account = {"username": "ada", "password": "secret"}
    assert guest_client.put(f"/api/v1/me/servers/{made['id']}", json=account).status_code == 403
    assert user_client.post(f"/api/v1/me/servers/{made['id']}/sync").status_code == 404
    wrong = user_client.put(f"/api/v1/me/servers/{made['id']}", json={**account, "password": "no"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "remote_refused")
    linked = user_client.put(f"/api/v1/me/servers/{made['id']}", json={**account, "likes": False})
    assert (linked.status_code, linked.json()["likes"]) == (200, False)
    told = [admin_client.get("/api/v1/servers"), user_client.get("/api/v1/me/servers"), linked]
    told += [admin_client.get(f"{path}/runs"), admin_client.get(f"{path}/runs/{run['id']}/notes")]
    for answer in told:
        assert answer.status_code == 200
        assert "secret" not in answer.text
        assert not server.tokens_given & set(answer.text.split('"'))
    notes = admin_client.get(f"{path}/runs/{run['id']}/notes", params={"limit": 2}).json()
    assert (len(notes["items"]), notes["next"]) == (2, "1")
    assert admin_client.post(f"{path}/cancel").status_code == 404


def test_people_see_what_their_account_sees(
    api: Api, admin_client: Client, user_client: Client, server: FakeNavidrome
) -> None:
    server.libraries[2] = "Quiet"
    server.add("Hidden", library=2, album="Elsewhere")
    server.accounts["berta"] = Account("berta", "secret", {1})
    made = add(admin_client, server)
    sync(api, made["id"])
    hidden = {item["title"]: item["id"] for item in admin_client.get("/api/v1/tracks").json()["items"]}[
        "Hidden"
    ]
    assert titles(user_client) == []
    assert user_client.get("/api/v1/libraries").json()["items"] == []
    account = {"username": "berta", "password": "secret"}
    assert user_client.put(f"/api/v1/me/servers/{made['id']}", json=account).status_code == 200
    assert titles(user_client) == ["Song 1", "Song 2", "Song 3"]
    assert user_client.get("/api/v1/me/servers").json()["items"][0]["libraries"] == ["Den: Music"]
    for path in (f"/stream/{hidden}", f"/api/v1/tracks/{hidden}", f"/api/v1/tracks/{hidden}/playback"):
        assert user_client.get(path).status_code == 404
    assert user_client.get("/api/v1/search", params={"q": "hidden"}).json()["tracks"] == []
    assert [a["title"] for a in user_client.get("/api/v1/albums").json()["items"]] == ["First Light"]
    assert user_client.delete(f"/api/v1/me/servers/{made['id']}").status_code == 204
    assert titles(user_client) == []


def test_a_server_that_does_not_answer_is_told_in_words(admin_client: Client, server: FakeNavidrome) -> None:
    body = {"url": "http://127.0.0.1:9", "username": "ada", "password": "secret"}
    answer = admin_client.post("/api/v1/servers/test", json=body)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    answer = admin_client.post("/api/v1/servers/test", json={**body, "url": server.url})
    assert answer.json() == {"kind": "navidrome", "libraries": ["Music"]}
    assert admin_client.post("/api/v1/servers/test", json={**body, "url": "file:///x"}).status_code == 422
    made = add(admin_client, server)
    path = f"/api/v1/servers/{made['id']}"
    moved = admin_client.patch(path, json={"url": "http://127.0.0.1:9"})
    assert (moved.status_code, moved.json()["field"]) == (422, "password")
    assert admin_client.patch(path, json={"name": "Cellar"}).json()["name"] == "Cellar"
    assert admin_client.post(f"/api/v1/libraries/{made['libraries'][0]['id']}/scan").status_code == 409
    assert admin_client.delete(path).status_code == 204
    assert admin_client.get("/api/v1/libraries").json()["items"] == []


def test_the_same_over_graphql(api: Api, admin_client: Client, server: FakeNavidrome) -> None:
    def ask(query: str, **variables: Any) -> Any:
        body = admin_client.post("/graphql", json={"query": query, "variables": variables}).json()
        assert "errors" not in body, body
        assert "secret" not in str(body)
        assert not [token for token in server.tokens_given if token in str(body)]
        return body["data"]

    made = ask(
        'mutation($u: String!) { addMusicServer(url: $u, username: "ada", password: "secret", name: "Den")'
        " { id name kind libraries { name songs } } }",
        u=server.url,
    )["addMusicServer"]
    sync(api, made["id"])
    found = ask("{ musicServers { name links libraries { songs } lastRun { state counts } } }")[
        "musicServers"
    ]
    assert found[0]["libraries"] == [{"songs": 3}]
    assert found[0]["lastRun"]["counts"]["added"] == 3
    runs = ask("query($i: ID!) { syncs(serverId: $i) { id state } }", i=made["id"])["syncs"]
    query = "query($i: ID!, $r: ID!) { syncNotes(serverId: $i, runId: $r) { action title } }"
    assert len(ask(query, i=made["id"], r=runs[0]["id"])["syncNotes"]) == 3
    link = (
        'mutation($i: ID!) { linkMusicServer(id: $i, username: "ada", password: "secret") { linked likes } }'
    )
    assert ask(link, i=made["id"])["linkMusicServer"] == {"linked": True, "likes": True}
    change = "mutation($i: ID!) { changeLink(id: $i, wants: {likes: false}) { likes } }"
    assert ask(change, i=made["id"])["changeLink"] == {"likes": False}
    assert ask("{ linkedServers { username libraries } }")["linkedServers"][0]["username"] == "ada"
    assert ask("mutation($i: ID!) { unlinkMusicServer(id: $i) }", i=made["id"])["unlinkMusicServer"]
    assert ask("mutation($i: ID!) { syncMusicServer(id: $i) }", i=made["id"])["syncMusicServer"]
    assert ask("mutation($i: ID!) { removeMusicServer(id: $i) }", i=made["id"])["removeMusicServer"]
