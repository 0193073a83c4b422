"""The SQL of accounts: app passwords, API keys, invitations, identities of other issuers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Table, delete, func, insert, select, update

from resonance.accounts.records import ApiKey, AppPassword, Invitation
from resonance.accounts.store import SERVERS
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import api_key, app_password, invitation, oidc_identity, user
from resonance.model.caller import Role

_KEY_OWNER = (
    select(
        user.c.id,
        user.c.name,
        user.c.role,
        user.c.all_libraries,
        user.c.disabled_at,
        api_key.c.id.label("key_id"),
        api_key.c.last_used_at,
        SERVERS,
    )
    .select_from(api_key)
    .join(user, user.c.id == api_key.c.user_id)
)
_WITH_APP_PASSWORDS = select(
    user.c.id,
    user.c.name,
    user.c.role,
    user.c.password_hash,
    user.c.all_libraries,
    user.c.disabled_at,
    app_password.c.id.label("app_password_id"),
    app_password.c.secret_encrypted,
    app_password.c.last_used_at,
    SERVERS,
).select_from(user.outerjoin(app_password, app_password.c.user_id == user.c.id))


def with_app_passwords(uow: UnitOfWork, name_folded: str) -> Sequence[Row[Any]]:
    """One row for each app password of a user; one with nulls when there is none; nothing for nobody."""
    newest_use_first = app_password.c.last_used_at.desc()
    return uow.execute(
        _WITH_APP_PASSWORDS.where(user.c.name_folded == name_folded).order_by(newest_use_first)
    ).all()


def app_passwords(uow: UnitOfWork, user_id: str) -> list[AppPassword]:
    """A user's app passwords, newest first."""
    columns = (
        app_password.c.id,
        app_password.c.label,
        app_password.c.created_at,
        app_password.c.last_used_at,
        app_password.c.last_client,
    )
    statement = select(*columns).where(app_password.c.user_id == user_id)
    rows = uow.execute(statement.order_by(app_password.c.created_at.desc(), app_password.c.id))
    return [AppPassword(**row._mapping) for row in rows]


def insert_app_password(uow: UnitOfWork, user_id: str, made: AppPassword, sealed: str) -> None:
    """A new app password with its encrypted text."""
    row = {"id": made.id, "user_id": user_id, "label": made.label, "created_at": made.created_at}
    uow.execute(insert(app_password).values(**row, secret_encrypted=sealed))


def delete_app_password(uow: UnitOfWork, user_id: str, app_password_id: str) -> bool:
    """Remove it if it is the user's; whether it was."""
    own = (app_password.c.id == app_password_id) & (app_password.c.user_id == user_id)
    return uow.execute(delete(app_password).where(own)).rowcount > 0


def count_app_passwords(uow: UnitOfWork, user_id: str) -> int:
    """How many a user has."""
    return _count(uow, app_password, user_id)


def key_owner(uow: UnitOfWork, key_hash: str) -> Row[Any] | None:
    """(id, name, role, all_libraries, disabled_at, key_id, last_used_at) of who owns a key."""
    return uow.execute(_KEY_OWNER.where(api_key.c.key_hash == key_hash)).first()


def api_keys(uow: UnitOfWork, user_id: str) -> list[ApiKey]:
    """A user's keys, newest first."""
    columns = (
        api_key.c.id,
        api_key.c.label,
        api_key.c.key_hint.label("hint"),
        api_key.c.created_at,
        api_key.c.last_used_at,
    )
    statement = select(*columns).where(api_key.c.user_id == user_id)
    rows = uow.execute(statement.order_by(api_key.c.created_at.desc(), api_key.c.id))
    return [ApiKey(**row._mapping) for row in rows]


def insert_api_key(uow: UnitOfWork, user_id: str, made: ApiKey, key_hash: str) -> None:
    """A new key by its hash."""
    row = {"id": made.id, "user_id": user_id, "label": made.label, "created_at": made.created_at}
    uow.execute(insert(api_key).values(**row, key_hint=made.hint, key_hash=key_hash))


def delete_api_key(uow: UnitOfWork, user_id: str, key_id: str) -> bool:
    """Remove it if it is the user's; whether it was."""
    own = (api_key.c.id == key_id) & (api_key.c.user_id == user_id)
    return uow.execute(delete(api_key).where(own)).rowcount > 0


def count_api_keys(uow: UnitOfWork, user_id: str) -> int:
    """How many a user has."""
    return _count(uow, api_key, user_id)


def insert_invitation(uow: UnitOfWork, made: Invitation, code_hash: str, created_by: str) -> None:
    """A new invitation by the hash of its code."""
    row = {"id": made.id, "created_at": made.created_at, "expires_at": made.expires_at}
    values = {**row, "role": made.role.value, "code_hash": code_hash, "created_by": created_by}
    uow.execute(insert(invitation).values(**values))


def usable_invitations(uow: UnitOfWork, now: int) -> list[Invitation]:
    """Neither used nor expired, newest first."""
    columns = (invitation.c.id, invitation.c.role, invitation.c.created_at, invitation.c.expires_at)
    usable = invitation.c.used_at.is_(None) & (invitation.c.expires_at > now)
    rows = uow.execute(
        select(*columns).where(usable).order_by(invitation.c.created_at.desc(), invitation.c.id)
    )
    return [Invitation(row.id, Role(row.role), row.created_at, row.expires_at) for row in rows]


def invited_role(uow: UnitOfWork, code_hash: str, now: int) -> Role | None:
    """What a usable code gives."""
    usable = invitation.c.used_at.is_(None) & (invitation.c.expires_at > now)
    role = uow.execute(select(invitation.c.role).where(invitation.c.code_hash == code_hash, usable)).scalar()
    return None if role is None else Role(role)


def use_invitation(uow: UnitOfWork, code_hash: str, user_id: str, now: int) -> bool:
    """Mark it used; False when somebody was faster."""
    unused = (invitation.c.code_hash == code_hash) & invitation.c.used_at.is_(None)
    return uow.execute(update(invitation).where(unused).values(used_at=now, used_by=user_id)).rowcount == 1


def delete_invitation(uow: UnitOfWork, invitation_id: str) -> bool:
    """Remove an unused one; whether there was one."""
    unused = (invitation.c.id == invitation_id) & invitation.c.used_at.is_(None)
    return uow.execute(delete(invitation).where(unused)).rowcount > 0


def identity_owner(uow: UnitOfWork, issuer: str, subject: str) -> str | None:
    """The user that an identity is linked to."""
    which = (oidc_identity.c.issuer == issuer) & (oidc_identity.c.subject == subject)
    found: str | None = uow.execute(select(oidc_identity.c.user_id).where(which)).scalar()
    return found


def insert_identity(uow: UnitOfWork, issuer: str, subject: str, user_id: str, now: int) -> None:
    """Link an identity."""
    row = {"issuer": issuer, "subject": subject, "user_id": user_id, "created_at": now}
    uow.execute(insert(oidc_identity).values(**row))


def identities(uow: UnitOfWork, user_id: str) -> Sequence[Row[Any]]:
    """(issuer, subject, created_at) of a user's links."""
    columns = (oidc_identity.c.issuer, oidc_identity.c.subject, oidc_identity.c.created_at)
    statement = select(*columns).where(oidc_identity.c.user_id == user_id)
    return uow.execute(statement.order_by(oidc_identity.c.created_at)).all()


def delete_identities(uow: UnitOfWork, user_id: str) -> int:
    """Remove a user's links; how many there were."""
    return uow.execute(delete(oidc_identity).where(oidc_identity.c.user_id == user_id)).rowcount


def _count(uow: UnitOfWork, table: Table, user_id: str) -> int:
    statement = select(func.count()).select_from(table).where(table.c.user_id == user_id)
    count: int = uow.execute(statement).scalar_one()
    return count
