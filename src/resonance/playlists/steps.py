"""How a playlist was before a change, kept for a while so that the change can be taken back."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Table, delete, select, update

from resonance.core.ids import new_id
from resonance.db.engine import UnitOfWork
from resonance.db.tables.base import metadata
from resonance.db.tables.lists import playlist_file, playlist_step
from resonance.db.tables.playlists import playlist, playlist_entry
from resonance.library.catalogue.access import chunks

KEPT_MS = 60 * 60 * 1000
MOST = 20  # of one playlist


def entries(uow: UnitOfWork, playlist_id: str) -> bytes:
    """The entries as they are, packed."""
    return _pack({"entries": _rows(uow, playlist_entry, playlist_id)})


class Whole(NamedTuple):
    """A playlist, packed, and the ids of the files it follows."""

    body: bytes
    files: list[str]


def whole(uow: UnitOfWork, playlist_id: str) -> Whole:
    """The playlist with all that goes when it goes."""
    row = uow.execute(select(playlist).where(playlist.c.id == playlist_id)).one()
    held = {table.name: _rows(uow, table, playlist_id) for table in _owned()}
    files = uow.execute(select(playlist_file.c.id).where(playlist_file.c.playlist_id == playlist_id))
    ids = list(files.scalars())
    return Whole(_pack({"playlist": dict(row._mapping), "tables": held, "files": ids}), ids)


def keep(
    uow: UnitOfWork,
    user_id: str,
    playlist_id: str,
    what: str,
    versions: tuple[int, int],
    body: bytes,
    at: int,
) -> None:
    """Remember a change: how it was, and the versions before and after. Old ones are forgotten."""
    uow.execute(delete(playlist_step).where(playlist_step.c.at < at - KEPT_MS))
    before, after = versions
    row = {
        "id": new_id(),
        "playlist_id": playlist_id,
        "user_id": user_id,
        "what": what,
        "body": body,
        "at": at,
    }
    uow.execute(playlist_step.insert(), {**row, "version_before": before, "version_after": after})
    older = select(playlist_step.c.id).where(playlist_step.c.playlist_id == playlist_id)
    extra = uow.execute(older.order_by(playlist_step.c.version_after.desc()).offset(MOST)).scalars().all()
    if extra:
        uow.execute(delete(playlist_step).where(playlist_step.c.id.in_(extra)))


def last(uow: UnitOfWork, user_id: str, playlist_id: str, now: int) -> Any:
    """The latest change that this person can take back, or None."""
    mine = (playlist_step.c.playlist_id == playlist_id, playlist_step.c.user_id == user_id)
    statement = select(playlist_step).where(*mine, playlist_step.c.at >= now - KEPT_MS)
    return uow.execute(statement.order_by(playlist_step.c.version_after.desc()).limit(1)).one_or_none()


def taken_back(uow: UnitOfWork, step: Any, version: int) -> None:
    """Forget a step; the one before it can be taken back from `version` on."""
    mine = playlist_step.c.playlist_id == step.playlist_id
    uow.execute(delete(playlist_step).where(playlist_step.c.id == step.id))
    earlier = update(playlist_step).where(mine, playlist_step.c.version_after == step.version_before)
    uow.execute(earlier.values(version_after=version))


def put_entries(uow: UnitOfWork, body: bytes) -> int:
    """Put the entries back as they were (tracks that are gone for good stay away); how many."""
    return _put(uow, playlist_entry, _unpack(body)["entries"])


def put_whole(uow: UnitOfWork, body: bytes) -> None:
    """Put a deleted playlist back."""
    held = _unpack(body)
    uow.execute(playlist.insert(), held["playlist"])
    for table in _owned():
        _put(uow, table, held["tables"].get(table.name, []))
    if held["files"]:
        again = update(playlist_file).where(playlist_file.c.id.in_(held["files"]))
        uow.execute(again.values(playlist_id=held["playlist"]["id"], state="follows", note=""))


def _owned() -> Iterator[Table]:
    """Tables whose rows go with their playlist."""
    for table in metadata.sorted_tables:
        if any(_of_playlist(key) and key.ondelete == "CASCADE" for key in table.foreign_keys):
            yield table


def _of_playlist(key: Any) -> bool:
    return bool(key.target_fullname == "playlist.id")


def _rows(uow: UnitOfWork, table: Table, playlist_id: str) -> list[dict[str, Any]]:
    column = next(key.parent for key in table.foreign_keys if _of_playlist(key))
    found = uow.execute(select(table).where(column == playlist_id))
    return [dict(row._mapping) for row in found]


def _put(uow: UnitOfWork, table: Table, rows: list[dict[str, Any]]) -> int:
    whole = _standing(uow, table, rows)
    if table is playlist_entry:
        whole.sort(key=lambda row: int(row["position"]))
        for place, row in enumerate(whole):
            row["position"] = place
    if whole:
        uow.execute(table.insert(), whole)
    return len(whole)


def _standing(uow: UnitOfWork, table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
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


def _pack(value: object) -> bytes:
    def as_text(data: object) -> dict[str, str]:
        if isinstance(data, bytes):
            return {"b64": base64.b64encode(data).decode()}
        raise TypeError(type(data))

    return zlib.compress(json.dumps(value, default=as_text, separators=(",", ":")).encode(), 3)


def _unpack(body: bytes) -> Any:
    def as_bytes(held: dict[str, Any]) -> Any:
        return base64.b64decode(held["b64"]) if held.keys() == {"b64"} else held

    return json.loads(zlib.decompress(body), object_hook=as_bytes)
