"""Passwords made for one Subsonic app each.

Subsonic proves a password by md5(password + salt), so the server needs it back in clear: it is generated
(never one that a person uses elsewhere), encrypted at rest, and removed alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from resonance.accounts import credential_store, names
from resonance.accounts.records import AppPassword
from resonance.accounts.vault import Vault
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller

audit = logger("resonance.audit")
MOST = 50
LENGTH = 20  # of 31 letters: 99 bits
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class AppPasswords:
    """The caller's own; signing in with them is in subsonic.py."""

    def __init__(self, vault: Vault, clock: Callable[[], int]) -> None:
        self._vault, self._clock = vault, clock

    def create(
        self, uow: UnitOfWork, caller: Caller, label: str, *, owner_id: str | None = None
    ) -> tuple[AppPassword, str]:
        """A new app password, which is shown only now; an admin may make one for somebody else."""
        caller.must_write()
        owner = caller.user_id
        if owner_id is not None and owner_id != owner:
            caller.must_be_admin()
            owner = owner_id
        shown = names.label(label)
        if credential_store.count_app_passwords(uow, owner) >= MOST:
            raise Conflict(f"You have {MOST} app passwords already. Remove one first.", code="too_many")
        secret = "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
        made = AppPassword(new_id(), shown, self._clock(), None, None)
        sealed = self._vault.seal(secret, context(made.id))
        credential_store.insert_app_password(uow, owner, made, sealed)
        audit.info("credential.created", kind="app", user_id=owner, id=made.id)
        return made, secret

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[AppPassword]:
        """The caller's app passwords, newest first."""
        return credential_store.app_passwords(uow, caller.user_id)

    def revoke(self, uow: UnitOfWork, caller: Caller, app_password_id: str) -> None:
        """Remove one of the caller's; NotFound for anybody else's."""
        caller.must_write()
        if not credential_store.delete_app_password(uow, caller.user_id, app_password_id):
            raise NotFound("There is no such app password.")
        audit.info("credential.revoked", kind="app", user_id=caller.user_id, id=app_password_id)


def context(app_password_id: str) -> str:
    """What the encrypted text is bound to."""
    return f"app_password:{app_password_id}"
