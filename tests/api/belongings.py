"""What one person has, to be asked for by others: one of everything that belongs to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from resonance.core.clock import iso, now_ms
from tests.api.conftest import Api, Client
from tests.api.test_sets import sounding_library
from tests.fixtures.audio import picture
from tests.fixtures.navidrome import FakeNavidrome

API = "/api/v1"
NOBODY = "0" * 22  # looks like an id, names nothing
LIST = "#EXTM3U\n#EXTINF:181,Nobody - Nothing like it\nnothing.mp3\n"
RULE = {"match": {"field": "duration", "op": "at_least", "value": 1}}


@dataclass
class Belongings:
    """`ids` of Berta's things by kind; Carl may hear the same music, Dora none of it."""

    berta: Client
    carl: Client
    dora: Client
    ids: dict[str, str] = field(default_factory=dict)

    def everything(self) -> dict[str, Any]:
        """All that Berta has, as she is told it; what only counts time left out."""
        ids = self.ids
        asked = {
            "playlists": "/playlists",
            "playlist": f"/playlists/{ids['playlist']}",
            "smart": f"/playlists/{ids['smart']}/rule",
            "folders": "/playlist-folders",
            "shares": "/shares",
            "imports": "/imports",
            "entries": f"/imports/{ids['report']}/entries?state=all",
            "sets": "/sets",
            "set": f"/sets/{ids['set']}",
            "cues": f"/tracks/{ids['track']}/cues",
            "servers": "/me/servers",
            "sessions": "/me/sessions",
            "app passwords": "/me/app-passwords",
            "keys": "/me/api-keys",
            "lyrics": f"/tracks/{ids['track']}/lyrics",
            "queue": "/queue",
            "plays": "/plays",
            "me": "/me",
        }
        found: dict[str, Any] = {}
        for name, path in asked.items():
            answer = self.berta.get(API + path)
            assert answer.status_code == 200, (path, answer.text)
            found[name] = answer.json()
        for session in found["sessions"]["items"]:
            session.pop("last_seen_at")
        return found


def post(client: Client, path: str, body: Any = None, method: str = "POST") -> dict[str, Any]:
    answer = client.request(method, API + path, json=body)
    assert answer.status_code in (200, 201, 202), (path, answer.text)
    made: dict[str, Any] = answer.json()
    return made


@pytest.fixture
def server() -> Iterator[FakeNavidrome]:
    with FakeNavidrome() as running:
        running.add("Far away")
        yield running


@pytest.fixture
def belongings(api: Api, admin_client: Client, server: FakeNavidrome) -> Belongings:
    tracks = sounding_library(api, count=12)
    have = Belongings(api.as_new("berta"), api.as_new("carl"), api.as_new("dora", libraries=[]))
    berta, ids = have.berta, have.ids
    track = berta.get(f"{API}/tracks/{tracks[0]}").json()
    ids.update(track=track["id"], second=tracks[1], artist=track["artists"][0]["id"])

    playlist = post(berta, "/playlists", {"name": "Berta's own", "track_ids": tracks[:3]})
    ids["playlist"] = playlist["id"]
    post(berta, f"/playlists/{playlist['id']}/sort", {"by": "title", "descending": True})
    ids["entry"] = berta.get(f"{API}/playlists/{playlist['id']}").json()["entries"][0]["id"]
    put = berta.put(f"{API}/playlists/{ids['playlist']}/cover", content=picture("#205080", 64))
    assert put.status_code == 200, put.text
    ids["smart"] = post(berta, "/playlists", {"name": "Berta's rule", "rule": RULE})["id"]
    ids["folder"] = post(berta, "/playlist-folders", {"name": "Berta's folder"})["id"]
    post(berta, "/playlist-folders/places", {"playlist_ids": [ids["playlist"]], "folder_id": ids["folder"]})
    ids["share"] = post(berta, f"/playlists/{ids['playlist']}/shares", {"label": "Berta's link"})["id"]
    imported = berta.post(f"{API}/imports", params={"name": "mine.m3u8"}, content=LIST.encode())
    assert imported.status_code == 200, imported.text
    ids["report"] = imported.json()["report_id"]

    pool = {"kind": "tracks", "track_ids": tracks[:6]}
    ids["set"] = post(berta, "/sets", {"name": "Berta's set", "pool": pool})["id"]
    ids["run"] = post(berta, f"/sets/{ids['set']}/arrange", {"seed": 1})["run_id"]
    cue = {"kind": "cue", "start_s": 12.5, "name": "Berta's cue"}
    post(berta, f"/tracks/{tracks[0]}/cues", {"cues": [cue]}, "PUT")

    account = {"url": server.url, "username": "ada", "password": "secret"}
    ids["server"] = post(admin_client, "/servers", {"name": "Den", **account})["id"]
    linked = {"username": "ada", "password": "secret"}
    post(berta, f"/me/servers/{ids['server']}", linked, "PUT")

    ids["session"] = next(one["id"] for one in berta.get(f"{API}/me/sessions").json()["items"])
    ids["app_password"] = post(berta, "/me/app-passwords", {"label": "Berta's app"})["id"]
    ids["key"] = post(berta, "/me/api-keys", {"label": "Berta's key"})["id"]
    post(berta, f"/tracks/{tracks[0]}/lyrics", {"text": "Berta's words"}, "PUT")
    post(berta, "/queue", {"track_ids": tracks[:2], "current_index": 0, "position_ms": 1234}, "PUT")
    play = {"track_id": tracks[0], "started_at": iso(now_ms() - 600_000), "played_s": 170}
    post(berta, "/plays", {"items": [play]})

    ids["user"] = berta.get(f"{API}/me").json()["id"]
    ids["library"] = admin_client.get(f"{API}/libraries").json()["items"][0]["id"]
    ids["job"] = admin_client.get(f"{API}/jobs").json()["items"][0]["id"]
    ids["invitation"] = post(admin_client, "/invitations", {"role": "user", "days": 3})["id"]
    return have
