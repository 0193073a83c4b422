"""Exports, imports and cues over REST and GraphQL."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from resonance.model.caller import Role
from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows

CUES: list[dict[str, Any]] = [
    {"kind": "grid", "start_s": 0.25, "bpm": 126.5, "beat": 1, "beats": 4},
    {"kind": "cue", "start_s": 1.5, "number": 0, "name": "Drop", "colour": "#28E214"},
    {"kind": "loop", "start_s": 10.0, "end_s": 17.5},
]
NOTHING = dict.fromkeys(("end_s", "number", "colour", "bpm", "beat", "beats")) | {"name": ""}


@pytest.fixture
def tracks(api: Api, admin_client: Client) -> list[str]:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        music = rows.library()
        return [rows.track(f"Title {n} <&>", artist="Ännie", library_id=music) for n in range(5)]


def filled(cue: dict[str, Any]) -> dict[str, Any]:
    colour = cue.get("colour")
    return NOTHING | cue | {"colour": colour and colour.lower()}


def test_cues_are_everybodys_own(api: Api, admin_client: Client, tracks: list[str]) -> None:
    address = f"/api/v1/tracks/{tracks[0]}/cues"
    assert admin_client.get(address).json() == {"cues": []}
    assert admin_client.put(address, json={"cues": CUES}).json() == {"cues": [filled(cue) for cue in CUES]}
    assert admin_client.get(address).json()["cues"] == [filled(cue) for cue in CUES]
    berta = api.as_new("berta")
    assert berta.get(address).json() == {"cues": []}
    assert berta.put(address, json={"cues": []}).status_code == 200
    assert len(admin_client.get(address).json()["cues"]) == 3
    wrong = admin_client.put(address, json={"cues": [{"kind": "loop", "start_s": 1}]})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "end_s")
    assert admin_client.put(address, json={"cues": [{"kind": "x", "start_s": 1}]}).status_code == 422
    assert admin_client.get(f"/api/v1/tracks/{'0' * 22}/cues").status_code == 404
    gustav = api.as_new("gustav", Role.GUEST)
    assert gustav.put(address, json={"cues": []}).status_code == 403
    assert admin_client.put(address, json={"cues": []}).json() == {"cues": []}


def test_a_playlist_in_every_format(admin_client: Client, tracks: list[str]) -> None:
    made = {"name": "Fête: 1/2", "track_ids": [*tracks[:3], tracks[0]]}
    id_ = admin_client.post("/api/v1/playlists", json=made).json()["id"]
    formats = admin_client.get("/api/v1/exports/formats").json()["items"]
    assert {"rekordbox", "nml", "csv", "m3u8", "xspf", "jspf"} <= {each["name"] for each in formats}
    for format in formats:
        answer = admin_client.get(f"/api/v1/exports/playlist/{id_}", params={"format": format["name"]})
        if not format["writes"]:
            assert (answer.status_code, answer.json()["field"]) == (422, "format")
            continue
        assert answer.status_code == 200 and answer.headers["content-type"] == format["media_type"]
        saved = answer.headers["content-disposition"]
        assert f"filename*=UTF-8''F%C3%AAte_%201_2.{format['extension']}" in saved
        assert b"Title 2" in answer.content
    for wrong in ({"format": "itunes"}, {}, {"format": "csv", "from": "a"}):
        assert admin_client.get(f"/api/v1/exports/playlist/{id_}", params=wrong).status_code == 422
    gone = admin_client.get(f"/api/v1/exports/playlist/{'0' * 22}", params={"format": "csv"})
    assert gone.status_code == 404


def test_nobody_reads_anothers_playlist_or_set(api: Api, admin_client: Client, tracks: list[str]) -> None:
    id_ = admin_client.post("/api/v1/playlists", json={"name": "Mine", "track_ids": tracks}).json()["id"]
    pool = {"kind": "tracks", "track_ids": tracks}
    made = admin_client.post("/api/v1/sets", json={"name": "Night", "pool": pool})
    set_id = made.json()["id"]
    assert admin_client.get(f"/api/v1/exports/set/{set_id}", params={"format": "nml"}).status_code == 200
    berta = api.as_new("berta")
    for place in (f"playlist/{id_}", f"set/{set_id}"):
        assert berta.get(f"/api/v1/exports/{place}", params={"format": "csv"}).status_code == 404
        assert api.client().get(f"/api/v1/exports/{place}", params={"format": "csv"}).status_code == 401


def test_everything_out_and_in_again(api: Api, admin_client: Client, tracks: list[str]) -> None:
    admin_client.post("/api/v1/playlists", json={"name": "Freitag", "track_ids": tracks[:2]})
    admin_client.put(f"/api/v1/tracks/{tracks[0]}/cues", json={"cues": CUES})
    admin_client.put(f"/api/v1/ratings/track/{tracks[1]}", json={"stars": 4})
    rules = {"from": ["/m/nothing", "/m"], "to": ["X:/", "D:/Music"]}
    document = admin_client.get("/api/v1/exports/all", params={"format": "rekordbox", **rules}).content
    root = ElementTree.fromstring(document)
    assert [each.get("Entries") for each in root.iter("COLLECTION")] == ["5"]
    assert all(str(each.get("Location")).startswith("file://localhost/D:/Music/") for each in root[1])
    berta = api.as_new("berta")
    back = {"from": "D:/Music", "to": "/m", "name": "rekordbox.xml"}
    trial = berta.post("/api/v1/imports", params={**back, "dry_run": True}, content=document)
    assert trial.status_code == 200 and berta.get("/api/v1/playlists").json()["items"] == []
    done = berta.post("/api/v1/imports", params=back, content=document).json()
    apart = {"dry_run": None, "playlists": None, "report_id": None}
    assert trial.json() | apart == done | apart and trial.json()["report_id"] is None
    assert (done["format"], done["tracks"], done["matched"]) == ("rekordbox", 3 - 1, 2)
    assert (done["cues"]["added"], done["ratings"]["added"], done["conflicts"]) == (3, 1, [])
    (told,) = done["playlists"]
    assert [line["track_id"] for line in told["matched"]] == tracks[:2] and told["missing"] == []
    assert berta.get(f"/api/v1/playlists/{told['playlist_id']}").json()["name"] == "Freitag"
    assert berta.get(f"/api/v1/tracks/{tracks[0]}/cues").json()["cues"] == [filled(cue) for cue in CUES]
    archive = admin_client.get("/api/v1/exports/all", params={"format": "m3u8"})
    assert archive.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(archive.content)).namelist() == ["Freitag.m3u8"]


def test_folders_elsewhere_are_kept_once(api: Api, admin_client: Client, tracks: list[str]) -> None:
    made = {"name": "P", "track_ids": tracks[:1]}
    address = f"/api/v1/exports/playlist/{admin_client.post('/api/v1/playlists', json=made).json()['id']}"
    rules: list[Any] = [{"from": "/m", "to": "E:/DJ"}, {"from": 1}, "no rule", {"from": "/x", "to": " "}]
    admin_client.patch("/api/v1/me", json={"preferences": {"export_folders": rules}})
    document = admin_client.get(address, params={"format": "rekordbox"}).content
    assert b"file://localhost/E:/DJ/" in document
    told = admin_client.post("/api/v1/imports", params={"dry_run": True}, content=document).json()
    assert [line["how"] for line in told["playlists"][0]["matched"]] == ["path"]
    for other in ({"from": "/m", "to": "/other"}, {"from": "", "to": ""}):
        asked = admin_client.get(address, params={"format": "rekordbox", **other}).content
        assert b"E:/DJ" not in asked and (b"/other/" in asked) == (other["to"] == "/other")
    admin_client.patch("/api/v1/me", json={"preferences": {"export_folders": "nonsense"}})
    assert admin_client.get(address, params={"format": "rekordbox"}).status_code == 200


def test_imports_that_are_refused(api: Api, admin_client: Client, tracks: list[str]) -> None:
    post = admin_client.post
    assert post("/api/v1/imports", content=b"").status_code == 422
    assert post("/api/v1/imports", content=b"\x00\x01\x02").json()["field"] == "format"
    assert post("/api/v1/imports", params={"format": "csv"}, content=b"a").status_code == 422
    assert post("/api/v1/imports", params={"cues": "both"}, content=b"a").status_code == 422
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><DJ_PLAYLISTS>&b;</DJ_PLAYLISTS>'
    assert post("/api/v1/imports", content=bomb).status_code == 422
    gustav = api.as_new("gustav", Role.GUEST)
    assert gustav.post("/api/v1/imports", content=b"#EXTM3U\n").status_code == 403
    assert api.client().post("/api/v1/imports", content=b"#EXTM3U\n").status_code == 401


def test_a_file_larger_than_other_bodies_may_be(admin_client: Client, tracks: list[str]) -> None:
    lines = b"#EXTM3U\n" + b"#" + b"x" * (9 * 2**20) + b"\n"
    assert admin_client.post("/api/v1/imports", params={"dry_run": True}, content=lines).status_code in (
        200,
        422,
    )
    assert admin_client.post("/api/v1/playlists", content=lines).status_code == 413


def graphql(client: Client, query: str, **variables: Any) -> Any:
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    assert "errors" not in answer, answer
    return answer["data"]


def test_the_same_over_graphql(admin_client: Client, tracks: list[str], tmp_path: Path) -> None:
    given = [{"kind": "cue", "startS": 1.5, "number": 2, "name": "x"}]
    asked = "setCues(trackId: $id, cues: $cues) { kind startS number }"
    mutation = f"mutation($id: ID!, $cues: [CueInput!]!) {{ {asked} }}"
    kept = graphql(admin_client, mutation, id=tracks[0], cues=given)["setCues"]
    assert kept == [{"kind": "cue", "startS": 1.5, "number": 2}]
    found = graphql(admin_client, "query($id: ID!) { cues(trackId: $id) { name } }", id=tracks[0])
    assert found["cues"] == [{"name": "x"}]
    names = graphql(admin_client, "{ exchangeFormats { name writes reads } }")["exchangeFormats"]
    assert {"name": "rekordbox", "writes": True, "reads": True} in names
    made = admin_client.post("/api/v1/playlists", json={"name": "P", "track_ids": tracks[:1]}).json()
    asked = (
        "query($id: ID!) { exportAddress(kind: PLAYLIST, id: $id, format: "
        '"rekordbox", paths: [{from: "/m", to: "D:/a b"}]) }'
    )
    address = graphql(admin_client, asked, id=made["id"])["exportAddress"]
    document = admin_client.get(address).content
    assert b"file://localhost/D:/a%20b/" in document
    text = 'mutation($text: String!) { importText(text: $text, lists: "skip", dryRun: true) }'
    done = graphql(admin_client, text, text=document.decode())["importText"]
    assert (done["format"], done["matched"], done["cues"]["same"]) == ("rekordbox", 1, 1)
