"""What lies below a library's root: music, pictures, lyrics, playlists. Reads names, never content."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from resonance.audio.sniff import AUDIO_EXTENSIONS
from resonance.library.paths import to_os, to_stored

PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"))
LYRICS = ".lrc"
LISTS = frozenset((".m3u", ".m3u8"))
# Recycle bins and thumbnail folders of NAS systems and desktops.
_IGNORED = frozenset(("@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found"))
_MARKERS = frozenset((".nomedia", ".ndignore"))


@dataclass(slots=True)
class Refused:
    """Something that looks like music but cannot be taken; `reason` as in the table broken_file."""

    path: str
    reason: str
    detail: str
    size: int = 0
    mtime_ns: int = 0


@dataclass(slots=True)
class Folder:
    """One folder with all that concerns it. Paths are relative and in stored form, names likewise.

    `files` are (path, size, mtime_ns); `sides` are pictures, lyrics and playlists: name -> (size, mtime_ns).
    """

    path: str
    files: list[tuple[str, int, int]] = field(default_factory=list)
    sides: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Walk:
    """What a walk has met besides folders. `unreadable` are folders of which nothing is known now."""

    refused: list[Refused] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def walk(root: str, below: str, notes: Walk, tick: Callable[[], None]) -> Iterator[Folder]:
    """Every folder at and under `root`/`below` (stored paths; "" is the root), in order of names.

    Raises OSError when the starting folder itself cannot be read. Symbolic links are followed only inside
    the root and never round in a circle. `tick` is called once a folder.
    """
    base = to_os(root)
    start = os.path.join(base, to_os(below)) if below else base
    yield from _Walker(os.path.realpath(base), notes, tick).folder(start, below, (_identity(os.stat(start)),))


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


class _Walker:
    def __init__(self, real_root: str, notes: Walk, tick: Callable[[], None]) -> None:
        self.real_root = real_root
        self.inside = real_root.rstrip("/") + "/"
        self.notes = notes
        self.tick = tick

    def folder(self, path: str, stored: str, chain: tuple[tuple[int, int], ...]) -> Iterator[Folder]:
        self.tick()
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as fault:
            if len(chain) == 1:
                raise
            if not isinstance(fault, FileNotFoundError):
                self._unreadable(stored, fault)
            return
        if any(entry.name in _MARKERS for entry in entries):
            return
        found = Folder(stored)
        below: list[tuple[os.DirEntry[str], str]] = []
        prefix = f"{stored}/" if stored else ""
        for entry in entries:
            if entry.name[0] == "." or entry.name.lower() in _IGNORED:
                continue
            self._entry(entry, prefix + to_stored(entry.name), found, below)
        yield found
        for entry, name in below:
            yield from self._descend(entry, name, chain)

    def _entry(
        self, entry: os.DirEntry[str], stored: str, found: Folder, below: list[tuple[os.DirEntry[str], str]]
    ) -> None:
        extension = os.path.splitext(entry.name)[1].lower()
        is_music = extension in AUDIO_EXTENSIONS
        try:
            if entry.is_dir():
                below.append((entry, stored))
                return
            if not (is_music or extension in PICTURES or extension in LISTS or extension == LYRICS):
                return
            if entry.is_symlink() and not self._is_inside(os.path.realpath(entry.path)):
                if is_music:
                    detail = "The link leads out of the library."
                    self.notes.refused.append(Refused(stored, "outside", detail))
                return
            status = entry.stat()
        except FileNotFoundError:
            # A link to nothing stays; a file deleted since the listing is simply gone.
            if is_music and entry.is_symlink():
                self.notes.refused.append(Refused(stored, "unreadable", "The link leads nowhere."))
            return
        except OSError as fault:
            if is_music:
                self._unreadable(stored, fault)
            return
        if not stat.S_ISREG(status.st_mode):
            if is_music:
                self.notes.refused.append(Refused(stored, "unreadable", "This is not a regular file."))
        elif is_music:
            found.files.append((stored, status.st_size, status.st_mtime_ns))
        else:
            found.sides[to_stored(entry.name)] = (status.st_size, status.st_mtime_ns)

    def _descend(
        self, entry: os.DirEntry[str], stored: str, chain: tuple[tuple[int, int], ...]
    ) -> Iterator[Folder]:
        try:
            if entry.is_symlink() and not self._is_inside(os.path.realpath(entry.path)):
                detail = "The link leads out of the library."
                self.notes.refused.append(Refused(stored, "outside", detail))
                return
            identity = _identity(os.stat(entry.path))
        except FileNotFoundError:
            return
        except OSError as fault:
            self._unreadable(stored, fault)
            return
        if identity in chain:
            self.notes.refused.append(Refused(stored, "loop", "The link leads back to a folder above it."))
            return
        yield from self.folder(entry.path, stored, (*chain, identity))

    def _is_inside(self, real: str) -> bool:
        return real == self.real_root or real.startswith(self.inside)

    def _unreadable(self, stored: str, fault: OSError) -> None:
        self.notes.unreadable.append(stored)
        self.notes.refused.append(Refused(stored, "unreadable", fault.strerror or str(fault)))
