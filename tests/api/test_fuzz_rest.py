"""Whatever is sent to the documented API, the answer is one that its document promises; never a 5xx.

Schemathesis makes requests from the OpenAPI document, right ones and wrong ones; ids of real rows are put
into most of them, else they would all end at "not found". Nothing can be destroyed: the data folder is
the test's own, no worker runs (so no scan does either), and folders in requests are replaced by ones of
the test before they are sent.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import update

from resonance.db.tables import library as tables
from resonance.model.caller import Role
from tests.api.conftest import PASSWORD, Api, Client
from tests.fixtures.audio import make_tone, picture
from tests.fixtures.rows import EPOCH, Rows

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = {"admin": 15, "guest": 5, "nobody": 3}
# Operations that must have succeeded at least once; the rest need luck or an issuer of single sign-on.
REACHED = {"admin": 60, "guest": 30, "nobody": 3}
MODES = [GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
Ids = dict[str, list[str]]


def described(app: FastAPI) -> Any:
    """The document as Schemathesis sees it."""
    return schemathesis.openapi.from_dict(json.loads(json.dumps(app.openapi())), config=schemathesis.Config())


def fill(api: Api, folder: Path) -> Ids:
    """A small library with real files, and one row of everything that has an id."""
    (folder / "a").mkdir(parents=True)

    def tone(number: int) -> str:
        return f"a/{make_tone(folder / 'a' / f'{number}.mp3', seconds=0.3).name}"

    (folder / "cover.jpg").write_bytes(picture("#204060", kind="JPEG"))
    with api.services.db.write() as uow:
        rows = Rows(uow)
        library = rows.library("Music")
        uow.execute(update(tables.library).values(path=str(folder)))
        artists = [rows.artist("Ana", album_count=1), rows.artist("Zoë")]
        genre = rows.genre("Rock")
        cover = rows.cover(library)
        album = rows.album(library, "Night Ferry", artists, year=1999, cover_id=cover)
        tracks = [
            rows.track(
                f"Song {n}",
                album_id=album,
                library_id=library,
                artists=artists,
                genres=[genre],
                number=n,
                year=1999,
                folder="a",
                file={"path": tone(n), "duration_s": 0.3},
            )
            for n in range(3)
        ]
        rows.track("Gone", album_id=album, library_id=library, missing_at=EPOCH)
        rows.settle()
        job = api.services.jobs.enqueue(uow, "scan", {"library_id": library, "full": False})
    return {
        "library": [library],
        "artist": artists,
        "genre": [genre],
        "cover": [cover],
        "album": [album],
        "track": tracks,
        "job": [job],
        "item": [*tracks, album, artists[0]],
        "user": [api.add_user("berta"), api.add_user("carl")],
    }


def make_personal(client: Client, ids: Ids) -> None:
    """A playlist, plays and credentials of the caller's own."""
    made = client.post("/api/v1/playlists", json={"name": "Mine", "track_ids": ids["track"]}).json()
    detail = client.get(f"/api/v1/playlists/{made['id']}").json()
    ids["playlist"] = [made["id"]]
    ids["entry"] = [entry["id"] for entry in detail["entries"]]
    mix = {"name": "Mix", "pool": {"kind": "tracks", "track_ids": ids["track"]}}
    ids["set"] = [client.post("/api/v1/sets", json=mix).json()["id"]]
    asked = client.post(f"/api/v1/sets/{ids['set'][0]}/arrange", json={})
    ids["run"] = [asked.json()["run_id"]]
    ids["folder"] = [client.post("/api/v1/playlist-folders", json={"name": "Kept"}).json()["id"]]
    ids["share"] = [client.post(f"/api/v1/playlists/{made['id']}/shares", json={}).json()["id"]]
    listed = client.post("/api/v1/imports?name=x.m3u", content=b"#EXTINF:1,Somebody - Song 1\nx.mp3\n")
    ids["report"] = [listed.json()["report_id"]]
    kept = client.post("/api/v1/me/app-passwords", json={"label": "phone"})
    ids["app_password"] = [kept.json()["id"]]
    play = {"track_id": ids["track"][0], "started_at": "2024-01-01T00:00:00Z", "played_s": 190}
    assert client.post("/api/v1/plays", json={"items": [play]}).json()["accepted"] == 1


class Requests:
    """Draws requests for one operation and changes them so that they meet rows and harm nothing."""

    def __init__(self, ids: Ids, folder: Path) -> None:
        self.ids = ids
        self.folders = [str(folder), str(folder / "none"), "relative", "", f"{folder}/\u2028", "~nobody"]

    def draw(self, data: st.DataObject, operation: Any) -> Case:
        mode = data.draw(st.sampled_from(MODES))
        case: Case = data.draw(operation.as_strategy(generation_mode=mode))
        if data.draw(st.integers(0, 3)):
            for place in (case.path_parameters, case.query, case.body):
                self._know(data, place)
        if isinstance(case.body, dict) and "path" in case.body:
            case.body["path"] = data.draw(st.sampled_from(self.folders))
        return case

    def _know(self, data: st.DataObject, place: Any) -> None:
        """Put ids of rows where ids are asked for."""
        if isinstance(place, list):
            for part in place:
                self._know(data, part)
        if not isinstance(place, dict):
            return
        for name, value in place.items():
            known = self.ids.get(name.removesuffix("s").removesuffix("_id"), [])
            known = known or (self.ids["track"] if name == "ids" else [])
            if not known:
                self._know(data, value)
            elif name.endswith("_id"):
                place[name] = data.draw(st.sampled_from(known))
            elif name.endswith("ids"):
                place[name] = data.draw(st.lists(st.sampled_from(known), max_size=4))


def send(client: Client, case: Case) -> Any:
    """Send a case in process."""
    made = case.as_transport_kwargs(base_url="http://testserver")
    body = made.get("data")
    return client.request(
        made["method"],
        made["url"],
        params=made.get("params"),
        headers=dict(made["headers"]),
        json=made.get("json"),
        content=body if isinstance(body, str | bytes) else None,
        data=body if isinstance(body, dict) else None,
        follow_redirects=False,
    )


def person(api: Api, who: str, ids: Ids) -> Client:
    """A program on this machine (so no rate is limited), signed in unless nobody."""
    client = api.client(base_url="http://localhost", peer="127.0.0.1")
    if who == "admin":
        browser = api.as_new("ada", Role.ADMIN)
        make_personal(browser, ids)
        # A session would end at the first sign-out that is drawn.
        key = browser.post("/api/v1/me/api-keys", json={"label": "fuzz"}).json()["key"]
        client.headers["Authorization"] = f"Bearer {key}"
    if who == "guest":
        api.add_user("gustav", Role.GUEST)  # guests have no keys
        sign_in_again(client)
    return client


def sign_in_again(guest: Client) -> None:
    """A new session for the guest."""
    body = {"name": "gustav", "password": PASSWORD, "token": True}
    guest.headers.pop("Authorization", None)
    token = guest.post("/api/v1/auth/sign-in", json=body).json()["access_token"]
    guest.headers["Authorization"] = f"Bearer {token}"


@pytest.mark.parametrize("who", list(EXAMPLES))
def test_every_operation_keeps_its_promises(api: Api, tmp_path: Path, who: str) -> None:
    ids = fill(api, tmp_path / "music")
    client = person(api, who, ids)
    (tmp_path / "other").mkdir()
    requests = Requests(ids, tmp_path / "other")
    examples = EXAMPLES[who] if api.services.db.is_sqlite else (EXAMPLES[who] + 1) // 2
    broken: list[str] = []
    answered: dict[str, Counter[int]] = {}
    operations = [found.ok() for found in described(api.app).get_all_operations()]
    for operation in sorted(
        operations, key=lambda one: one.method == "delete"
    ):  # else little is left to read
        seen = answered[operation.label] = Counter()
        if who == "guest":
            sign_in_again(client)
        try:
            fuzz(client, requests, operation, seen, examples)
        except (FailureGroup, AssertionError) as fault:
            parts = fault.exceptions if isinstance(fault, FailureGroup) else [fault]
            broken += [f"{operation.label}: {part}" for part in parts]
    assert not broken, "\n\n".join(broken)
    assert len(answered) > 80
    reached = {label for label, seen in answered.items() if any(status < 300 for status in seen)}
    # Else the requests were all refused at the door, and nothing was tested.
    assert len(reached) >= REACHED[who], "\n".join(sorted(answered.keys() - reached))


def fuzz(client: Client, requests: Requests, operation: Any, seen: Counter[int], examples: int) -> None:
    """Send requests for one operation; the same ones in every run."""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        case = requests.draw(data, operation)
        answer = send(client, case)
        seen[answer.status_code] += 1
        assert answer.status_code < 500, f"{answer.request.url} {case.body!r}: {answer.text}"
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json", answer.text
            assert answer.json()["status"] == answer.status_code

    run()


def cursor(*keys: Any) -> str:
    """A cursor that somebody made up."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


HUGE, NUL, HALF = 2**70, "a\0b", "a\ud800b"
FORGED = [
    *[cursor(*keys) for keys in ((HUGE, "x"), (NUL, "x"), (1, NUL), (1, HALF), (True, "x"), (None, None))],
    *[cursor(*keys) for keys in ((1, 2), ("x", 1), ("x", HUGE), (1.5, "x"), ([], {}), (float("inf"), "x"))],
    base64.urlsafe_b64encode(b"[" * 20_000).decode(),
    "\u2028",
]


@pytest.mark.parametrize("made", FORGED)
def test_forged_cursors_are_refused(api: Api, admin_client: Client, made: str) -> None:
    for path in ("jobs", "scans", "broken-files", "missing-tracks", "albums", "tracks", "artists", "plays"):
        answer = admin_client.get(f"/api/v1/{path}", params={"cursor": made})
        assert (answer.status_code, answer.json()["field"]) == (422, "cursor"), (path, answer.text)


DEEP = "[" * 100 + "]" * 100
# (method, path, JSON as text, the field that is named); {track} and the like are ids of rows.
HOSTILE: list[tuple[str, str, str, str | None]] = [
    ("PATCH", "/me", '{"preferences": {"a": "\\u0000"}}', "preferences.a"),
    ("PATCH", "/me", '{"preferences": {"a\\u0000": 1}}', "preferences"),
    ("PATCH", "/me", '{"preferences": {"a": ["x", "\\ud800"]}}', "preferences.a.1"),
    ("PATCH", "/me", '{"preferences": {"a": NaN}}', "preferences.a"),
    ("PATCH", "/me", '{"preferences": {"a": 1e999}}', "preferences.a"),
    ("PATCH", "/me", '{"preferences": {"a": ' + DEEP + "}}", None),
    ("PATCH", "/me", "[" * 100_000, None),
    ("PATCH", "/me", '{"preferences": {"a": ' + "9" * 5000 + "}}", None),
    ("POST", "/playlists", '{"name": "a\\u0000"}', "name"),
    ("POST", "/playlists", '{"name": "a", "comment": "\\udfff"}', "comment"),
    ("POST", "/playlists", '{"name": "a", "track_ids": ["\\u0000"]}', "track_ids.0"),
    ("POST", "/tracks/by-ids", '{"ids": ["\\ud83d"]}', "ids.0"),
    ("PUT", "/tracks/{track}/note", '{"note": "\\u0000"}', "note"),
    ("PUT", "/tracks/{track}/tags", '{"tags": ["\\u0000"]}', "tags.0"),
    ("PUT", "/ratings/track/{track}", f'{{"stars": {HUGE}}}', "stars"),
    ("PUT", "/queue", f'{{"track_ids": ["{{track}}"], "current_index": {HUGE}}}', "current_index"),
    ("PUT", "/queue", f'{{"track_ids": ["{{track}}"], "position_ms": {HUGE}}}', "position_ms"),
    ("POST", "/now-playing", f'{{"track_id": "{{track}}", "position_ms": {HUGE}}}', "position_ms"),
    ("POST", "/invitations", f'{{"role": "user", "days": {HUGE}}}', "days"),
    ("POST", "/users", '{"name": "a\\u0000", "password": "long enough", "role": "user"}', "name"),
    ("POST", "/libraries/check", '{"path": "/\\u0000"}', "path"),
    ("POST", "/me/app-passwords", '{"label": "\\u0000"}', "label"),
]


@pytest.mark.parametrize(("method", "path", "body", "field"), HOSTILE)
def test_what_no_database_can_hold_is_refused(
    api: Api, tmp_path: Path, admin_client: Client, method: str, path: str, body: str, field: str | None
) -> None:
    track = fill(api, tmp_path / "music")["track"][0]
    answer = admin_client.request(
        method,
        "/api/v1" + path.replace("{track}", track),
        content=body.replace("{track}", track),
        headers={"Content-Type": "application/json"},
    )
    assert answer.headers["content-type"] == "application/problem+json"
    allowed = {422} if field else {400, 422}  # what the parser itself cannot read is a bad request
    assert answer.status_code in allowed, answer.text
    assert answer.json().get("field") == field or not field, answer.text


@pytest.mark.parametrize(
    "query",
    [
        f"albums?year_from={HUGE}",
        f"tracks?year_to=-{HUGE}",
        f"tracks?rated_min={HUGE}",
        f"artists?limit={HUGE}",
        f"search?q=a&limit={HUGE}",
        f"plays?limit=-{HUGE}",
        "artwork/x?size=99999999999999999999",
    ],
)
def test_numbers_beyond_64_bits_are_refused(admin_client: Client, query: str) -> None:
    assert admin_client.get(f"/api/v1/{query}").status_code == 422


@pytest.mark.parametrize(
    "started_at",
    [*["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1900-01-01T00:00:00"], 0, -1, 2**62, 2**70],
)
def test_plays_of_any_time_are_kept_or_refused(
    api: Api, tmp_path: Path, admin_client: Client, started_at: str | int
) -> None:
    track = fill(api, tmp_path / "music")["track"][0]
    play = {"track_id": track, "started_at": started_at, "played_s": 1e308}
    answer = admin_client.post("/api/v1/plays", json={"items": [play]})
    assert answer.status_code in (200, 422), answer.text
    for path in ("plays", f"tracks/{track}", "home", "albums?sort=recently_played"):
        assert admin_client.get(f"/api/v1/{path}").status_code == 200, path


@pytest.mark.parametrize(
    "query",
    [
        r'mutation { rate(kind: TRACK, id: "a\u0000b", stars: 1) }',
        r'mutation { createPlaylist(name: "x", trackIds: ["\u{0000}"]) { id } }',
        r'mutation { createPlaylist(name: "\uD800") { id } }',
        "mutation { saveQueue(trackIds: [], positionMs: 99999999999999999999) }",
        r'query { album(id: "\u0000") { id } }',
        r'query { albums(letter: "\u0000") { items { id } } }',
        "query { albums(limit: 99999999999999999999) { items { id } } }",
        "query { albums(yearFrom: -2147483648, yearTo: 2147483647, limit: 0) { items { id } } }",
        f'query {{ jobs(cursor: "{cursor("x", 1)}") {{ items {{ id }} }} }}',
    ],
)
def test_graphql_refuses_the_same(admin_client: Client, query: str) -> None:
    answer = admin_client.post("/graphql", json={"query": query})
    said = answer.json()
    if answer.status_code == 200:
        assert [fault["extensions"]["code"] for fault in said["errors"]] == ["invalid"], said
        assert "Cannot query field" not in answer.text
    else:
        assert (answer.status_code, said["field"]) == (422, "query"), said


def test_a_body_without_end_is_cut_off(admin_client: Client) -> None:
    answer = admin_client.post("/api/v1/playlists", json={"name": "x" * (9 * 2**20)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def without_length() -> Iterator[bytes]:
        for _ in range(9):
            yield b" " * 2**20

    headers = {"Content-Type": "application/json"}
    endless = admin_client.post("/api/v1/playlists", content=without_length(), headers=headers)
    assert endless.status_code == 413
