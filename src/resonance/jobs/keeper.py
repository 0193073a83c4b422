"""Keeps the leases of this process's running jobs, and hears through them that a job was cancelled."""

from __future__ import annotations

import os
import secrets
import socket
import threading

from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.jobs import store
from resonance.jobs.running import RunningJob

log = logger(__name__)
_PROCESS = secrets.token_hex(4)  # tells this process from an earlier one with the same pid


class Keeper:
    """One thread that sleeps while nothing runs."""

    def __init__(self, db: Database, lease_s: float) -> None:
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{_PROCESS}:{secrets.token_hex(2)}"
        self.lease_ms = int(lease_s * 1000)
        self._db = db
        self._beat_s = lease_s / 6
        self._running: dict[str, RunningJob] = {}
        self._lock = threading.Lock()
        self._busy = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="job-leases", daemon=True)

    def start(self) -> None:
        """Begin to keep leases."""
        self._thread.start()

    def stop(self) -> None:
        """Keep no more leases."""
        self._stopping.set()
        self._busy.set()

    def add(self, running: RunningJob) -> None:
        """Keep the lease of a job that begins."""
        with self._lock:
            self._running[running.job_id] = running
        running.stopping = self._stopping.is_set()
        self._busy.set()

    def remove(self, running: RunningJob) -> None:
        """The job has ended."""
        with self._lock:
            if self._running.get(running.job_id) is running:
                del self._running[running.job_id]

    def present(self) -> list[RunningJob]:
        """The jobs that run in this process."""
        with self._lock:
            return list(self._running.values())

    def ask_to_stop(self, job_id: str) -> None:
        """Spare a cancelled job of this process the wait for the next heartbeat."""
        with self._lock:
            running = self._running.get(job_id)
        if running:
            running.cancel_requested = True

    def _loop(self) -> None:
        while not self._stopping.is_set():
            self._busy.wait()
            present = self.present()
            if not present:
                self._busy.clear()
                if self.present():  # one began between the look and the clear
                    self._busy.set()
                continue
            try:
                self._heartbeat(present)
            except Exception as fault:  # the edge of the worker: the next beat may succeed
                log.error("jobs.heartbeat_failed", exc_info=fault)
            self._stopping.wait(self._beat_s)

    def _heartbeat(self, present: list[RunningJob]) -> None:
        ids = [running.job_id for running in present]
        with self._db.write() as uow:
            ours = store.heartbeat(uow, ids, self.holder, self.lease_ms)
        for running in present:
            if running.job_id in ours:
                running.cancel_requested = running.cancel_requested or ours[running.job_id]
            else:
                running.lost = True


def is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that is no more. Else its lease has to run out."""
    host, pid, process, _ = (*holder.rsplit(":", 3), "", "", "")[:4]
    if host != socket.gethostname() or process == _PROCESS or not pid.isdecimal():
        return False
    if int(pid) == os.getpid():  # a container restarted: same machine name, same pid, another process
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
