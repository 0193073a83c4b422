"""The SQL of how playlists were: rows of every table that goes with one, and the steps that are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, delete, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.base import metadata
from resonance.db.tables.lists import playlist_file, playlist_step
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.library.catalogue.access import chunks

Rows = list[dict[str, Any]]


def entries(uow: UnitOfWork, playlist_id: str) -> Rows:
    """The entries as they are."""
    return _rows(uow, playlist_entry, playlist_id)


def of_playlist(uow: UnitOfWork, playlist_id: str) -> dict[str, Any]:
    """The playlist's own row."""
    row = uow.execute(select(playlist).where(playlist.c.id == playlist_id)).one()
    return dict(row._mapping)


def owned(uow: UnitOfWork, playlist_id: str) -> dict[str, Rows]:
    """By table, the rows that go with the playlist."""
    return {table.name: _rows(uow, table, playlist_id) for table in _owned()}


def files(uow: UnitOfWork, playlist_id: str) -> list[str]:
    """The ids of the files it follows."""
    statement = select(playlist_file.c.id).where(playlist_file.c.playlist_id == playlist_id)
    return list(uow.execute(statement).scalars())


def put_entries(uow: UnitOfWork, rows: Rows) -> int:
    """Put entries back (tracks that are gone for good stay away); how many."""
    return _put(uow, playlist_entry, rows)


def put_whole(uow: UnitOfWork, row: dict[str, Any], tables: dict[str, Rows], file_ids: Sequence[str]) -> None:
    """Put a playlist back with what went with it; its files fill it again."""
    uow.execute(playlist.insert(), row)
    for table in _owned():
        _put(uow, table, tables.get(table.name, []))
    if file_ids:
        again = update(playlist_file).where(playlist_file.c.id.in_(file_ids))
        uow.execute(again.values(playlist_id=row["id"], state="follows", note=""))


def keep(uow: UnitOfWork, row: dict[str, Any], *, since: int, most: int) -> None:
    """A step; those before `since`, and of its playlist those beyond the `most` latest, are forgotten."""
    uow.execute(delete(playlist_step).where(playlist_step.c.at < since))
    uow.execute(playlist_step.insert(), row)
    older = select(playlist_step.c.id).where(playlist_step.c.playlist_id == row["playlist_id"])
    extra = uow.execute(older.order_by(playlist_step.c.version_after.desc()).offset(most)).scalars().all()
    if extra:
        uow.execute(delete(playlist_step).where(playlist_step.c.id.in_(extra)))


def last(uow: UnitOfWork, user_id: str, playlist_id: str, since: int) -> Any:
    """The latest step of this person's in the playlist, or None."""
    mine = (playlist_step.c.playlist_id == playlist_id, playlist_step.c.user_id == user_id)
    statement = select(playlist_step).where(*mine, playlist_step.c.at >= since)
    return uow.execute(statement.order_by(playlist_step.c.version_after.desc()).limit(1)).one_or_none()


def taken_back(uow: UnitOfWork, step: Any, version: int) -> None:
    """Forget a step; the one before it now leads to `version`."""
    mine = playlist_step.c.playlist_id == step.playlist_id
    uow.execute(delete(playlist_step).where(playlist_step.c.id == step.id))
    earlier = update(playlist_step).where(mine, playlist_step.c.version_after == step.version_before)
    uow.execute(earlier.values(version_after=version))


def _owned() -> Iterator[Table]:
    """Tables whose rows go with their playlist."""
    for table in metadata.sorted_tables:
        if any(_of_playlist(key) and key.ondelete == "CASCADE" for key in table.foreign_keys):
            yield table


def _of_playlist(key: Any) -> bool:
    return bool(key.target_fullname == "playlist.id")


def _rows(uow: UnitOfWork, table: Table, playlist_id: str) -> Rows:
    column = next(key.parent for key in table.foreign_keys if _of_playlist(key))
    found = uow.execute(select(table).where(column == playlist_id))
    return [dict(row._mapping) for row in found]


def _put(uow: UnitOfWork, table: Table, rows: Rows) -> int:
    whole = _standing(uow, table, rows)
    if table is playlist_entry:
        whole.sort(key=lambda row: int(row["position"]))
        for place, row in enumerate(whole):
            row["position"] = place
    if whole:
        uow.execute(table.insert(), whole)
    return len(whole)


def _standing(uow: UnitOfWork, table: Table, rows: Rows) -> Rows:
    """The rows without what they point to that is gone meanwhile; those that cannot stand without it fall."""
    for key in table.foreign_keys:
        if _of_playlist(key):
            continue
        name, held = key.parent.name, set[Any]()
        for some in chunks(list({row[name] for row in rows if row[name] is not None})):
            held.update(uow.execute(select(key.column).where(key.column.in_(some))).scalars())
        if key.parent.nullable:
            rows = [row if row[name] in held else {**row, name: None} for row in rows]
        else:
            rows = [row for row in rows if row[name] in held]
    return rows
