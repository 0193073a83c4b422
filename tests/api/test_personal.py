"""Likes, ratings, tags, plays and the queue over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows


@pytest.fixture
def tracks(api: Api) -> list[str]:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        album = rows.album(home, "A")
        made = [rows.track(f"{at}", album_id=album, library_id=home) for at in range(3)]
        rows.settle()
    return made


def ago(**how: int) -> str:
    return (datetime.now(UTC) - timedelta(**how)).isoformat()


def test_like_rate_tag_and_note_show_up_on_the_track(user_client: Client, tracks: list[str]) -> None:
    url = f"/api/v1/tracks/{tracks[0]}"
    assert user_client.put(f"/api/v1/likes/track/{tracks[0]}").status_code == 204
    assert user_client.put(f"/api/v1/ratings/track/{tracks[0]}", json={"stars": 4}).status_code == 204
    assert user_client.put(f"{url}/tags", json={"tags": ["b", "a"]}).json() == {"tags": ["a", "b"]}
    assert user_client.put(f"{url}/note", json={"note": "hm"}).json() == {"note": "hm"}
    shown = user_client.get(url).json()
    assert (shown["liked"], shown["rating"], shown["tags"], shown["note"]) == (True, 4, ["a", "b"], "hm")
    assert [item["id"] for item in user_client.get("/api/v1/tracks?tag=a").json()["items"]] == [tracks[0]]
    assert [item["tag"] for item in user_client.get("/api/v1/tags").json()["items"]] == ["a", "b"]
    user_client.put(f"/api/v1/ratings/track/{tracks[0]}", json={"stars": 0})
    user_client.delete(f"/api/v1/likes/track/{tracks[0]}")
    shown = user_client.get(url).json()
    assert (shown["liked"], shown["rating"]) == (False, 0)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/likes/song/{id}", None, 422),
        ("PUT", "/likes/track/unknown", None, 404),
        ("PUT", "/ratings/track/{id}", {"stars": 6}, 422),
        ("PUT", "/ratings/track/{id}", {}, 422),
        ("PUT", "/tracks/{id}/tags", {"tags": ["x" * 65]}, 422),
        ("PUT", "/tracks/{id}/note", {"note": "x" * 10001}, 422),
        ("POST", "/plays", {"items": [{"track_id": "{id}", "started_at": "1999-01-01T00:00:00Z"}]}, 422),
        ("POST", "/plays", {"items": [{"track_id": "{id}", "started_at": "soon"}]}, 422),
        ("POST", "/plays", {"items": [{"track_id": "{id}", "started_at": "0001-01-01T00:00:00+14:00"}]}, 422),
        ("POST", "/now-playing", {"track_id": "unknown"}, 404),
        ("POST", "/now-playing", {"track_id": "{id}", "position_ms": -1}, 422),
        ("PUT", "/queue", {"track_ids": ["{id}"], "current_index": 4}, 422),
        ("PUT", "/queue", {"track_ids": ["x"]}, 422),
    ],
)
def test_bad_input_is_told_so(
    user_client: Client, tracks: list[str], method: str, path: str, body: Any, status: int
) -> None:
    import json

    sent = None if body is None else json.loads(json.dumps(body).replace("{id}", tracks[0]))
    answer = user_client.request(method, f"/api/v1{path.replace('{id}', tracks[0])}", json=sent)
    assert answer.status_code == status, answer.text


def test_plays_are_counted_once_and_listed(user_client: Client, tracks: list[str]) -> None:
    items = [
        {"id": "a", "track_id": tracks[0], "started_at": ago(minutes=9), "played_s": 150, "client": "web"},
        {"id": "b", "track_id": tracks[1], "started_at": ago(minutes=5), "played_s": 20},
        {"id": "c", "track_id": tracks[1], "started_at": ago(minutes=4), "played_s": 100.0},
    ]
    assert user_client.post("/api/v1/plays", json={"items": items}).json() == {"accepted": 2, "new": 2}
    assert user_client.post("/api/v1/plays", json={"items": items}).json() == {"accepted": 2, "new": 0}
    history = user_client.get("/api/v1/plays").json()["items"]
    assert [(item["track"]["id"], item["played_s"]) for item in history] == [
        (tracks[1], 100),
        (tracks[0], 150),
    ]
    shown = user_client.get(f"/api/v1/tracks/{tracks[0]}").json()
    assert shown["play_count"] == 1
    assert shown["last_played_at"] == history[1]["started_at"]
    assert len(user_client.get("/api/v1/home").json()["recently_played"]) == 1


def test_the_queue_goes_on_elsewhere(api: Api, user_client: Client, tracks: list[str]) -> None:
    assert user_client.get("/api/v1/queue").json()["track_ids"] == []
    saved = {"track_ids": tracks, "current_index": 1, "position_ms": 5000, "changed_by": "Laptop"}
    user_client.put("/api/v1/queue", json=saved)
    found = api.sign_in("berta").get("/api/v1/queue").json()
    assert {name: found[name] for name in saved} == saved
    continued = user_client.get("/api/v1/home").json()["continue"]
    assert (continued["track"]["id"], continued["position_ms"]) == (tracks[1], 5000)


def test_everybody_sees_who_plays(user_client: Client, admin_client: Client, tracks: list[str]) -> None:
    report = {"track_id": tracks[0], "position_ms": 1000}
    assert user_client.post("/api/v1/now-playing", json=report).status_code == 204
    found = admin_client.get("/api/v1/now-playing").json()["items"]
    assert [(item["user_name"], item["track"]["id"]) for item in found] == [("berta", tracks[0])]
    user_client.post("/api/v1/now-playing", json={"track_id": None})
    assert admin_client.get("/api/v1/now-playing").json()["items"] == []


def test_guests_only_listen(guest_client: Client, tracks: list[str]) -> None:
    id_ = tracks[0]
    for method, path, body in (
        ("PUT", f"/likes/track/{id_}", None),
        ("PUT", f"/ratings/track/{id_}", {"stars": 3}),
        ("PUT", f"/tracks/{id_}/tags", {"tags": []}),
        ("POST", "/plays", {"items": [{"track_id": id_, "started_at": ago(minutes=1)}]}),
        ("PUT", "/queue", {"track_ids": [id_]}),
        ("POST", "/playlists", {"name": "x"}),
    ):
        assert guest_client.request(method, f"/api/v1{path}", json=body).status_code == 403, path
    assert guest_client.get("/api/v1/tracks").status_code == 200
    assert guest_client.post("/api/v1/now-playing", json={"track_id": id_}).status_code == 204


def test_changes_need_the_csrf_token(user_client: Client, tracks: list[str]) -> None:
    answer = user_client.put(f"/api/v1/likes/track/{tracks[0]}", headers={"X-CSRF-Token": "wrong"})
    assert answer.status_code == 403


def test_the_server_shuffles(api: Api, user_client: Client, visitor: Client) -> None:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        library = rows.library()
        ids = [rows.track(f"T{n}", library_id=library, artist=f"A{n % 4}") for n in range(12)]
    first = user_client.post("/api/v1/queue/order", json={"track_ids": ids}).json()
    assert sorted(first["order"]) == list(range(12))
    body = {"track_ids": ids, "seed": first["seed"]}
    assert user_client.post("/api/v1/queue/order", json=body).json() == first
    assert user_client.post("/api/v1/queue/order", json={"track_ids": ids, "seed": -1}).status_code == 422
    assert user_client.post("/api/v1/queue/order", json={"track_ids": ["x"] * 10_001}).status_code == 422
    assert visitor.post("/api/v1/queue/order", json={"track_ids": []}).status_code in (401, 403)
