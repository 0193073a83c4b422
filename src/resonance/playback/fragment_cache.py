"""Made fragments on disk: a folder a track and tier, in it one for each encoder run, in it numbered files.

Fragments of different runs never take each other's place: their frames are alike, not the same.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from resonance.core.disk_cache import DiskCache


class FragmentCache:
    """`bound` in bytes."""

    def __init__(self, folder: Path, bound: int) -> None:
        self._disk = DiskCache(folder, bound)

    def folder(self, track_id: str, version: str, tier: str) -> Path:
        """Where the fragments of a tier are kept."""
        return self._disk.path(track_id, version, tier)

    def get(self, folder: Path, number: int) -> tuple[int, bytes] | None:
        """A fragment and the first one of the run that made it; None when it has to be made.

        Of several runs the one that began first is meant.
        """
        try:
            starts = sorted(int(entry.name) for entry in os.scandir(folder) if entry.name.isdigit())
        except OSError:
            return None
        for start in starts:
            with suppress(OSError):
                data = (folder / str(start) / str(number)).read_bytes()
                self._disk.touch(folder)
                return start, data
        return None

    def has(self, folder: Path, number: int) -> bool:
        """Whether any run has made the fragment."""
        return any(True for _ in folder.glob(f"*/{number}"))

    def put(self, folder: Path, start: int, number: int, data: bytes) -> None:
        """Keep a fragment of the run that began at `start`: whole or not at all. OSError (disk full)."""
        self._disk.keep(folder / str(start) / str(number), data)
        self._disk.touch(folder)
