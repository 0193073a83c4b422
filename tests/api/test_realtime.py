"""/ws over real sockets."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import insert
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from resonance.accounts import store
from resonance.accounts.records import Device, Grant
from resonance.core.events import Event
from resonance.db.tables.library import library
from resonance.model.caller import Role
from tests.api.conftest import Api
from tests.fixtures.live import running

Open = Callable[..., ClientConnection]


def grant(api: Api, name: str, role: Role = Role.USER, libraries: list[str] | None = None) -> Grant:
    return session_of(api, api.add_user(name, role, libraries))


def session_of(api: Api, user_id: str) -> Grant:
    with api.services.db.write() as uow:
        who = store.user_by_id(uow, user_id)
        assert who is not None
        return api.accounts.sessions.open(uow, who, Device("test", "web"))


def cookie(signed_in: Grant) -> dict[str, str]:
    return {"Cookie": f"resonance_access={signed_in.access.text}"}


@pytest.fixture
def host(api: Api) -> Iterator[str]:
    with running(api.app) as host:
        yield host


@pytest.fixture
def open_socket(host: str) -> Iterator[Open]:
    with ExitStack() as sockets:

        def open_one(headers: dict[str, str], origin: str | None = f"http://{host}") -> ClientConnection:
            wanted: Any = origin
            return sockets.enter_context(
                connect(f"ws://{host}/ws", additional_headers=headers, origin=wanted, proxy=None)
            )

        yield open_one


def read(socket: ClientConnection) -> dict[str, Any]:
    return json.loads(socket.recv(timeout=10))


def ready(socket: ClientConnection) -> ClientConnection:
    assert read(socket)["topic"] == "hello"
    return socket


def silent(socket: ClientConnection) -> bool:
    try:
        socket.recv(timeout=0.3)
    except TimeoutError:
        return True
    return False


def closed_with(socket: ClientConnection) -> tuple[int, str]:
    with pytest.raises(ConnectionClosed) as caught:
        while True:
            socket.recv(timeout=10)
    assert caught.value.rcvd is not None
    return caught.value.rcvd.code, caught.value.rcvd.reason


def test_every_tab_of_a_user_hears_what_is_theirs(api: Api, open_socket: Open) -> None:
    ada, berta = grant(api, "ada", Role.ADMIN), grant(api, "berta")
    tabs = [ready(open_socket(cookie(ada))) for _ in range(3)]
    other = ready(open_socket(cookie(berta)))
    publish = api.services.events.publish
    publish(Event("like.changed", {"id": "x"}, ada.user.id))
    for tab in tabs:
        message = read(tab)
        assert (message["topic"], message["data"]) == ("like.changed", {"id": "x"})
        assert message["at"].endswith("Z")
    publish(Event("library.changed", {"versions": {"catalogue": 4}}))
    for socket in (*tabs, other):
        assert read(socket)["topic"] == "library.changed"


def test_jobs_are_told_to_admins_and_scans_to_those_who_see_the_library(api: Api, open_socket: Open) -> None:
    with api.services.db.write() as uow:
        row = {"id": "L" * 22, "number": 1, "name": "M", "path": "/m", "created_at": 0}
        uow.execute(insert(library).values(**row))
    ada, berta = grant(api, "ada", Role.ADMIN), grant(api, "berta", libraries=["L" * 22])
    admin, user = ready(open_socket(cookie(ada))), ready(open_socket(cookie(berta)))
    publish = api.services.events.publish
    publish(Event("job.changed", {"id": "j"}))
    publish(Event("scan.progress", {"id": "s1", "library_id": "K" * 22}))
    publish(Event("scan.progress", {"id": "s2", "library_id": "L" * 22}))
    assert [read(admin)["data"]["id"] for _ in range(3)] == ["j", "s1", "s2"]
    assert read(user)["data"]["id"] == "s2"
    assert silent(user)


def test_a_job_that_runs_is_heard_to_its_end(api: Api, open_socket: Open) -> None:
    socket = ready(open_socket(cookie(grant(api, "ada", Role.ADMIN))))
    api.services.jobs.start({"x": lambda _context, _args: None})
    with api.services.db.write() as uow:
        job_id = api.services.jobs.enqueue(uow, "x", {})
    states = []
    while "done" not in states:
        message = read(socket)
        assert (message["topic"], message["data"]["id"]) == ("job.changed", job_id)
        states.append(message["data"]["state"])
    api.services.jobs.stop(2)


def test_ping(api: Api, open_socket: Open) -> None:
    socket = ready(open_socket(cookie(grant(api, "ada"))))
    socket.send('{"type":"ping"}')
    assert read(socket)["topic"] == "pong"
    socket.send('{"type":"something new"}')
    socket.send("[]")
    socket.send('{"type":"ping"}')
    assert read(socket)["topic"] == "pong"


@pytest.mark.parametrize(("text", "code"), [("no json", 1003), ("x" * 5000, 1009)])
def test_nonsense_ends_the_socket(api: Api, open_socket: Open, text: str, code: int) -> None:
    socket = ready(open_socket(cookie(grant(api, "ada"))))
    socket.send(text)
    assert closed_with(socket)[0] == code


def test_without_a_session_the_code_tells_the_player_to_sign_in(api: Api, open_socket: Open) -> None:
    assert closed_with(open_socket({}))[0] == 4401
    assert closed_with(open_socket({"Cookie": "resonance_access=nonsense"}))[0] == 4401
    assert closed_with(open_socket({"Cookie": "resonance_csrf=x"})) == (4401, "session_expired")


@pytest.mark.parametrize("origin", ["http://evil.example", None])
def test_a_foreign_page_is_refused(api: Api, open_socket: Open, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as caught:
        open_socket(cookie(grant(api, "ada")), origin=origin)
    assert caught.value.response.status_code == 403


def test_a_program_with_a_token_needs_no_origin(api: Api, open_socket: Open) -> None:
    signed_in = grant(api, "ada")
    ready(open_socket({"Authorization": f"Bearer {signed_in.access.text}"}, origin=None))


def test_revoking_a_session_closes_its_sockets_and_no_others(api: Api, open_socket: Open) -> None:
    first = grant(api, "ada")
    second = session_of(api, first.user.id)
    ended, kept = ready(open_socket(cookie(first))), ready(open_socket(cookie(second)))
    api.accounts.sessions.sign_out(first.session_id)
    assert closed_with(ended) == (4401, "session_revoked")
    assert read(kept)["topic"] == "session.revoked"
    kept.send('{"type":"ping"}')
    assert read(kept)["topic"] == "pong"


def test_too_many_sockets_of_one_user(api: Api, open_socket: Open) -> None:
    headers = cookie(grant(api, "ada"))
    sockets = [ready(open_socket(headers)) for _ in range(50)]
    assert closed_with(open_socket(headers))[0] == 4429
    sockets[0].close()
    time.sleep(0.2)
    ready(open_socket(headers))


def test_a_tab_that_does_not_read_costs_bounded_memory_and_harms_no_other(
    api: Api, open_socket: Open
) -> None:
    signed_in = grant(api, "ada")
    stuck, well = ready(open_socket(cookie(signed_in))), ready(open_socket(cookie(signed_in)))
    heard: list[str] = []

    def listen() -> None:
        while (topic := read(well)["topic"]) != "library.changed":
            heard.append(topic)

    listener = threading.Thread(target=listen)
    listener.start()
    filler = "x" * 20_000
    for n in range(2000):
        api.services.events.publish(Event("playlist.changed", {"n": n, "filler": filler}))
    api.services.events.publish(Event("library.changed"))
    listener.join(20)
    assert not listener.is_alive() and heard
    late: list[str] = []
    while not late or late[-1] != "library.changed":
        late.append(read(stuck)["topic"])
    assert "events.missed" in late and len(late) < 2000
