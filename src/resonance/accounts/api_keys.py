"""API keys: long-lived credentials for programs, shown once, stored as a hash."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, func, insert, select

from resonance.accounts import errors, names, store
from resonance.accounts.last_seen import LastSeen
from resonance.accounts.records import ApiKey
from resonance.accounts.tokens import digest
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.accounts import api_key, user
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")
PREFIX = "rsk_"
MOST = 50

_CALLER = (
    select(
        user.c.id,
        user.c.name,
        user.c.role,
        user.c.all_libraries,
        user.c.disabled_at,
        api_key.c.id.label("key_id"),
        api_key.c.last_used_at,
    )
    .select_from(api_key)
    .join(user, user.c.id == api_key.c.user_id)
)


class ApiKeys:
    """A key acts as its owner, everywhere."""

    def __init__(self, db: Database, seen: LastSeen, clock: Callable[[], int]) -> None:
        self._db, self._seen, self._clock = db, seen, clock

    def create(self, uow: UnitOfWork, caller: Caller, label: str) -> tuple[ApiKey, str]:
        """A new key, which is shown only now."""
        caller.must_write()
        shown = names.label(label)
        mine = select(func.count()).select_from(api_key).where(api_key.c.user_id == caller.user_id)
        if uow.execute(mine).scalar_one() >= MOST:
            raise Conflict(f"You have {MOST} API keys already. Remove one first.", code="too_many")
        key = PREFIX + new_id()
        made = ApiKey(new_id(), shown, key[-4:], self._clock(), None)
        row = {
            "id": made.id,
            "user_id": caller.user_id,
            "label": shown,
            "key_hash": digest(key),
            "key_hint": made.hint,
            "created_at": made.created_at,
        }
        uow.execute(insert(api_key).values(**row))
        audit.info("credential.created", kind="key", user_id=caller.user_id, id=made.id)
        return made, key

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[ApiKey]:
        """The caller's keys, newest first."""
        columns = (
            api_key.c.id,
            api_key.c.label,
            api_key.c.key_hint.label("hint"),
            api_key.c.created_at,
            api_key.c.last_used_at,
        )
        statement = select(*columns).where(api_key.c.user_id == caller.user_id)
        rows = uow.execute(statement.order_by(api_key.c.created_at.desc(), api_key.c.id))
        return [ApiKey(**row._mapping) for row in rows]

    def revoke(self, uow: UnitOfWork, caller: Caller, key_id: str) -> None:
        """Remove one of the caller's keys; NotFound for anybody else's."""
        caller.must_write()
        own = (api_key.c.id == key_id) & (api_key.c.user_id == caller.user_id)
        if uow.execute(delete(api_key).where(own)).rowcount == 0:
            raise NotFound("There is no such API key.")
        audit.info("credential.revoked", kind="key", user_id=caller.user_id, id=key_id)

    def caller(self, key: str, *, client: str) -> Caller:
        """Who owns this key; Unauthorized `bad_api_key` or `account_disabled`. One indexed read."""
        with self._db.read() as uow:
            row = uow.execute(_CALLER.where(api_key.c.key_hash == digest(key))).first()
            if row is None:
                raise errors.bad_api_key()
            if row.disabled_at is not None:
                raise errors.account_disabled()
            libraries = None if row.all_libraries else frozenset(store.libraries_of(uow, row.id))
        self._seen.note("api_key", row.key_id, row.last_used_at)
        return Caller(row.id, row.name, Role(row.role), libraries, None, client or "api")
