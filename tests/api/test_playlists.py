"""Playlists over HTTP."""

from __future__ import annotations

import pytest

from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows

FIELDS = {"id", "name", "comment", "public", "owner", "mine", "track_count", "duration_s", "cover_ids"} | {
    "changed_at",
    "version",
}


@pytest.fixture
def tracks(api: Api) -> list[str]:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        made = [rows.track(f"{at}", library_id=home) for at in range(4)]
        rows.settle()
    return made


def shown(client: Client, url: str) -> list[str]:
    return [entry["track"]["title"] for entry in client.get(url).json()["entries"]]


def test_the_life_of_a_playlist(user_client: Client, tracks: list[str]) -> None:
    made = user_client.post("/api/v1/playlists", json={"name": "Mix", "track_ids": tracks[:2]})
    assert made.status_code == 201
    assert set(made.json()) >= FIELDS
    url = f"/api/v1/playlists/{made.json()['id']}"
    user_client.post(f"{url}/entries", json={"track_ids": tracks[2:], "position": 1})
    assert shown(user_client, url) == ["0", "2", "3", "1"]
    entries = user_client.get(url).json()["entries"]
    assert set(entries[0]) == {"id", "track", "added_at"}
    user_client.post(f"{url}/move", json={"entry_ids": [entries[3]["id"]], "before": entries[0]["id"]})
    assert shown(user_client, url) == ["1", "0", "2", "3"]
    gone = user_client.request("DELETE", f"{url}/entries", json={"entry_ids": [entries[0]["id"]]})
    assert gone.json()["track_count"] == 3
    assert user_client.patch(url, json={"name": "Other", "public": True}).json()["name"] == "Other"
    assert user_client.put(f"{url}/entries", json={"track_ids": tracks[:1]}).json()["track_count"] == 1
    copy = user_client.post(f"{url}/duplicate", json={})
    assert (copy.status_code, copy.json()["public"]) == (201, False)
    listed = user_client.get("/api/v1/playlists").json()["items"]
    assert [item["name"] for item in listed] == ["Other", "Other"]
    assert user_client.delete(url).status_code == 204
    assert user_client.get(url).status_code == 404


@pytest.mark.parametrize("form", ["{}", '"{}"', 'W/"{}"'])
def test_a_stale_version_is_a_conflict(user_client: Client, tracks: list[str], form: str) -> None:
    made = user_client.post("/api/v1/playlists", json={"name": "Mix"}).json()
    url = f"/api/v1/playlists/{made['id']}"
    seen = {"If-Match": form.format(made["version"])}
    assert user_client.patch(url, json={"comment": "a"}, headers=seen).status_code == 200
    stale = user_client.patch(url, json={"comment": "b"}, headers=seen)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    assert user_client.delete(url, headers=seen).status_code == 409
    assert user_client.patch(url, json={}, headers={"If-Match": "x"}).status_code == 422
    assert user_client.patch(url, json={}, headers={"If-Match": "*"}).status_code == 200


def test_others_read_what_is_public_and_change_nothing(
    user_client: Client, admin_client: Client, tracks: list[str]
) -> None:
    made = user_client.post("/api/v1/playlists", json={"name": "Mix", "track_ids": tracks}).json()
    url = f"/api/v1/playlists/{made['id']}"
    assert admin_client.get(url).status_code == 404
    assert admin_client.get("/api/v1/playlists").json()["items"] == []
    user_client.patch(url, json={"public": True})
    assert admin_client.get(url).json()["mine"] is False
    assert admin_client.patch(url, json={"name": "Mine"}).status_code == 403
    assert admin_client.delete(url).status_code == 403


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": "x", "track_ids": "y"}, {"name": "x", "public": None}, {"name": "\0 \n"}],
)
def test_bad_input_is_told_so(user_client: Client, body: dict[str, object]) -> None:
    assert user_client.post("/api/v1/playlists", json=body).status_code == 422
