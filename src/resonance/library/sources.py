"""Libraries: the folders that music comes from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from sqlalchemy import delete, func, insert, select, update

from resonance.audio.sniff import AUDIO_EXTENSIONS
from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.core.ids import new_id
from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import (
    album,
    album_artist,
    carrier,
    cover,
    library,
    scan,
    track,
    track_artist,
    track_genre,
)
from resonance.db.tables.remote import remote_server
from resonance.library.paths import to_os, to_stored
from resonance.library.ports import NameIndex
from resonance.library.scanning import aggregates, lease
from resonance.library.scanning.people import chunks
from resonance.library.scanning.runs import ScanItem, row_as_item
from resonance.model.caller import OPERATOR, Caller

# An estimate stops counting here: it answers whether this is the right folder, not how large it is.
ESTIMATE_LIMIT = 20_000


class LibraryItem(TypedDict):
    """A library as every surface tells it; `path` is for admins, `tracks` how many are there to hear."""

    id: str
    number: int
    name: str
    kind: str
    path: NotRequired[str]
    watch: bool
    watch_problem: str | None
    tracks: int
    last_scan: ScanItem | None


class FolderCheck(TypedDict):
    """Whether a folder could become a library; `reason` says why not."""

    ok: bool
    reason: str | None
    audio_files_estimate: int


class Libraries:
    """Adds, lists, edits and removes libraries. `data_dir` must not lie inside any of them."""

    def __init__(self, data_dir: Path, index: NameIndex) -> None:
        self.data_dir = data_dir
        self.index = index

    def all(self, uow: UnitOfWork, caller: Caller) -> list[LibraryItem]:
        """The libraries the caller may see, in the order of their numbers; `path` for admins only."""
        query = select(library).order_by(library.c.number)
        if caller.libraries is not None:
            query = query.where(library.c.id.in_(caller.libraries))
        rows = uow.execute(query).all()
        counted = (
            select(carrier.c.library_id, func.count())
            .where(carrier.c.missing_at.is_(None))
            .group_by(carrier.c.library_id)
        )
        counts = {row[0]: row[1] for row in uow.execute(counted)}
        return [self._item(uow, row, counts.get(row.id, 0), with_path=caller.is_admin) for row in rows]

    def one(self, uow: UnitOfWork, caller: Caller, library_id: str) -> LibraryItem:
        """One of them, or NotFound."""
        for item in self.all(uow, caller):
            if item["id"] == library_id:
                return item
        raise NotFound("There is no such library.")

    def add(self, uow: UnitOfWork, caller: Caller, name: str, path: str) -> str:
        """A new library; answers its id. Invalid or Conflict (field path or name) when it cannot be one."""
        caller.must_be_admin()
        absolute = self._usable(uow, path)
        number = (uow.execute(select(func.max(library.c.number))).scalar() or 0) + 1
        library_id = new_id()
        uow.execute(
            insert(library).values(
                id=library_id,
                number=number,
                name=_name(name) if name.strip() else to_stored(Path(absolute).name) or "Music",
                path=to_stored(absolute),
                created_at=now_ms(),
            )
        )
        versions.bump(uow, "libraries")
        return library_id

    def edit(
        self,
        uow: UnitOfWork,
        caller: Caller,
        library_id: str,
        *,
        name: str | None = None,
        path: str | None = None,
        watch: bool | None = None,
    ) -> None:
        """Change what is given. A new path keeps all tracks: the next scan finds them there."""
        caller.must_be_admin()
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = _name(name)
        if path is not None:
            _must_be_idle(uow, library_id)
            _must_be_folder(uow, library_id)
            values["path"] = to_stored(self._usable(uow, path, besides=library_id))
        if watch is not None:
            values["watch"] = watch
        if not values:
            return
        changed = uow.execute(update(library).where(library.c.id == library_id).values(**values))
        if not changed.rowcount:
            raise NotFound("There is no such library.")
        versions.bump(uow, "libraries")

    def remove(self, uow: UnitOfWork, caller: Caller, library_id: str) -> None:
        """Forget a library with all its tracks, and what people kept about these. No file is touched."""
        caller.must_be_admin()
        _must_be_idle(uow, library_id)
        mine = select(carrier.c.track_id).where(carrier.c.library_id == library_id)
        shared = _shared(uow, library_id)
        tracks = [found for found in uow.execute(mine.distinct()).scalars() if found not in shared]
        albums = list(uow.execute(select(album.c.id).where(album.c.library_id == library_id)).scalars())
        artists, genres = _credited(uow, tracks, albums)
        _read_covers_elsewhere(uow, library_id)
        _leave_to_others(uow, library_id, shared)
        for part in chunks(tracks):
            self.index.remove(uow, "track", part)
            uow.execute(delete(track).where(track.c.id.in_(part)))
        for part in chunks(albums):
            self.index.remove(uow, "album", part)
        if not uow.execute(delete(library).where(library.c.id == library_id)).rowcount:
            raise NotFound("There is no such library.")
        aggregates.refresh_artists(uow, self.index, artists)
        aggregates.refresh_genres(uow, genres)
        for name in ("libraries", "catalogue", "artists"):
            versions.bump(uow, name)

    def check(self, uow: UnitOfWork, caller: Caller, path: str) -> FolderCheck:
        """Whether a folder could be added, why not, and about how many music files it holds."""
        caller.must_be_admin()
        try:
            absolute = self._usable(uow, path)
        except (Invalid, Conflict) as fault:
            return {"ok": False, "reason": fault.message, "audio_files_estimate": 0}
        return {"ok": True, "reason": None, "audio_files_estimate": _estimate(absolute)}

    def ensure(self, uow: UnitOfWork, path: Path | None) -> str | None:
        """Make the library of MUSIC_LIBRARY_PATH where it is none yet; answers its id if it was made.

        Invalid or Conflict as in `add`.
        """
        if path is None:
            return None
        present = uow.execute(select(library.c.path).where(library.c.kind == "folder")).scalars().all()
        if to_stored(os.path.normpath(path)) in present:
            return None
        return self.add(uow, OPERATOR, "" if present else "Music", str(path))

    def _usable(self, uow: UnitOfWork, path: str, *, besides: str | None = None) -> str:
        if not path.strip() or "\0" in path or not Path(path).expanduser().is_absolute():
            raise Invalid("Give the full path of a folder.", field="path")
        folder = Path(to_os(path)).expanduser()
        absolute = os.path.normpath(folder)
        try:
            with os.scandir(absolute):
                real = folder.resolve(strict=True)
        except FileNotFoundError as fault:
            raise Invalid("This folder does not exist.", field="path") from fault
        except NotADirectoryError as fault:
            raise Invalid("This is not a folder.", field="path") from fault
        except OSError as fault:
            raise Invalid(f"This folder cannot be read: {fault.strerror}.", field="path") from fault
        if self.data_dir.resolve().is_relative_to(real):
            raise Invalid("The data folder of Resonance lies inside this folder.", field="path")
        folders = select(library.c.id, library.c.name, library.c.path).where(library.c.kind == "folder")
        for row in uow.execute(folders):
            other = Path(to_os(row.path)).resolve()
            if row.id != besides and (real.is_relative_to(other) or other.is_relative_to(real)):
                raise Conflict(f"This folder overlaps with the library “{row.name}”.", code="overlaps")
        return absolute

    def _item(self, uow: UnitOfWork, row: Any, tracks: int, *, with_path: bool) -> LibraryItem:
        last = uow.execute(
            select(scan).where(scan.c.library_id == row.id).order_by(scan.c.started_at.desc()).limit(1)
        ).first()
        item: LibraryItem = {
            "id": row.id,
            "number": row.number,
            "name": row.name,
            "kind": row.kind,
            "watch": row.watch,
            "watch_problem": row.watch_problem,
            "tracks": tracks,
            "last_scan": row_as_item(last) if last else None,
        }
        if with_path:
            item["path"] = row.path
        return item


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 200 or not cleaned.isprintable():
        raise Invalid("Give the library a name of at most 200 characters.", field="name")
    return cleaned


def _must_be_idle(uow: UnitOfWork, library_id: str) -> None:
    if lease.is_held(uow, library_id):
        raise Conflict("This library is being scanned. Stop the scan first.", code="scan_running")


def _must_be_folder(uow: UnitOfWork, library_id: str) -> None:
    kind = uow.execute(select(library.c.kind).where(library.c.id == library_id)).scalar()
    if kind not in (None, "folder"):
        raise Conflict("This library belongs to a music server.", code="not_a_folder")


def _shared(uow: UnitOfWork, library_id: str) -> set[str]:
    """Tracks of a library that are also to be had in another one."""
    elsewhere = carrier.alias()
    query = (
        select(carrier.c.track_id)
        .join(elsewhere, elsewhere.c.track_id == carrier.c.track_id)
        .where(carrier.c.library_id == library_id, elsewhere.c.library_id != library_id)
    )
    return set(uow.execute(query.distinct()).scalars())


def _leave_to_others(uow: UnitOfWork, library_id: str, tracks: set[str]) -> None:
    """Tracks that go on in another library leave this one's albums; a server's next sync tells theirs."""
    mine = select(album.c.id).where(album.c.library_id == library_id)
    for part in chunks(sorted(tracks)):
        homeless = track.c.id.in_(part), track.c.album_id.in_(mine)
        uow.execute(update(track).where(*homeless).values(album_id=None))
    if tracks:
        uow.execute(update(remote_server).values(cursor="{}"))


def _credited(uow: UnitOfWork, tracks: list[str], albums: list[str]) -> tuple[set[str], set[str]]:
    artists: set[str] = set()
    genres: set[str] = set()
    for part in chunks(tracks):
        artists.update(
            uow.execute(select(track_artist.c.artist_id).where(track_artist.c.track_id.in_(part))).scalars()
        )
        genres.update(
            uow.execute(select(track_genre.c.genre_id).where(track_genre.c.track_id.in_(part))).scalars()
        )
    for part in chunks(albums):
        artists.update(
            uow.execute(select(album_artist.c.artist_id).where(album_artist.c.album_id.in_(part))).scalars()
        )
    return artists, genres


def _read_covers_elsewhere(uow: UnitOfWork, library_id: str) -> None:
    """Pictures go with their library; where another one shows the same, its files are read again."""
    pictures = select(cover.c.id).where(cover.c.library_id == library_id)
    uow.execute(
        update(carrier)
        .where(carrier.c.library_id != library_id, carrier.c.cover_id.in_(pictures))
        .values(mtime_ns=-1)
    )


def _estimate(root: str) -> int:
    count = 0
    for _, _, names in os.walk(root):
        count += sum(Path(name).suffix.lower() in AUDIO_EXTENSIONS for name in names)
        if count >= ESTIMATE_LIMIT:
            break
    return count
