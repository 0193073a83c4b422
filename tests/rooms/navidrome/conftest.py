"""A fake Navidrome of twelve songs and two accounts, and a home beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from resonance.model.caller import Caller
from tests.conftest import FreshUrl
from tests.fixtures.navidrome import Account, FakeNavidrome, fill
from tests.rooms.navidrome.kit import Home


@pytest.fixture
def home(tmp_path: Path, fresh_url: FreshUrl) -> Iterator[Home]:
    made = Home.at(tmp_path, fresh_url(tmp_path))
    yield made
    made.services.close()


@pytest.fixture
def server() -> Iterator[FakeNavidrome]:
    with FakeNavidrome() as running:
        running.accounts["berta"] = Account("berta", "secret", {1})
        fill(running, 12)
        yield running


@pytest.fixture
def person(home: Home) -> Caller:
    return home.person("berta")


@pytest.fixture
def server_id(home: Home, server: FakeNavidrome) -> str:
    made = home.add(server)
    home.sync(made)
    return made
