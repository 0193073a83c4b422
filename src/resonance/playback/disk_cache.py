"""A folder of made things, bounded by size, least recently used first out.

Entries are files or folders of files directly in it, named by hashes of what was asked of which bytes, so a
changed file never meets an old entry. Half-written files end in .part and are swept at the next start.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from contextlib import suppress
from pathlib import Path

_TRIM_TO = 0.9


class DiskCache:
    """`bound` is in bytes; 0 keeps nothing."""

    def __init__(self, folder: Path, bound: int) -> None:
        self.folder = folder
        self.bound = bound
        self._lock = threading.Lock()
        self._size: int | None = None  # of all entries, as far as this process knows
        if bound:
            folder.mkdir(parents=True, exist_ok=True)
            for leftover in folder.rglob("*.part"):
                leftover.unlink(missing_ok=True)

    def path(self, *parts: str) -> Path:
        """Where the entry described by `parts` is or would be."""
        return self.folder / hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]

    def touch(self, entry: Path) -> bool:
        """Whether the entry is there; it then counts as used now."""
        try:
            os.utime(entry)
        except OSError:
            return False
        return True

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
