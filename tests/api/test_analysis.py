"""The analysis over REST, GraphQL and the socket: what it tells whom, and what people may change."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import update

from resonance.analysis import claims, store
from resonance.analysis.claims import Wanted
from resonance.analysis.store import Done
from resonance.api.realtime.audience import may_hear
from resonance.audio.ear.features import Features
from resonance.audio.ear.versions import ALL, VERSIONS
from resonance.core.events import Event
from resonance.db.tables.jobs import job
from resonance.db.tables.library import track
from resonance.library import traits
from resonance.model.caller import Caller, Role
from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows

FULL: dict[str, Any] = {f"{group}_version": 1 for group in VERSIONS} | {"key_window": "whole"}


@pytest.fixture
def tracks(api: Api) -> list[str]:
    """Six tracks: four measured (the last one unsurely, and tagged), one broken, one not heard yet."""
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        tags = [{}, {}, {}, {"bpm_tag": 90.0, "key_tag": "C#m"}, {}, {"key_tag": "Am"}]
        ids = [
            rows.track(f"T{n}", library_id=home, file={"payload_id": f"p{n}"}, **tag)
            for n, tag in enumerate(tags)
        ]
        rows.settle()
        traits.refresh(uow, ids)
        works = {
            work.track_id: work for work in claims.claim(uow, Wanted("whole", VERSIONS, ALL), ids[:5], "me")
        }
        keys = [(9, "minor"), (0, "major"), (6, "minor"), (11, "major")]
        measured = [
            Done(
                works[id_],
                Features(
                    **FULL, bpm=100.0 + 10 * n, bpm_confidence=0.9 if n < 3 else 0.1, bpm_alt=50.0,
                    key_tonic=keys[n][0], key_mode=keys[n][1], key_strength=0.8 if n < 3 else 0.1,
                    energy=n / 4, lufs_i=-12.5,
                ),
            )
            for n, id_ in enumerate(ids[:4])
        ]  # fmt: skip
        store.keep(uow, [*measured, Done(works[ids[4]], problem="truncated", detail="Cut off.")], None)
    return ids


def listed(client: Client, query: str) -> list[str]:
    answer = client.get(f"/api/v1/tracks?{query}")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["total"] == len(body["items"]) or body["next"] or "offset" in query
    return [item["title"] for item in body["items"]]


def test_lists_show_what_counts_and_where_it_is_from(user_client: Client, tracks: list[str]) -> None:
    items = {item["title"]: item for item in user_client.get("/api/v1/tracks").json()["items"]}
    first, unsure, alone = items["T0"], items["T3"], items["T5"]
    assert (first["bpm"], first["bpm_source"], first["bpm_confidence"]) == (100.0, "measured", 0.9)
    assert (first["key"], first["camelot"], first["key_source"]) == ("Am", "8A", "measured")
    assert (first["energy"], first["key_confidence"]) == (0.0, 0.8)
    assert (unsure["bpm"], unsure["bpm_source"], unsure["bpm_confidence"]) == (90.0, "tag", None)
    assert (unsure["key"], unsure["key_source"], unsure["key_tag"]) == ("C#m", "tag", "C#m")
    assert (alone["bpm"], alone["key"], alone["energy"]) == (None, "Am", None)


def test_sorts_and_filters(user_client: Client, tracks: list[str]) -> None:
    assert listed(user_client, "sort=bpm") == ["T3", "T0", "T1", "T2", "T4", "T5"]
    assert listed(user_client, "sort=bpm&order=desc") == ["T2", "T1", "T0", "T3", "T5", "T4"]
    assert listed(user_client, "sort=energy")[:4] == ["T0", "T1", "T2", "T3"]
    by_key = listed(user_client, "sort=key")
    assert set(by_key[:2]) == {"T0", "T5"} and by_key[2:4] == ["T1", "T2"] and by_key[4] == "T3"
    assert listed(user_client, "bpm_min=100&bpm_max=110") == ["T0", "T1"]
    assert listed(user_client, "bpm_min=100&sort=bpm") == ["T0", "T1", "T2"]
    assert listed(user_client, "key=8A") == ["T0", "T5"]
    assert listed(user_client, "key=Am&key=F%23m") == ["T0", "T2", "T5"]
    assert listed(user_client, "key=Am&key_compatible=true") == ["T0", "T1", "T5"]
    assert listed(user_client, "energy_min=0.25&energy_max=0.5") == ["T1", "T2"]
    assert listed(user_client, "analysed=true") == ["T0", "T1", "T2", "T3"]
    assert listed(user_client, "analysed=false") == ["T4", "T5"]
    refused = user_client.get("/api/v1/tracks?key=loud")
    assert (refused.status_code, refused.json()["field"]) == (422, "key")
    ids = user_client.get("/api/v1/tracks/ids?key=8A&sort=bpm").json()["ids"]
    assert ids == [tracks[0], tracks[5]]


@pytest.mark.parametrize("sort", ["bpm", "key", "energy"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_pages_go_on_where_they_ended(user_client: Client, tracks: list[str], sort: str, order: str) -> None:
    whole = listed(user_client, f"sort={sort}&order={order}")
    cursor, found = "", []
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        body = user_client.get(f"/api/v1/tracks?sort={sort}&order={order}&limit=2{more}").json()
        found += [item["title"] for item in body["items"]]
        cursor = body["next"]
    assert found == whole and sorted(found) == [f"T{n}" for n in range(6)]
    offset = user_client.get(f"/api/v1/tracks?sort={sort}&order={order}&offset=1").json()
    assert [item["title"] for item in offset["items"]] == whole[1:]


def test_lists_in_memory_follow_the_analysis(api: Api, user_client: Client, tracks: list[str]) -> None:
    assert listed(user_client, "sort=bpm&offset=1&limit=1") == ["T0"]
    assert user_client.get("/api/v1/tracks?bpm_min=150").json()["total"] == 0
    assert user_client.patch(f"/api/v1/tracks/{tracks[0]}/analysis", json={"bpm": 180}).status_code == 200
    assert listed(user_client, "sort=bpm&offset=1&limit=1") == ["T1"]
    assert user_client.get("/api/v1/tracks?bpm_min=150").json()["total"] == 1


def test_one_track_with_everything_known(user_client: Client, tracks: list[str]) -> None:
    body = user_client.get(f"/api/v1/tracks/{tracks[3]}/analysis").json()
    assert (body["state"], body["analyser"], body["problem"]) == ("measured", "resonance", None)
    assert body["versions"] == {"tempo": 1, "key": 1, "timbre": 1, "loudness": 1}
    assert (body["measured"]["bpm"], body["measured"]["bpm_confidence"]) == (130.0, 0.1)
    assert (body["measured"]["key"], body["measured"]["camelot"]) == ("B", "1B")
    assert body["tags"] == {"bpm": 90.0, "key": "C#m"}
    assert body["effective"] == {
        "bpm": 90.0, "bpm_source": "tag", "key": "C#m", "camelot": "12A", "key_source": "tag", "energy": 0.75,
    }  # fmt: skip
    assert body["edits"] is None and body["moods"] == []
    broken = user_client.get(f"/api/v1/tracks/{tracks[4]}/analysis").json()
    assert (broken["state"], broken["problem"], broken["detail"]) == ("failed", "truncated", "Cut off.")
    waiting = user_client.get(f"/api/v1/tracks/{tracks[5]}/analysis").json()
    assert (waiting["state"], waiting["measured"]) == ("pending", None)
    assert user_client.get(f"/api/v1/tracks/{'x' * 22}/analysis").status_code == 404


def test_corrections_win_and_outlive_the_next_analysis(
    api: Api, user_client: Client, tracks: list[str]
) -> None:
    url = f"/api/v1/tracks/{tracks[0]}/analysis"
    body = user_client.patch(url, json={"bpm": 87.5, "key": "5A"}).json()
    assert (body["effective"]["bpm"], body["effective"]["bpm_source"]) == (87.5, "user")
    assert (body["effective"]["key"], body["effective"]["key_source"]) == ("Cm", "user")
    assert (body["edits"]["bpm"], body["edits"]["key"], body["edits"]["edited_by"]) == (87.5, "Cm", "berta")
    assert body["measured"]["bpm"] == 100.0, "the measurement stays beside it"
    with api.services.db.write() as uow:
        store.redo(uow, tracks[:1], ALL, int(time.time() * 1000) + 1000)
        (work,) = claims.claim(uow, Wanted("whole", VERSIONS, ALL), tracks[:1], "me")
        store.keep(uow, [Done(work, Features(**FULL, bpm=200.0, bpm_confidence=1.0))], None)
    body = user_client.get(url).json()
    assert (body["effective"]["bpm"], body["measured"]["bpm"]) == (87.5, 200.0)
    body = user_client.patch(url, json={"bpm": None}).json()
    assert (body["effective"]["bpm"], body["effective"]["key"]) == (200.0, "Cm"), "what is left out stays"
    assert user_client.patch(url, json={"key": None}).json()["edits"] is None
    for wrong in ({"bpm": 5}, {"bpm": 1000}, {"key": "H major-ish"}, {"bpm": "fast"}):
        assert user_client.patch(url, json=wrong).status_code == 422, wrong


def test_who_may_correct_and_steer(
    api: Api, user_client: Client, guest_client: Client, visitor: Client, tracks: list[str]
) -> None:
    url = f"/api/v1/tracks/{tracks[0]}/analysis"
    assert guest_client.patch(url, json={"bpm": 90}).status_code == 403
    assert guest_client.get(url).status_code == 200
    assert visitor.get(url).status_code == 401
    assert user_client.get("/api/v1/analysis").status_code == 200
    assert user_client.patch("/api/v1/analysis", json={"paused": True}).status_code == 403
    assert user_client.post("/api/v1/analysis/start", json={}).status_code == 403
    assert user_client.get("/api/v1/analysis/failures").status_code == 403
    stranger = api.as_new("stranger", libraries=[])
    assert stranger.get(url).status_code == 404
    assert stranger.patch(url, json={"bpm": 90}).status_code == 404
    assert stranger.get("/api/v1/analysis").json()["tracks"] == 0


def test_status_pause_hours_and_start(api: Api, admin_client: Client, tracks: list[str]) -> None:
    body = admin_client.get("/api/v1/analysis").json()
    names = ("state", "reason", "tracks", "quick_done", "full_done", "failed")
    assert {name: body[name] for name in names} == {
        "state": "waiting", "reason": "queued", "tracks": 6, "quick_done": 4, "full_done": 4, "failed": 1,
    }  # fmt: skip
    assert body["hours"] is None and body["analysers"] == ["resonance"] and body["workers"] >= 1
    body = admin_client.patch("/api/v1/analysis", json={"paused": True}).json()
    assert (body["state"], body["reason"]) == ("paused", "paused")
    body = admin_client.patch("/api/v1/analysis", json={"hours": {"from": "23:00", "to": "06:00"}}).json()
    assert (body["state"], body["hours"]) == ("paused", {"from": "23:00", "to": "06:00"})
    body = admin_client.patch("/api/v1/analysis", json={"paused": False, "hours": None}).json()
    assert (body["state"], body["hours"]) == ("waiting", None)
    for hours in (
        {"from": "24:00", "to": "06:00"},
        {"from": "6", "to": "7"},
        {"from": "06:00", "to": "06:00"},
    ):
        assert admin_client.patch("/api/v1/analysis", json={"hours": hours}).status_code == 422, hours
    assert admin_client.post("/api/v1/analysis/start", json={}).status_code == 202
    forced = {"force": True, "groups": ["tempo"], "track_ids": tracks[:2]}
    assert admin_client.post("/api/v1/analysis/start", json=forced).status_code == 202
    assert admin_client.post("/api/v1/analysis/start", json={"groups": ["taste"]}).status_code == 422
    assert admin_client.post("/api/v1/analysis/start", json={"track_ids": ["x" * 22]}).status_code == 404
    with api.services.db.read() as uow:
        names = [row.name for row in uow.execute(job.select())]
    assert names.count("analysis.run") == 2, "the ordinary one is queued once"


def test_failures_are_listed(api: Api, admin_client: Client, tracks: list[str]) -> None:
    body = admin_client.get("/api/v1/analysis/failures").json()
    assert [(item["track"]["title"], item["problem"], item["detail"]) for item in body["items"]] == [
        ("T4", "truncated", "Cut off.")
    ]
    assert (body["total"], body["next"]) == (1, None)
    with api.services.db.write() as uow:
        works = claims.claim(uow, Wanted("whole", VERSIONS, ALL), tracks[5:], "me")
        store.keep(uow, [Done(works[0], problem="empty", detail="")], None)
    page = admin_client.get("/api/v1/analysis/failures?limit=1").json()
    rest = admin_client.get(f"/api/v1/analysis/failures?limit=1&cursor={page['next']}").json()
    assert {page["items"][0]["problem"], rest["items"][0]["problem"]} == {"empty", "truncated"}
    assert admin_client.get("/api/v1/analysis/failures?cursor=zzz").status_code == 422


def test_progress_is_for_admins_and_changes_for_all() -> None:
    admin = Caller("A" * 22, "ada", Role.ADMIN)
    user = Caller("B" * 22, "berta", Role.USER, frozenset())
    for topic, hears in (("analysis.progress", False), ("features.changed", True)):
        assert may_hear(admin)(Event(topic)) and may_hear(user)(Event(topic)) is hears


def test_graphql_has_the_same(api: Api, admin_client: Client, user_client: Client, tracks: list[str]) -> None:
    def ask(client: Client, query: str, **variables: Any) -> dict[str, Any]:
        answer = client.post("/graphql", json={"query": query, "variables": variables})
        assert answer.status_code == 200, answer.text
        return answer.json()

    found = ask(
        user_client,
        '{ tracks(sort: BPM, bpmMin: 100, keys: ["8A"], keyCompatible: true) { items { title bpm bpmSource '
        "key camelot energy analysis { state measured { lufsI keyWindow } effective { key } } } } "
        "analysis { state tracks quickDone } }",
    )["data"]
    assert [item["title"] for item in found["tracks"]["items"]] == ["T0", "T1"]
    assert found["tracks"]["items"][1]["analysis"] == {
        "state": "measured", "measured": {"lufsI": -12.5, "keyWindow": "whole"}, "effective": {"key": "C"},
    }  # fmt: skip
    assert found["analysis"] == {"state": "waiting", "tracks": 6, "quickDone": 4}
    correct = 'mutation($id: ID!) { correctTrack(id: $id, bpm: 99, key: "9A") { effective { bpm key } } }'
    assert ask(user_client, correct, id=tracks[0])["data"]["correctTrack"] == {
        "effective": {"bpm": 99, "key": "Em"}
    }
    steer = 'mutation { steerAnalysis(hours: {from: "22:00", to: "05:00"}) { hours { from to } } }'
    assert ask(user_client, steer)["errors"][0]["extensions"]["code"] == "forbidden"
    assert ask(admin_client, steer)["data"]["steerAnalysis"] == {"hours": {"from": "22:00", "to": "05:00"}}
    cleared = ask(
        admin_client, "mutation { steerAnalysis(hours: null, paused: true) { state hours { to } } }"
    )
    assert cleared["data"]["steerAnalysis"] == {"state": "paused", "hours": None}
    started = ask(admin_client, 'mutation { startAnalysis(force: true, groups: ["key"]) { tracks } }')
    assert started["data"]["startAnalysis"] == {"tracks": 6}


def test_missing_tracks_do_not_count(api: Api, admin_client: Client, tracks: list[str]) -> None:
    with api.services.db.write() as uow:
        uow.execute(update(track).where(track.c.id == tracks[0]).values(missing_at=1))
        Rows(uow).settle()
    body = admin_client.get("/api/v1/analysis").json()
    assert (body["tracks"], body["quick_done"], body["failed"]) == (5, 3, 1)
