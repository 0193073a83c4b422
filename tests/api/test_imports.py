"""Imports over REST: what was left open is shown with its candidates and settled."""

from __future__ import annotations

from typing import Any

import pytest

from resonance.model.caller import Role
from tests.api.conftest import Api, Client
from tests.fixtures.rows import Rows

FILE = b"""#EXTM3U
#EXTINF:200,Nina - A
x/a.mp3
#EXTINF:200,Nina - Angie
x/angie.mp3
#EXTINF:1,No - One
no.mp3
"""


@pytest.fixture
def angies(api: Api, admin_client: Client) -> list[str]:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        music = rows.library()
        return [rows.track(title, artist="Nina", library_id=music) for title in ("A", "Angie", "Angie")]


def test_an_import_is_settled(api: Api, admin_client: Client, angies: list[str]) -> None:
    done = admin_client.post("/api/v1/imports", params={"name": "mix.m3u"}, content=FILE).json()
    place, playlist_id = f"/api/v1/imports/{done['report_id']}", done["playlists"][0]["playlist_id"]

    def choose(*choices: dict[str, Any], client: Client = admin_client) -> Any:
        return client.post(f"{place}/choices", json={"choices": choices})

    page = admin_client.get(f"{place}/entries", params={"limit": 1}).json()
    (angie,) = page["items"]
    assert (page["total"], angie["number"], angie["how"], angie["state"]) == (2, 2, "several", "open")
    assert {one["track"]["id"] for one in angie["candidates"]} == set(angies[1:])
    assert angie["candidates"][0]["why"] == "Same title and artist, same length."
    (nobody,) = admin_client.get(f"{place}/entries", params={"cursor": page["next"]}).json()["items"]
    assert (nobody["number"], nobody["candidates"], nobody["reason"]) == (3, [], "Nothing like it is here.")
    answer = choose({"list": 0, "number": 2, "track_id": angies[2]}, {"list": 0, "number": 3}).json()
    assert [one["state"] for one in answer["entries"]] == ["chosen", "none"]
    assert (answer["open"], answer["matched"], len(answer["playlists"])) == (0, 2, 1)
    listed = admin_client.get(f"/api/v1/playlists/{playlist_id}").json()
    assert [entry["track"]["id"] for entry in listed["entries"]] == [angies[0], angies[2]]
    assert choose({"list": 0, "number": 2, "track_id": angies[2]}).json()["playlists"] == []
    assert choose({"list": 0, "number": 2, "undo": True}).json()["open"] == 1
    settled = admin_client.get(f"{place}/entries", params={"state": "settled"}).json()
    assert [one["number"] for one in settled["items"]] == [3]
    for wrong, status in (("", 404), ("0" * 22, 404), ("\u2028", 404), ("a\0b", 422)):
        assert choose({"list": 0, "number": 2, "track_id": wrong}).status_code == status
    assert choose({"list": 0, "number": 9}).status_code == 404
    assert choose().status_code == 422
    assert choose({"list": -1, "number": 2}).status_code == 422
    berta, gustav = api.as_new("berta"), api.as_new("gustav", Role.GUEST)
    assert choose({"list": 0, "number": 2, "undo": True}, client=berta).status_code == 404
    assert choose({"list": 0, "number": 2, "undo": True}, client=gustav).status_code == 403
    assert berta.get(f"{place}/entries").status_code == 404
    admin_client.delete(f"/api/v1/playlists/{playlist_id}")
    gone = choose({"list": 0, "number": 2, "track_id": angies[1]})
    assert (gone.status_code, gone.json()["code"]) == (409, "playlist_gone")
