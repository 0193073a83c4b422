"""DJ sets over HTTP."""

from __future__ import annotations

import random
import time
from typing import Any

import numpy as np
import pytest

from resonance.model.camelot import KEYS
from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows
from tests.fixtures.sounding import Sounding

API = "/api/v1"


def sounding_library(api: Api, count: int = 40, seed: int = 1) -> list[str]:
    """Tracks of known tempo, key, energy and timbre."""
    dice, shape = random.Random(seed), np.random.default_rng(seed)
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        sound = Sounding(rows)
        artists = [rows.artist(f"Artist {number}") for number in range(count // 4)]
        made = []
        for number in range(count):
            artist = dice.choice(artists)
            id_ = rows.track(f"{number:02}", library_id=home, artists=[artist], duration_s=180.0 + number)
            bpm, key = dice.gauss(122, 5), dice.choice(KEYS)
            sound.heard(id_, shape.normal(size=64), bpm=bpm, key=key, energy=dice.random())
            made.append(id_)
        sound.settle(api.services.vectors)
    return made


@pytest.fixture
def tracks(api: Api) -> list[str]:
    return sounding_library(api)


def new_set(client: Client, tracks: list[str], **more: Any) -> dict[str, Any]:
    body = {"name": "Parquet hour", "pool": {"kind": "tracks", "track_ids": tracks}, **more}
    made = client.post(f"{API}/sets", json=body)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def arranged(client: Client, set_id: str, **body: Any) -> dict[str, Any]:
    """The ended run."""
    asked = client.post(f"{API}/sets/{set_id}/arrange", json=body)
    assert asked.status_code == 202, asked.text
    run: dict[str, Any] = asked.json()
    until = time.monotonic() + 60
    while run["state"] in ("waiting", "running") and time.monotonic() < until:
        time.sleep(0.05)
        run = client.get(f"{API}/sets/runs/{run['run_id']}").json()
    return run


def taken(run: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A result as PUT takes it."""
    slots = [
        {name: slot[name] for name in ("track_id", "locked", "joined")} for slot in run["result"]["slots"]
    ]
    return {"slots": slots, "arranged": True, **more}


def test_the_life_of_a_set(user_client: Client, tracks: list[str]) -> None:
    made = new_set(user_client, tracks, length={"tracks": 12}, curve={"name": "rise"})
    url = f"{API}/sets/{made['id']}"
    assert made["slots"] == [] and made["version"] == 1 and made["statistics"]["average_score"] is None
    run = arranged(user_client, made["id"])
    assert (run["state"], run["progress"], run["reproducible"]) == ("done", 1.0, True)
    assert user_client.get(url).json()["slots"] == []  # the old order stays until the new one is taken
    after = user_client.put(f"{url}/slots", json=taken(run, version=1)).json()
    assert after["version"] == 2 and len(after["slots"]) == 12
    assert after["joints"] == run["result"]["joints"] and after["energy"] == run["result"]["energy"]
    assert after["statistics"]["average_score"] == run["best_score"]
    wanted = [level["wanted"] for level in after["energy"]]
    assert wanted == sorted(wanted)
    assert arranged(user_client, made["id"])["result"] == run["result"]  # a seed fixes the answer
    listed = user_client.get(f"{API}/sets").json()["items"]
    assert [(item["name"], item["track_count"], item["version"]) for item in listed] == [
        ("Parquet hour", 12, 2)
    ]
    saved = user_client.post(f"{url}/playlist", json={})
    assert (saved.status_code, saved.json()["name"], saved.json()["track_count"]) == (201, "Parquet hour", 12)
    assert user_client.delete(url, headers={"If-Match": "1"}).status_code == 409
    assert user_client.delete(url).status_code == 204
    assert user_client.get(url).status_code == 404
