"""The map over REST: state, bytes, points, places, and who may draw."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from resonance.jobs.ports import JobContext
from resonance.model.caller import Role
from resonance.worker.handlers import HANDLERS
from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows
from tests.fixtures.sounding import Sounding, manner, timbres


class Context(JobContext):
    """A job that nobody stops."""

    job_id = "J" * 22
    cancelled = False

    def __init__(self) -> None:
        self.told: list[float | None] = []

    def progress(self, fraction: float | None, text: str = "") -> None:
        self.told.append(fraction)


@dataclass
class Land:
    api: Api
    ada: Client
    bob: Client
    open: list[str]
    closed: list[str]

    def draw(self, **args: Any) -> Context:
        context = Context()
        HANDLERS["map.draw"](self.api.services, context, args)
        return context


@pytest.fixture
def land(make_app: Callable[..., Api]) -> Land:
    api = make_app()
    dice = np.random.default_rng(4)
    middles = manner(dice, 2)
    made: list[list[str]] = [[], []]
    with api.services.db.write() as uow:
        rows = Rows(uow)
        sounding = Sounding(rows)
        libraries = [rows.library("Music"), rows.library("Vault")]
        for group, (library, word) in enumerate(zip(libraries, ("House", "Metal"), strict=True)):
            genre = rows.genre(word)
            for vector in timbres(dice, middles[group] + 0.4 * dice.normal(size=(30, 8))):
                made[group].append(rows.track("T", library_id=library, genres=[genre]))
                sounding.heard(made[group][-1], vector, energy=0.5 if group else None, bpm=120.0)
        sounding.settle(api.services.vectors)
    return Land(api, api.as_new("ada", Role.ADMIN), api.as_new("bob", libraries=libraries[:1]), *made)


def test_from_nothing_to_a_map(land: Land) -> None:
    before = land.ada.get("/api/v1/map").json()
    assert (before["state"], before["count"], before["regions"]) == ("none", 0, [])
    assert land.ada.get("/api/v1/map/points").status_code == 404
    assert land.bob.post("/api/v1/map/draw").status_code == 403
    queued = land.ada.post("/api/v1/map/draw")
    assert queued.status_code == 202 and queued.json()["name"] == "map.draw"
    assert land.ada.get("/api/v1/map").json()["state"] == "drawing"
    told = land.draw(force=True).told
    assert told and told == sorted(told, key=lambda one: one or 0)
    state = land.ada.get("/api/v1/map").json()
    assert (state["state"], state["count"], state["space"]) == ("ready", 60, "timbre")
    assert state["drawn_at"].endswith("Z") and sum(one["tracks"] for one in state["regions"]) == 60


def test_points_tracks_ids_and_places(land: Land) -> None:
    land.draw()
    state = land.ada.get("/api/v1/map").json()
    answer = land.ada.get("/api/v1/map/points", params={"layout": state["layout"]})
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "immutable" in answer.headers["cache-control"]
    body = answer.content
    assert struct.unpack("<4sIII", body[:16]) == (b"RMAP", 1, 60, state["layout"]) and len(body) == 16 + 360
    energy = np.frombuffer(body, np.uint8, 60, 16 + 300)
    assert set(energy.tolist()) == {127, 255}
    asked = {"layout": state["layout"], "indexes": list(range(60))}
    ids = land.ada.post("/api/v1/map/ids", json=asked).json()["ids"]
    assert set(ids) == {*land.open, *land.closed}
    items = land.ada.post("/api/v1/map/tracks", json={**asked, "indexes": [2, 1]}).json()["items"]
    assert [item["id"] for item in items] == [ids[2], ids[1]]
    place = land.ada.get(f"/api/v1/map/place/{ids[5]}").json()
    x = np.frombuffer(body, "<u2", 60, 16)[5] / 65535
    assert place["index"] == 5 and place["x"] == pytest.approx(x, abs=1e-4)
    assert land.ada.post("/api/v1/map/ids", json={**asked, "layout": 7}).status_code == 409
    assert land.ada.get("/api/v1/map/points?layout=7").json()["code"] == "map_changed"
    for wrong in ({"indexes": [60]}, {"indexes": [-1]}, {"indexes": list(range(501))}):
        assert land.ada.post("/api/v1/map/tracks", json={**asked, **wrong}).status_code == 422


def test_only_ones_own_music_is_on_it(land: Land) -> None:
    land.draw()
    state = land.bob.get("/api/v1/map").json()
    assert state["count"] == 30 and "Metal" not in str(state["regions"])
    asked = {"layout": state["layout"], "indexes": list(range(30))}
    assert set(land.bob.post("/api/v1/map/ids", json=asked).json()["ids"]) == set(land.open)
    assert land.bob.get(f"/api/v1/map/place/{land.closed[0]}").status_code == 404
    assert len(land.bob.get("/api/v1/map/points").content) == 16 + 180
    assert land.api.client().get("/api/v1/map").status_code == 401
