"""Finished transcodes on disk, bounded by size, least recently used first out.

The names are hashes of what was asked of which bytes, so a changed file never meets an old transcode.
Half-written files have the ending .part and are swept at the next start.
"""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path
from typing import BinaryIO

from resonance.core.ids import new_id
from resonance.core.logs import logger

log = logger(__name__)


class TranscodeCache:
    """A folder of finished transcodes. `bound` is in bytes; 0 keeps nothing."""

    def __init__(self, folder: Path, bound: int) -> None:
        self.folder = folder
        self.bound = bound
        self._lock = threading.Lock()
        if bound:
            folder.mkdir(parents=True, exist_ok=True)
            for leftover in folder.glob("*.part"):
                leftover.unlink(missing_ok=True)

    def path(self, *parts: str) -> Path:
        """Where the transcode described by `parts` is or would be."""
        return self.folder / hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]

    def get(self, path: Path) -> Path | None:
        """`path` when it is there; it then counts as used now."""
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def start(self, path: Path) -> Recording | None:
        """Begin to keep a transcode; None when nothing is kept or the disk refuses."""
        if not self.bound:
            return None
        part = path.with_name(f"{path.name}.{new_id()}.part")
        try:
            return Recording(self, path, part, part.open("wb"))
        except OSError as fault:
            log.warning("transcode_cache.unavailable", error=str(fault))
            return None

    def trim(self) -> None:
        """Remove the longest unused files until the rest fits."""
        with self._lock:
            files = [(entry.stat(), entry) for entry in self.folder.iterdir() if entry.suffix != ".part"]
            total = sum(stat.st_size for stat, _ in files)
            for stat, entry in sorted(files, key=lambda pair: pair[0].st_mtime):
                if total <= self.bound:
                    return
                entry.unlink(missing_ok=True)
                total -= stat.st_size


class Recording:
    """A transcode on its way into the cache. A full disk ends the recording, never the music."""

    def __init__(self, cache: TranscodeCache, path: Path, part: Path, file: BinaryIO) -> None:
        self._cache, self._path, self._part = cache, path, part
        self._file: BinaryIO | None = file

    def write(self, chunk: bytes) -> None:
        """Keep one more piece."""
        if self._file is None:
            return
        try:
            self._file.write(chunk)
        except OSError as fault:
            log.warning("transcode_cache.write_failed", error=str(fault))
            self.abandon()

    def finish(self) -> None:
        """The transcode is whole: from now on it is served from here."""
        if self._file is None:
            return
        try:
            self._file.close()
            self._part.replace(self._path)
        except OSError as fault:
            log.warning("transcode_cache.write_failed", error=str(fault))
            self.abandon()
            return
        self._file = None
        self._cache.trim()

    def abandon(self) -> None:
        """Forget what was written. Does nothing after `finish`."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            file.close()
        except OSError:
            log.debug("transcode_cache.close_failed")
        self._part.unlink(missing_ok=True)
