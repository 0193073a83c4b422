"""The background half of the server: timers, resumed scans, and a server killed in the middle of one."""

from __future__ import annotations

import math
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from resonance.core.clock import now_ms
from resonance.db import migrate
from resonance.db.engine import Database
from resonance.jobs import store, ticks
from resonance.model.caller import Caller
from resonance.settings import Settings
from resonance.wiring import Wiring
from resonance.worker.handlers import HANDLERS
from resonance.worker.run import Worker
from resonance.worker.schedule import TIMERS, Scheduler


def until(true: Callable[[], bool], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(0.02)
    raise AssertionError(f"not {what} within {seconds} s")


def make_music(root: Path, count: int) -> None:
    """Short tones, each its own."""
    for n in range(count):
        folder = root / f"Artist {n % 7}" / f"Album {n % 40}"
        folder.mkdir(parents=True, exist_ok=True)
        samples = (int(9000 * math.sin(i * (n + 20) / 9000)) for i in range(800))
        with wave.open(str(folder / f"{n:04} - Song {n}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))


@pytest.fixture
def services(sqlite_template: bytes, tmp_path: Path) -> Iterator[Wiring]:
    data = tmp_path / "data"
    data.mkdir()
    (data / "resonance.db").write_bytes(sqlite_template)
    wiring = Wiring(Settings(data_dir=data, scan_workers=1, watch_folders=False))
    yield wiring
    wiring.close()


def add_library(services: Wiring, admin: Caller, root: Path) -> str:
    with services.db.write() as uow:
        return services.libraries.add(uow, admin, "Music", str(root))


def scans(services: Wiring) -> list[tuple[str, str]]:
    with services.db.read() as uow:
        rows = uow.connection.exec_driver_sql("SELECT reason, state FROM scan ORDER BY started_at")
        return [(row.reason, row.state) for row in rows]


def test_every_start_scans_and_closes_what_was_interrupted(
    services: Wiring, admin: Caller, tmp_path: Path
) -> None:
    root = tmp_path / "music"
    make_music(root, 8)
    add_library(services, admin, root)
    settings = services.settings.model_copy(update={"scan_interval_minutes": 0})
    for starts in (1, 2):
        worker = Worker(services, settings)
        worker.start()
        until(lambda n=starts: scans(services) == [("start", "done")] * n, "scanned")
        worker.stop()
        del services.__dict__["jobs"]  # the next start is another process's
    with services.db.write() as uow:
        uow.connection.exec_driver_sql("UPDATE scan SET state = 'running', finished_at = NULL")
    worker = Worker(services, settings)
    worker.start()
    until(lambda: scans(services)[2:] == [("start", "done")], "scanned again")
    worker.stop()
    assert scans(services)[:2] == [("start", "failed")] * 2, "the interrupted ones are closed"


def test_every_timer_names_a_job_and_ticks_once(services: Wiring) -> None:
    assert {timer.job for timer in TIMERS} <= set(HANDLERS)
    first, second = Scheduler(services, services.settings), Scheduler(services, services.settings)
    wait_s = first.tick()
    assert 0 < wait_s <= 300
    second.tick()
    with services.db.read() as uow:
        names = [job.name for job in store.page(uow, state=None, cursor=None, limit=50).items]
        assert sorted(names) == sorted(timer.job for timer in TIMERS)
        assert {timer.name for timer in ticks.upcoming(uow)} == {timer.name for timer in TIMERS}


def test_a_timer_can_be_turned_off(services: Wiring) -> None:
    off = services.settings.model_copy(update={"scan_interval_minutes": 0})
    Scheduler(services, off).tick()
    with services.db.read() as uow:
        assert "scan.all" not in [job.name for job in store.page(uow, state=None, cursor=None, limit=9).items]


def test_missed_ticks_are_not_made_up_for() -> None:
    hour = 3600
    assert ticks.latest_tick(hour, 10 * hour * 1000 + 5) == 10 * hour * 1000
    assert ticks.latest_tick(hour, 10 * hour * 1000) == 10 * hour * 1000
    assert ticks.latest_tick(hour, now_ms()) <= now_ms()


class Server:
    """`resonance serve` as a person starts it."""

    def __init__(self, data: Path, music: Path, port: int) -> None:
        self.database = data / "resonance.db"
        environment = {
            **os.environ,
            "DATA_DIR": str(data),
            "MUSIC_LIBRARY_PATH": str(music),
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "SCAN_WORKERS": "1",
            "ANALYSIS": "false",
        }
        self._command = [sys.executable, "-m", "resonance", "serve"]
        self._environment = environment
        self._url = f"http://127.0.0.1:{port}/health"
        self.start()

    def start(self) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self._command, env=self._environment, start_new_session=True, **quiet)

    def healthy(self) -> bool:
        try:
            return httpx.get(self._url, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        if not self.database.exists():
            return []
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10) as connection:
            try:
                return list(connection.execute(statement))
            except sqlite3.OperationalError:
                return []  # not migrated yet

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)  # with the processes that read tags, as an OOM kill would
        self.process.wait()


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_kill_9_in_the_middle_of_a_scan_loses_and_doubles_nothing(tmp_path: Path, free_port: int) -> None:
    music, data = tmp_path / "music", tmp_path / "data"
    total = 3000
    make_music(music, total)
    server = Server(data, music, free_port)
    tracks = "SELECT count(*) FROM track WHERE missing_at IS NULL"
    try:
        until(lambda: 0 < server.ask(tracks)[0][0] < total if server.ask(tracks) else False, "half-way", 180)  # type: ignore[operator]
        server.kill()
        before = server.ask("SELECT id FROM track")
        assert 0 < len(before) < total
        assert server.ask("SELECT state FROM scan") == [("running",)]
        server.start()
        until(server.healthy, "healthy")
        done = "SELECT state FROM scan ORDER BY started_at DESC LIMIT 1"
        until(lambda: server.ask(done) == [("done",)], "scanned to the end", 180)
        assert server.ask(tracks) == [(total,)]
        assert server.ask("SELECT count(*), count(DISTINCT path) FROM carrier") == [(total, total)]
        after = server.ask("SELECT id FROM track")
        assert set(before) <= set(after), "tracks keep their ids"
        assert server.ask("SELECT count(*) FROM scan WHERE state = 'running'") == [(0,)]
        until(lambda: server.ask("SELECT count(*) FROM job WHERE state = 'running'") == [(0,)], "at rest")
        assert server.ask("SELECT state, attempts FROM job WHERE name = 'scan'")[0] == ("done", 2)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(15) in (0, -signal.SIGTERM)
    finally:
        if server.process.poll() is None:
            server.kill()


def test_a_stopped_server_gives_its_jobs_back(tmp_path: Path, free_port: int) -> None:
    """SIGTERM in the middle of a scan: the job waits for the next start and has lost no attempt."""
    music, data = tmp_path / "music", tmp_path / "data"
    make_music(music, 2500)
    server = Server(data, music, free_port)
    try:
        running = "SELECT count(*) FROM job WHERE name = 'scan' AND state = 'running'"
        until(lambda: server.ask(running) == [(1,)] and server.healthy(), "scanning")
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(20)
        (row,) = server.ask("SELECT state, attempts, holder FROM job WHERE name = 'scan'")
        assert row in [("queued", 0, None), ("done", 1, None)]
    finally:
        if server.process.poll() is None:
            server.kill()


def test_postgresql_serves_the_same_worker(postgres_server: object, admin: Caller, tmp_path: Path) -> None:
    url = postgres_server.new_database()  # type: ignore[attr-defined]
    database = Database(url)
    migrate.upgrade(database)
    database.close()
    root = tmp_path / "music"
    make_music(root, 5)
    (tmp_path / "data").mkdir()
    settings = Settings(data_dir=tmp_path / "data", database_url=url, scan_workers=1, watch_folders=False)
    services = Wiring(settings)
    add_library(services, admin, root)
    worker = Worker(services, settings)
    worker.start()
    try:
        until(lambda: ("start", "done") in scans(services), "scanned")
        with services.db.read() as uow:
            assert uow.connection.exec_driver_sql("SELECT count(*) FROM track").scalar() == 5
    finally:
        worker.stop()
        services.close()
