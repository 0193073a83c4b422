"""Invitations: a code, used once, that decides the role of the account it makes."""

from __future__ import annotations

from collections.abc import Callable

from resonance.accounts import credential_store
from resonance.accounts.records import Invitation
from resonance.accounts.tokens import digest
from resonance.core.errors import Forbidden, Invalid, NotFound
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")
DAY_MS = 24 * 3600 * 1000
LONGEST_DAYS = 90


class Invitations:
    """For admins."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock

    def create(self, uow: UnitOfWork, caller: Caller, role: Role, days: int) -> tuple[Invitation, str]:
        """A new invitation and its code, which is shown only now."""
        caller.must_be_admin()
        if not 1 <= days <= LONGEST_DAYS:
            raise Invalid(f"An invitation is valid for 1 to {LONGEST_DAYS} days.", field="days")
        now, code = self._clock(), new_id()
        made = Invitation(new_id(), role, now, now + days * DAY_MS)
        credential_store.insert_invitation(uow, made, digest(code), caller.user_id)
        audit.info("invitation.created", by=caller.user_id, role=role.value)
        return made, code

    def open_ones(self, uow: UnitOfWork, caller: Caller) -> list[Invitation]:
        """Those that can still be used."""
        caller.must_be_admin()
        return credential_store.usable_invitations(uow, self._clock())

    def withdraw(self, uow: UnitOfWork, caller: Caller, invitation_id: str) -> None:
        """Make an invitation useless; NotFound when there is none."""
        caller.must_be_admin()
        if not credential_store.delete_invitation(uow, invitation_id):
            raise NotFound("There is no such invitation.")


def role_of(uow: UnitOfWork, code: str, now: int) -> Role:
    """The role that a usable code gives; Forbidden `invitation_invalid`."""
    role = credential_store.invited_role(uow, digest(code.strip()), now)
    if role is None:
        raise _invalid()
    return role


def use(uow: UnitOfWork, code: str, user_id: str, now: int) -> None:
    """Use a code up; Forbidden when somebody was faster."""
    if not credential_store.use_invitation(uow, digest(code.strip()), user_id, now):
        raise _invalid()


def _invalid() -> Forbidden:
    return Forbidden("This invitation is not valid any more. Ask for a new one.", code="invitation_invalid")
