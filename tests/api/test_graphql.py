"""GraphQL over real HTTP handlers and real sockets."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from resonance.api.graphql.schema import printed
from resonance.core.clock import now_ms
from resonance.core.events import Event
from resonance.model.caller import Role
from resonance.search.text import Document
from tests.api.conftest import Api, Client
from tests.api.test_realtime import cookie, grant
from tests.fixtures.live import running
from tests.fixtures.rows import Rows

DEEP = "{ album(id: 1) { tracks { album { tracks { album { tracks { album { tracks { id } } } } } } } } }"


@pytest.fixture
def music(api: Api) -> dict[str, str]:
    """Two libraries; twelve albums of two artists in the first, one hidden album in the second."""
    with api.services.db.write() as uow:
        rows = Rows(uow)
        first, second = rows.library("Music"), rows.library("Private")
        artists = [rows.artist("Ada"), rows.artist("Berta")]
        genre = rows.genre("Jazz")
        for n in range(12):
            by = artists[n % 2]
            album = rows.album(first, f"Album {n:02}", [by], year=2000 + n, artist="Ada")
            for number in range(4):
                rows.track(
                    f"Song {n:02}-{number}",
                    album_id=album,
                    library_id=first,
                    artists=[by],
                    genres=[genre],
                    number=number,
                )
        hidden = rows.album(second, "Hidden", [artists[0]])
        rows.track("Secret", album_id=hidden, library_id=second, artists=[artists[0]])
        rows.settle()
    return {"first": first, "second": second, "ada": artists[0], "hidden": hidden}


def ask(client: Client, query: str, **variables: Any) -> dict[str, Any]:
    answer = client.post("/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def data(client: Client, query: str, **variables: Any) -> dict[str, Any]:
    body = ask(client, query, **variables)
    assert "errors" not in body, body["errors"]
    found: dict[str, Any] = body["data"]
    return found


def code(client: Client, query: str, **variables: Any) -> str:
    (error,) = ask(client, query, **variables)["errors"]
    found: str = error["extensions"]["code"]
    return found


@contextmanager
def statements(api: Api) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    seen: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(api.services.db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(api.services.db.engine, "before_cursor_execute", note)


def test_pages_of_albums_with_their_tracks(music: dict[str, str], admin_client: Client) -> None:
    query = """query ($cursor: String) { albums(sort: TITLE, limit: 5, cursor: $cursor) { next total
        items { title year durationS artists { name } tracks { title number album { title } } } } }"""
    titles: list[str] = []
    cursor = None
    while True:
        page = data(admin_client, query, cursor=cursor)["albums"]
        titles += [album["title"] for album in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert titles == [f"Album {n:02}" for n in range(12)] + ["Hidden"]
    assert page["total"] == 13
    first = data(admin_client, query)["albums"]["items"][0]
    assert [t["title"] for t in first["tracks"]] == [f"Song 00-{n}" for n in range(4)]
    assert {t["album"]["title"] for t in first["tracks"]} == {"Album 00"}


def test_relations_are_read_in_batches(api: Api, music: dict[str, str], admin_client: Client) -> None:
    query = "{ albums(limit: %d) { items { tracks { title album { title artists { artist { name } } } } } } }"
    data(admin_client, query % 2)
    counts = []
    for limit in (2, 12):
        with statements(api) as seen:
            data(admin_client, query % limit)
        counts.append(len(seen))
    assert counts[0] == counts[1], "the number of statements does not grow with the number of albums"


def test_albums_of_others(api: Api, music: dict[str, str], admin_client: Client) -> None:
    with api.services.db.write() as uow:
        rows = Rows(uow)
        one, other = rows.artist("Clara"), rows.artist("Dora")
        for title, year, by in (("Older", 1990, other), ("Newer", 1999, other), ("Own", 1995, one)):
            album = rows.album(music["first"], title, [by], year=year)
            for number in range(2):
                rows.track(title, album_id=album, library_id=music["first"], artists=[one], number=number)
        rows.settle()
    query = "query ($id: ID!) { artist(id: $id) { appearsOn { title } albums { title } } }"
    assert data(admin_client, query, id=one)["artist"] == {
        "appearsOn": [{"title": "Newer"}, {"title": "Older"}],
        "albums": [{"title": "Own"}],
    }
    there = admin_client.get(f"/api/v1/artists/{one}").json()
    assert [album["title"] for album in there["appears_on"]] == ["Newer", "Older"]
    counts = []
    for limit in (1, 4):
        with statements(api) as seen:
            data(admin_client, f"{{ artists(limit: {limit}) {{ items {{ appearsOn {{ title }} }} }} }}")
        counts.append(len([text for text in seen if "track_artist" in text and "GROUP BY" in text]))
    assert counts == [1, 1]


def test_one_of_each_and_what_others_may_not_see(
    api: Api, music: dict[str, str], admin_client: Client
) -> None:
    query = "query ($id: ID!) { album(id: $id) { title detail { playCount quality { formats } } } }"
    album = data(admin_client, query, id=music["hidden"])["album"]
    assert album["title"] == "Hidden" and album["detail"]["quality"]["formats"] == ["flac"]
    berta = api.as_new("berta", libraries=[music["first"]])
    assert code(berta, query, id=music["hidden"]) == "not_found"
    artist = "query ($id: ID!) { artist(id: $id) { name albumCount albums { title } topTracks { title } } }"
    everything = data(admin_client, artist, id=music["ada"])["artist"]
    less = data(berta, artist, id=music["ada"])["artist"]
    assert {a["title"] for a in everything["albums"]} - {a["title"] for a in less["albums"]} == {"Hidden"}
    assert [one["name"] for one in data(berta, "{ libraries { name path } }")["libraries"]] == ["Music"]
    assert data(berta, "{ libraries { path } }")["libraries"] == [{"path": None}]
    assert data(berta, "{ genres { name trackCount } }")["genres"] == [{"name": "Jazz", "trackCount": 48}]
    assert data(berta, "{ me { name role } server { name } }")["me"] == {"name": "berta", "role": "user"}


def test_jobs_and_the_mutations_over_them(api: Api, admin_client: Client, music: dict[str, str]) -> None:
    scan = "mutation ($id: ID!) { scan(libraryId: $id) { id state } }"
    job = data(admin_client, scan, id=music["first"])["scan"]
    assert job["state"] == "queued"
    assert data(admin_client, scan, id=music["first"])["scan"]["id"] == job["id"], "asked twice, queued once"
    assert code(admin_client, scan, id="nothing") == "not_found"
    assert (
        data(admin_client, "query ($id: ID!) { job(id: $id) { name } }", id=job["id"])["job"]["name"]
        == "scan"
    )
    cancel = "mutation ($id: ID!) { cancelJob(id: $id) { state } }"
    assert data(admin_client, cancel, id=job["id"])["cancelJob"]["state"] == "cancelled"
    assert code(admin_client, cancel, id=job["id"]) == "job_ended"
    retry = "mutation ($id: ID!) { retryJob(id: $id) { state } }"
    assert data(admin_client, retry, id=job["id"])["retryJob"]["state"] == "queued"
    jobs = data(admin_client, '{ jobs(state: "queued") { items { id } next } }')["jobs"]
    assert jobs == {"items": [{"id": job["id"]}], "next": None}
    berta = api.as_new("berta")
    assert code(berta, scan, id=music["first"]) == "forbidden"
    assert code(berta, "{ jobs { next } }") == "forbidden"
    assert code(berta, cancel, id=job["id"]) == "forbidden"


def test_likes_ratings_and_plays_show_at_once(music: dict[str, str], user_client: Client) -> None:
    track = data(user_client, "{ tracks(limit: 1) { items { id } } }")["tracks"]["items"][0]["id"]
    mutation = """mutation ($id: ID!, $at: DateTime!) {
        like(kind: TRACK, ids: [$id]) rate(kind: TRACK, id: $id, stars: 4)
        recordPlays(items: [{trackId: $id, startedAt: $at, playedS: 150, id: "p1"}]) { accepted new }
        saveQueue(trackIds: [$id], currentIndex: 0, positionMs: 9000) }"""
    at = "2026-01-02T03:04:05Z"
    assert data(user_client, mutation, id=track, at=at)["recordPlays"] == {"accepted": 1, "new": 1}
    assert data(user_client, mutation, id=track, at=at)["recordPlays"] == {"accepted": 1, "new": 0}
    shown = "query ($id: ID!) { track(id: $id) { liked rating playCount lastPlayedAt } }"
    assert data(user_client, shown, id=track)["track"] == {
        "liked": True,
        "rating": 4,
        "playCount": 1,
        "lastPlayedAt": "2026-01-02T03:04:05.000Z",
    }
    mine = data(
        user_client,
        """{ plays { items { track { id } playedS } next } queue { trackIds positionMs } home(limit: 3) {
        continue { track { id } positionMs } recentlyAdded { title } mostPlayed { title } } }""",
    )
    assert mine["plays"] == {"items": [{"track": {"id": track}, "playedS": 150.0}], "next": None}
    assert mine["queue"] == {"trackIds": [track], "positionMs": 9000.0}
    assert mine["home"]["continue"] == {"track": {"id": track}, "positionMs": 9000.0}
    assert len(mine["home"]["recentlyAdded"]) == 3 and len(mine["home"]["mostPlayed"]) == 1
    data(user_client, "mutation ($id: ID!) { unlike(kind: TRACK, ids: [$id]) }", id=track)
    assert data(user_client, shown, id=track)["track"]["liked"] is False
    assert code(user_client, 'mutation { rate(kind: ALBUM, id: "x", stars: 9) }') == "invalid"


def test_playlists(api: Api, music: dict[str, str], user_client: Client, guest_client: Client) -> None:
    found = data(user_client, "{ tracks(limit: 3) { items { id } } }")["tracks"]["items"]
    ids = [track["id"] for track in found]
    create = 'mutation ($ids: [ID!]) { createPlaylist(name: "Mine", trackIds: $ids) { id version } }'
    made = data(user_client, create, ids=ids[:2])["createPlaylist"]
    add = """mutation ($id: ID!, $ids: [ID!]!, $v: Int) {
        addToPlaylist(id: $id, trackIds: $ids, version: $v) {
            trackCount version entries { id track { id title } } } }"""
    more = data(user_client, add, id=made["id"], ids=ids[2:], v=made["version"])["addToPlaylist"]
    assert [entry["track"]["id"] for entry in more["entries"]] == ids, "read after the write it belongs to"
    assert code(user_client, add, id=made["id"], ids=ids[2:], v=made["version"]) == "stale_version"
    last = more["entries"][2]["id"]
    move = """mutation ($id: ID!, $e: [ID!]!, $b: ID) { moveInPlaylist(id: $id, entryIds: $e, before: $b) {
        entries(limit: 1) { id } } }"""
    moved = data(user_client, move, id=made["id"], e=[last], b=more["entries"][0]["id"])["moveInPlaylist"]
    assert moved["entries"] == [{"id": last}]
    remove = "mutation ($id: ID!, $e: [ID!]!) { removeFromPlaylist(id: $id, entryIds: $e) { trackCount } }"
    assert data(user_client, remove, id=made["id"], e=[last])["removeFromPlaylist"]["trackCount"] == 2
    rename = 'mutation ($id: ID!) { changePlaylist(id: $id, name: "Ours", public: true) { name public } }'
    assert data(user_client, rename, id=made["id"])["changePlaylist"] == {"name": "Ours", "public": True}
    listed = data(guest_client, "{ playlists { name mine owner { name } } }")["playlists"]
    assert listed == [{"name": "Ours", "mine": False, "owner": {"name": "berta"}}]
    delete = "mutation ($id: ID!) { deletePlaylist(id: $id) }"
    assert code(guest_client, delete, id=made["id"]) == "forbidden"
    assert data(user_client, delete, id=made["id"])["deletePlaylist"] is True
    assert code(user_client, "query ($id: ID!) { playlist(id: $id) { name } }", id=made["id"]) == "not_found"


def test_search(api: Api, music: dict[str, str], user_client: Client) -> None:
    with api.services.db.write() as uow:
        api.services.search.index(uow, [Document("artist", music["ada"], "Ada Lovelace")])
    query = "query ($q: String!) { search(q: $q) { artists { id name } tracks { id } genres { name } } }"
    found = data(user_client, query, q="lovelacce")["search"]
    assert found == {"artists": [{"id": music["ada"], "name": "Ada"}], "tracks": [], "genres": []}
    assert code(user_client, query, q="x" * 300) == "invalid"


def test_nobody_and_foreign_pages_are_refused(visitor: Client, admin_client: Client) -> None:
    query = {"query": "{ me { name } }"}
    assert visitor.post("/graphql", json=query).status_code == 401
    without = admin_client.post("/graphql", json=query, headers={"X-CSRF-Token": ""})
    assert (without.status_code, without.json()["code"]) == (403, "csrf_failed")
    foreign = admin_client.post("/graphql", json=query, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403
    assert admin_client.get("/graphql?query={me{name}}").status_code == 404


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("{ albums(limit: 501) { next } }", "invalid"),
        ("{ albums(limit: 0) { next } }", "invalid"),
        ('{ albums(cursor: "nonsense") { next } }', "invalid"),
        ("{ albums(sort: NOTHING) { next } }", "invalid"),
        ("{ nothing }", "invalid"),
        ("{ albums {", "invalid"),
        ("{" + " ".join(f"a{n}: me {{ name }}" for n in range(40)) + "}", "invalid"),
        ("{ albums(limit: 500) { items { tracks { album { tracks { title } } } } } }", "too_complex"),
        (
            "query ($n: Int!) { tracks(limit: $n) { items { album { tracks { title id disc year } } } } }",
            "too_complex",
        ),
        (DEEP, "too_deep"),
        ("subscription { libraryChanged { libraryId } }", None),
    ],
)
def test_limits(admin_client: Client, query: str, wanted: str | None) -> None:
    answer = admin_client.post("/graphql", json={"query": query, "variables": {"n": 500}})
    if wanted is None:
        assert answer.status_code == 422
        return
    errors = answer.json()["errors"]
    assert [error["extensions"]["code"] for error in errors] == [wanted]


def test_a_large_page_within_the_limits_is_allowed(music: dict[str, str], admin_client: Client) -> None:
    fields = "id title artist durationS year format codec bitRateKbps liked rating playCount album { title }"
    assert (
        len(data(admin_client, f"{{ tracks(limit: 500) {{ items {{ {fields} }} }} }}")["tracks"]["items"])
        == 49
    )


def test_introspection_and_the_printed_schema(admin_client: Client) -> None:
    from graphql import build_client_schema, get_introspection_query, print_schema

    body = ask(admin_client, get_introspection_query())
    assert "errors" not in body
    text = print_schema(build_client_schema(body["data"]))
    assert "scanProgress" in text
    for line in ("type Subscription", "cancelJob(id: ID!): Job!", "type AlbumPage"):
        assert line in printed()


def test_unexpected_faults_tell_nothing(
    api: Api, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from resonance.library import catalogue

    def crash(*_: Any) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(catalogue, "genres", crash)
    answer = ask(admin_client, "{ genres { name } }")
    assert answer["errors"][0]["extensions"]["code"] == "error"
    assert "secret" not in json.dumps(answer)


def test_a_slow_query_does_not_hold_up_the_server(
    api: Api, music: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from resonance.library import catalogue

    signed_in = grant(api, "ada", Role.ADMIN)
    genres = catalogue.genres

    def slow(*arguments: Any) -> Any:
        time.sleep(3.0)
        return genres(*arguments)

    monkeypatch.setattr(catalogue, "genres", slow)
    with running(api.app) as host, httpx.Client(base_url=f"http://{host}", timeout=60) as client:
        client.headers["Authorization"] = f"Bearer {signed_in.access.text}"
        query = {"query": "{ genres { name } }"}
        client.post("/graphql", json=query)  # loads what is loaded once
        took: list[float] = []
        with httpx.Client(base_url=f"http://{host}", headers=client.headers, timeout=60) as other:
            thread = threading.Thread(target=lambda: other.post("/graphql", json=query))
            thread.start()
            time.sleep(0.1)
            while thread.is_alive():
                started = time.perf_counter()
                assert client.get("/health").status_code == 200
                took.append(time.perf_counter() - started)
                time.sleep(0.02)
            thread.join()
    assert len(took) > 10 and max(took) < 2  # a blocked loop would answer after three seconds


class Socket:
    """A graphql-transport-ws client."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.heard: list[dict[str, Any]] = []
        self.send(type="connection_init")
        assert self.read()["type"] == "connection_ack"

    def send(self, **message: Any) -> None:
        self.connection.send(json.dumps(message))

    def read(self) -> dict[str, Any]:
        return json.loads(self.connection.recv(timeout=10))  # type: ignore[no-any-return]

    def all_of(self, id: str) -> str:
        """What was said of one operation, to its end."""
        while not any(m["id"] == id and m["type"] in ("complete", "error") for m in self.heard):
            self.heard.append(self.read())
        return json.dumps([m for m in self.heard if m["id"] == id])

    def subscribe(self, query: str, id: str = "1") -> None:
        self.send(type="subscribe", id=id, payload={"query": query})
        time.sleep(0.2)  # the protocol has no word for "subscribed"


@contextmanager
def socket(host: str, headers: dict[str, str]) -> Iterator[Socket]:
    with connect(
        f"ws://{host}/graphql",
        additional_headers=headers,
        subprotocols=[Subprotocol("graphql-transport-ws")],
        proxy=None,
    ) as connection:
        yield Socket(connection)


def bearer(signed_in: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {signed_in.access.text}"}


def test_subscriptions(api: Api, music: dict[str, str]) -> None:
    ada, berta = grant(api, "ada", Role.ADMIN), grant(api, "berta", libraries=[music["first"]])
    with running(api.app) as host, socket(host, bearer(ada)) as admin, socket(host, bearer(berta)) as user:
        admin.subscribe("subscription { scanProgress { id libraryId state seen } }")
        user.subscribe("subscription { scanProgress { id } }")
        for library, scan in ((music["second"], "s2"), (music["first"], "s1")):
            progress = {"id": scan, "library_id": library, "state": "running", "seen": 7}
            api.services.events.publish(Event("scan.progress", progress))
        told = admin.read()["payload"]["data"]["scanProgress"]
        assert told == {"id": "s2", "libraryId": music["second"], "state": "running", "seen": 7}
        assert admin.read()["payload"]["data"]["scanProgress"]["id"] == "s1"
        assert user.read()["payload"]["data"]["scanProgress"]["id"] == "s1"

        admin.subscribe("subscription { jobChanged { id state } }", id="2")
        with api.services.db.write() as uow:
            job_id = api.services.jobs.enqueue(uow, "x", {}, run_at=now_ms() + 60_000)
        message = admin.read()
        assert (message["id"], message["payload"]["data"]["jobChanged"]) == (
            "2",
            {"id": job_id, "state": "queued"},
        )

        user.subscribe("subscription { jobChanged { id } }", id="3")
        assert "forbidden" in user.all_of("3")
        user.subscribe("{ me { name } }", id="4")
        assert "not_here" in user.all_of("4") and "berta" not in user.all_of("4")

        api.accounts.sessions.sign_out(ada.session_id)
        assert "session_revoked" in json.dumps(admin.read())


def test_sockets_need_a_session_and_our_own_page(api: Api) -> None:
    signed_in = grant(api, "ada")
    with running(api.app) as host:
        with pytest.raises(ConnectionClosed) as closed, socket(host, {"Origin": f"http://{host}"}):
            pass
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401
        evil = {**cookie(signed_in), "Origin": "http://evil.example"}
        with pytest.raises(Exception, match="403"), socket(host, evil):
            pass
        with socket(host, {**cookie(signed_in), "Origin": f"http://{host}"}) as mine:
            mine.subscribe("subscription { libraryChanged { libraryId } }")
            api.services.events.publish(Event("library.changed", {"library_id": None}))
            assert mine.read()["payload"]["data"] == {"libraryChanged": {"libraryId": None}}


def test_the_explorer_is_self_hosted_and_off_by_default(api: Api, make_app: Any, visitor: Client) -> None:
    assert visitor.get("/graphql").status_code == 404
    explorer = make_app(graphql_explorer=True).as_new("ada", Role.ADMIN)
    page = explorer.get("/graphql")
    assert page.status_code == 200 and "script-src 'self'" in page.headers["content-security-policy"]
    for address in ("explorer.js", "explorer.css", "schema.graphql"):
        answer = explorer.get(f"/graphql/{address}")
        assert answer.status_code == 200
        assert "://" not in answer.text or address.endswith(".graphql")
    assert "://" not in page.text and "<script>" not in page.text and "style=" not in page.text
