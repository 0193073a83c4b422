"""Smart playlists over HTTP, GraphQL and Subsonic."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows

BASE = "/api/v1/playlists"
JAZZ: dict[str, Any] = {"match": {"all": [{"field": "genre", "op": "is", "value": "Jazz"}]}}


@pytest.fixture
def songs(api: Api) -> list[str]:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        home = rows.library()
        jazz, folk = rows.genre("Jazz"), rows.genre("Folk")
        artist = rows.artist("Ella")
        made = [
            rows.track(
                f"s{at}",
                library_id=home,
                genres=[folk if at % 2 else jazz],
                artists=[artist],
                duration_s=60.0,
                year=1960 + at,
            )
            for at in range(6)
        ]
        rows.settle()
    return made


def titles(client: Client, id_: str) -> list[str]:
    return [entry["track"]["title"] for entry in client.get(f"{BASE}/{id_}").json()["entries"]]


def test_a_preview_counts_and_shows_and_keeps_nothing(user_client: Client, songs: list[str]) -> None:
    rule = JAZZ | {"sort": [{"by": "year", "descending": True}], "limit": {"tracks": 2}}
    found = user_client.post("/api/v1/rules/preview", json={"rule": rule, "limit": 1})
    assert found.status_code == 200
    body = found.json()
    assert (body["count"], body["kept"], body["duration_s"]) == (3, 2, 120.0)
    assert [track["title"] for track in body["items"]] == ["s4"]
    assert body["took_ms"] > 0 and body["names"] == {} and body["sentence"]
    typed = user_client.post("/api/v1/rules/preview", json={"text": body["text"]}).json()
    assert (
        typed["rule"]
        == body["rule"]
        == JAZZ
        | {
            "sort": [{"by": "year", "descending": True}],
            "limit": {"tracks": 2},
            "seed": None,
        }
    )
    everything = user_client.post("/api/v1/rules/preview", json={"rule": {}}).json()
    assert (everything["count"], everything["duration_s"], len(everything["items"])) == (6, 360.0, 6)
    assert user_client.get(BASE).json()["items"] == []


def test_a_preview_names_what_the_rule_speaks_of(user_client: Client, songs: list[str]) -> None:
    listed = user_client.post(BASE, json={"name": "Mine", "track_ids": songs[:2]}).json()
    like = {"field": "sounds_like", "op": "is", "value": {"track": songs[3], "at_least": 0.8}}
    inside = {"field": "playlist", "op": "in", "value": listed["id"]}
    rule = {"match": {"any": [like, inside]}}
    body = user_client.post("/api/v1/rules/preview", json={"rule": rule}).json()
    assert body["names"] == {songs[3]: "s3", listed["id"]: "Mine"}
    assert sorted(track["title"] for track in body["items"]) == ["s0", "s1"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "rule"),
        ({"rule": {}, "text": ""}, "rule"),
        ({"rule": {"match": {"all": [{"field": "nonsense", "op": "is"}]}}}, "rule.match.all[0].field"),
        ({"rule": {"match": {"field": "year", "op": "is", "value": "x"}}}, "rule.match.value"),
        ({"rule": {"limit": {"tracks": 0}}}, "rule.limit.tracks"),
    ],
)
def test_a_fault_is_named(user_client: Client, body: dict[str, Any], field: str) -> None:
    refused = user_client.post("/api/v1/rules/preview", json=body)
    assert (refused.status_code, refused.json()["field"]) == (422, field)


def test_fields_and_their_values(user_client: Client, songs: list[str]) -> None:
    listed = {one["name"]: one for one in user_client.get("/api/v1/rules/fields").json()["items"]}
    assert listed["bpm"]["unit"] == "BPM" and listed["genre"]["suggests"] and not listed["year"]["suggests"]
    ask = "/api/v1/rules/suggest"
    assert user_client.get(ask, params={"field": "genre", "q": "AZ"}).json()["items"] == [
        {"value": "Jazz", "tracks": 3}
    ]
    assert [one["value"] for one in user_client.get(ask, params={"field": "artist"}).json()["items"]] == [
        "Ella"
    ]
    for field in [one["name"] for one in listed.values() if one["suggests"]]:
        assert user_client.get(ask, params={"field": field, "q": "xqx"}).json()["items"] == []
    assert user_client.get(ask, params={"field": "year"}).status_code == 422


def test_the_life_of_a_smart_playlist(user_client: Client, guest_client: Client, songs: list[str]) -> None:
    made = user_client.post(BASE, json={"name": "Jazz", "public": True, "rule": JAZZ})
    assert (made.status_code, made.json()["smart"], made.json()["track_count"]) == (201, True, 3)
    url = f"{BASE}/{made.json()['id']}"
    assert user_client.get(f"{url}/rule").json()["rule"]["match"] == JAZZ["match"]
    refused = user_client.post(f"{url}/entries", json={"track_ids": songs[:1]})
    assert (refused.status_code, refused.json()["code"]) == (409, "follows_rule")
    assert guest_client.get(f"{url}/rule").status_code == 403
    assert guest_client.post(f"{url}/refresh").status_code == 403
    stale = {"If-Match": '"1"'}
    folk = {"text": "genre:Folk sort:-year"}
    assert user_client.put(f"{url}/rule", json=folk, headers=stale).status_code == 409
    assert user_client.put(f"{url}/rule", json=folk).json()["track_count"] == 3
    assert titles(user_client, made.json()["id"]) == ["s5", "s3", "s1"]
    assert user_client.post(f"{url}/refresh").json()["smart"]
    itself = {"match": {"field": "playlist", "op": "in", "value": made.json()["id"]}}
    circle = user_client.put(f"{url}/rule", json={"rule": itself})
    assert (circle.status_code, circle.json()["code"]) == (422, "circle")
    frozen = user_client.post(f"{url}/freeze").json()
    assert (frozen["smart"], frozen["track_count"]) == (False, 3)
    assert user_client.get(f"{url}/rule").status_code == 409
    assert user_client.post(f"{url}/entries", json={"track_ids": songs[:1]}).json()["track_count"] == 4
    both = user_client.post(BASE, json={"name": "x", "rule": JAZZ, "track_ids": songs})
    assert both.status_code == 422


def test_graphql_knows_rules_too(user_client: Client, songs: list[str]) -> None:
    def ask(query: str, **variables: Any) -> Any:
        return user_client.post("/graphql", json={"query": query, "variables": variables}).json()

    found = ask('{ rulePreview(text: "genre:Jazz") { count sentence items { title } } }')["data"][
        "rulePreview"
    ]
    assert (found["count"], len(found["items"])) == (3, 3)
    make = 'mutation ($rule: JSON!) { createSmartPlaylist(name: "J", rule: $rule) { id smart trackCount } }'
    made = ask(make, rule=JAZZ)["data"]["createSmartPlaylist"]
    assert (made["smart"], made["trackCount"]) == (True, 3)
    read = ask("query ($id: ID!) { playlistRule(id: $id) { rule text } }", id=made["id"])["data"][
        "playlistRule"
    ]
    assert read["rule"]["match"] == JAZZ["match"]
    change = 'mutation ($id: ID!) { setPlaylistRule(id: $id, text: "genre:Folk") { trackCount } }'
    assert ask(change, id=made["id"])["data"]["setPlaylistRule"]["trackCount"] == 3
    assert ask("mutation ($id: ID!) { refreshPlaylist(id: $id) { smart } }", id=made["id"])["data"]
    frozen = ask("mutation ($id: ID!) { freezePlaylist(id: $id) { smart } }", id=made["id"])
    assert frozen["data"]["freezePlaylist"] == {"smart": False}
    again = ask("mutation ($id: ID!) { freezePlaylist(id: $id) { smart } }", id=made["id"])
    assert again["errors"][0]["extensions"]["code"] == "no_rule"


def test_subsonic_apps_see_it_and_cannot_change_it(api: Api, user_client: Client, songs: list[str]) -> None:
    made = user_client.post(BASE, json={"name": "Jazz", "rule": JAZZ}).json()
    password = user_client.post("/api/v1/me/app-passwords", json={"label": "app"}).json()["password"]
    name = user_client.get("/api/v1/me").json()["name"]
    who = {"u": name, "p": password, "c": "t", "v": "1.16.1", "f": "json"}
    app = api.client()
    listed = app.get("/rest/getPlaylists", params=who).json()["subsonic-response"]["playlists"]["playlist"]
    assert [(one["name"], one["readonly"], one["songCount"]) for one in listed] == [("Jazz", True, 3)]
    assert listed[0]["validUntil"].endswith("Z")
    shown = app.get("/rest/getPlaylist", params=who | {"id": made["id"]}).json()["subsonic-response"][
        "playlist"
    ]
    assert sorted(song["title"] for song in shown["entry"]) == ["s0", "s2", "s4"]
    more = {"playlistId": made["id"], "songIdToAdd": songs[1]}
    refused = app.get("/rest/updatePlaylist", params=who | more).json()["subsonic-response"]
    assert refused["status"] == "failed" and "follows a rule" in refused["error"]["message"]


NSP = """
/* from a folder of Navidrome */
{"name": "Played", "comment": "c", "public": true,
 "all": [{"gt": {"playCount": 0}}, {"is": {"futureField": 1}}], // so far
 "sort": "title", "limit": 10}
"""


def test_nsp_files_come_in_with_a_report_and_go_out(user_client: Client, songs: list[str]) -> None:
    made = user_client.post(f"{BASE}/nsp", json={"nsp": NSP})
    assert made.status_code == 201
    listed = made.json()["playlist"]
    assert (listed["name"], listed["comment"], listed["public"], listed["smart"]) == (
        "Played",
        "c",
        True,
        True,
    )
    assert any("futureField" in one for one in made.json()["unknown"])
    file = user_client.get(f"{BASE}/{listed['id']}/rule.nsp")
    assert 'filename="Played.nsp"' in file.headers["content-disposition"]
    assert {"is": {"futureField": 1}} in file.json()["all"]
    again = user_client.post("/api/v1/rules/preview", json={"nsp": file.text}).json()
    assert again["rule"]["match"] == user_client.get(f"{BASE}/{listed['id']}/rule").json()["rule"]["match"]
    broken = user_client.post(f"{BASE}/nsp", json={"nsp": "{"})
    assert (broken.status_code, broken.json()["field"]) == (422, "nsp")
