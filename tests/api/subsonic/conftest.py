"""A server over the seeded library, and people signed in to it as apps do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from resonance.api.app import create_app
from resonance.db.engine import Database
from resonance.settings import Settings
from resonance.wiring import Wiring
from tests.api.subsonic import seed
from tests.api.subsonic.seed import Seeded

NAMESPACE = "{http://subsonic.org/restapi}"


@dataclass
class App:
    """One person's Subsonic app."""

    client: TestClient
    name: str
    password: str

    def login(self) -> dict[str, str]:
        salt = "pepper"
        token = hashlib.md5((self.password + salt).encode()).hexdigest()
        return {"u": self.name, "t": token, "s": salt, "v": "1.16.1", "c": "tests"}

    def raw(self, method: str, **params: Any) -> Any:
        return self.client.get(f"/rest/{method}", params={**self.login(), **params})

    def json(self, method: str, **params: Any) -> dict[str, Any]:
        """The inside of the envelope, whatever its status."""
        answer = self.raw(method, f="json", **params)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        inside: dict[str, Any] = json.loads(answer.content)["subsonic-response"]
        return inside

    def ok(self, method: str, **params: Any) -> dict[str, Any]:
        inside = self.json(method, **params)
        assert inside["status"] == "ok", inside
        return inside

    def fault(self, method: str, **params: Any) -> int:
        inside = self.json(method, **params)
        assert inside["status"] == "failed", inside
        code: int = inside["error"]["code"]
        return code

    def xml(self, method: str, **params: Any) -> ElementTree.Element:
        answer = self.raw(method, **params)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("application/xml")
        return ElementTree.fromstring(answer.content)


@dataclass
class Server:
    client: TestClient
    seeded: Seeded
    services: Wiring
    ada: App
    bob: App
    gus: App


@pytest.fixture(scope="session")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("music")


@pytest.fixture
def server(
    database: Database, music: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    monkeypatch.setattr("tests.fixtures.rows.new_id", seed.FixedIds())
    seeded = seed.fill(database, music)
    settings = Settings(data_dir=tmp_path / "data")
    services = Wiring(settings)
    services.__dict__["db"] = database
    with database.write() as uow:
        services.search.index(uow, seed.documents(uow))
        seed.listened(uow, services.vectors, seeded)
    with TestClient(create_app(services, settings)) as client:
        apps = {}
        for person in (seeded.ada, seeded.bob, seeded.gus):
            apps[person.name] = App(client, person.name, seed.password_of(services, person))
        yield Server(client, seeded, services, **apps)
    services.close()
