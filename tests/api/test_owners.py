"""Whatever belongs to somebody is for nobody else: every address with an id in it, asked with foreign ids."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.belongings import API, NOBODY, RULE, Belongings, belongings, server
from tests.api.conftest import Api, Client
from tests.fixtures.audio import picture

__all__ = ["belongings", "server"]

# What stands in an address for what Berta has. A cover has no owner: who has seen the album knows its id.
OF_A_PERSON = {
    "playlist_id": "playlist",
    "folder_id": "folder",
    "share_id": "share",
    "report_id": "report",
    "set_id": "set",
    "run_id": "run",
    "session_id": "session",
    "app_password_id": "app_password",
    "api_key_id": "key",
}
OF_ADMINS = {
    "user_id": "user",
    "invitation_id": "invitation",
    "library_id": "library",
    "server_id": "server",
    "job_id": "job",
}
OF_MUSIC = {"track_id": "track", "artist_id": "artist"}
PLACES = {
    "position": "0",
    "number": "1",
    "tier": "opus-160",
    "kind": "playlist",
    "remote_id": "far",
    "cover_id": NOBODY,
}
LEFT_OUT = {"album_id"}

TRACKS: dict[str, Any] = {"track_ids": ["{track}"]}
# What is sent along, so that nothing but the owner is in the way; elsewhere {}.
BODIES: dict[str, dict[str, Any]] = {
    "POST /playlists/{playlist_id}/entries": TRACKS,
    "PUT /playlists/{playlist_id}/entries": TRACKS,
    "DELETE /playlists/{playlist_id}/entries": {"entry_ids": ["{entry}"]},
    "POST /playlists/{playlist_id}/move": {"entry_ids": ["{entry}"]},
    "POST /playlists/{playlist_id}/sort": {"by": "title"},
    "POST /playlists/{playlist_id}/already-in": TRACKS,
    "PUT /playlists/{playlist_id}/rule": {"rule": RULE},
    "PATCH /playlist-folders/{folder_id}": {"name": "Mine"},
    "POST /imports/{report_id}/choices": {"choices": [{"list": 0, "number": 1, "track_id": "{track}"}]},
    "PUT /sets/{set_id}/slots": {"slots": []},
    "POST /sets/{set_id}/restore": {"version": 1},
    "PUT /tracks/{track_id}/tags": {"tags": ["mine"]},
    "PUT /tracks/{track_id}/note": {"note": "mine"},
    "PUT /tracks/{track_id}/lyrics": {"text": "mine"},
    "PUT /tracks/{track_id}/lyrics/offset": {"offset_ms": 100},
    "PUT /tracks/{track_id}/moods": {"happy": 1.0},
    "PUT /tracks/{track_id}/cues": {"cues": []},
    "PATCH /tracks/{track_id}/analysis": {"bpm": 120},
    "PUT /ratings/{kind}/{item_id}": {"stars": 5},
    "PATCH /users/{user_id}": {"role": "guest"},
    "POST /users/{user_id}/password": {"password": "correct horse"},
    "POST /servers/{server_id}/mappings/check": {"mappings": []},
    "PATCH /me/servers/{server_id}": {"likes": False},
}
# Everybody may link an account of their own on a server, and end it.
OPEN_TO_ALL = {"PUT /me/servers/{server_id}"}
# Of these Berta has nothing either: a playlist that no file fills, a link's inside without its pass.
EMPTY = {
    "GET /playlists/{playlist_id}/file",
    "GET /shared/{share_id}/stream/{track_id}",
    "GET /shared/{share_id}/cover",
    "GET /shared/{share_id}/covers/{cover_id}",
}
# These say of what is there and another's just what they say of what is not there at all.
AS_OF_NOTHING = {"POST /playlists/{playlist_id}/undo", "DELETE /likes/{kind}/{item_id}"}


def operations(api: Api) -> list[tuple[str, set[str]]]:
    """(method and path, its parameters) of everything with an id in its address."""
    found = []
    for path, methods in api.app.openapi()["paths"].items():
        if named := set(re.findall(r"{(\w+)}", path)):
            found += [(f"{method.upper()} {path.removeprefix(API)}", named) for method in methods]
    return found


def filled(value: Any, ids: dict[str, str]) -> Any:
    """A body with Berta's ids for what stands in braces."""
    if isinstance(value, dict):
        return {key: filled(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, ids) for each in value]
    if isinstance(value, str) and value[:1] == "{":
        return ids[value.strip("{}")]
    return value


def address(path: str, ids: dict[str, str]) -> str:
    """A path with Berta's ids; the ids of likes and exports are named by their kind."""
    if path.startswith(("/likes/", "/ratings/")):
        path = path.replace("{kind}", "track").replace("{item_id}", "{track_id}")
    path = path.replace("{item_id}", "{playlist_id}")
    known = PLACES | {name: ids[kind] for name, kind in (OF_A_PERSON | OF_ADMINS | OF_MUSIC).items()}
    if path == "/playlists/{playlist_id}/rule" or path.startswith("/playlists/{playlist_id}/rule."):
        known["playlist_id"] = ids["smart"]
    path = re.sub(r"{(\w+)}", lambda named: known[named[1]], path)
    return path if path.startswith(("/stream/", "/download/")) else API + path


def ask(client: Client, operation: str, ids: dict[str, str]) -> Any:
    method, path = operation.split()
    more: dict[str, Any] = {}
    if operation == "PUT /playlists/{playlist_id}/cover":
        more["content"] = picture("#802050", 64)
    elif method not in ("GET", "HEAD"):
        more["json"] = filled(BODIES.get(operation, {}), ids)
    more["params"] = {"/exp": {"format": "m3u8"}, "/seg": {"v": "1"}}.get(path[:4])
    return client.request(method, address(path, ids), **more)


def refused(client: Client, operation: str, ids: dict[str, str], *statuses: int) -> str | None:
    """What is wrong with an answer that should be one of these refusals."""
    answer = ask(client, operation, ids)
    if operation in AS_OF_NOTHING:
        statuses = (ask(client, operation, dict.fromkeys(ids, NOBODY)).status_code,)
    if answer.status_code in statuses and "Berta" not in answer.text:
        return None
    return f"{operation}: {answer.status_code} {answer.text[:200]}"


def test_every_parameter_is_known(api: Api) -> None:
    known = set(OF_A_PERSON) | set(OF_ADMINS) | set(OF_MUSIC) | set(PLACES) | LEFT_OUT | {"item_id"}
    named = set().union(*(names for _, names in operations(api)))
    assert sorted(named - known) == [], "say whose it is"
    assert sorted(set(BODIES) - {operation for operation, _ in operations(api)}) == []


def test_nobody_else_reads_or_changes_what_berta_has(api: Api, belongings: Belongings) -> None:
    ids, before = belongings.ids, belongings.everything()
    personal = set(OF_A_PERSON) | set(OF_ADMINS) | {"item_id"}
    asked = 0
    wrong: list[str | None] = []
    for operation, named in operations(api):
        if (
            not named & personal
            or operation in OPEN_TO_ALL
            or operation.split()[1].startswith(("/likes/", "/ratings/"))
        ):
            continue
        # What only admins may do is forbidden; of everything else not even that it is there is told.
        statuses = (403, 404) if named & set(OF_ADMINS) else (404,)
        wrong.append(refused(belongings.carl, operation, ids, *statuses))
        asked += 1
    assert not any(wrong), "\n".join(filter(None, wrong))
    assert asked > 60
    assert belongings.everything() == before


def test_berta_reads_it_herself(api: Api, belongings: Belongings) -> None:
    """So that what others are told is not for another reason."""
    for operation, named in operations(api):
        if not operation.startswith("GET ") or operation in EMPTY or named & set(OF_ADMINS):
            continue
        if named & set(OF_A_PERSON):
            answer = ask(belongings.berta, operation, belongings.ids)
            assert answer.status_code == 200, (operation, answer.text)


def test_music_out_of_sight_is_not_there(api: Api, belongings: Belongings) -> None:
    """Every address with a track or an artist in it, asked by somebody who may hear none of it."""
    ids, before = belongings.ids, belongings.everything()
    music = set(OF_MUSIC) | {"item_id"}
    asked = [operation for operation, named in operations(api) if named & music]
    wrong = [refused(belongings.dora, operation, ids, 403, 404) for operation in asked]
    assert not any(wrong), "\n".join(filter(None, wrong))
    assert belongings.everything() == before


IN_BODIES: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/playlist-folders", {"name": "Below hers", "parent_id": "{folder}"}),
    ("POST", "/playlist-folders/places", {"playlist_ids": ["{playlist}"], "folder_id": None}),
    ("POST", "/playlist-folders/places", {"playlist_ids": ["{own}"], "folder_id": "{folder}"}),
    ("POST", "/playlist-folders/{own_folder}/move", {"parent_id": "{folder}", "before": None}),
    ("POST", "/sets", {"name": "Hers", "pool": {"kind": "playlist", "id": "{playlist}"}}),
    ("POST", "/sets", {"name": "Hers", "pool": {"kind": "folder", "id": "{folder}"}}),
    ("GET", "/tracks/{track}/mixes-well?among=playlist:{playlist}", {}),
    ("GET", "/tracks/{track}/mixes-well?among=set:{set}", {}),
    ("GET", "/exports/set/{set}?format=m3u8", {}),
]


def test_foreign_ids_inside_of_requests(belongings: Belongings) -> None:
    carl, ids = belongings.carl, dict(belongings.ids)
    ids["own"] = carl.post(f"{API}/playlists", json={"name": "Carl's own"}).json()["id"]
    ids["own_folder"] = carl.post(f"{API}/playlist-folders", json={"name": "Carl's"}).json()["id"]
    before = belongings.everything()
    for method, path, body in IN_BODIES:
        more = {"json": filled(body, ids)} if method != "GET" else {}
        answer = carl.request(method, API + path.format(**ids), **more)
        assert answer.status_code == 404, (method, path, answer.text)
        assert "Berta" not in answer.text
    assert belongings.everything() == before


@pytest.mark.parametrize("how", ["in", "not_in"])
def test_a_rule_learns_nothing_of_a_foreign_playlist(belongings: Belongings, how: str) -> None:
    """It answers as for a playlist that there is not."""
    told = []
    for playlist in (belongings.ids["playlist"], NOBODY):
        rule = {"match": {"field": "playlist", "op": how, "value": playlist}}
        answer = belongings.carl.post(f"{API}/rules/preview", json={"rule": rule})
        found = answer.json()
        told.append((answer.status_code, found.get("count"), found.get("names"), found.get("code")))
        assert "Berta" not in answer.text
    assert told[0] == told[1]
