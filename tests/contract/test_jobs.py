"""One contract for every job queue."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from resonance.adapters.memory_bus import MemoryBus
from resonance.adapters.procrastinate_jobs import prepare
from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, NotFound
from resonance.core.events import Event
from resonance.core.ids import new_id
from resonance.db import migrate
from resonance.db.engine import Database
from resonance.jobs import store
from resonance.jobs.ports import Handler, Job, JobContext, JobRunner
from tests.fixtures.job_worker import build
from tests.fixtures.postgres import Server


class Heard(MemoryBus):
    """A real bus that also remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []

    def publish(self, event: Event) -> None:
        self.events.append(event)
        super().publish(event)


class Queue:
    """A queue under test with shorthand for what every test does."""

    def __init__(self, db: Database, make: Callable[[Heard], JobRunner]) -> None:
        self.db = db
        self.heard = Heard()
        self.make = make
        self.jobs = make(self.heard)
        self._started: list[JobRunner] = []

    def start(self, handlers: dict[str, Handler], jobs: JobRunner | None = None) -> JobRunner:
        runner = jobs or self.jobs
        runner.start(handlers)
        self._started.append(runner)
        return runner

    def close(self) -> None:
        for runner in self._started:
            runner.stop(2)

    def add(self, name: str, args: dict[str, Any] | None = None, **more: Any) -> str:
        with self.db.write() as uow:
            return self.jobs.enqueue(uow, name, args or {}, **more)

    def get(self, job_id: str) -> Job:
        with self.db.read() as uow:
            return store.get(uow, job_id)

    def until(self, job_id: str, *states: str, seconds: float = 15) -> Job:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            job = self.get(job_id)
            if job.state in states:
                return job
            time.sleep(0.02)
        raise AssertionError(f"still {self.get(job_id)} after {seconds} s")


@pytest.fixture(params=["sqlite", "postgresql"])
def queue(request: pytest.FixtureRequest) -> Iterator[Queue]:
    if request.param == "sqlite":
        database = Database(request.getfixturevalue("sqlite_url"))
    else:
        url = request.getfixturevalue("jobs_postgres")
        database = Database(url)
        with database.write() as uow:
            uow.execute(text("TRUNCATE job, procrastinate_jobs, procrastinate_workers CASCADE"))
    made = Queue(database, lambda bus: build(database, bus))
    yield made
    made.close()
    database.close()


@pytest.fixture(scope="session")
def jobs_postgres(postgres_server: Server) -> str:
    """A database of these tests alone: a worker takes any message it finds."""
    database = Database(postgres_server.new_database())
    migrate.upgrade(database)
    prepare(database)
    database.close()
    return database.libpq_url


@pytest.fixture
def sqlite_url(sqlite_template: bytes, tmp_path: Path) -> str:
    path = tmp_path / "jobs.db"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


def _wait(event: threading.Event) -> None:
    assert event.wait(15), "nothing happened within 15 s"


def test_runs_what_was_committed_with_its_arguments(queue: Queue) -> None:
    got: list[dict[str, Any]] = []
    queue.start({"greet": lambda _context, args: got.append(args)})
    job_id = queue.add("greet", {"name": "Ada", "n": [1, 2]})
    job = queue.until(job_id, "done")
    assert got == [{"name": "Ada", "n": [1, 2]}]
    assert (job.attempts, job.error, job.progress) == (1, None, 1.0)
    assert job.created_at <= (job.started_at or "") <= (job.finished_at or "")


def test_a_rolled_back_enqueue_never_runs(queue: Queue) -> None:
    got: list[int] = []
    queue.start({"n": lambda _context, args: got.append(args["n"])})
    with pytest.raises(RuntimeError), queue.db.write() as uow:
        queue.jobs.enqueue(uow, "n", {"n": 1})
        raise RuntimeError
    queue.until(queue.add("n", {"n": 2}), "done")
    assert got == [2]


def test_an_idle_runner_starts_a_job_at_once(queue: Queue) -> None:
    began: list[float] = []
    queue.start({"t": lambda _context, _args: began.append(time.perf_counter())})
    time.sleep(0.5)
    asked = time.perf_counter()
    queue.until(queue.add("t"), "done")
    assert began[0] - asked < 1.0  # told, not found at the next look, which is seconds away


def test_one_job_per_unique_key_while_it_waits_or_runs(queue: Queue) -> None:
    go, began = threading.Event(), threading.Event()

    def slow(_context: JobContext, _args: dict[str, Any]) -> None:
        began.set()
        _wait(go)

    first = queue.add("slow", unique_key="scan:1")
    assert queue.add("slow", unique_key="scan:1") == first
    queue.start({"slow": slow})
    _wait(began)
    assert queue.add("slow", unique_key="scan:1") == first
    assert queue.add("slow", unique_key="scan:2") != first
    go.set()
    queue.until(first, "done")
    assert queue.add("slow", unique_key="scan:1") != first


def test_higher_priority_first_and_not_before_run_at(queue: Queue) -> None:
    order: list[str] = []
    later = queue.add("x", {"name": "later"}, run_at=now_ms() + 1500, priority=9)
    names = [queue.add("x", {"name": name}, priority=p) for name, p in (("low", 0), ("high", 5), ("mid", 2))]
    one_at_a_time = threading.Lock()

    def note(_context: JobContext, args: dict[str, Any]) -> None:
        with one_at_a_time:
            order.append(args["name"])
            time.sleep(0.05)

    started = now_ms()
    queue.start({"x": note})
    for job_id in names:
        queue.until(job_id, "done")
    # two threads take the first two at the same moment, so only "low" has a fixed place
    assert set(order[:2]) == {"high", "mid"} and order[2] == "low"
    queue.until(later, "done")
    assert order[3] == "later" and now_ms() - started >= 1200


def test_a_failing_job_is_tried_again_then_failed_with_a_reason(queue: Queue) -> None:
    calls: list[int] = []

    def fail(_context: JobContext, _args: dict[str, Any]) -> None:
        calls.append(1)
        raise OSError("disk is full; see http://u:hunter2@host/x?token=abc")

    job_id = queue.add("fail", unique_key="k", max_attempts=2)
    queue.start({"fail": fail})
    job = queue.until(job_id, "failed")
    assert len(calls) == 2 and job.attempts == 2
    assert job.error is not None and job.error.startswith("OSError: disk is full")
    assert "hunter2" not in job.error and "abc" not in job.error
    assert queue.add("other", unique_key="k") != job_id, "the key is free again"


def test_what_no_retry_can_mend_fails_at_once(queue: Queue) -> None:
    def gone(_context: JobContext, _args: dict[str, Any]) -> None:
        raise NotFound("There is no such library.")

    queue.start({"gone": gone})
    job = queue.until(queue.add("gone"), "failed")
    assert (job.attempts, job.error) == (1, "There is no such library.")
    unknown = queue.until(queue.add("unheard-of"), "failed")
    assert unknown.error is not None and "unheard-of" in unknown.error


def test_retry_gives_all_attempts_back_and_keeps_the_key(queue: Queue) -> None:
    healthy = threading.Event()

    def sometimes(_context: JobContext, _args: dict[str, Any]) -> None:
        if not healthy.is_set():
            raise OSError("no")

    queue.start({"s": sometimes})
    job_id = queue.add("s", unique_key="k", max_attempts=1)
    queue.until(job_id, "failed")
    healthy.set()
    rival = queue.add("s", unique_key="k", run_at=now_ms() + 60_000)
    with pytest.raises(Conflict), queue.db.write() as uow:
        queue.jobs.retry(uow, job_id)
    with queue.db.write() as uow:
        queue.jobs.cancel(uow, rival)
    with queue.db.write() as uow:
        queue.jobs.retry(uow, job_id)
    assert queue.until(job_id, "done").attempts == 1
    with pytest.raises(Conflict), queue.db.write() as uow:
        queue.jobs.retry(uow, job_id)


def test_cancel_of_a_waiting_job_is_immediate(queue: Queue) -> None:
    ran: list[int] = []
    job_id = queue.add("x", unique_key="k")
    with queue.db.write() as uow:
        queue.jobs.cancel(uow, job_id)
    assert queue.get(job_id).state == "cancelled"
    queue.start({"x": lambda _context, _args: ran.append(1)})
    queue.until(queue.add("x", unique_key="k"), "done")
    assert ran == [1]
    for missing_or_ended, error in ((job_id, Conflict), (new_id(), NotFound)):
        with pytest.raises(error), queue.db.write() as uow:
            queue.jobs.cancel(uow, missing_or_ended)


def test_cancel_of_a_running_job_is_cooperative_and_quick(queue: Queue) -> None:
    began = threading.Event()

    def stubborn(context: JobContext, _args: dict[str, Any]) -> None:
        began.set()
        while not context.cancelled:
            time.sleep(0.01)

    queue.start({"x": stubborn})
    job_id = queue.add("x")
    _wait(began)
    asked = time.monotonic()
    with queue.db.write() as uow:
        queue.jobs.cancel(uow, job_id)
    job = queue.until(job_id, "cancelled")
    assert time.monotonic() - asked < 2 and job.finished_at


def test_a_cancelled_job_that_finished_anyway_is_done(queue: Queue) -> None:
    began, go = threading.Event(), threading.Event()

    def deaf(_context: JobContext, _args: dict[str, Any]) -> None:
        began.set()
        _wait(go)

    queue.start({"x": deaf})
    job_id = queue.add("x")
    _wait(began)
    with queue.db.write() as uow:
        queue.jobs.cancel(uow, job_id)
    go.set()
    assert queue.until(job_id, "done", "cancelled").state == "done"


def test_progress_is_seen_throttled_and_published(queue: Queue) -> None:
    seen, go = threading.Event(), threading.Event()

    def counting(context: JobContext, _args: dict[str, Any]) -> None:
        for n in range(100_000):
            context.progress(n / 100_000, f"{n} files")
        time.sleep(0.6)
        context.progress(0.5, "half")
        seen.set()
        _wait(go)

    queue.start({"x": counting})
    job_id = queue.add("x")
    _wait(seen)
    job = queue.get(job_id)
    assert (job.progress, job.progress_text) == (0.5, "half")
    go.set()
    queue.until(job_id, "done")
    told = [e.data for e in queue.heard.events if e.topic == "job.changed" and e.data["id"] == job_id]
    assert (told[0]["state"], told[-1]["state"]) == ("queued", "done")
    assert 4 <= len(told) < 20, "progress is throttled"


def test_stop_gives_running_work_back_without_losing_an_attempt(queue: Queue) -> None:
    began = threading.Event()

    def long(context: JobContext, _args: dict[str, Any]) -> None:
        began.set()
        while not context.cancelled:
            time.sleep(0.01)

    runner = queue.start({"x": long})
    job_id = queue.add("x")
    _wait(began)
    runner.stop(5)
    job = queue.get(job_id)
    assert (job.state, job.attempts) == ("queued", 0)
    queue.start({"x": lambda _context, _args: None}, queue.make(queue.heard))
    assert queue.until(job_id, "done").attempts == 1


def test_stop_does_not_wait_for_ever_for_a_deaf_job(queue: Queue) -> None:
    began, go = threading.Event(), threading.Event()

    def deaf(_context: JobContext, _args: dict[str, Any]) -> None:
        began.set()
        _wait(go)

    runner = queue.start({"x": deaf})
    job_id = queue.add("x")
    _wait(began)
    asked = time.monotonic()
    runner.stop(0.5)
    assert time.monotonic() - asked < 4
    assert queue.get(job_id).state == "queued"
    ran: list[int] = []
    queue.start({"x": lambda _context, _args: ran.append(1)}, queue.make(queue.heard))
    queue.until(job_id, "done")
    go.set()  # the old thread ends late and must not disturb the row
    time.sleep(0.3)
    assert queue.get(job_id).state == "done" and ran == [1]


def test_two_runners_share_the_work_and_run_nothing_twice(queue: Queue) -> None:
    ran: list[int] = []
    ids = [queue.add("x", {"n": n}) for n in range(60)]
    handlers: dict[str, Handler] = {"x": lambda _context, args: ran.append(args["n"])}
    queue.start(handlers)
    queue.start(handlers, queue.make(queue.heard))
    for job_id in ids:
        queue.until(job_id, "done")
    assert sorted(ran) == list(range(60))


def test_pages_newest_first_and_pruned_by_age(queue: Queue) -> None:
    queue.start({"x": lambda _context, _args: None})
    ids = [queue.add("x") for _ in range(5)]
    for job_id in ids:
        queue.until(job_id, "done")
    waiting = queue.add("x", run_at=now_ms() + 60_000)
    seen: list[str] = []
    cursor = None
    with queue.db.read() as uow:
        while True:
            page = store.page(uow, state=None, cursor=cursor, limit=2)
            seen += [job.id for job in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert sorted(seen) == sorted([*ids, waiting])
        assert [job.id for job in store.page(uow, state="queued", cursor=None, limit=9).items] == [waiting]
    with queue.db.write() as uow:
        assert store.prune(uow, now_ms() + 1) == 5
    assert queue.get(waiting).state == "queued"


def _worker(queue: Queue, notes: Path) -> subprocess.Popen[bytes]:
    url = queue.db.url.render_as_string(hide_password=False)
    return subprocess.Popen([sys.executable, "-m", "tests.fixtures.job_worker", url, str(notes)])


def _lines(notes: Path, count: int, seconds: float = 30) -> list[str]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        lines = notes.read_text().splitlines() if notes.exists() else []
        if len(lines) >= count:
            return lines
        time.sleep(0.02)
    raise AssertionError(f"{lines} after {seconds} s")


def test_kill_9_in_the_middle_of_jobs_loses_and_doubles_nothing(queue: Queue, tmp_path: Path) -> None:
    """A worker process dies with two jobs in hand; another, which was there all along, takes them over."""
    notes = tmp_path / "notes"
    first = _worker(queue, notes)
    try:
        ids = [queue.add("note", {"n": n, "seconds": 60}, unique_key=f"k{n}") for n in range(2)]
        assert sorted(_lines(notes, 2)) == ["begin 0", "begin 1"]
        waiting = queue.add("note", {"n": 2, "seconds": 0})
        first.kill()
        first.wait()
        assert [queue.get(job_id).state for job_id in ids] == ["running", "running"]
        assert queue.add("note", {"n": 0}, unique_key="k0") == ids[0], "still the one with this key"
        ran: list[int] = []
        queue.start({"note": lambda _context, args: ran.append(args["n"])})
        for job_id in (*ids, waiting):
            assert queue.until(job_id, "done", seconds=30).error in (None, store.LOST)
        assert sorted(ran) == [0, 1, 2]
        assert [queue.get(job_id).attempts for job_id in (*ids, waiting)] == [2, 2, 1]
    finally:
        first.kill()


def test_a_job_that_kills_its_worker_every_time_is_given_up(queue: Queue, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    job_id = queue.add("die", {}, max_attempts=2)
    for attempt in range(2):
        worker = _worker(queue, notes)
        assert worker.wait(40) == 9, "the job ended its process"
        assert queue.get(job_id).attempts == attempt + 1
    queue.start({"die": lambda _context, _args: None})
    job = queue.until(job_id, "failed", seconds=30)
    assert job.attempts == 2 and job.error == store.LOST


def test_cancelled_from_another_process(queue: Queue, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    worker = _worker(queue, notes)
    try:
        job_id = queue.add("note", {"n": 0, "seconds": 60})
        _lines(notes, 1)
        with queue.db.write() as uow:
            queue.jobs.cancel(uow, job_id)
        queue.until(job_id, "cancelled", seconds=10)
    finally:
        worker.kill()
        worker.wait()


def test_rest_is_cheap(queue: Queue) -> None:
    queue.start({"x": lambda _context, _args: None})
    queue.until(queue.add("x"), "done")
    time.sleep(0.5)
    me = psutil.Process()
    before = me.cpu_times()
    time.sleep(4)
    after = me.cpu_times()
    spent = after.user + after.system - before.user - before.system
    assert spent < 0.4, "polling five times a second takes under a tenth of a core"
