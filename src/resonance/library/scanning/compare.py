"""What the walk found against what the database knows: new, changed, back again, gone."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import broken_file, carrier, library_folder
from resonance.library.scanning import sides
from resonance.library.scanning.naming import album_folder
from resonance.library.scanning.walk import Folder, Refused, Walk

File = tuple[str, int, int]  # path, size, mtime_ns


@dataclass(slots=True)
class Known:
    """The library as the last scan left it, in as few bytes as will do."""

    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    missing: dict[str, tuple[int, int]] = field(default_factory=dict)
    broken: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Difference:
    """What there is to do. `changed` are known paths, `new` unknown ones."""

    files: int = 0
    unchanged: int = 0
    new: list[File] = field(default_factory=list)
    changed: list[File] = field(default_factory=list)
    back: list[str] = field(default_factory=list)  # missing files that are there again, as they were
    gone: list[str] = field(default_factory=list)
    still_broken: int = 0
    refused: list[Refused] = field(default_factory=list)  # not listed yet, or listed otherwise
    mended: list[str] = field(default_factory=list)  # listed as broken, but no longer there
    folders: dict[str, sides.Sides] = field(default_factory=dict)  # all folders with sides
    folders_changed: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether the library is as it was."""
        return not (
            self.new or self.changed or self.back or self.gone or self.refused or self.mended
            or self.folders_changed
        )  # fmt: skip


def known(uow: UnitOfWork, library_id: str) -> Known:
    """One covering read of the files, one of the broken ones, one of the folders."""
    found = Known()
    query = select(carrier.c.path, carrier.c.size, carrier.c.mtime_ns, carrier.c.missing_at)
    for path, size, mtime_ns, missing_at in uow.execute(query.where(carrier.c.library_id == library_id)):
        (found.files if missing_at is None else found.missing)[path] = (size, mtime_ns)
    query = select(broken_file.c.path, broken_file.c.size, broken_file.c.mtime_ns, broken_file.c.reason)
    for path, size, mtime_ns, reason in uow.execute(query.where(broken_file.c.library_id == library_id)):
        found.broken[path] = (size, mtime_ns, reason)
    folders = select(library_folder.c.path, library_folder.c.sides)
    for path, text in uow.execute(folders.where(library_folder.c.library_id == library_id)):
        found.sides[path] = text
    return found


def compare(
    before: Known, folders: Iterable[Folder], notes: Walk, scopes: tuple[str, ...], *, full: bool
) -> Difference:
    """Walk to the end and say what differs within the `scopes` (folders; "" is everything)."""
    now = Difference()
    by_folder: dict[str, list[File]] = {}
    unchanged: dict[str, File] = {}
    walked: set[str] = set()
    seen: set[str] = set()
    for folder in folders:
        walked.add(folder.path)
        if folder.sides:
            now.folders[folder.path] = folder.sides
        if folder.files:
            by_folder[folder.path] = folder.files
        for file in folder.files:
            seen.add(file[0])
            _sort_in(before, now, file, unchanged, full=full)
    now.files = len(seen)
    region = _Region(scopes, notes)
    for folder_path, text in before.sides.items():
        # Of folders that could not be looked at, the last that was known still counts.
        if folder_path not in walked and not region.covers_folder(folder_path):
            now.folders[folder_path] = sides.decode(text)
    for path in _touched_by_sides(before, now, by_folder):
        if path in unchanged:
            now.changed.append(unchanged.pop(path))
    now.unchanged = len(unchanged)
    _absent(before, now, notes, region, seen)
    return now


class _Region:
    """The part of the library of which the walk can say that something is not there."""

    def __init__(self, scopes: tuple[str, ...], notes: Walk) -> None:
        self.everywhere = "" in scopes
        self.scopes = frozenset(scopes)
        self.inside = tuple(f"{scope}/" for scope in scopes)
        self.blind = tuple(f"{path}/" for path in notes.unreadable)
        self.exact = frozenset(notes.unreadable)

    def covers(self, path: str) -> bool:
        """Whether a file at `path` would have been seen."""
        if path in self.exact or (self.blind and path.startswith(self.blind)):
            return False
        return self.everywhere or path.startswith(self.inside)

    def covers_folder(self, path: str) -> bool:
        """Whether the folder `path` would have been seen."""
        return self.covers(path) or (path in self.scopes and path not in self.exact)


def _sort_in(before: Known, now: Difference, file: File, unchanged: dict[str, File], *, full: bool) -> None:
    path, *stamp = file
    pair = tuple(stamp)
    present = before.files.get(path)
    if present is not None:
        if present == pair and not full:
            unchanged[path] = file
        else:
            now.changed.append(file)
        return
    broken = before.broken.get(path)
    if broken is not None and broken[:2] == pair and not full:
        now.still_broken += 1
    elif path not in before.missing:
        now.new.append(file)
    elif before.missing[path] == pair and not full:
        now.back.append(path)
    else:
        now.changed.append(file)


def _touched_by_sides(before: Known, now: Difference, by_folder: dict[str, list[File]]) -> set[str]:
    touched: set[str] = set()
    below = _Below(by_folder)
    for folder in before.sides.keys() | now.folders.keys():
        after = now.folders.get(folder, {})
        text = before.sides.get(folder, "{}")
        if sides.encode(after) == text:
            continue
        now.folders_changed.append(folder)
        earlier = sides.decode(text)
        own = [path for path, _, _ in by_folder.get(folder, ())]
        touched |= sides.touched_files(earlier, after, own)
        if sides.cover_name(earlier) or sides.cover_name(after):
            touched.update(below.discs.get(folder, ()))
        if sides.artist_picture_name(earlier) or sides.artist_picture_name(after):
            touched |= below.one_each(folder)
    return touched


class _Below:
    """Which files show a picture that lies in a folder above them."""

    def __init__(self, by_folder: dict[str, list[File]]) -> None:
        self.by_folder = by_folder
        self.names = sorted(by_folder)
        # Files of "CD1" and the like show the picture of the folder above.
        self.discs: dict[str, list[str]] = defaultdict(list)
        for name, files in by_folder.items():
            if (above := album_folder(name)) != name:
                self.discs[above] += [path for path, _, _ in files]

    def one_each(self, folder: str) -> set[str]:
        """One file of each album is enough to say whose picture an artist.jpg is."""
        first = bisect_left(self.names, f"{folder}/") if folder else 0
        last = bisect_left(self.names, f"{folder}0") if folder else len(self.names)  # "0" follows "/"
        names = [*self.names[first:last], *([folder] if folder in self.by_folder else [])]
        return {self.by_folder[name][0][0] for name in names}


def _absent(before: Known, now: Difference, notes: Walk, region: _Region, seen: set[str]) -> None:
    refused = {note.path for note in notes.refused}
    if len(before.files) > now.unchanged:
        now.gone = [path for path in before.files if path not in seen and region.covers(path)]
    now.mended = [
        path for path in before.broken
        if path not in seen and path not in refused and region.covers(path)
    ]  # fmt: skip
    for note in notes.refused:
        if before.broken.get(note.path) != (note.size, note.mtime_ns, note.reason):
            now.refused.append(note)
        else:
            now.still_broken += 1
