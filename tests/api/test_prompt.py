"""POST /api/v1/prompt/*, the same over GraphQL, and what a language model may do."""

from __future__ import annotations

from typing import Any

import pytest

from resonance.analysis.embedding import Embedding
from tests.api.conftest import Api, Client
from tests.fixtures.prompt_library import fill

TEXT = "5 minutes, late night jazz to disco, nothing live, max two per artist, frobnicate"


@pytest.fixture
def client(api: Api) -> Client:
    fill(api.services.db, api.services.search)
    Embedding(api.services.db, api.services.vectors, api.services.embedders).run()
    return api.as_new("berta")


def made(client: Client, **body: Any) -> dict[str, Any]:
    answered = client.post("/api/v1/prompt/make", json=body)
    assert answered.status_code == 200, answered.text
    found: dict[str, Any] = answered.json()
    return found


def test_a_sentence_is_understood_made_changed_and_kept(client: Client) -> None:
    planned = client.post("/api/v1/prompt/plan", json={"text": TEXT}).json()
    assert planned["leftovers"] == ["frobnicate"]
    assert [chip["kind"] for chip in planned["chips"]] == ["length", "from", "to", "live", "per_artist"]
    first = made(client, plan=planned["plan"], seed=3)
    assert first == made(client, text=TEXT, seed=3)
    assert abs(first["duration_s"] - 300) <= 6
    assert all(item["reason"] for item in first["tracks"])
    plan = first["plan"]
    plan["pieces"] = [piece for piece in plan["pieces"] if piece["kind"] != "length"]
    plan["pieces"].append({"kind": "length", "value": {"tracks": 4}})
    again = made(client, plan=plan, seed=3)
    assert len(again["tracks"]) == 4
    kept = client.post("/api/v1/prompt/save", json={"plan": plan, "seed": 3, "name": "Evening"})
    assert kept.status_code == 201
    entries = client.get(f"/api/v1/playlists/{kept.json()['playlist']['id']}").json()["entries"]
    assert [entry["track"]["id"] for entry in entries] == [item["track"]["id"] for item in again["tracks"]]


def test_a_live_list_follows_the_rules(client: Client) -> None:
    plan = client.post("/api/v1/prompt/plan", json={"text": "10 tracks of jazz, before 1970, rising"}).json()[
        "plan"
    ]
    kept = client.post(
        "/api/v1/prompt/save", json={"plan": plan, "seed": 3, "name": "Old jazz", "live": True}
    )
    assert kept.status_code == 201, kept.text
    assert kept.json()["left_out"] == ["curve"]
    entries = client.get(f"/api/v1/playlists/{kept.json()['playlist']['id']}").json()["entries"]
    assert entries and all(entry["track"]["year"] < 1970 for entry in entries)


def test_faults_are_named(client: Client) -> None:
    def fault(path: str, body: dict[str, Any]) -> tuple[int, str | None]:
        answered = client.post(f"/api/v1/prompt/{path}", json=body)
        return answered.status_code, answered.json().get("field")

    piece = {"kind": "years", "value": {"ranges": [[1990, 1980]]}}
    assert fault("make", {"plan": {"pieces": [piece]}}) == (422, "plan.pieces[0].value")
    assert fault("make", {"plan": {"pieces": [{"kind": "tracks", "value": {}}]}}) == (
        422,
        "plan.pieces[0].value",
    )
    assert fault("plan", {"text": "x" * 10_001})[0] == 422
    assert fault("save", {"plan": {}, "name": ""})[0] == 422
    assert client.post("/api/v1/prompt/make", json={"text": ""}).status_code == 200


def test_graphql_gives_the_same_list(client: Client) -> None:
    asked = "promptList(text: $t, seed: 3) { durationS notes { kind } tracks { track { id } } }"
    query = f"query($t: String!) {{ {asked} }}"
    found = client.post("/graphql", json={"query": query, "variables": {"t": TEXT}}).json()["data"][
        "promptList"
    ]
    same = made(client, text=TEXT, seed=3)
    assert [item["track"]["id"] for item in found["tracks"]] == [
        item["track"]["id"] for item in same["tracks"]
    ]
    save = 'mutation($p: JSON!) { savePrompt(plan: $p, name: "Two", seed: 3) { live playlist { name } } }'
    kept = client.post("/graphql", json={"query": save, "variables": {"p": same["plan"]}}).json()
    assert kept["data"]["savePrompt"] == {"live": False, "playlist": {"name": "Two"}}
