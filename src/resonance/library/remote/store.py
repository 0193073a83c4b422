"""The SQL of servers, their libraries and songs, and of the accounts people linked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import carrier, library
from resonance.db.tables.remote import (
    remote_library,
    remote_link,
    remote_link_library,
    remote_server,
    remote_song,
)
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks


def servers(uow: UnitOfWork) -> Sequence[Row[Any]]:
    """All servers, oldest first."""
    order = (remote_server.c.created_at, remote_server.c.id)
    return uow.execute(select(remote_server).order_by(*order)).all()


def server(uow: UnitOfWork, server_id: str) -> Any:
    """One row, or None."""
    return uow.execute(select(remote_server).where(remote_server.c.id == server_id)).first()


def change_server(uow: UnitOfWork, server_id: str, **values: Any) -> None:
    """Set columns."""
    uow.execute(update(remote_server).where(remote_server.c.id == server_id).values(**values))


def cursor(row: Any) -> dict[str, Any]:
    """How far a server or link was read."""
    found = json.loads(row.cursor or "{}")
    return found if isinstance(found, dict) else {}


def libraries(uow: UnitOfWork, server_id: str) -> dict[str, Row[Any]]:
    """By the server's id of each: (remote_id, library_id, path, name)."""
    query = (
        select(remote_library.c.remote_id, remote_library.c.library_id, remote_library.c.path, library.c.name)
        .join(library, library.c.id == remote_library.c.library_id)
        .where(remote_library.c.server_id == server_id)
        .order_by(library.c.number)
    )
    return {row.remote_id: row for row in uow.execute(query)}


def local_libraries(uow: UnitOfWork) -> frozenset[str]:
    """Libraries that are folders of this machine."""
    return frozenset(uow.execute(select(library.c.id).where(library.c.kind == "folder")).scalars())


def add_library(
    uow: UnitOfWork, server_id: str, remote_id: str, library_id: str, name: str, kind: str, now: int
) -> None:
    """A library of a server becomes one here."""
    number = (uow.execute(select(func.max(library.c.number))).scalar() or 0) + 1
    values = {"id": library_id, "number": number, "name": name, "kind": kind, "watch": False}
    # Not a path of this machine: nothing may be found below it.
    uow.execute(insert(library).values(**values, path=f"{kind}:{server_id}/{remote_id}", created_at=now))
    row = {"server_id": server_id, "remote_id": remote_id, "library_id": library_id}
    uow.execute(insert(remote_library).values(**row))
    versions.bump(uow, "libraries")


def set_library_path(uow: UnitOfWork, library_id: str, path: str) -> None:
    """Remember the server's own folder."""
    here = remote_library.c.library_id == library_id
    uow.execute(update(remote_library).where(here).values(path=path))


def songs(uow: UnitOfWork, server_id: str, remote_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """By the server's id: the known songs with their carriers."""
    found: dict[str, Row[Any]] = {}
    for part in chunks(list(remote_ids)):
        query = (
            select(
                remote_song,
                *(carrier.c.track_id, carrier.c.library_id, carrier.c.missing_at),
                carrier.c.path.label("stored_path"),
            )
            .join(carrier, carrier.c.id == remote_song.c.carrier_id)
            .where(remote_song.c.server_id == server_id, remote_song.c.remote_id.in_(part))
        )
        found.update((row.remote_id, row) for row in uow.execute(query))
    return found


def present(uow: UnitOfWork, server_id: str) -> int:
    """How many songs of the server are there to hear."""
    query = (
        select(func.count())
        .select_from(remote_song)
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .where(remote_song.c.server_id == server_id, carrier.c.missing_at.is_(None))
    )
    return int(uow.execute(query).scalar_one())


def sample(uow: UnitOfWork, server_id: str, limit: int) -> Sequence[Row[Any]]:
    """Some present songs, spread over the server: (path, size, root)."""
    query = (
        select(remote_song.c.path, carrier.c.size, remote_library.c.path.label("root"))
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .join(remote_library, remote_library.c.library_id == carrier.c.library_id)
        .where(remote_song.c.server_id == server_id, carrier.c.missing_at.is_(None))
        .order_by(remote_song.c.carrier_id)  # random ids
        .limit(limit)
    )
    return uow.execute(query).all()


def unseen(uow: UnitOfWork, server_id: str, since: int, limit: int) -> Sequence[Row[Any]]:
    """Present songs that a walk which began at `since` did not meet: (remote_id, library_id, path)."""
    query = (
        select(remote_song.c.remote_id, carrier.c.library_id, carrier.c.path, carrier.c.track_id)
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .where(
            remote_song.c.server_id == server_id,
            remote_song.c.seen_at < since,
            carrier.c.missing_at.is_(None),
        )
        .limit(limit)
    )
    return uow.execute(query).all()


def save_songs(uow: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Insert or overwrite, by the server's id."""
    if rows:
        kept = [name for name in rows[0] if name not in ("server_id", "remote_id", "apart")]
        upsert(uow, remote_song, rows, keys=["server_id", "remote_id"], update=kept)


def see(uow: UnitOfWork, server_id: str, remote_ids: Sequence[str], at: int) -> None:
    """These were met by the walk of `at`."""
    for part in chunks(remote_ids):
        mine = remote_song.c.server_id == server_id, remote_song.c.remote_id.in_(part)
        uow.execute(update(remote_song).where(*mine).values(seen_at=at))


def of_carrier(uow: UnitOfWork, carrier_id: str) -> Any:
    """What the bytes of a remote carrier are asked by, and where they may lie here; None if it is none."""
    query = (
        select(
            *(remote_song, carrier.c.size, carrier.c.mtime_ns),
            *(remote_server.c.mappings, remote_library.c.path.label("root")),
        )
        .join(remote_server, remote_server.c.id == remote_song.c.server_id)
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .join(remote_library, remote_library.c.library_id == carrier.c.library_id)
        .where(remote_song.c.carrier_id == carrier_id)
    )
    return uow.execute(query).first()


def link(uow: UnitOfWork, link_id: str) -> Any:
    """One linked account, or None."""
    return uow.execute(select(remote_link).where(remote_link.c.id == link_id)).first()


def link_of(uow: UnitOfWork, server_id: str, user_id: str) -> Any:
    """A user's account on a server, or None."""
    mine = remote_link.c.server_id == server_id, remote_link.c.user_id == user_id
    return uow.execute(select(remote_link).where(*mine)).first()


def links(uow: UnitOfWork, *, server_id: str | None = None, user_id: str | None = None) -> Sequence[Row[Any]]:
    """Linked accounts, oldest first."""
    query = select(remote_link).order_by(remote_link.c.created_at, remote_link.c.id)
    if server_id is not None:
        query = query.where(remote_link.c.server_id == server_id)
    if user_id is not None:
        query = query.where(remote_link.c.user_id == user_id)
    return uow.execute(query).all()


def change_link(uow: UnitOfWork, link_id: str, **values: Any) -> None:
    """Set columns."""
    uow.execute(update(remote_link).where(remote_link.c.id == link_id).values(**values))


def set_link_libraries(uow: UnitOfWork, link_id: str, library_ids: Iterable[str]) -> bool:
    """What the account may see; whether that is another set than before."""
    wanted = set(library_ids)
    mine = remote_link_library.c.link_id == link_id
    held = set(uow.execute(select(remote_link_library.c.library_id).where(mine)).scalars())
    if held == wanted:
        return False
    uow.execute(delete(remote_link_library).where(mine))
    if wanted:
        rows = [{"link_id": link_id, "library_id": library_id} for library_id in sorted(wanted)]
        uow.execute(insert(remote_link_library), rows)
    versions.bump(uow, "libraries")
    return True


def link_libraries(uow: UnitOfWork, link_id: str) -> list[str]:
    """What the account may see."""
    query = select(remote_link_library.c.library_id).where(remote_link_library.c.link_id == link_id)
    return sorted(uow.execute(query).scalars())


def local_ids(uow: UnitOfWork, server_id: str, remote_ids: Iterable[str]) -> dict[str, str]:
    """The server's song ids to our track ids, of those known."""
    return {key: row.track_id for key, row in songs(uow, server_id, dict.fromkeys(remote_ids)).items()}


def remote_ids(uow: UnitOfWork, server_id: str, track_ids: Iterable[str]) -> dict[str, str]:
    """Our track ids to the server's song ids: a present one goes before a missing one."""
    found: dict[str, str] = {}
    for part in chunks(list(dict.fromkeys(track_ids))):
        query = (
            select(carrier.c.track_id, remote_song.c.remote_id)
            .join(carrier, carrier.c.id == remote_song.c.carrier_id)
            .where(remote_song.c.server_id == server_id, carrier.c.track_id.in_(part))
            .order_by(carrier.c.missing_at.is_not(None), remote_song.c.carrier_id)
        )
        for track_id, remote_id in uow.execute(query):
            found.setdefault(track_id, remote_id)
    return found


def encode(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """For a JSON column."""
    return json.dumps(value, separators=(",", ":"))
