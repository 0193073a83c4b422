"""The SQL of playlist files in libraries and the playlists that follow them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select, update

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import user
from resonance.db.tables.library import library, library_folder
from resonance.db.tables.lists import import_report, playlist_file
from resonance.db.tables.playlists import playlist_entry

EDITED = "It was edited here and follows its file no more."
DROPPED = "The playlist was deleted here."
# With `told_to`, whose report of it is kept; it has the id of the file.
_FILES = select(playlist_file, import_report.c.user_id.label("told_to")).join(
    import_report, import_report.c.id == playlist_file.c.id, isouter=True
)


def detach(uow: UnitOfWork, playlist_id: str) -> None:
    """The playlist is edited by a person: from now on its file does not change it."""
    of_it = (playlist_file.c.playlist_id == playlist_id, playlist_file.c.state.in_(("follows", "gone")))
    uow.execute(update(playlist_file).where(*of_it).values(state="edited", note=EDITED))


def drop(uow: UnitOfWork, file_ids: Sequence[str]) -> None:
    """The playlist of these files was deleted: they make no new one while they stay as they are."""
    if file_ids:
        of_them = playlist_file.c.id.in_(file_ids)
        uow.execute(update(playlist_file).where(of_them).values(state="dropped", note=DROPPED))


def root(uow: UnitOfWork, library_id: str) -> str | None:
    """The folder of a library (stored form)."""
    path: str | None = uow.execute(select(library.c.path).where(library.c.id == library_id)).scalar()
    return path


def folders_with_lists(uow: UnitOfWork, library_id: str) -> Sequence[Row[Any]]:
    """(path, sides) of the folders in which the scan saw playlist files."""
    statement = select(library_folder.c.path, library_folder.c.sides).where(
        library_folder.c.library_id == library_id, library_folder.c.sides.ilike("%.m3u%")
    )
    return uow.execute(statement).all()


def known(uow: UnitOfWork, library_id: str) -> dict[str, Row[Any]]:
    """The files met before, by path."""
    statement = select(playlist_file).where(playlist_file.c.library_id == library_id)
    return {row.path: row for row in uow.execute(statement)}


def one_of_playlist(uow: UnitOfWork, playlist_id: str) -> Any:
    """The file that a playlist came from, or None."""
    statement = _FILES.where(playlist_file.c.playlist_id == playlist_id)
    return uow.execute(statement.order_by(playlist_file.c.id).limit(1)).one_or_none()


def all_files(uow: UnitOfWork) -> Sequence[Row[Any]]:
    """Every file met, by library and path."""
    return uow.execute(_FILES.order_by(playlist_file.c.library_id, playlist_file.c.path)).all()


def insert(uow: UnitOfWork, row: dict[str, Any]) -> None:
    """A file met for the first time."""
    uow.execute(playlist_file.insert(), row)


def change(uow: UnitOfWork, file_id: str, **columns: Any) -> None:
    """Set columns of a file's row."""
    uow.execute(update(playlist_file).where(playlist_file.c.id == file_id).values(**columns))


def forget(uow: UnitOfWork, file_id: str) -> None:
    """A file that is gone, of which nothing is left."""
    uow.execute(delete(playlist_file).where(playlist_file.c.id == file_id))


def members(uow: UnitOfWork, playlist_id: str) -> list[str]:
    """Track ids of a playlist in order, hidden ones too."""
    statement = select(playlist_entry.c.track_id).where(playlist_entry.c.playlist_id == playlist_id)
    return list(uow.execute(statement.order_by(playlist_entry.c.position)).scalars())


def first_admin(uow: UnitOfWork) -> str | None:
    """Whose the playlists of files are: the longest-serving admin that can sign in."""
    statement = select(user.c.id).where(user.c.role == "admin", user.c.disabled_at.is_(None))
    found: str | None = uow.execute(statement.order_by(user.c.created_at, user.c.id).limit(1)).scalar()
    return found


def changed(uow: UnitOfWork) -> None:
    """Say that lists of playlists are to be read again."""
    versions.bump(uow, "playlists")
