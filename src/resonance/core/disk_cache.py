"""A folder of made things, bounded by size, least recently used first out.

Entries are files or folders of files directly in it, named by hashes of what was asked of which bytes, so a
changed file never meets an old entry. Several processes may share the folder: a file appears whole or not at
all, and one half written by a killed process ends in .part and is swept an hour later.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from contextlib import suppress
from pathlib import Path

from resonance.core.ids import new_id

_TRIM_TO = 0.9
# Exact enough for "recently used", and spares the disk a write for every request.
_TOUCH_AFTER_S = 60
_ABANDONED_AFTER_S = 3600


class DiskCache:
    """`bound` is in bytes; 0 keeps nothing."""

    def __init__(self, folder: Path, bound: int) -> None:
        self.folder = folder
        self.bound = bound
        self._lock = threading.Lock()
        self._size: int | None = None  # of all entries, as far as this process knows
        for leftover in folder.rglob("*.part"):
            with suppress(OSError):
                if time.time() - leftover.stat().st_mtime > _ABANDONED_AFTER_S:
                    leftover.unlink()

    def path(self, *parts: str) -> Path:
        """Where the entry described by `parts` is or would be."""
        return self.folder / hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]

    def touch(self, entry: Path) -> bool:
        """Whether the entry is there; it then counts as used now."""
        try:
            if time.time() - entry.stat().st_mtime > _TOUCH_AFTER_S:
                os.utime(entry)
        except OSError:
            return False
        return True

    def part(self, path: Path) -> Path:
        """Where to write what shall become `path`: the folder is there, the name is nobody else's."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.with_name(f"{path.name}.{new_id()}.part")

    def keep(self, path: Path, data: bytes) -> None:
        """Write a file of an entry, whole or not at all. OSError, as for a full disk."""
        part = self.part(path)
        try:
            part.write_bytes(data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        self.added(len(data))

    def added(self, size: int) -> None:
        """So many bytes more: make room if they are too many."""
        with self._lock:
            if self._size is not None:
                self._size += size
            if self._size is None or self._size > self.bound:
                self._size = self._trim()

    def _trim(self) -> int:
        entries = sorted((_used(entry), entry) for entry in self.folder.iterdir() if entry.suffix != ".part")
        sizes = {entry: _size(entry) for _, entry in entries}
        total = sum(sizes.values())
        if total <= self.bound:
            return total
        for _, entry in entries[:-1]:
            if total <= self.bound * _TRIM_TO:
                return total
            _remove(entry)
            total -= sizes[entry]
        # One entry alone may be too large: its oldest parts go, so that what is used now stays.
        newest = entries[-1][1]
        for _, part in sorted((_used(part), part) for part in newest.rglob("*") if part.is_file()):
            if total <= self.bound * _TRIM_TO:
                break
            total -= _size(part)
            _remove(part)
        return total


def _used(entry: Path) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0


def _size(entry: Path) -> int:
    total = 0
    for path in (entry, *entry.rglob("*")) if entry.is_dir() else (entry,):
        with suppress(OSError):
            total += 0 if path.is_dir() else path.stat().st_size
    return total


def _remove(entry: Path) -> None:
    if entry.is_dir():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        with suppress(OSError):
            entry.unlink()
