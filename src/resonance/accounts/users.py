"""Accounts as an admin sees them: make, change, remove; and who may see which library."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from resonance.accounts import errors, names, store
from resonance.accounts.preferences import merged
from resonance.accounts.records import User
from resonance.accounts.sessions import Sessions
from resonance.core.errors import Invalid, NotFound
from resonance.core.ids import is_id, new_id
from resonance.core.logs import logger
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")


class Unchanged:
    """Stands for a value that was not given, where None has a meaning."""


UNCHANGED = Unchanged()


def add(
    uow: UnitOfWork,
    name: str,
    name_folded: str,
    role: Role,
    password_hash: str | None,
    now: int,
    *,
    libraries: Collection[str] | None = None,
) -> User:
    """Insert an account; Conflict `name_taken`. Checks no permission: sign-up and setup use it too."""
    store.lock_users(uow)
    if store.name_exists(uow, name_folded):
        raise errors.name_taken()
    user_id = new_id()
    store.insert_user(
        uow,
        id=user_id,
        name=name,
        name_folded=name_folded,
        role=role.value,
        password_hash=password_hash,
        created_at=now,
        password_changed_at=now if password_hash else None,
    )
    if libraries is not None:
        _give(uow, user_id, libraries)
    made = store.user_by_id(uow, user_id)
    assert made is not None
    audit.info("user.created", user_id=user_id, name=name, role=role.value)
    return made


class Users:
    """What admins do to accounts, and what everybody may ask about their own."""

    def __init__(self, sessions: Sessions, clock: Callable[[], int]) -> None:
        self._sessions, self._clock = sessions, clock

    def me(self, uow: UnitOfWork, caller: Caller) -> User:
        """The caller's own account."""
        return _existing(uow, caller.user_id)

    def everyone(self, uow: UnitOfWork, caller: Caller) -> list[User]:
        """All accounts, for admins."""
        caller.must_be_admin()
        return store.users(uow)

    def named(self, uow: UnitOfWork, caller: Caller, name: str) -> User:
        """The account of this name, for admins; NotFound."""
        caller.must_be_admin()
        row = store.login(uow, names.folded(name))
        if row is None:
            raise NotFound(f"There is no user {name}.")
        return _existing(uow, row.id)

    def create(
        self,
        uow: UnitOfWork,
        caller: Caller,
        name: str,
        password_hash: str,
        role: Role,
        libraries: Collection[str] | None = None,
    ) -> User:
        """A new account, for admins. The hash comes from `Passwords.hash`, made outside the transaction."""
        caller.must_be_admin()
        shown, folded = names.user_name(name)
        return add(uow, shown, folded, role, password_hash, self._clock(), libraries=libraries)

    def change(
        self,
        uow: UnitOfWork,
        caller: Caller,
        user_id: str,
        *,
        role: Role | None = None,
        disabled: bool | None = None,
        libraries: Collection[str] | Unchanged | None = UNCHANGED,
    ) -> User:
        """Change role, access or whether the account may sign in. Conflict `last_admin`."""
        caller.must_be_admin()
        store.lock_users(uow)
        before = _existing(uow, user_id)
        if (role not in (None, Role.ADMIN) or disabled) and before.role is Role.ADMIN:
            _keep_an_admin(uow, user_id)
        if role is not None:
            store.update_user(uow, user_id, role=role.value)
        if disabled is not None and disabled != (before.disabled_at is not None):
            store.update_user(uow, user_id, disabled_at=self._clock() if disabled else None)
        if disabled:
            self._sessions.revoke_all(uow, user_id, "disabled")
        if not isinstance(libraries, Unchanged):
            _give(uow, user_id, libraries)
        audit.info("user.changed", user_id=user_id, by=caller.user_id, role=role, disabled=disabled)
        return _existing(uow, user_id)

    def remove(self, uow: UnitOfWork, caller: Caller, user_id: str) -> None:
        """Delete an account with everything personal. Conflict `last_admin`."""
        caller.must_be_admin()
        store.lock_users(uow)
        if _existing(uow, user_id).role is Role.ADMIN:
            _keep_an_admin(uow, user_id)
        self._sessions.revoke_all(uow, user_id, "removed")
        store.delete_user(uow, user_id)
        audit.info("user.removed", user_id=user_id, by=caller.user_id)

    def set_preferences(self, uow: UnitOfWork, caller: Caller, changes: dict[str, Any]) -> User:
        """Merge `changes` into the caller's preferences (null removes). Invalid when they grow too large."""
        caller.must_write()
        text = merged(store.preferences(uow, caller.user_id), changes)
        store.update_user(uow, caller.user_id, preferences=text)
        return self.me(uow, caller)


def _give(uow: UnitOfWork, user_id: str, libraries: Collection[str] | None) -> None:
    if libraries is not None:
        well_formed = all(is_id(library_id) for library_id in libraries)
        if not well_formed or store.unknown_libraries(uow, libraries):
            raise Invalid("There is no such library.", field="libraries")
    store.set_libraries(uow, user_id, libraries)


def _existing(uow: UnitOfWork, user_id: str) -> User:
    found = store.user_by_id(uow, user_id)
    if found is None:
        raise NotFound("There is no such user.")
    return found


def _keep_an_admin(uow: UnitOfWork, user_id: str) -> None:
    if store.other_admins(uow, user_id) == 0:
        raise errors.last_admin()
