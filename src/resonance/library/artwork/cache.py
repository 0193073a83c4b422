"""Made pictures on disk, named by what they were made from, so an entry can be old but never stale."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from resonance.audio.covers import Kind
from resonance.core.disk_cache import DiskCache

_KEY = re.compile(r"[0-9A-Za-z_-]{8,100}")


class ArtworkCache:
    """Pictures under one folder, at most `max_bytes` together (the least recently used go first).

    A file that is not a whole picture of its kind counts as absent.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self._disk = DiskCache(folder, max_bytes)

    def get(self, key: str, kind: Kind = "webp") -> bytes | None:
        """The picture of this key, None when it has to be made."""
        path = self._path(key, kind)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if not _WHOLE[kind](data):
            with suppress(OSError):
                path.unlink()
            return None
        self._disk.touch(path)
        return data

    def put(self, key: str, data: bytes, kind: Kind = "webp") -> None:
        """Keep a picture. A full or read-only disk is no fault: the picture is then made again next time."""
        with suppress(OSError):
            self._disk.keep(self._path(key, kind), data)

    def _path(self, key: str, kind: Kind) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not a cache key")
        return self.folder / f"{key}.{kind}"


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
