"""Whose word about the client's address, scheme and host is taken."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.requests import Request

from resonance.api import endpoint_limits
from resonance.api.endpoint_limits import EndpointLimits
from resonance.api.forwarded import TrustedProxies, client_key, is_from_here, is_https
from tests.api.conftest import Api

TRUSTED = ("10.0.0.0/8", "2001:db8::1")


def resolved(peer: str | None, headers: list[tuple[str, str]], **scope: Any) -> Request:
    seen: list[Request] = []

    async def app(inner: Any, _receive: Any, _send: Any) -> None:
        seen.append(Request(inner))

    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    full = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "scheme": "http",
        "http_version": "1.1",
        "client": (peer, 1) if peer else None,
        "headers": raw,
        **scope,
    }
    asyncio.run(TrustedProxies(app, TRUSTED)(full, None, None))  # type: ignore[arg-type]
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["1.1.1.1"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.7"], "198.51.100.7"),  # what the client wrote itself is hearsay
        ("10.0.0.1", ["1.1.1.1", "198.51.100.7"], "198.51.100.7"),  # as two headers
        ("10.0.0.1", ["198.51.100.7, 10.0.0.2"], "198.51.100.7"),  # two of our proxies
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["198.51.100.7, nonsense"], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
        ("10.0.0.1", ["[2001:db8:1::5]:80"], "2001:db8:1::/64"),
        ("10.0.0.1", ["2001:DB8:1:0::7"], "2001:db8:1::/64"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("2001:db8::1", ["::ffff:198.51.100.7"], "198.51.100.7"),
        ("2001:db8::2", ["198.51.100.7"], "2001:db8::/64"),
        (None, ["198.51.100.7"], "unknown"),
        ("testclient", ["198.51.100.7"], "unknown"),
    ],
)
def test_the_client_is_the_last_hop_that_is_no_proxy_of_ours(
    peer: str | None, forwarded: list[str], found: str
) -> None:
    assert client_key(resolved(peer, [("X-Forwarded-For", value) for value in forwarded])) == found


@pytest.mark.parametrize(
    ("peer", "proto", "secure"),
    [
        ("10.0.0.1", "https", True),
        ("10.0.0.1", "HTTPS", True),
        ("10.0.0.1", "http, https", True),
        ("10.0.0.1", "https, http", False),
        ("10.0.0.1", "gopher", False),
        ("203.0.113.9", "https", False),
    ],
)
def test_the_scheme_is_taken_from_trusted_proxies(peer: str, proto: str, secure: bool) -> None:
    assert is_https(resolved(peer, [("X-Forwarded-Proto", proto)])) is secure


def test_the_host_is_taken_from_trusted_proxies() -> None:
    headers = [("Host", "backend:8080"), ("X-Forwarded-Host", "music.example.org")]
    assert resolved("10.0.0.1", headers).headers["host"] == "music.example.org"
    assert resolved("203.0.113.9", headers).headers["host"] == "backend:8080"


@pytest.mark.parametrize(
    ("peer", "headers", "scope", "here"),
    [
        ("127.0.0.1", [("Host", "localhost:8080")], {}, True),
        ("127.0.0.1", [("Host", "127.0.0.1:8080")], {}, True),
        ("::1", [("Host", "[::1]:8080")], {}, True),
        ("127.0.0.1", [], {}, False),
        ("127.0.0.1", [("Host", "localhost.evil.example")], {}, False),
        ("127.0.0.1", [("Host", "localhost:8080")], {"http_version": "1.0"}, False),  # nginx as it comes
        ("127.0.0.1", [("Host", "localhost"), ("X-Forwarded-For", "")], {}, False),
        ("192.168.1.5", [("Host", "localhost")], {}, False),
        (None, [("Host", "localhost")], {}, False),
    ],
)
def test_from_here_means_straight_from_this_machine(
    peer: str | None, headers: list[tuple[str, str]], scope: dict[str, str], here: bool
) -> None:
    assert is_from_here(resolved(peer, headers, **scope)) is here


def test_endpoint_classes_are_counted_apart_and_by_address(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_limits, "PER_WINDOW", {"api": 3, "media": 5})
    monkeypatch.setattr(endpoint_limits.time, "monotonic", lambda: 120.0)
    one, other = api.client(peer="203.0.113.1"), api.client(peer="203.0.113.2")
    assert [one.get("/api/v1/server").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = one.get("/rest/ping")
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "60"
    assert answer.json()["code"] == "too_many_requests" and answer.headers["x-request-id"]
    assert [one.get("/stream/x").status_code for _ in range(6)] == [401] * 5 + [429]
    assert one.get("/health").status_code != 429
    assert other.get("/api/v1/server").status_code == 200
    monkeypatch.setattr(endpoint_limits.time, "monotonic", lambda: 180.0)
    assert one.get("/api/v1/server").status_code == 200
    here = api.client(base_url="http://localhost:8080", peer="127.0.0.1")
    assert {here.get("/api/v1/server").status_code for _ in range(10)} == {200}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/albums", "api"),
        ("/music/api/v1/albums", "api"),
        ("/graphql", "api"),
        ("/rest/getAlbum.view", "api"),
        ("/rest/getCoverArt.view", "media"),
        ("/rest/stream", "media"),
        ("/rest/streamline", "api"),
        ("/music/stream/abc", "media"),
        ("/api/v1/artwork/abc", "media"),
        ("/", None),
        ("/albums/abc", None),
        ("/assets/index.js", None),
    ],
)
def test_each_path_has_its_class(path: str, kind: str | None) -> None:
    assert endpoint_limits._kind(path) == kind


def test_counts_of_many_addresses_stay_bounded() -> None:
    limits = EndpointLimits(None)  # type: ignore[arg-type]
    for number in range(60_000):
        limits._allows("api", str(number))
    assert len(limits._counts) <= 50_001
