"""Lyrics over REST and Subsonic: own words, the offset, and a lookup against a loopback LRCLIB."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from resonance.db.tables import library
from resonance.db.tables.jobs import job
from resonance.model.caller import Role
from tests.api.conftest import Api, Client
from tests.fixtures.lrclib import LrclibServer, Scripted, song
from tests.fixtures.rows import Rows


def add_track(api: Api, **more: Any) -> str:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        artist = rows.artist("Ana")
        made = rows.track("Rain", library_id=home, artists=[artist], artist="Ana", duration_s=180.0, **more)
        rows.settle()
    return made


def test_write_move_and_remove(api: Api, user_client: Client, guest_client: Client) -> None:
    url = f"/api/v1/tracks/{add_track(api)}/lyrics"
    kept = user_client.put(url, json={"text": "[00:01.00]<00:01.00>Rain <00:01.50>falls"})
    assert kept.status_code == 200
    assert (
        kept.json()["items"]
        == user_client.get(url).json()["items"]
        == [
            {
                "source": "user",
                "language": "xxx",
                "synced": True,
                "offset_ms": 0,
                "lines": [
                    {
                        "start_ms": 1000,
                        "text": "Rain falls",
                        "words": [{"start_ms": 1000, "text": "Rain "}, {"start_ms": 1500, "text": "falls"}],
                    }
                ],
            }
        ]
    )
    assert user_client.put(f"{url}/offset", json={"offset_ms": 300}).json()["items"][0]["offset_ms"] == 300
    assert guest_client.get(url).json() == {"items": []}
    for wrong in (60_001, -60_001, "x", 1.5, None):
        assert user_client.put(f"{url}/offset", json={"offset_ms": wrong}).status_code == 422
    for wrong in ("", "x" * 200_001, "a\0b", "[00:01.00]a\nb"):
        answer = user_client.put(url, json={"text": wrong})
        assert answer.status_code == 422 and answer.json()["detail"]
    for method, path, body in (
        ("PUT", url, {"text": "x"}),
        ("DELETE", url, None),
        ("PUT", f"{url}/offset", {"offset_ms": 1}),
        ("POST", f"{url}/find", None),
    ):
        assert guest_client.request(method, path, json=body).status_code == 403
    assert user_client.delete(url).json() == {"items": []}
    assert user_client.delete(url).status_code == 404
    assert user_client.put("/api/v1/tracks/nothing/lyrics", json={"text": "x"}).status_code == 404


def test_a_library_that_is_not_the_callers(api: Api, admin_client: Client) -> None:
    url = f"/api/v1/tracks/{add_track(api)}/lyrics"
    with api.services.db.write() as uow:
        other = Rows(uow).library("Other")
    stranger = api.as_new("stella", Role.USER, [other])
    assert stranger.get(url).status_code == 404
    assert stranger.put(url, json={"text": "x"}).status_code == 404
    assert stranger.put(f"{url}/offset", json={"offset_ms": 1}).status_code == 404
    assert stranger.delete(url).status_code == 404
    assert stranger.post(f"{url}/find").status_code == 404


def test_lookup_is_off_by_default(api: Api, user_client: Client) -> None:
    track_id = add_track(api)
    answer = user_client.post(f"/api/v1/tracks/{track_id}/lyrics/find")
    assert (answer.status_code, answer.json()["code"]) == (409, "lyrics_lookup_off")
    assert user_client.post("/api/v1/now-playing", json={"track_id": track_id}).status_code == 204
    with api.services.db.read() as uow:
        assert uow.execute(select(job)).all() == []


@pytest.fixture
def served(make_app: Callable[..., Api]) -> Any:
    with LrclibServer([song("Rain", "Ana", "", 181.0, synced="[00:05.00]Rain falls")]) as server:
        api = make_app(lrclib_url=server.url)
        api.add_user("ada", Role.ADMIN)
        yield api, server, api.as_new("berta")


def test_find_asks_once_and_the_lists_know(served: tuple[Api, LrclibServer, Client]) -> None:
    api, server, client = served
    track_id = add_track(api)
    tag = client.get(f"/api/v1/tracks/{track_id}").headers["etag"]
    found = client.post(f"/api/v1/tracks/{track_id}/lyrics/find").json()["items"]
    assert [(text["source"], text["lines"]) for text in found] == [
        ("lrclib", [{"start_ms": 5000, "text": "Rain falls"}])
    ]
    again = client.get(f"/api/v1/tracks/{track_id}", headers={"If-None-Match": tag})
    assert again.status_code == 200 and again.json()["has_lyrics"] is True
    asked = len(server.asked)
    assert client.post(f"/api/v1/tracks/{track_id}/lyrics/find").json()["items"] == found
    assert len(server.asked) == asked
    assert server.asked[0].user_agent.startswith("Resonance/")


def test_find_without_words_and_without_an_answer(served: tuple[Api, LrclibServer, Client]) -> None:
    api, server, client = served
    server.records = []
    track_id = add_track(api)
    assert client.post(f"/api/v1/tracks/{track_id}/lyrics/find").json() == {"items": []}
    server.script = [Scripted(503, headers={"Retry-After": "90"})]
    other = add_track(api)
    answer = client.post(f"/api/v1/tracks/{other}/lyrics/find")
    assert answer.status_code == 503 and 85 <= int(answer.headers["retry-after"]) <= 90


def test_playing_queues_the_question(served: tuple[Api, LrclibServer, Client]) -> None:
    api, _server, client = served
    track_id = add_track(api)
    for _ in range(2):
        assert client.post("/api/v1/now-playing", json={"track_id": track_id}).status_code == 204
    queued = api.sign_in("ada").get("/api/v1/jobs").json()["items"]
    assert [item["name"] for item in queued] == ["lyrics.find"]
    from resonance.worker.handlers import HANDLERS

    HANDLERS["lyrics.find"](api.services, None, {"track_id": track_id, "user_id": None})  # type: ignore[arg-type]
    with api.services.db.read() as uow:
        sources = uow.execute(select(library.lyrics.c.source)).scalars().all()
    assert sources == ["lrclib"]
    assert client.post("/api/v1/now-playing", json={"track_id": track_id}).status_code == 204
