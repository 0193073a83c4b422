"""Debian's Strawberry and Clementine synchronise the whole seeded library, with windows on a screen.

No recorded requests could have shown what these do: Clementine gives up at the first XML element it does
not know.
"""

from __future__ import annotations

import base64
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from resonance.api.app import create_app
from resonance.db.engine import Database
from resonance.settings import Settings
from resonance.wiring import Wiring
from tests.api.subsonic import seed
from tests.e2e.xvfb import END, RIGHT, UP, Screen, program, screen
from tests.fixtures.live import running

TITLES = {"Hunter", "Jóga", "Bachelorette", "Help!", "Tape One"}
PATIENCE_S = 120.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def needs(*names: str) -> pytest.MarkDecorator:
    lacking = [name for name in (*names, "Xvfb", "dbus-run-session") if shutil.which(name) is None]
    return pytest.mark.skipif(bool(lacking), reason=f"not installed: {', '.join(lacking)}")


@pytest.fixture
def display() -> Iterator[Screen]:
    with screen() as made:
        yield made


@dataclass
class Account:
    """Where the server is, and ada's app password."""

    url: str
    password: str


@pytest.fixture
def account(database: Database, tmp_path: Path) -> Iterator[Account]:
    seeded = seed.fill(database, tmp_path / "music")
    settings = Settings(data_dir=tmp_path / "data")
    services = Wiring(settings)
    services.__dict__["db"] = database
    with running(create_app(services, settings)) as where:
        yield Account(f"http://{where}", seed.password_of(services, seeded.ada))
    services.close()


@needs("strawberry")
def test_strawberry(account: Account, display: Screen, tmp_path: Path) -> None:
    password = base64.b64encode(account.password.encode()).decode()
    home = tmp_path / "home"
    config = home / ".config" / "strawberry" / "strawberry.conf"
    config.parent.mkdir(parents=True)
    config.write_text(
        "[MainWindow]\ndo_not_show_sponsor_message=true\n[Behaviour]\nshowtrayicon=false\n"
        f"[Subsonic]\nenabled=true\nurl={account.url}\nusername=ada\npassword={password}\n"
        "http2=false\nverifycertificate=false\ndownloadalbumcovers=true\nauthmethod=1\n"
    )
    database = home / ".local" / "strawberry" / "strawberry" / "strawberry.db"

    def ask() -> None:
        for y in (580, 595, 610, 625, 640):  # the last tab, wherever the fonts put it
            display.click(41, y)
        display.click(165, 67)  # "Refresh catalogue"

    with program("strawberry", home, display):
        found = synchronised(database, ask)
    assert found >= TITLES


@needs("clementine")
def test_clementine(account: Account, display: Screen, tmp_path: Path) -> None:
    home = tmp_path / "home"
    config = home / ".config" / "Clementine" / "Clementine.conf"
    config.parent.mkdir(parents=True)
    config.write_text(
        "[MainWindow]\ntab_mode=1\ncurrent_tab=4\n[Behaviour]\nshowtray=false\n"
        f"[Subsonic]\nserver={account.url}\nusername=ada\npassword={account.password}\nusesslv3=false\n"
    )

    def ask() -> None:
        display.click(180, 110)  # into the tree; Subsonic is its last branch but one
        for key in (END, UP, RIGHT):
            display.press(key)

    with program("clementine", home, display):
        found = synchronised(config.with_name("clementine.db"), ask)
    assert found >= TITLES


def synchronised(database: Path, ask: Callable[[], None]) -> set[str]:
    """The titles that the program has stored, asked for again until they are there."""
    end, titles = time.monotonic() + PATIENCE_S, set[str]()
    while time.monotonic() < end and not titles >= TITLES:
        time.sleep(5)
        titles = stored(database)
        if not titles:
            ask()
    return titles


def stored(database: Path) -> set[str]:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return {row[0] for row in connection.execute("SELECT title FROM subsonic_songs")}
    except sqlite3.OperationalError:
        return set()  # not made yet, or being written
