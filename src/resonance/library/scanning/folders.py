"""Remembering what lies beside the music, once the files that it concerns are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import artist, cover, library_folder
from resonance.db.upsert import upsert
from resonance.library.paths import folder_of
from resonance.library.scanning import sides
from resonance.library.scanning.compare import Difference
from resonance.library.scanning.naming import album_folder
from resonance.library.scanning.people import chunks


class FolderRows:
    """The rows of library_folder for one scan."""

    def __init__(self, library_id: str, difference: Difference, pictures: sides.Pictures) -> None:
        self.library_id = library_id
        self.pictures = pictures
        self.current = difference.folders
        self.waiting = set(difference.folders_changed)
        self.written: set[str] = set()
        files = (*difference.changed, *difference.new)
        self.open = Counter(folder_of(path) for path, _, _ in files)
        # Pictures are looked at only where they stand for music: in its folder or above its discs.
        self.of_music = set(self.open) | {album_folder(folder) for folder in self.open}

    def answered(self, uow: UnitOfWork, paths: Iterable[str]) -> None:
        """Files were read: folders with none left to read are remembered, and those above discs."""
        ready: set[str] = set()
        for folder, count in Counter(folder_of(path) for path in paths).items():
            self.open[folder] -= count
            if not self.open[folder]:
                ready.add(folder)
            if (above := album_folder(folder)) != folder:
                ready.add(above)
        self._write(uow, ready & self.waiting)

    def finish(self, uow: UnitOfWork, before: dict[str, str]) -> None:
        """The folders that are left, and what went with pictures that are gone."""
        changed = self.waiting | self.written
        self._drop_artist_pictures(uow, before)
        self._write(uow, set(self.waiting))
        self._repoint_covers(uow, {folder: before[folder] for folder in changed if folder in before})

    def _write(self, uow: UnitOfWork, folders: set[str]) -> None:
        rows: list[dict[str, Any]] = []
        found: dict[str, sides.Picture] = {}
        for folder in sorted(folders & self.current.keys()):
            picture = self.pictures.of_folder(folder) if folder in self.of_music else None
            if picture:
                found[picture.cover_id] = picture
            rows.append(
                {
                    "library_id": self.library_id,
                    "path": folder,
                    "sides": sides.encode(self.current[folder]),
                    "cover_id": picture.cover_id if picture else None,
                }
            )
        write_covers(uow, self.library_id, found)
        upsert(uow, library_folder, rows, keys=["library_id", "path"], update=["sides", "cover_id"])
        for part in chunks(folders - self.current.keys()):
            mine = library_folder.c.library_id == self.library_id
            uow.execute(delete(library_folder).where(mine, library_folder.c.path.in_(part)))
        self.waiting -= folders
        self.written |= folders

    def _repoint_covers(self, uow: UnitOfWork, before: dict[str, str]) -> None:
        """A picture that lies in several folders must not be looked for where it was deleted."""
        gone = []
        for folder, text in before.items():
            earlier = sides.decode(text)
            name = sides.cover_name(earlier)
            if name and earlier[name] != self.current.get(folder, {}).get(name):
                gone.append(f"{folder}/{name}" if folder else name)
        mine = cover.c.library_id == self.library_id, cover.c.source == "folder"
        for part in chunks(gone):
            for cover_id in (
                uow.execute(select(cover.c.id).where(*mine, cover.c.path.in_(part))).scalars().all()
            ):
                query = select(library_folder).where(library_folder.c.cover_id == cover_id).limit(1)
                row = uow.execute(query).first()
                name = sides.cover_name(sides.decode(row.sides)) if row else None
                if row is None or name is None:
                    continue
                path = f"{row.path}/{name}" if row.path else name
                place = {"path": path, "library_id": row.library_id}
                uow.execute(update(cover).where(cover.c.id == cover_id).values(**place))

    def _drop_artist_pictures(self, uow: UnitOfWork, before: dict[str, str]) -> None:
        gone = []
        for folder, text in before.items():
            now = self.current.get(folder, {})
            name = sides.artist_picture_name(sides.decode(text)) if '"' in text else None
            if name and name not in now:
                gone.append(f"{folder}/{name}" if folder else name)
        for part in chunks(gone):
            uow.execute(
                update(artist)
                .where(artist.c.image_library_id == self.library_id, artist.c.image_path.in_(part))
                .values(image_path=None, image_library_id=None, image_hash=None)
            )


def write_covers(uow: UnitOfWork, library_id: str, pictures: dict[str, sides.Picture]) -> None:
    """Rows of pictures: where each lies now."""
    rows = [
        {
            "id": cover_id,
            "content_hash": picture.content_hash,
            "source": picture.source,
            "path": picture.path,
            "library_id": library_id,
            "size": picture.size,
        }
        for cover_id, picture in sorted(pictures.items())
    ]
    upsert(uow, cover, rows, keys=["content_hash"], update=["source", "path", "library_id", "size"])
