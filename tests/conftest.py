"""Shared fixtures: databases of each kind, and callers.

Tests run on SQLite; with `--postgres` those that need a database run on Debian's PostgreSQL instead, and
the rest are deselected, because nothing would be different for them. Tests with the marker
`sqlite_only(reason)` are about SQLite, or would only repeat there what others show; the summary counts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from resonance.db import migrate
from resonance.db.engine import Database
from resonance.model.caller import Caller, Role

pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.redis", "tests.fixtures.scanned"]

# (folder) -> address of a migrated, empty database; a file of the folder, or a database of the server.
FreshUrl = Callable[[Path], str]
_LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choose the database."""
    parser.addoption(
        "--postgres", action="store_true", help="run the tests that need a database on PostgreSQL"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known; leave local variables, slow to render, out of tracebacks in captured logs."""
    import structlog

    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])
    config.addinivalue_line("markers", "sqlite_only(reason): not part of a --postgres run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Under --postgres keep what can run there."""
    if not config.getoption("postgres"):
        return
    kept, about_sqlite, without = [], [], []
    for item in items:
        if item.get_closest_marker("sqlite_only"):
            about_sqlite.append(item)
        elif "fresh_url" not in getattr(item, "fixturenames", ()):
            without.append(item)
        else:
            kept.append(item)
    config.stash[_LEFT_OUT] = Counter(f"{item.location[0]}: {_reason(item)}" for item in about_sqlite)
    config.hook.pytest_deselected(items=[*about_sqlite, *without])
    items[:] = kept


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of pytest-xdist tells the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash.get(_LEFT_OUT, {}))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every process has collected the same tests, so one word is enough."""
    node.config.stash[_LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Count the tests that were left out for their database."""
    left_out = config.stash.get(_LEFT_OUT, Counter())
    if left_out:
        terminalreporter.section("not run on PostgreSQL")
        for line, count in left_out.items():
            terminalreporter.line(f"{count:4} of {line}")


def _reason(item: pytest.Item) -> str:
    marker = item.get_closest_marker("sqlite_only")
    assert marker is not None and len(marker.args) == 1, f"{item.nodeid}: sqlite_only takes a reason"
    return str(marker.args[0])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A migrated, empty SQLite file: copying it is faster than migrating for each test."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path.read_bytes()


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest) -> FreshUrl:
    """Makes databases of the kind this run is about; see FreshUrl."""
    if request.config.getoption("postgres"):
        lend: Callable[[], str] = request.getfixturevalue("lend_postgres")
        return lambda _folder: lend()
    template: bytes = request.getfixturevalue("sqlite_template")

    def copy(folder: Path) -> str:
        path = folder / "resonance.db"
        path.write_bytes(template)
        return f"sqlite:///{path}"

    return copy


@pytest.fixture
def database(fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database."""
    made = Database(fresh_url(tmp_path))
    yield made
    made.close()


@pytest.fixture
def admin() -> Caller:
    """An admin who may see everything. The row exists only where a test makes it."""
    return Caller(user_id="A" * 22, name="ada", role=Role.ADMIN)
