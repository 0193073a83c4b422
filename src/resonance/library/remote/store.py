"""The SQL of servers, their libraries, and the accounts people linked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from resonance.core.errors import NotFound
from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import library
from resonance.db.tables.remote import (
    remote_library,
    remote_link,
    remote_link_library,
    remote_server,
)


def servers(uow: UnitOfWork) -> Sequence[Row[Any]]:
    """All servers, oldest first."""
    order = (remote_server.c.created_at, remote_server.c.id)
    return uow.execute(select(remote_server).order_by(*order)).all()


def server(uow: UnitOfWork, server_id: str) -> Any:
    """One row, or None."""
    return uow.execute(select(remote_server).where(remote_server.c.id == server_id)).first()


def known_server(uow: UnitOfWork, server_id: str) -> Any:
    """One row. NotFound."""
    row = server(uow, server_id)
    if row is None:
        raise NotFound("There is no such server.")
    return row


def add_server(uow: UnitOfWork, **values: Any) -> None:
    """A row."""
    uow.execute(insert(remote_server).values(**values))


def delete_server(uow: UnitOfWork, server_id: str) -> None:
    """The row, with all that hangs on it."""
    uow.execute(delete(remote_server).where(remote_server.c.id == server_id))


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


def add_link(uow: UnitOfWork, **values: Any) -> None:
    """A row."""
    uow.execute(insert(remote_link).values(**values))


def delete_link(uow: UnitOfWork, link_id: str) -> None:
    """The row, with all that hangs on it."""
    uow.execute(delete(remote_link).where(remote_link.c.id == link_id))


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


def encode(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """For a JSON column."""
    return json.dumps(value, separators=(",", ":"))
