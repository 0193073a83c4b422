"""Made pictures on disk, named by what they were made from, so an entry can be old but never stale."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from resonance.audio.covers import Kind

_KEY = re.compile(r"[0-9A-Za-z_-]{8,100}")
_TOUCH_AFTER_S = 24 * 3600
_TRIM_TO = 0.8


class ArtworkCache:
    """Pictures under one folder, at most `max_bytes` together (the least recently used go first).

    Several processes may share the folder: entries appear whole or not at all, and a file that is not a
    whole picture of its kind counts as absent.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self._lock = threading.Lock()
        self._size: int | None = None  # of all entries, as far as this process knows

    def get(self, key: str, kind: Kind = "webp") -> bytes | None:
        """The picture of this key, None when it has to be made."""
        path = self._path(key, kind)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if not _WHOLE[kind](data):
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        self._touch(path)
        return data

    def put(self, key: str, data: bytes, kind: Kind = "webp") -> None:
        """Keep a picture. A full or read-only disk is no fault: the picture is then made again next time."""
        path = self._path(key, kind)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise
            self._added(len(data))

    def _path(self, key: str, kind: Kind) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not a cache key")
        return self.folder / key[:2] / f"{key}.{kind}"

    def _touch(self, path: Path) -> None:
        # A day is exact enough for "recently used" and spares the disk a write per request.
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _TOUCH_AFTER_S:
                os.utime(path)

    def _added(self, size: int) -> None:
        with self._lock:
            if self._size is not None:
                self._size += size
            if self._size is None or self._size > self.max_bytes:
                self._size = self._trim()

    def _trim(self) -> int:
        """Delete what was used longest ago until there is room again; the bytes that are left."""
        entries: list[tuple[float, int, Path]] = []
        for path in self.folder.glob("*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                if path.name.startswith(".new-") and time.time() - status.st_mtime > 3600:
                    path.unlink()  # left by a process that was killed
                elif path.suffix[1:] in _WHOLE:
                    entries.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in entries)
        if total <= self.max_bytes:
            return total
        for _, size, path in sorted(entries, key=lambda entry: (entry[0], entry[2].name)):
            if total <= self.max_bytes * _TRIM_TO:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size
        return total


def _is_whole_webp(data: bytes) -> bool:
    return (
        len(data) > 20
        and data[:4] == b"RIFF"
        and data[8:12] == b"WEBP"
        and int.from_bytes(data[4:8], "little") + 8 == len(data)
    )


def _is_whole_jpeg(data: bytes) -> bool:
    return data[:2] == b"\xff\xd8" and data[-2:] == b"\xff\xd9"


_WHOLE: dict[Kind, Callable[[bytes], bool]] = {"webp": _is_whole_webp, "jpeg": _is_whole_jpeg}
