"""Answers of a music server that are none: nothing is lost by them, and nobody waits for ever."""

from __future__ import annotations

import gzip
import threading
from typing import Any

import httpx
import pytest

from resonance.adapters.navidrome import client
from resonance.core.errors import Unavailable
from tests.fixtures.navidrome import FakeNavidrome, fill
from tests.rooms.navidrome.kit import Home

HTML = (200, {"Content-Type": "text/html"}, b"<html><body>Sign in to the hotel's network</body></html>")
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "raw",
    [
        HTML,
        (200, JSON, b'{"error": "something went wrong"}'),
        (200, JSON, b'[{"id": 7}]'),
        (200, JSON, b'[{"id": "a", "size": "large"}]'),
        (200, JSON, b"[" * 100_000),
        (200, JSON, b""),
        (204, {}, b""),
        (404, {}, b"404 page not found"),
    ],
)
def test_no_list_of_songs_is_no_reason_to_lose_any(
    home: Home, server: FakeNavidrome, raw: tuple[int, dict[str, str], bytes]
) -> None:
    server_id = home.add(server)
    home.sync(server_id)
    server.change(next(iter(server.songs)), title="Other")
    server.scan()
    server.instead["/api/song"] = raw
    with pytest.raises(Unavailable):
        home.sync(server_id, full=True)
    assert home.server(server_id).problem
    assert len(home.titles()) == 12
    server.instead.clear()
    assert home.sync(server_id).state == "done"
    assert "Other" in home.titles()


@pytest.mark.parametrize("path", ["/rest/getScanStatus", "/rest/getMusicFolders"])
@pytest.mark.parametrize("raw", [HTML, (200, JSON, b'{"subsonic-response": []}'), (200, JSON, b"null")])
def test_no_answer_of_rest_is_told_in_words(
    home: Home, server: FakeNavidrome, path: str, raw: tuple[int, dict[str, str], bytes]
) -> None:
    server_id = home.add(server)
    server.instead[path] = raw
    with pytest.raises(Unavailable):
        home.sync(server_id)


@pytest.mark.parametrize(
    "row", [{}, {"id": "x", "size": "much"}, {"id": "x", "duration": "long"}, {"id": "x", "artists": "y"}, 7]
)
def test_songs_of_another_shape_end_the_sync(home: Home, row: Any) -> None:
    with FakeNavidrome(native=False) as server:
        fill(server, 3)
        server_id = home.add(server)
        content = httpx.Response(
            200, json={"subsonic-response": {"status": "ok", "searchResult3": {"song": [row]}}}
        )
        server.instead["/rest/search3"] = (200, JSON, content.content)
        with pytest.raises(Unavailable):
            home.sync(server_id)


def test_an_endless_answer_is_left(
    home: Home, server: FakeNavidrome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LARGEST_ANSWER", 200_000)
    server_id = home.add(server)
    server.instead["/api/song"] = (200, JSON, b"[" + b" " * 2_000_000 + b"]")
    with pytest.raises(Unavailable, match="too long"):
        home.sync(server_id)
    packed = gzip.compress(b" " * 50_000_000)
    server.instead["/api/song"] = (200, {**JSON, "Content-Encoding": "gzip"}, packed)
    with pytest.raises(Unavailable, match="too long"):
        home.sync(server_id)


def test_a_slow_page_is_asked_for_again(
    home: Home, server: FakeNavidrome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", httpx.Timeout(0.5))
    server_id = home.add(server)
    slow = [threading.Event(), threading.Event()]

    def fault(path: str, _words: dict[str, str]) -> None:
        if path == "/api/song" and slow:
            slow.pop().wait(1.5)

    server.faults.append(fault)
    assert home.sync(server_id).counts.added == 12
    assert server.count("/api/song") >= 3


def test_a_list_that_never_ends_is_left(home: Home, server: FakeNavidrome) -> None:
    fill(server, 60)
    server_id = home.add(server)
    with httpx.Client() as asking:
        token = asking.post(f"{server.url}/auth/login", json={"username": "ada", "password": "secret"}).json()
        page = asking.get(
            f"{server.url}/api/song?_start=0&_end=50",
            headers={"X-ND-Authorization": f"Bearer {token['token']}"},
        )
    server.instead["/api/song"] = (200, {**JSON, "X-Total-Count": "72"}, page.content)
    with pytest.raises(Unavailable, match="again and again"):
        home.sync(server_id)


@pytest.mark.parametrize(
    "path", ["/api/song", "/api/album", "/api/artist", "/rest/getStarred2", "/api/playlist"]
)
@pytest.mark.parametrize("raw", [HTML, (200, JSON, b"{}"), (200, JSON, b"[7]"), (500, {}, b"")])
def test_one_persons_trouble_is_theirs_alone(
    home: Home, server: FakeNavidrome, path: str, raw: tuple[int, dict[str, str], bytes]
) -> None:
    server_id = home.add(server)
    home.sync(server_id)
    person = home.person("berta")
    link = home.link(person, server_id)
    home.like(person, "track", home.track("Song 1 of 0").id)
    server.instead[path] = raw
    report = home.sync(server_id)
    assert report.state == "unchanged"
    assert "music server" in report.people[0]["problem"]
    assert home.link_row(link).problem == report.people[0]["problem"]
    assert len(home.liked(person)) == 1
    server.instead.clear()
    home.sync(server_id)
    assert home.link_row(link).problem is None
