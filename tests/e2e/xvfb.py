"""A screen of its own for a desktop program, and hands to use it with (XTest through ctypes)."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

END, UP, RIGHT = 0xFF57, 0xFF52, 0xFF53


class Screen:
    """One X display."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        assert self._display.value, "the display does not open"

    def click(self, x: int, y: int) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        for down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, down, 0)
        self._settle()

    def press(self, keysym: int) -> None:
        code = self._x.XKeysymToKeycode(self._display, keysym)
        for down in (1, 0):
            self._test.XTestFakeKeyEvent(self._display, code, down, 0)
        self._settle()

    def _settle(self) -> None:
        self._x.XFlush(self._display)
        time.sleep(0.3)


@contextmanager
def screen() -> Iterator[Screen]:
    """A fresh Xvfb on a display number that it chooses itself."""
    reading, writing = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(arguments, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as numbers:
            yield Screen(f":{numbers.readline().strip()}")
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def program(name: str, home: Path, display: Screen) -> Iterator[subprocess.Popen[bytes]]:
    """The program with a home and a message bus of its own; it and its children end with the `with`."""
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "DISPLAY": display.name,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_RUNTIME_DIR": str(home),
    }
    home.chmod(0o700)
    with (home / "log").open("wb") as log:
        running = subprocess.Popen(
            ["dbus-run-session", name], env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield running
        finally:
            for how in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(running.pid, how)
                    running.wait(5)
                    time.sleep(0.5)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue
