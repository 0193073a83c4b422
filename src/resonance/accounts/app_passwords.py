"""Passwords made for one Subsonic app each.

Subsonic proves a password by md5(password + salt), so the server needs it back in clear: it is generated
(never one that a person uses elsewhere), encrypted at rest, and removed alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy import delete, func, insert, select

from resonance.accounts import names
from resonance.accounts.records import AppPassword
from resonance.accounts.vault import Vault
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import app_password
from resonance.model.caller import Caller

audit = logger("resonance.audit")
MOST = 50
LENGTH = 20  # of 31 letters: 99 bits
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class AppPasswords:
    """The caller's own; signing in with them is in subsonic.py."""

    def __init__(self, vault: Vault, clock: Callable[[], int]) -> None:
        self._vault, self._clock = vault, clock

    def create(self, uow: UnitOfWork, caller: Caller, label: str) -> tuple[AppPassword, str]:
        """A new app password, which is shown only now."""
        caller.must_write()
        shown = names.label(label)
        mine = select(func.count()).select_from(app_password).where(app_password.c.user_id == caller.user_id)
        if uow.execute(mine).scalar_one() >= MOST:
            raise Conflict(f"You have {MOST} app passwords already. Remove one first.", code="too_many")
        secret = "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
        made = AppPassword(new_id(), shown, self._clock(), None, None)
        row = {
            "id": made.id,
            "user_id": caller.user_id,
            "label": shown,
            "secret_encrypted": self._vault.seal(secret, context(made.id)),
            "created_at": made.created_at,
        }
        uow.execute(insert(app_password).values(**row))
        audit.info("credential.created", kind="app", user_id=caller.user_id, id=made.id)
        return made, secret

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[AppPassword]:
        """The caller's app passwords, newest first."""
        columns = (
            app_password.c.id,
            app_password.c.label,
            app_password.c.created_at,
            app_password.c.last_used_at,
            app_password.c.last_client,
        )
        statement = select(*columns).where(app_password.c.user_id == caller.user_id)
        rows = uow.execute(statement.order_by(app_password.c.created_at.desc(), app_password.c.id))
        return [AppPassword(**row._mapping) for row in rows]

    def revoke(self, uow: UnitOfWork, caller: Caller, app_password_id: str) -> None:
        """Remove one of the caller's; NotFound for anybody else's."""
        caller.must_write()
        own = (app_password.c.id == app_password_id) & (app_password.c.user_id == caller.user_id)
        if uow.execute(delete(app_password).where(own)).rowcount == 0:
            raise NotFound("There is no such app password.")
        audit.info("credential.revoked", kind="app", user_id=caller.user_id, id=app_password_id)


def context(app_password_id: str) -> str:
    """What the encrypted text is bound to."""
    return f"app_password:{app_password_id}"
