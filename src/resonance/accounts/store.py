"""The SQL of accounts: users and their access to libraries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, func, insert, select, update

from resonance.accounts.records import User
from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import library_access, server_setting, user
from resonance.db.tables.library import library
from resonance.db.tables.remote import remote_library, remote_link, remote_link_library, remote_server
from resonance.db.upsert import upsert
from resonance.model.caller import Role

# Part of what is read of every caller: whether music servers may narrow what there is to see.
SERVERS = exists(select(remote_library.c.library_id)).label("servers")


def lock_users(uow: UnitOfWork) -> None:
    """Make other transactions that count users or admins wait for this one, on both databases."""
    versions.bump(uow, "users")


def user_count(uow: UnitOfWork) -> int:
    """How many accounts there are."""
    count: int = uow.execute(select(func.count()).select_from(user)).scalar_one()
    return count


def other_admins(uow: UnitOfWork, user_id: str) -> int:
    """How many admins could still sign in without `user_id`."""
    admins = (user.c.role == Role.ADMIN.value) & user.c.disabled_at.is_(None) & (user.c.id != user_id)
    count: int = uow.execute(select(func.count()).select_from(user).where(admins)).scalar_one()
    return count


def user_by_id(uow: UnitOfWork, user_id: str) -> User | None:
    """One account."""
    found = _users(uow, user.c.id == user_id)
    return found[0] if found else None


def users(uow: UnitOfWork) -> list[User]:
    """All accounts by name."""
    return _users(uow, None)


def login(uow: UnitOfWork, name_folded: str) -> Row[Any] | None:
    """(id, name, role, password_hash, disabled_at, all_libraries) of a folded name."""
    columns = (
        user.c.id,
        user.c.name,
        user.c.role,
        user.c.password_hash,
        user.c.disabled_at,
        user.c.all_libraries,
    )
    return uow.execute(select(*columns).where(user.c.name_folded == name_folded)).first()


def password_hash(uow: UnitOfWork, user_id: str) -> str | None:
    """The stored hash; None for accounts without password."""
    value: str | None = uow.execute(select(user.c.password_hash).where(user.c.id == user_id)).scalar()
    return value


def name_exists(uow: UnitOfWork, name_folded: str) -> bool:
    """Whether the name is taken."""
    return uow.execute(select(user.c.id).where(user.c.name_folded == name_folded)).first() is not None


def insert_user(uow: UnitOfWork, **values: Any) -> None:
    """A new account."""
    uow.execute(insert(user).values(**values))


def update_user(uow: UnitOfWork, user_id: str, **values: Any) -> None:
    """Change columns of an account."""
    uow.execute(update(user).where(user.c.id == user_id).values(**values))


def delete_user(uow: UnitOfWork, user_id: str) -> None:
    """Remove an account; everything personal goes with it."""
    uow.execute(delete(user).where(user.c.id == user_id))


def preferences(uow: UnitOfWork, user_id: str) -> dict[str, Any]:
    """The stored object."""
    return _object(uow.execute(select(user.c.preferences).where(user.c.id == user_id)).scalar())


def libraries_of(uow: UnitOfWork, user_id: str) -> tuple[str, ...]:
    """The ids of an account that may not see all."""
    statement = select(library_access.c.library_id).where(library_access.c.user_id == user_id)
    return tuple(sorted(uow.execute(statement).scalars()))


def seen_libraries(
    uow: UnitOfWork, user_id: str, role: str, *, all_libraries: bool, servers: bool
) -> frozenset[str] | None:
    """What an account may see, as `Caller.libraries`. `servers`: there are libraries of music servers.

    Of a server one sees what one's own linked account there sees; without one all of it for admins and
    where the server is for everyone, else nothing.
    """
    given = None if all_libraries else frozenset(libraries_of(uow, user_id))
    hidden = _hidden(uow, user_id, role) if servers else frozenset()
    if given is not None:
        return given - hidden
    return frozenset(uow.execute(select(library.c.id)).scalars()) - hidden if hidden else None


def _hidden(uow: UnitOfWork, user_id: str, role: str) -> frozenset[str]:
    mine = select(remote_link.c.id).where(remote_link.c.user_id == user_id)
    linked = exists(mine.where(remote_link.c.server_id == remote_library.c.server_id))
    told = exists(
        select(remote_link_library.c.link_id).where(
            remote_link_library.c.library_id == remote_library.c.library_id,
            remote_link_library.c.link_id.in_(mine),
        )
    )
    rows = uow.execute(
        select(
            remote_library.c.library_id, remote_server.c.everyone, linked.label("linked"), told.label("told")
        ).join(remote_server, remote_server.c.id == remote_library.c.server_id)
    )
    open_ = role == Role.ADMIN.value
    return frozenset(
        row.library_id for row in rows if not (row.told if row.linked else (row.everyone or open_))
    )


def set_libraries(uow: UnitOfWork, user_id: str, library_ids: Iterable[str] | None) -> None:
    """Replace the access of an account; None is everything, also what is added later."""
    uow.execute(delete(library_access).where(library_access.c.user_id == user_id))
    update_user(uow, user_id, all_libraries=library_ids is None)
    rows = [{"user_id": user_id, "library_id": library_id} for library_id in sorted(set(library_ids or ()))]
    upsert(uow, library_access, rows, keys=["user_id", "library_id"], update=[])


def unknown_libraries(uow: UnitOfWork, library_ids: Iterable[str]) -> set[str]:
    """Those of the ids that no library has."""
    return set(library_ids) - set(uow.execute(select(library.c.id)).scalars())


def setting(uow: UnitOfWork, name: str) -> str | None:
    """A server-wide switch."""
    value: str | None = uow.execute(
        select(server_setting.c.value).where(server_setting.c.name == name)
    ).scalar()
    return value


def set_setting(uow: UnitOfWork, name: str, value: str) -> None:
    """Set a server-wide switch."""
    upsert(uow, server_setting, [{"name": name, "value": value}], keys=["name"], update=["value"])


def _users(uow: UnitOfWork, which: ColumnElement[bool] | None) -> list[User]:
    statement = select(
        user.c.id,
        user.c.name,
        user.c.role,
        user.c.created_at,
        user.c.disabled_at,
        user.c.all_libraries,
        user.c.preferences,
        user.c.password_hash.is_not(None).label("has_password"),
    ).order_by(user.c.name_folded)
    rows = uow.execute(statement if which is None else statement.where(which)).all()
    access: dict[str, list[str]] = {}
    if any(not row.all_libraries for row in rows):
        pairs = select(library_access.c.user_id, library_access.c.library_id).order_by(
            library_access.c.library_id
        )
        for pair in uow.execute(pairs):
            access.setdefault(pair.user_id, []).append(pair.library_id)
    return [
        User(
            id=row.id,
            name=row.name,
            role=Role(row.role),
            created_at=row.created_at,
            disabled_at=row.disabled_at,
            all_libraries=bool(row.all_libraries),
            libraries=() if row.all_libraries else tuple(access.get(row.id, ())),
            preferences=_object(row.preferences),
            has_password=bool(row.has_password),
        )
        for row in rows
    ]


def _object(text: str | None) -> dict[str, Any]:
    value = json.loads(text or "{}")
    return value if isinstance(value, dict) else {}
