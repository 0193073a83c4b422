"""Invitations: a code, used once, that decides the role of the account it makes."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, insert, select, update

from resonance.accounts.records import Invitation
from resonance.accounts.tokens import digest
from resonance.core.errors import Forbidden, Invalid, NotFound
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import invitation
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
        row = {
            "id": made.id,
            "code_hash": digest(code),
            "role": role.value,
            "created_by": caller.user_id,
            "created_at": made.created_at,
            "expires_at": made.expires_at,
        }
        uow.execute(insert(invitation).values(**row))
        audit.info("invitation.created", by=caller.user_id, role=role.value)
        return made, code

    def open_ones(self, uow: UnitOfWork, caller: Caller) -> list[Invitation]:
        """Those that can still be used."""
        caller.must_be_admin()
        usable = invitation.c.used_at.is_(None) & (invitation.c.expires_at > self._clock())
        statement = (
            select(invitation.c.id, invitation.c.role, invitation.c.created_at, invitation.c.expires_at)
            .where(usable)
            .order_by(invitation.c.created_at.desc(), invitation.c.id)
        )
        return [
            Invitation(row.id, Role(row.role), row.created_at, row.expires_at)
            for row in uow.execute(statement)
        ]

    def withdraw(self, uow: UnitOfWork, caller: Caller, invitation_id: str) -> None:
        """Make an invitation useless; NotFound when there is none."""
        caller.must_be_admin()
        unused = (invitation.c.id == invitation_id) & invitation.c.used_at.is_(None)
        if uow.execute(delete(invitation).where(unused)).rowcount == 0:
            raise NotFound("There is no such invitation.")


def role_of(uow: UnitOfWork, code: str, now: int) -> Role:
    """The role that a usable code gives; Forbidden `invitation_invalid`."""
    usable = invitation.c.used_at.is_(None) & (invitation.c.expires_at > now)
    statement = select(invitation.c.role).where(invitation.c.code_hash == digest(code.strip()), usable)
    role = uow.execute(statement).scalar()
    if role is None:
        raise _invalid()
    return Role(role)


def use(uow: UnitOfWork, code: str, user_id: str, now: int) -> None:
    """Use a code up; Forbidden when somebody was faster."""
    mine = (invitation.c.code_hash == digest(code.strip())) & invitation.c.used_at.is_(None)
    if uow.execute(update(invitation).where(mine).values(used_at=now, used_by=user_id)).rowcount != 1:
        raise _invalid()


def _invalid() -> Forbidden:
    return Forbidden("This invitation is not valid any more. Ask for a new one.", code="invitation_invalid")
