"""Proving who one is with a password, and joining with or without an invitation."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from resonance.accounts import errors, invitations, names, store
from resonance.accounts.passwords import Passwords
from resonance.accounts.records import Device, Grant, User
from resonance.accounts.sessions import Sessions
from resonance.accounts.users import add
from resonance.core.errors import Forbidden
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")


class SignUp(StrEnum):
    """Who may make an account."""

    CLOSED = "closed"
    INVITATION = "invitation"
    OPEN = "open"


class SignIn:
    """No transaction is open while argon2 works."""

    def __init__(
        self, db: Database, passwords: Passwords, sessions: Sessions, clock: Callable[[], int]
    ) -> None:
        self._db, self._passwords, self._sessions, self._clock = db, passwords, sessions, clock

    def with_password(self, name: str, password: str, device: Device) -> Grant:
        """A session for the right name and password; Unauthorized `wrong_credentials`, `account_disabled`."""
        folded = names.folded(name[:1024])
        with self._db.read() as uow:
            row = store.login(uow, folded)
        stored: str | None = row.password_hash if row else None
        if not self._passwords.verify(password, stored) or row is None:
            audit.warning("sign_in.failed", name=names.plain(name, names.LONGEST), known=row is not None)
            raise errors.wrong_credentials()
        fresh = self._passwords.hash(password) if stored and self._passwords.outdated(stored) else None
        with self._db.write() as uow:
            who = store.user_by_id(uow, row.id)
            if who is None or store.password_hash(uow, row.id) != stored:
                raise errors.wrong_credentials()  # changed while we were verifying
            if who.disabled_at is not None:
                audit.warning("sign_in.disabled", user_id=who.id)
                raise errors.account_disabled()
            if fresh is not None:
                store.update_user(uow, who.id, password_hash=fresh)
            grant = self._sessions.open(uow, who, device)
        audit.info("sign_in.done", user_id=who.id, session_id=grant.session_id, client=device.client)
        return grant

    def policy(self, uow: UnitOfWork) -> SignUp:
        """Who may make an account; closed until an admin says otherwise."""
        value = store.setting(uow, "sign_up")
        return SignUp(value) if value in list(SignUp) else SignUp.CLOSED

    def set_policy(self, uow: UnitOfWork, caller: Caller, policy: SignUp) -> None:
        """For admins."""
        caller.must_be_admin()
        store.set_setting(uow, "sign_up", policy.value)
        audit.info("sign_up.policy", by=caller.user_id, policy=policy.value)

    def sign_up(self, name: str, password: str, device: Device, *, invitation: str | None) -> Grant:
        """A new account and its session.

        Forbidden `sign_up_closed` or `invitation_invalid`; Conflict `name_taken`.
        """
        with self._db.read() as uow:
            self._role_for(uow, invitation)
        shown, folded = names.user_name(name)
        password_hash = self._passwords.hash(password)
        with self._db.write() as uow:
            role = self._role_for(uow, invitation)
            who: User = add(uow, shown, folded, role, password_hash, self._clock())
            if invitation:
                invitations.use(uow, invitation, who.id, self._clock())
            return self._sessions.open(uow, who, device)

    def _role_for(self, uow: UnitOfWork, invitation: str | None) -> Role:
        policy = self.policy(uow)
        # Before setup nobody could have opened it, and the first account must be an admin.
        if policy is SignUp.CLOSED or store.user_count(uow) == 0:
            raise Forbidden("This server takes no new accounts. Ask its admin.", code="sign_up_closed")
        if invitation:
            return invitations.role_of(uow, invitation, self._clock())
        if policy is SignUp.INVITATION:
            raise Forbidden("You need an invitation to join this server.", code="invitation_required")
        return Role.USER
