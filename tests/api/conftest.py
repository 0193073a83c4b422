"""A whole application over a fresh data folder, and people signed in to it.

`make_app(**settings)` builds one; `app` is a plain one. `visitor` is nobody; `admin_client`, `user_client`
and `guest_client` are signed in by cookie and send the CSRF header as the web player does.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from resonance.accounts.accounts import Accounts
from resonance.accounts.passwords import Passwords
from resonance.api.app import create_app
from resonance.model.caller import OPERATOR, Role
from resonance.settings import Settings
from resonance.wiring import Wiring
from tests.conftest import FreshUrl

with warnings.catch_warnings():
    # starlette prefers another HTTP client from the next version on
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

PASSWORD = "correct horse"


class Client(TestClient):
    """A browser: keeps cookies and sends the CSRF token of its session."""

    def request(self, method: str, url: Any, **more: Any) -> Any:  # type: ignore[override]
        token = self.cookies.get("resonance_csrf")
        if token and method.upper() not in ("GET", "HEAD", "OPTIONS"):
            more["headers"] = {"X-CSRF-Token": token, **(more.get("headers") or {})}
        return super().request(method, url, **more)


@dataclass
class Api:
    """An application and what stands behind it."""

    app: FastAPI
    services: Wiring

    @property
    def accounts(self) -> Accounts:
        return self.services.accounts

    def client(self, *, base_url: str = "http://testserver", peer: str = "203.0.113.9") -> Client:
        """A browser that is not signed in, somewhere on the internet."""
        return Client(self.app, base_url=base_url, client=(peer, 50000), raise_server_exceptions=False)

    def add_user(self, name: str, role: Role = Role.USER, libraries: list[str] | None = None) -> str:
        """Make an account with PASSWORD; its id."""
        password_hash = self.accounts.passwords.hash(PASSWORD)
        with self.services.db.write() as uow:
            return self.accounts.users.create(uow, OPERATOR, name, password_hash, role, libraries).id

    def sign_in(self, name: str, **how: Any) -> Client:
        """A browser signed in as `name`."""
        client = self.client(**how)
        answer = client.post("/api/v1/auth/sign-in", json={"name": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return client

    def as_new(self, name: str, role: Role = Role.USER, libraries: list[str] | None = None) -> Client:
        """Make an account and sign in."""
        self.add_user(name, role, libraries)
        return self.sign_in(name)


@pytest.fixture
def make_app(
    fresh_url: FreshUrl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Api]]:
    """Build applications with settings of choice; each has its own data folder and database."""
    # Real argon2id, but small: the cost itself has a test of its own.
    monkeypatch.setattr(Passwords.__init__, "__kwdefaults__", {"time_cost": 1, "memory_kib": 64, "lanes": 1})
    built: list[Wiring] = []

    def make(**settings: Any) -> Api:
        data_dir = tmp_path / f"data{len(built)}"
        data_dir.mkdir()
        settings.setdefault("database_url", fresh_url(data_dir))
        services = Wiring(Settings(data_dir=data_dir, **settings))
        built.append(services)
        return Api(create_app(services, services.settings), services)

    yield make
    for services in built:
        services.close()


@pytest.fixture
def api(make_app: Callable[..., Api]) -> Api:
    """An application with default settings and no account."""
    return make_app()


@pytest.fixture
def app(api: Api) -> FastAPI:
    return api.app


@pytest.fixture
def visitor(api: Api) -> Client:
    """Nobody in particular."""
    return api.client()


@pytest.fixture
def admin_client(api: Api) -> Client:
    return api.as_new("ada", Role.ADMIN)


@pytest.fixture
def user_client(api: Api, admin_client: Client) -> Client:
    return api.as_new("berta")


@pytest.fixture
def guest_client(api: Api, admin_client: Client) -> Client:
    return api.as_new("gustav", Role.GUEST)
