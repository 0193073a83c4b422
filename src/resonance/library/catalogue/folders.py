"""The music as it lies on disk: a tree of folders over all libraries the caller may see."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from resonance.core.ids import hashed_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import carrier, library, track
from resonance.library.catalogue.access import not_found, track_seen
from resonance.library.catalogue.cache import catalogue_mark, remembered
from resonance.library.catalogue.tracks import tracks_by_ids
from resonance.model.caller import Caller
from resonance.model.catalogue import FolderItem, FolderPage, TrackItem


@dataclass
class Tree:
    """The folders of one library that hold music, sorted, with those above them."""

    library_id: str
    paths: list[str]

    @cached_property
    def by_id(self) -> dict[str, str]:
        """Paths by the ids that surfaces show."""
        return {folder_id(self.library_id, path): path for path in self.paths}

    def children(self, path: str) -> list[str]:
        """The folders directly below `path`."""
        prefix = f"{path}/" if path else ""
        place = bisect_left(self.paths, prefix) if path else 0
        found = []
        for candidate in self.paths[place:]:
            if not candidate.startswith(prefix):
                break
            rest = candidate[len(prefix) :]
            if rest and "/" not in rest:
                found.append(candidate)
        return found

    def has(self, path: str) -> bool:
        """Whether there is music at or below `path`."""
        place = bisect_left(self.paths, path)
        return place < len(self.paths) and self.paths[place] == path


def folder_id(library_id: str, path: str) -> str:
    """The id of a folder: the same as long as it is neither moved nor renamed."""
    return hashed_id("folder", library_id, path)


def roots(uow: UnitOfWork, caller: Caller) -> list[FolderItem]:
    """The libraries the caller may see, as the topmost folders."""
    statement = select(library.c.id, library.c.name).order_by(library.c.number)
    if caller.libraries is not None:
        statement = statement.where(library.c.id.in_(sorted(caller.libraries)))
    return [FolderItem(folder_id(row.id, ""), row.id, row.name, "") for row in uow.execute(statement)]


def folder(uow: UnitOfWork, caller: Caller, library_id: str, path: str = "") -> FolderPage:
    """What lies directly in a folder. NotFound where there is none with music in the caller's sight."""
    root = next((item for item in roots(uow, caller) if item.library_id == library_id), None)
    tree = _tree(uow, library_id)
    path = path.strip("/")
    if root is None or (path and not tree.has(path)):
        raise not_found("folder")
    below = [_item(library_id, child) for child in tree.children(path)]
    return FolderPage(
        _item(library_id, path) if path else root, below, _tracks(uow, caller, library_id, path)
    )


def folder_by_id(uow: UnitOfWork, caller: Caller, id_: str) -> FolderPage:
    """The folder that carries `id_`. NotFound as in `folder`."""
    for root in roots(uow, caller):
        path = "" if root.id == id_ else _tree(uow, root.library_id).by_id.get(id_)
        if path is not None:
            return folder(uow, caller, root.library_id, path)
    raise not_found("folder")


def _item(library_id: str, path: str) -> FolderItem:
    return FolderItem(folder_id(library_id, path), library_id, path.rpartition("/")[2], path)


def _tree(uow: UnitOfWork, library_id: str) -> Tree:
    def make() -> Tree:
        statement = (
            select(carrier.c.folder)
            .where(carrier.c.library_id == library_id, carrier.c.missing_at.is_(None))
            .distinct()
        )
        paths: set[str] = set()
        for held in uow.execute(statement).scalars():
            path = held
            while path and path not in paths:
                paths.add(path)
                path = path.rpartition("/")[0]
        return Tree(library_id, sorted(paths))

    mark = catalogue_mark(uow)
    return remembered(uow, ("folders", library_id), mark, make, lambda tree: 250 * len(tree.paths))


def _tracks(uow: UnitOfWork, caller: Caller, library_id: str, path: str) -> list[TrackItem]:
    statement = (
        select(track.c.id, carrier.c.path)
        .join(carrier, carrier.c.track_id == track.c.id)
        .where(
            carrier.c.library_id == library_id,
            carrier.c.folder == path,
            carrier.c.missing_at.is_(None),
            *track_seen(caller),
        )
    )
    # Sorted here: asked for an order by path, SQLite reads the whole library in that order.
    rows = sorted(uow.execute(statement).all(), key=lambda row: row.path)
    ids = list(dict.fromkeys(row.id for row in rows))
    return tracks_by_ids(uow, caller, ids)
