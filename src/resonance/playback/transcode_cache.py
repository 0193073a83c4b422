"""Finished transcodes on disk, served with ranges from then on."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from resonance.core.disk_cache import DiskCache
from resonance.core.logs import logger

log = logger(__name__)


class TranscodeCache:
    """A folder of finished transcodes. `bound` is in bytes; 0 keeps nothing."""

    def __init__(self, folder: Path, bound: int) -> None:
        self.disk = DiskCache(folder, bound)

    def path(self, *parts: str) -> Path:
        """Where the transcode described by `parts` is or would be."""
        return self.disk.path(*parts)

    def get(self, path: Path) -> Path | None:
        """`path` when it is there; it then counts as used now."""
        return path if self.disk.touch(path) else None

    def start(self, path: Path) -> Recording | None:
        """Begin to keep a transcode; None when nothing is kept or the disk refuses."""
        if not self.disk.bound:
            return None
        try:
            part = self.disk.part(path)
            return Recording(self.disk, path, part, part.open("wb"))
        except OSError as fault:
            log.warning("transcode_cache.unavailable", error=str(fault))
            return None


class Recording:
    """A transcode on its way into the cache. A full disk ends the recording, never the music."""

    def __init__(self, disk: DiskCache, path: Path, part: Path, file: BinaryIO) -> None:
        self._disk, self._path, self._part = disk, path, part
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
            size = self._file.tell()
            self._file.close()
            self._part.replace(self._path)
        except OSError as fault:
            log.warning("transcode_cache.write_failed", error=str(fault))
            self.abandon()
            return
        self._file = None
        self._disk.added(size)

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
