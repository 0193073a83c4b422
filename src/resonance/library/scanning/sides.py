"""Pictures and lyrics that lie beside the music: which belongs to what, and what changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from resonance.audio.facts import content_hash
from resonance.core.ids import hashed_id
from resonance.library.paths import absolute, folder_of
from resonance.library.scanning.naming import is_disc_folder
from resonance.library.scanning.walk import LYRICS, PICTURES

Sides = dict[str, tuple[int, int]]

# In this order, each with any of the picture endings; then a picture embedded in the file.
COVER_STEMS = ("cover", "folder", "front", "albumart", "album")
ARTIST_STEM = "artist"
MAX_PICTURE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was located and hashed. `path` is relative to the library, stored form."""

    content_hash: str
    path: str
    size: int
    source: str = "folder"

    @property
    def cover_id(self) -> str:
        """The id that this picture has wherever it lies."""
        return cover_id(self.content_hash)


@lru_cache(maxsize=4096)
def cover_id(picture_hash: str) -> str:
    """The id of the cover with this content."""
    return hashed_id("cover", picture_hash)


def encode(sides: Sides) -> str:
    """The stored form; equal sides have equal text."""
    return json.dumps(sides, sort_keys=True, separators=(",", ":"))


def decode(text: str) -> Sides:
    """Back from the stored form."""
    return {name: (size, mtime) for name, (size, mtime) in json.loads(text).items()}


def _stem(name: str) -> str:
    return name.rpartition(".")[0].lower()


def _is_picture(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in PICTURES


def cover_name(sides: Sides) -> str | None:
    """The picture that stands for the folder: by the order of COVER_STEMS, then by name."""
    ranked = [
        (COVER_STEMS.index(stem), name)
        for name in sides
        if _is_picture(name) and (stem := _stem(name)) in COVER_STEMS
    ]
    return min(ranked)[1] if ranked else None


def artist_picture_name(sides: Sides) -> str | None:
    """The folder's artist.jpg or the like."""
    return min((name for name in sides if _is_picture(name) and _stem(name) == ARTIST_STEM), default=None)


def lyrics_name(sides: Sides, file: str) -> str | None:
    """The .lrc that belongs to a music file, by its name without ending."""
    stem = file.rpartition("/")[2].rpartition(".")[0]
    for name in (f"{stem}{LYRICS}", f"{stem}{LYRICS.upper()}"):
        if name in sides:
            return name
    return None


def touched_files(before: Sides, after: Sides, files: Iterable[str]) -> set[str]:
    """Which of a folder's files must be read again since its sides changed."""
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if any(_is_picture(name) and _stem(name) in COVER_STEMS for name in changed):
        return set(files)
    stems = {_stem(name) for name in changed if name.lower().endswith(LYRICS)}
    return {path for path in files if _stem(PurePosixPath(path).name) in stems}


@dataclass(slots=True)
class Pictures:
    """Finds and hashes the pictures of folders, each once a scan."""

    root: str
    sides: dict[str, Sides]
    _known: dict[str, Picture | None] = field(default_factory=dict)
    _of_folders: dict[str, Picture | None] = field(default_factory=dict)

    def of_folder(self, folder: str) -> Picture | None:
        """The cover for files of `folder`: its own, or that of the album folder above a disc folder."""
        if folder not in self._of_folders:
            self._of_folders[folder] = self._cover(folder)
        return self._of_folders[folder]

    def _cover(self, folder: str) -> Picture | None:
        own = self._one(folder, cover_name(self.sides.get(folder, {})))
        if own is None and is_disc_folder(folder):
            above = folder_of(folder)
            return self._one(above, cover_name(self.sides.get(above, {})))
        return own

    def of_artist(self, album_folder: str) -> Picture | None:
        """artist.jpg in the album's folder or the one above."""
        for folder in (album_folder, folder_of(album_folder)) if album_folder else ("",):
            if found := self._one(folder, artist_picture_name(self.sides.get(folder, {}))):
                return found
        return None

    def _one(self, folder: str, name: str | None) -> Picture | None:
        if name is None:
            return None
        path = f"{folder}/{name}" if folder else name
        if path not in self._known:
            self._known[path] = _read(self.root, path, self.sides[folder][name][0])
        return self._known[path]


def _read(root: str, path: str, size: int) -> Picture | None:
    if not 0 < size <= MAX_PICTURE_BYTES:
        return None
    try:
        with open(absolute(root, path), "rb") as source:
            data = source.read(MAX_PICTURE_BYTES)
    except OSError:
        return None
    return Picture(content_hash(data), path, len(data))
