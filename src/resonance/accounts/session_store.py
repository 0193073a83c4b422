"""The SQL of accounts: sessions and their refresh tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from resonance.accounts.records import Session
from resonance.accounts.store import SERVERS
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import refresh_token, session, user

_CALLER = (
    select(
        user.c.id,
        user.c.name,
        user.c.role,
        user.c.all_libraries,
        user.c.disabled_at,
        session.c.client,
        session.c.revoked_at,
        session.c.last_seen_at,
        SERVERS,
    )
    .select_from(session)
    .join(user, user.c.id == session.c.user_id)
)
_OF_TOKEN = select(
    refresh_token.c.replaced_at,
    session.c.id,
    session.c.user_id,
    session.c.revoked_at,
    session.c.expires_at,
).select_from(refresh_token.join(session, session.c.id == refresh_token.c.session_id))


def caller(uow: UnitOfWork, session_id: str) -> Row[Any] | None:
    """The user columns of a `Caller`, client, revoked_at and last_seen_at of a session. One indexed read."""
    return uow.execute(_CALLER.where(session.c.id == session_id)).first()


def insert_session(uow: UnitOfWork, made: Session, expires_at: int) -> None:
    """A new session."""
    row = {
        "id": made.id,
        "user_id": made.user_id,
        "device_name": made.device_name,
        "client": made.client,
        "created_at": made.created_at,
        "last_seen_at": made.last_seen_at,
    }
    uow.execute(insert(session).values(**row, expires_at=expires_at))


def prolong(uow: UnitOfWork, session_id: str, now: int, expires_at: int) -> None:
    """The session was refreshed."""
    seen = {"last_seen_at": now, "expires_at": expires_at}
    uow.execute(update(session).where(session.c.id == session_id).values(**seen))


def live(uow: UnitOfWork, user_id: str, now: int) -> list[Session]:
    """A user's sessions that still stand, last seen first."""
    columns = (
        session.c.id,
        session.c.user_id,
        session.c.device_name,
        session.c.client,
        session.c.created_at,
        session.c.last_seen_at,
    )
    standing = session.c.revoked_at.is_(None) & (session.c.expires_at > now)
    statement = select(*columns).where(session.c.user_id == user_id, standing)
    rows = uow.execute(statement.order_by(session.c.last_seen_at.desc(), session.c.id))
    return [Session(**row._mapping) for row in rows]


def end(
    uow: UnitOfWork,
    why: str,
    now: int,
    *,
    session_id: str | None = None,
    user_id: str | None = None,
    keep: str | None = None,
) -> Sequence[Row[Any]]:
    """End the live sessions that fit all that is given, except `keep`; (id, user_id) of each."""
    which: ColumnElement[bool] = session.c.revoked_at.is_(None)
    if session_id is not None:
        which &= session.c.id == session_id
    if user_id is not None:
        which &= session.c.user_id == user_id
    if keep is not None:
        which &= session.c.id != keep
    ended = uow.execute(select(session.c.id, session.c.user_id).where(which)).all()
    uow.execute(update(session).where(which).values(revoked_at=now, revoked_why=why))
    return ended


def delete_dead(uow: UnitOfWork, user_id: str, now: int, revoked_before: int) -> None:
    """Forget a user's sessions that nobody can come back to."""
    dead = (session.c.expires_at <= now) | (session.c.revoked_at < revoked_before)
    uow.execute(delete(session).where(session.c.user_id == user_id, dead))


def of_token(uow: UnitOfWork, token_hash: str) -> Row[Any] | None:
    """(replaced_at, id, user_id, revoked_at, expires_at): a refresh token's state and its session's.

    In a writing transaction the row is locked, so that two refreshes go one after the other.
    """
    statement = _OF_TOKEN.where(refresh_token.c.token_hash == token_hash)
    return uow.execute(statement.with_for_update() if uow.writes else statement).first()


def insert_token(uow: UnitOfWork, token_hash: str, session_id: str, now: int) -> None:
    """A fresh refresh token."""
    row = {"token_hash": token_hash, "session_id": session_id, "issued_at": now}
    uow.execute(insert(refresh_token).values(**row))


def replace_token(uow: UnitOfWork, token_hash: str, now: int) -> None:
    """The token was traded in."""
    uow.execute(update(refresh_token).where(refresh_token.c.token_hash == token_hash).values(replaced_at=now))


def delete_old_tokens(uow: UnitOfWork, session_id: str, issued_before: int) -> None:
    """Forget tokens that would be refused for their age alone."""
    old = (refresh_token.c.session_id == session_id) & (refresh_token.c.issued_at < issued_before)
    uow.execute(delete(refresh_token).where(old))
