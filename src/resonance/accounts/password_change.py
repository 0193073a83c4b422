"""Changing a login password, one's own or somebody's as admin."""

from __future__ import annotations

from collections.abc import Callable

from resonance.accounts import store
from resonance.accounts.passwords import Passwords
from resonance.accounts.sessions import Sessions
from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.model.caller import Caller

audit = logger("resonance.audit")


class PasswordChange:
    """No transaction is open while argon2 works."""

    def __init__(
        self, db: Database, passwords: Passwords, sessions: Sessions, clock: Callable[[], int]
    ) -> None:
        self._db, self._passwords, self._sessions, self._clock = db, passwords, sessions, clock

    def own(self, caller: Caller, current: str, new: str) -> None:
        """Replace the caller's password and end their other sessions.

        Invalid with field "current" when that is wrong. An account without password (OIDC) needs none.
        """
        caller.must_write()
        with self._db.read(caller.user_id) as uow:
            stored = store.password_hash(uow, caller.user_id)
        if stored is not None and not self._passwords.verify(current, stored):
            audit.warning("login.change_refused", user_id=caller.user_id)
            raise Invalid("Your present password is different.", field="current", code="wrong_password")
        fresh = self._passwords.hash(new, field="new")
        with self._db.write(caller.user_id) as uow:
            if store.password_hash(uow, caller.user_id) != stored:
                raise Conflict("Your password was changed meanwhile.")
            store.update_user(uow, caller.user_id, password_hash=fresh, password_changed_at=self._clock())
            self._sessions.revoke_all(uow, caller.user_id, "password_changed", keep=caller.session_id)
        audit.info("login.changed", user_id=caller.user_id)

    def reset(self, caller: Caller, user_id: str, new: str) -> None:
        """Set anybody's password, for admins; ends that user's sessions except the one that asks."""
        caller.must_be_admin()
        fresh = self._passwords.hash(new)
        with self._db.write(caller.user_id) as uow:
            if store.user_by_id(uow, user_id) is None:
                raise NotFound("There is no such user.")
            store.update_user(uow, user_id, password_hash=fresh, password_changed_at=self._clock())
            self._sessions.revoke_all(uow, user_id, "password_reset", keep=caller.session_id)
        audit.info("login.reset", user_id=user_id, by=caller.user_id)
