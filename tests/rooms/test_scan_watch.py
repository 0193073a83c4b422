"""The watcher asks for the folders that changed, once they are quiet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from resonance.core.clock import now_ms
from resonance.db.engine import Database
from resonance.db.tables.library import library, library_lease
from resonance.library.scanning import watch
from tests.fixtures.audio import make_tone
from tests.fixtures.scanned import ADMIN, make_libraries


class Asked:
    """Remembers the requests."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, tuple[str, ...]]] = []
        self.news = threading.Event()

    def __call__(self, library_id: str, folders: tuple[str, ...]) -> None:
        self.requests.append((library_id, folders))
        self.news.set()

    def wait(self, seconds: float = 15) -> tuple[str, ...]:
        assert self.news.wait(seconds), "no scan was asked for"
        self.news.clear()
        return self.requests[-1][1]


@pytest.fixture
def watched(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, Asked, str]]:
    monkeypatch.setattr(watch, "_RECONCILE_S", 0.1)
    monkeypatch.setattr(watch, "_LOOK_S", 0.1)
    root = tmp_path / "music"
    make_tone(root / "a" / "1.wav")
    with database.write() as uow:
        library_id = make_libraries(database, tmp_path / "data").add(uow, ADMIN, "M", str(root))
    asked = Asked()
    watcher = watch.Watcher(database, asked, quiet_s=0.3)
    watcher.start()
    time.sleep(1.0)  # the first inotify watches are set without a word
    yield root, asked, library_id
    watcher.stop()


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_changes_are_asked_for_by_folder(watched: tuple[Path, Asked, str], database: Database) -> None:
    root, asked, library_id = watched
    make_tone(root / "a" / "2.wav", hertz=300)
    assert asked.wait() == ("a",)
    assert asked.requests[-1][0] == library_id
    (root / "a" / "notes.txt").write_text("nothing")
    (root / ".hidden").mkdir()
    (root / ".hidden" / "x.mp3").write_bytes(b"x")
    assert not asked.news.wait(1.0)
    (root / "a" / "cover.jpg").write_bytes(b"x")
    assert asked.wait() == ("a",)
    make_tone(root / "b" / "c" / "1.wav", hertz=301)
    assert asked.wait() in (("b",), ("b/c",))
    asked.news.clear()
    (root / "b").rename(root / "d")
    assert set(asked.wait()) == {"b", "d"}
    with database.write() as uow:
        uow.execute(update(library).values(watch=False))
        make_libraries(database, root.parent / "data").edit(uow, ADMIN, library_id, name="Renamed")
    time.sleep(1.5)
    asked.news.clear()
    make_tone(root / "d" / "2.wav", hertz=302)
    assert not asked.news.wait(1.5)


def test_changes_wait_for_the_end_of_a_scan(watched: tuple[Path, Asked, str], database: Database) -> None:
    root, asked, library_id = watched
    with database.write() as uow:
        uow.execute(
            library_lease.insert().values(
                library_id=library_id, holder="other|1|1|1", lease_until=now_ms() + 60_000
            )
        )
    make_tone(root / "a" / "2.wav", hertz=300)
    assert not asked.news.wait(2.0)
    with database.write() as uow:
        uow.execute(library_lease.delete())
    assert asked.wait() == ("a",)


def test_network_folders_say_that_the_timer_stands_in(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_RECONCILE_S", 0.1)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {tmp_path}/with\\040space nfs4 rw 0 0\n")
    folder = tmp_path / "with space" / "music"
    folder.mkdir(parents=True)
    real = watch.file_system
    assert real(str(folder), mounts) == "nfs4"
    assert real(str(tmp_path / "with"), mounts) == "ext4"
    monkeypatch.setattr(watch, "file_system", lambda path: real(path, mounts))
    with database.write() as uow:
        make_libraries(database, tmp_path / "data").add(uow, ADMIN, "M", str(folder))

    def said() -> str | None:
        with database.read() as uow:
            return uow.execute(select(library.c.watch_problem)).scalar()

    watcher = watch.Watcher(database, Asked())
    watcher.start()
    try:
        assert until(lambda: said() is not None)
        assert "nfs4" in (said() or "")
        with database.write() as uow:
            uow.execute(update(library).values(watch=False))
            uow.execute(update(library).values(name="x"))
            make_libraries(database, tmp_path / "data").edit(
                uow, ADMIN, uow.execute(select(library.c.id)).scalar_one(), name="y"
            )
        assert until(lambda: said() is None)
    finally:
        watcher.stop()


def test_the_limit_of_the_system_is_explained() -> None:
    assert "max_user_watches" in watch.explain(OSError("OS file watch limit reached. about [...]"))


def test_scopes() -> None:
    assert watch.scopes({"a", "a/b", "a b", "c/d"}) == ("a", "a b", "c/d")
    assert watch.scopes({"", "x"}) == ("",)
    assert watch.scopes({f"f{n}" for n in range(100)}) == ("",)
