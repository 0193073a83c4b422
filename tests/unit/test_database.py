"""The unit of work and the migrations, on real databases."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from resonance.core.errors import Unavailable
from resonance.db import migrate, versions
from resonance.db.engine import Database
from resonance.db.tables import metadata
from resonance.db.tables.library import version
from resonance.db.upsert import upsert

SNAPSHOTS = sorted((Path(__file__).parent.parent / "golden/schema").glob("*.sql"))
BY_EXPRESSION = "ix_search_document_title"  # SQLite's reflection does not see such an index


def test_an_exception_rolls_back_and_runs_nothing_after(database: Database) -> None:
    ran: list[str] = []
    with pytest.raises(RuntimeError), database.write() as uow:
        versions.bump(uow, "thing")
        uow.after_commit(lambda: ran.append("no"))
        raise RuntimeError
    with database.write() as uow:
        assert versions.current(uow, "thing") == 0
        uow.after_commit(lambda: ran.append("yes"))
    assert ran == ["yes"]


def test_two_writers_wait_for_each_other(database: Database) -> None:
    def add() -> None:
        for _ in range(25):
            with database.write() as uow:
                versions.bump(uow, "counter")

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as uow:
        assert versions.current(uow, "counter") == 100


@pytest.mark.sqlite_only("PostgreSQL reads committed rows; only SQLite's WAL gives a snapshot by default")
def test_a_reader_keeps_its_snapshot(database: Database) -> None:
    with database.read() as reader:
        assert versions.current(reader, "x") == 0
        with database.write() as writer:
            versions.bump(writer, "x")
        assert versions.current(reader, "x") == 0


def test_upsert_overwrites_only_what_it_is_told(database: Database) -> None:
    with database.write() as uow:
        upsert(
            uow,
            version,
            [{"name": "a", "value": 1}, {"name": "b", "value": 1}],
            keys=["name"],
            update=["value"],
        )
        upsert(uow, version, [{"name": "a", "value": 5}], keys=["name"], update=["value"])
        upsert(uow, version, [{"name": "b", "value": 5}], keys=["name"], update=[])
        rows = uow.execute(sa.select(version.c.name, version.c.value).order_by(version.c.name)).all()
    assert [tuple(row) for row in rows] == [("a", 5), ("b", 1)]


def differences(database: Database) -> list[object]:
    """What autogenerate would still change."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _to: object) -> bool:
        # Virtual tables, their shadows and the queue's own tables are made by adapters' migrations.
        foreign = kind == "table" and name is not None and name.startswith(("search_fts", "procrastinate"))
        made_for_search = (kind == "column" and name == "vector") or name == "ix_search_document_vector"
        return not (foreign or made_for_search or (kind == "index" and name == BY_EXPRESSION))

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": False, "compare_server_default": False}
        )
        return list(compare_metadata(context, metadata))


def test_the_migrated_schema_is_the_one_in_the_tables(database: Database) -> None:
    assert differences(database) == []


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("postgres_server").new_database())


@pytest.mark.parametrize("snapshot", SNAPSHOTS, ids=lambda path: path.stem)
def test_every_released_schema_reaches_the_present_one_with_its_rows(snapshot: Path, empty_url: str) -> None:
    database = Database(empty_url)
    migrate.upgrade(database, snapshot.stem)
    text = "\n".join(line for line in snapshot.read_text().splitlines() if not line.startswith("--"))
    statements = [part for part in text.split(";") if part.strip()]
    with database.write() as uow:
        for statement in statements:
            uow.execute(sa.text(statement.replace(":", "\\:")))
    migrate.upgrade(database)
    assert differences(database) == []
    with database.read() as uow:
        for name in {statement.split()[2] for statement in statements}:
            assert uow.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar() == 1, name
    database.close()


def test_sqlite_is_backed_up_before_a_migration(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'resonance.db'}")
    assert migrate.upgrade(database, "0001")
    assert not (tmp_path / "backups").exists()  # there was nothing to lose
    with database.write() as uow:
        versions.bump(uow, "kept")
    assert migrate.upgrade(database)
    assert not migrate.upgrade(database)
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.endswith("-0001.db") and copy.stat().st_mode & 0o777 == 0o600
    backup = Database(f"sqlite:///{copy}")
    for each in (database, backup):
        with each.read() as uow:
            assert versions.current(uow, "kept") == 1
    present, before = (set(sa.inspect(each.engine).get_table_names()) for each in (database, backup))
    assert "sound" in present - before
    # The copy is a whole database: it can be brought up to date itself.
    assert migrate.upgrade(backup)
    assert differences(backup) == []
    backup.close()
    database.close()


def test_a_failed_migration_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    database = Database(f"sqlite:///{tmp_path / 'resonance.db'}")
    migrate.upgrade(database, "0001")
    before = set(sa.inspect(database.engine).get_table_names())
    make, made = op.create_table, []

    def fail_at_the_end(*columns: object, **more: object) -> object:
        made.append(make(*columns, **more))  # type: ignore[arg-type]
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(op, "create_table", fail_at_the_end)
    with pytest.raises(RuntimeError, match="disk is full"):
        migrate.upgrade(database)
    assert made
    assert set(sa.inspect(database.engine).get_table_names()) == before
    monkeypatch.undo()
    assert migrate.upgrade(database)
    assert differences(database) == []
    database.close()


def test_two_processes_that_start_at_once_migrate_one_after_the_other(empty_url: str) -> None:
    first = Database(empty_url)
    migrate.upgrade(first, "0001")
    script = (
        "import sys; from resonance.db import migrate; from resonance.db.engine import Database;"
        "import alembic.command; database = Database(sys.argv[1]); print('ready', flush=True);"
        "sys.stdin.readline(); migrate.upgrade(database)"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", script, empty_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in starts:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    for process in starts:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in starts:
        process.communicate()
    assert [process.returncode for process in starts] == [0, 0, 0]
    assert differences(first) == []
    first.close()


def test_only_the_last_backups_are_kept(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'resonance.db'}")
    migrate.upgrade(database, "0001")
    (tmp_path / "backups").mkdir()
    for number in range(migrate.BACKUPS_KEPT + 2):
        (tmp_path / "backups" / f"resonance-{1_700_000_000_000 + number}-0000.db").write_bytes(b"old")
    migrate.upgrade(database)
    kept = sorted((tmp_path / "backups").iterdir())
    assert len(kept) == migrate.BACKUPS_KEPT and kept[-1].name.endswith("-0001.db")
    database.close()


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'resonance.db'}")
    migrate.upgrade(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from-the-future'")
    with pytest.raises(Unavailable, match="newer version"):
        migrate.upgrade(database)
    database.close()
