"""Dropping what nobody has asked for in a while."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable


class IdleDrop:
    """Calls `drop` once after `seconds` without `touch`; a thread waits only between the two."""

    def __init__(self, seconds: float, drop: Callable[[], None]) -> None:
        self._seconds, self._drop = seconds, drop
        self._lock = threading.Lock()
        self._until = 0.0
        self._waiting: threading.Event | None = None  # set: end without a drop

    def touch(self) -> None:
        """It was used just now."""
        with self._lock:
            self._until = time.monotonic() + self._seconds
            if self._waiting is None:
                self._waiting = threading.Event()
                threading.Thread(target=self._wait, args=(self._waiting,), name="idle", daemon=True).start()

    def close(self) -> None:
        """Stop waiting."""
        with self._lock:
            if self._waiting is not None:
                self._waiting.set()
                self._waiting = None

    def _wait(self, ended: threading.Event) -> None:
        while True:
            with self._lock:
                left = self._until - time.monotonic()
                if ended.is_set():
                    return
                if left <= 0:
                    self._waiting = None
                    break
            ended.wait(left)
        self._drop()


def give_back() -> None:
    """Let the system have the memory that was freed; glibc keeps what lies below the newest allocation."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
