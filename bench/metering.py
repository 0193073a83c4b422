"""Time, CPU and memory of a process with its children, and the circumstances of a run."""

from __future__ import annotations

import os
import platform
import socket
import threading
import time
from pathlib import Path

import psutil


class Meter:
    """Highest memory and summed CPU time of a process tree, sampled every 25 ms.

    Looking for children reads the whole process table, which would take a good part of a core from what is
    measured: that is done five times a second.
    """

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._peak = 0
        self._cpu: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def _sample(self) -> None:
        members: list[psutil.Process] = []
        looked = 0.0
        while not self._over.wait(0.025):
            try:
                if time.monotonic() - looked > 0.2:
                    members, looked = [self._root, *self._root.children(recursive=True)], time.monotonic()
            except psutil.Error:
                return
            total = 0
            for process in members:
                try:
                    with process.oneshot():
                        total += process.memory_info().rss
                        self._cpu[process.pid] = sum(process.cpu_times()[:2])
                except psutil.Error:
                    continue
            self._peak = max(self._peak, total)

    def stop(self) -> tuple[float, float]:
        """(peak MiB, CPU seconds)"""
        self._over.set()
        self._thread.join()
        return self._peak / 2**20, sum(self._cpu.values())


def family(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def resident_mib(pid: int) -> float:
    """Resident memory of a process tree. Pages that processes share count once in each."""
    return sum(process.memory_info().rss for process in family(pid)) / 2**20


def cpu_seconds(pid: int) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in family(pid))


def wait_until_idle(pid: int, timeout_s: float = 300) -> bool:
    """Wait until a process tree has used less than 5 % of a core for two seconds; whether it came to that."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        before = cpu_seconds(pid)
        time.sleep(2)
        if cpu_seconds(pid) - before < 0.1:
            return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def machine() -> str:
    """One line on what this ran on."""
    model = "unknown CPU"
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text().splitlines()
        model = next(
            (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model
        )
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} x {model}, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def load() -> float:
    return os.getloadavg()[0]
