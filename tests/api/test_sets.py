"""DJ sets over HTTP."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import numpy as np
import pytest
from sqlalchemy import select, update

from resonance.db import versions
from resonance.db.tables import library
from resonance.model.camelot import KEYS
from resonance.sets import pools
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
            sound.heard(id_, shape.normal(size=64).astype(np.float32), bpm=bpm, key=key, energy=dice.random())
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
    made = new_set(user_client, tracks[:8], length={"tracks": 5}, curve={"name": "rise"})
    url = f"{API}/sets/{made['id']}"
    assert made["slots"] == [] and made["version"] == 1 and made["statistics"]["average_score"] is None
    run = arranged(user_client, made["id"])
    assert (run["state"], run["progress"], run["reproducible"]) == ("done", 1.0, True)
    assert user_client.get(url).json()["slots"] == []  # the old order stays until the new one is taken
    after = user_client.put(f"{url}/slots", json=taken(run, version=1)).json()
    assert after["version"] == 2 and len(after["slots"]) == 5
    assert after["joints"] == run["result"]["joints"] and after["energy"] == run["result"]["energy"]
    assert after["statistics"]["average_score"] == run["best_score"]
    wanted = [level["wanted"] for level in after["energy"]]
    assert wanted == sorted(wanted)
    assert arranged(user_client, made["id"])["result"] == run["result"]  # a seed fixes the answer
    listed = user_client.get(f"{API}/sets").json()["items"]
    assert [(item["name"], item["track_count"], item["version"]) for item in listed] == [
        ("Parquet hour", 5, 2)
    ]
    saved = user_client.post(f"{url}/playlist", json={})
    assert (saved.status_code, saved.json()["name"], saved.json()["track_count"]) == (201, "Parquet hour", 5)
    assert user_client.delete(url, headers={"If-Match": "1"}).status_code == 409
    assert user_client.delete(url).status_code == 204
    assert user_client.get(url).status_code == 404


def test_graphql_does_the_same(user_client: Client, tracks: list[str]) -> None:
    def ask(query: str, **variables: Any) -> dict[str, Any]:
        answer = user_client.post("/graphql", json={"query": query, "variables": variables}).json()
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]
        return found

    made = ask(
        'mutation($ids: [ID!]) { createSet(name: "Rain", pool: {kind: TRACKS, trackIds: $ids},'
        " length: {tracks: 5}, curve: {points: [[0, 0.2], [1, 0.9]]}) { id version } }",
        ids=tracks[:8],
    )["createSet"]
    run = ask("mutation($id: ID!) { arrangeSet(id: $id, wish: {seed: 3}) { runId } }", id=made["id"])[
        "arrangeSet"
    ]
    until = time.monotonic() + 60
    wanted = "{ state result { seed slots { trackId locked joined track { title } } joints { score } } }"
    while time.monotonic() < until:
        told = ask(f"query($id: ID!) {{ setRun(runId: $id) {wanted} }}", id=run["runId"])["setRun"]
        if told["state"] == "done":
            break
        time.sleep(0.05)
    slots = [
        {name: slot[name] for name in ("trackId", "locked", "joined")} for slot in told["result"]["slots"]
    ]
    assert len(slots) == 5 and told["result"]["seed"] == 3
    put = ask(
        "mutation($id: ID!, $slots: [SlotInput!]!) { putSetSlots(id: $id, slots: $slots, version: 1) {"
        " version statistics { averageScore } history { version change }"
        " poolInfo { tracks used levels { of tracks } } } }",
        id=made["id"],
        slots=slots,
    )["putSetSlots"]
    assert put["version"] == 2 and [one["change"] for one in put["history"]] == ["edited", "made"]
    assert put["poolInfo"] == {"tracks": 8, "used": 8, "levels": [{"of": "energy", "tracks": 8}]}
    more = ask(
        "query($id: ID!, $a: ID!, $b: ID!) { djSets { name weak }"
        " slotAlternatives(id: $id, position: 2, limit: 3) { track { id } score gain }"
        " jointMends(id: $id, position: 1) { kind scoreAfter }"
        " joints(pairs: [[$a, $b]]) { score costs }"
        " mixesWell(id: $a, limit: 5) { items { joint { score } } note } }",
        id=made["id"],
        a=tracks[0],
        b=tracks[1],
    )
    assert (
        len(more["slotAlternatives"]) == 3 and len(more["joints"]) == 1 and more["mixesWell"]["note"] is None
    )
    assert ask("mutation($id: ID!) { deleteSet(id: $id) }", id=made["id"]) == {"deleteSet": True}


def test_undo_survives_a_reload(user_client: Client, tracks: list[str]) -> None:
    made = new_set(user_client, tracks[:6])
    url = f"{API}/sets/{made['id']}"
    first = [slot["track_id"] for slot in made["slots"]]
    assert first == tracks[:6]  # a list begins with its own order
    for turn in range(25):
        slots = [{"track_id": id_, "locked": turn % 2 == 0} for id_ in reversed(tracks[:6])]
        seen = {"If-Match": str(turn + 1)}
        assert user_client.put(f"{url}/slots", json={"slots": slots}, headers=seen).status_code == 200
    stale = user_client.put(f"{url}/slots", json={"slots": [], "version": 3})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    history = user_client.get(f"{url}/history").json()["items"]
    assert [one["version"] for one in history] == list(range(26, 6, -1))  # the last twenty
    assert user_client.post(f"{url}/restore", json={"version": 1}).status_code == 404
    back = user_client.post(f"{url}/restore", json={"version": 8}).json()
    assert back["version"] == 27 and [slot["locked"] for slot in back["slots"]] == [True] * 6
    assert user_client.get(f"{url}/history").json()["items"][0]["change"] == "restored"


def test_a_set_is_private(
    user_client: Client, admin_client: Client, guest_client: Client, tracks: list[str]
) -> None:
    made = new_set(user_client, tracks[:4])
    run = arranged(user_client, made["id"])
    url = f"{API}/sets/{made['id']}"
    asked: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("PATCH", "", {}),
        ("DELETE", "", None),
        ("GET", "/pool", None),
    ]
    asked += [("PUT", "/slots", {"slots": []}), ("POST", "/arrange", {}), ("GET", "/history", None)]
    asked += [("GET", "/slots/0/alternatives", None), ("GET", "/joints/0/swaps", None)]
    asked += [("POST", "/restore", {"version": 1}), ("POST", "/playlist", {})]
    for method, path, body in asked:
        assert admin_client.request(method, url + path, json=body).status_code == 404, (method, path)
    for method in ("GET", "DELETE"):
        assert admin_client.request(method, f"{API}/sets/runs/{run['run_id']}").status_code == 404
    assert admin_client.get(f"{API}/sets").json() == {"items": []}
    refused = guest_client.post(f"{API}/sets", json={"name": "x", "pool": {"kind": "library"}})
    assert refused.status_code == 403


def test_locks_pins_and_runs_hold(user_client: Client, tracks: list[str]) -> None:
    made = new_set(user_client, tracks[:9])
    url = f"{API}/sets/{made['id']}"
    slots = [
        {"track_id": id_, "locked": place in (2, 8), "joined": place == 3}
        for place, id_ in enumerate(tracks[:9])
    ]
    user_client.put(f"{url}/slots", json={"slots": slots})
    body = {"length": {"tracks": 8}, "pins": [{"track_id": tracks[7], "place": 0}], "keep": [tracks[1]]}
    run = arranged(user_client, made["id"], **body, without=[tracks[0]], locks=[[tracks[6], tracks[5]]])
    order = [slot["track_id"] for slot in run["result"]["slots"]]
    assert len(order) == 8 and (order[0], order[2], order[-1]) == (tracks[7], tracks[2], tracks[8])
    assert tracks[1] in order and tracks[0] not in order
    for together in (tracks[3:5], [tracks[6], tracks[5]]):
        start = order.index(together[0])
        assert order[start : start + 2] == together
    kept = {slot["track_id"]: slot for slot in run["result"]["slots"]}
    assert kept[tracks[2]]["locked"] and kept[tracks[3]]["joined"] and not kept[tracks[7]]["locked"]


def test_alternatives_and_mended_joints_are_better(user_client: Client, tracks: list[str]) -> None:
    made = new_set(user_client, tracks, length={"tracks": 10})
    url = f"{API}/sets/{made['id']}"
    slots = [{"track_id": id_, "locked": place == 0} for place, id_ in enumerate(tracks[:10])]
    detail = user_client.put(f"{url}/slots", json={"slots": slots}).json()
    scores = [joint["score"] for joint in detail["joints"]]
    weakest = scores.index(min(scores))
    assert all((joint["weak_reason"] is not None) == (joint["score"] < 60) for joint in detail["joints"])
    found = user_client.get(f"{url}/joints/{weakest}/swaps").json()["items"]
    assert found and {one["kind"] for one in found} <= {"swap", "move", "insert", "replace"}
    for one in found:
        assert one["score_before"] < one["score_after"] and one["slots"][0]["track_id"] == tracks[0]
        taken = user_client.put(f"{url}/slots", json={"slots": one["slots"]}).json()
        assert taken["statistics"]["average_score"] == one["average_after"], one["kind"]
        assert taken["statistics"]["weak"] == one["weak_after"]
        user_client.put(f"{url}/slots", json={"slots": slots})
    others = user_client.get(f"{url}/slots/4/alternatives", params={"limit": 5}).json()["items"]
    assert len(others) == 5
    best = others[0]
    swapped = [
        {"track_id": best["track"]["id"] if place == 4 else id_} for place, id_ in enumerate(tracks[:10])
    ]
    after = user_client.put(f"{url}/slots", json={"slots": swapped}).json()
    assert [after["joints"][3], after["joints"][4]] == [best["joint_before"], best["joint_after"]]
    assert best["score"] == min(after["joints"][3]["score"], after["joints"][4]["score"])
    assert best["gain"] == best["score"] - min(scores[3], scores[4])
    for bad in ("slots/10/alternatives", "joints/9/swaps"):
        assert user_client.get(f"{url}/{bad}").status_code == 404


def test_a_run_can_be_stopped_and_tells_how_far_it_is(api: Api, user_client: Client) -> None:
    made = new_set(user_client, sounding_library(api, 120))
    run = user_client.post(f"{API}/sets/{made['id']}/arrange", json={}).json()
    url = f"{API}/sets/runs/{run['run_id']}"
    until = time.monotonic() + 60
    while run["best_score"] is None and time.monotonic() < until:
        run = user_client.get(url).json()
    assert run["state"] == "running" and 0 <= run["progress"] < 1
    assert user_client.delete(url).status_code == 200
    while run["state"] == "running" and time.monotonic() < until:
        run = user_client.get(url).json()
    assert (run["state"], run["reproducible"], run["result"]["reproducible"]) == ("cancelled", False, False)
    assert len({slot["track_id"] for slot in run["result"]["slots"]}) == 120
    short = arranged(user_client, made["id"], time_limit_s=0.05)
    assert (short["state"], short["reproducible"]) == ("done", False)


BAD: list[tuple[str, str, dict[str, Any], str]] = [
    ("PATCH", "", {"pool": {"kind": "playlist"}}, "pool.id"),
    ("PATCH", "", {"pool": {"kind": "rule", "rule": {"match": {"field": "x"}}}}, "pool.rule.match.field"),
    ("PATCH", "", {"pool": {"kind": "rule"}}, "pool.rule"),
    ("PATCH", "", {"pool": {"kind": "tracks", "track_ids": []}}, "pool.track_ids"),
    ("PATCH", "", {"length": {"tracks": 3, "minutes": 9}}, "length"),
    ("PATCH", "", {"curve": {"name": "arc", "points": [[0, 1]]}}, "curve"),
    ("PATCH", "", {"curve": {"points": [[0.5, 1], [0.2, 1]]}}, "curve"),
    ("PATCH", "", {"curve": {"points": [[0, 1.5]]}}, "curve.points.0.1"),
    ("PATCH", "", {"settings": {"ignore": ["colour"]}}, "settings.ignore.0"),
    ("PATCH", "", {"name": " "}, "name"),
    ("POST", "/arrange", {"length": {"tracks": 2000}}, "pick"),
    ("POST", "/arrange", {"length": {"minutes": 10000}}, "minutes"),
    ("POST", "/arrange", {"length": {"tracks": 1}, "keep": ["{0}", "{1}"]}, "pick"),
    (
        "POST",
        "/arrange",
        {"pins": [{"track_id": "{0}", "place": 0}, {"track_id": "{0}", "place": 1}]},
        "pins",
    ),
    (
        "POST",
        "/arrange",
        {"pins": [{"track_id": "{0}", "place": 0}, {"track_id": "{1}", "place": 0}]},
        "pins",
    ),
    ("POST", "/arrange", {"pins": [{"track_id": "{0}", "place": 77}]}, "pins"),
    ("POST", "/arrange", {"locks": [["{0}"]]}, "locked"),
    ("POST", "/arrange", {"keep": ["{0}"], "without": ["{0}"]}, "without"),
    ("PUT", "/slots", {"slots": [{"track_id": "{0}"}, {"track_id": "{0}"}]}, "slots"),
]


def test_what_cannot_be_is_refused(user_client: Client, tracks: list[str]) -> None:
    made = new_set(user_client, tracks[:12])
    for method, path, body, field in BAD:
        text = json.dumps(body).replace("{0}", tracks[0]).replace("{1}", tracks[1])
        url, headers = f"{API}/sets/{made['id']}{path}", {"Content-Type": "application/json"}
        answer = user_client.request(method, url, content=text, headers=headers)
        assert (answer.status_code, answer.json()["field"]) == (422, field), (body, answer.text)


def test_what_is_out_of_sight_is_not_found(api: Api, user_client: Client, tracks: list[str]) -> None:
    made = new_set(user_client, tracks[:3])
    url, nobody = f"{API}/sets/{made['id']}", "x" * 22
    for method, path, body in (
        ("PUT", "/slots", {"slots": [{"track_id": nobody}]}),
        ("POST", "/arrange", {"keep": [nobody]}),
        ("PATCH", "", {"pool": {"kind": "playlist", "id": nobody}}),
        ("PATCH", "", {"pool": {"kind": "folder", "id": nobody}}),
        ("PATCH", "", {"pool": {"kind": "tracks", "track_ids": [nobody]}}),
    ):
        assert user_client.request(method, url + path, json=body).status_code == 404, (path, body)
    with api.services.db.write() as uow:
        uow.execute(update(library.track).where(library.track.c.id == tracks[1]).values(missing_at=1))
        versions.bump(uow, "catalogue")
    detail = user_client.get(url).json()
    assert [slot["track"] is None for slot in detail["slots"]] == [False, True, False]
    assert {joint["weak_reason"] for joint in detail["joints"]} == {"unknown"}
    assert len(arranged(user_client, made["id"])["result"]["slots"]) == 2
    assert user_client.post(f"{url}/playlist", json={}).json()["track_count"] == 2


def crates(client: Client, inside: list[str], beside: list[str]) -> str:
    """A folder that holds `inside` in a playlist of its own and in one of a folder in it."""

    def folder(name: str, parent: str | None = None) -> str:
        made = client.post(f"{API}/playlist-folders", json={"name": name, "parent_id": parent})
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    outer = folder("Crates")
    for held, place in ((inside[:3], outer), (inside[2:], folder("Deep", outer)), (beside, folder("Other"))):
        body = {"name": "List", "track_ids": held}
        id_ = client.post(f"{API}/playlists", json=body).json()["id"]
        put = client.post(f"{API}/playlist-folders/places", json={"playlist_ids": [id_], "folder_id": place})
        assert put.status_code == 200, put.text
    return outer


@pytest.mark.parametrize("kind", ["library", "liked", "genre", "playlist", "folder", "rule"])
def test_pools_of_every_kind(api: Api, user_client: Client, kind: str) -> None:
    tracks = sounding_library(api, 8)
    wanted = tracks[:6]
    pool: dict[str, Any] = {"kind": kind}
    if kind == "library":
        wanted = tracks
    elif kind == "liked":
        for id_ in wanted:
            user_client.put(f"{API}/likes/track/{id_}")
    elif kind == "genre":
        with api.services.db.write() as uow:
            pool["id"] = Rows(uow).genre("House")
            for place, id_ in enumerate(wanted):
                row = {"track_id": id_, "genre_id": pool["id"], "position": place}
                uow.execute(library.track_genre.insert(), row)
            versions.bump(uow, "catalogue")
    elif kind == "playlist":
        made = user_client.post(f"{API}/playlists", json={"name": "Mine", "track_ids": [*wanted, wanted[0]]})
        pool["id"] = made.json()["id"]
    elif kind == "folder":
        pool["id"] = crates(user_client, wanted, tracks[6:])
    else:
        under = {"field": "title", "op": "starts_with", "value": "0"}
        pool["rule"] = {"match": {"all": [under]}, "sort": [{"by": "title"}]}
        wanted = tracks
    answer = user_client.post(f"{API}/sets", json={"name": kind, "pool": pool})
    assert answer.status_code == 201, answer.text
    run = arranged(user_client, answer.json()["id"])
    assert {slot["track_id"] for slot in run["result"]["slots"]} == set(wanted), run["fault"]
    assert run["result"]["pool"]["tracks"] == len(wanted)


def test_a_mood_can_be_what_the_curve_is_about(user_client: Client, tracks: list[str]) -> None:
    for place, id_ in enumerate(tracks[:8]):
        said = user_client.put(f"{API}/tracks/{id_}/moods", json={"happy": place / 8})
        assert said.status_code == 200, said.text
    curve = {"points": [[0, 0], [1, 1]], "of": "happy"}
    made = new_set(user_client, tracks[:9], length={"tracks": 6}, curve=curve)
    result = arranged(user_client, made["id"])["result"]
    levels = [one["level"] for one in result["energy"] if one["level"] is not None]
    assert len(levels) >= 5 and sum(levels[-3:]) > sum(levels[:3])
    assert result["pool"]["without_level"] == 1
    user_client.put(f"{API}/tracks/{tracks[9]}/moods", json={"sad": 0.5})  # not of this pool
    pool = user_client.get(f"{API}/sets/{made['id']}/pool").json()
    assert pool["levels"] == [{"of": "energy", "tracks": 9}, {"of": "happy", "tracks": 8}]


def test_a_large_pool_is_narrowed_and_that_is_said(
    api: Api, user_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounding_library(api, 9)
    monkeypatch.setattr(pools, "COMPARED", 7)
    made = user_client.post(
        f"{API}/sets", json={"name": "All", "pool": {"kind": "library"}, "length": {"minutes": 12}}
    ).json()
    run = arranged(user_client, made["id"])
    pool = run["result"]["pool"]
    assert (pool["tracks"], pool["used"]) == (9, 7) and "Of 9 tracks 7" in pool["note"]
    assert abs(run["result"]["statistics"]["duration_s"] - 720) <= 90


def test_what_mixes_well(api: Api, user_client: Client, tracks: list[str]) -> None:
    seed = user_client.get(f"{API}/tracks/{tracks[0]}").json()
    found = user_client.get(f"{API}/tracks/{tracks[0]}/mixes-well", params={"limit": 10}).json()
    assert found["note"] is None and found["items"]
    costs = []
    for item in found["items"]:
        joint = item["joint"]
        assert (
            joint["compatible"] and abs(joint["tempo_change_pct"]) <= 6.4 and item["track"]["id"] != tracks[0]
        )
        costs.append(sum(joint["costs"].values()))
    assert costs == sorted(costs)
    every = user_client.post(
        f"{API}/joints", json={"pairs": [[tracks[0], id_] for id_ in tracks[1:]]}
    ).json()["items"]
    fitting = [
        sum(one["costs"].values()) for one in every if one["compatible"] and one["costs"]["tempo"] <= 400
    ]
    assert costs == sorted(fitting)[:10]
    made = user_client.post(f"{API}/playlists", json={"name": "Few", "track_ids": tracks[20:]}).json()
    few = user_client.get(
        f"{API}/tracks/{tracks[0]}/mixes-well", params={"among": f"playlist:{made['id']}"}
    ).json()["items"]
    assert {item["track"]["id"] for item in few} <= set(tracks[20:])
    assert seed["bpm"] is not None
    for bad in ("nothing", "playlist:x", "set:" + "\x00"):
        answer = user_client.get(f"{API}/tracks/{tracks[0]}/mixes-well", params={"among": bad})
        assert answer.status_code == 422, bad
    assert user_client.get(f"{API}/tracks/{'x' * 22}/mixes-well").status_code == 404


def test_what_mixes_well_is_only_what_one_may_hear(api: Api) -> None:
    tracks = sounding_library(api, 60)
    with api.services.db.write() as uow:
        hidden = Rows(uow).library("Hidden")
        uow.execute(
            update(library.carrier)
            .where(library.carrier.c.track_id.in_(tracks[30:]))
            .values(library_id=hidden)
        )
        home = uow.execute(select(library.library.c.id).where(library.library.c.id != hidden)).scalar_one()
        versions.bump(uow, "catalogue")
    client = api.as_new("berta", libraries=[home])
    found = client.get(f"{API}/tracks/{tracks[0]}/mixes-well", params={"limit": 100}).json()["items"]
    assert found and {item["track"]["id"] for item in found} <= set(tracks[:30])
    assert client.post(f"{API}/joints", json={"pairs": [[tracks[0], tracks[40]]]}).status_code == 404
    assert client.get(f"{API}/tracks/{tracks[40]}/mixes-well").status_code == 404
