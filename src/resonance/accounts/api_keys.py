"""API keys: long-lived credentials for programs, shown once, stored as a hash."""

from __future__ import annotations

from collections.abc import Callable

from resonance.accounts import credential_store, errors, names, store
from resonance.accounts.last_seen import LastSeen
from resonance.accounts.records import ApiKey
from resonance.accounts.tokens import digest
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")
PREFIX = "rsk_"
MOST = 50


class ApiKeys:
    """A key acts as its owner, everywhere."""

    def __init__(self, db: Database, seen: LastSeen, clock: Callable[[], int]) -> None:
        self._db, self._seen, self._clock = db, seen, clock

    def create(self, uow: UnitOfWork, caller: Caller, label: str) -> tuple[ApiKey, str]:
        """A new key, which is shown only now."""
        caller.must_write()
        shown = names.label(label)
        if credential_store.count_api_keys(uow, caller.user_id) >= MOST:
            raise Conflict(f"You have {MOST} API keys already. Remove one first.", code="too_many")
        key = PREFIX + new_id()
        made = ApiKey(new_id(), shown, key[-4:], self._clock(), None)
        credential_store.insert_api_key(uow, caller.user_id, made, digest(key))
        audit.info("credential.created", kind="key", user_id=caller.user_id, id=made.id)
        return made, key

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[ApiKey]:
        """The caller's keys, newest first."""
        return credential_store.api_keys(uow, caller.user_id)

    def revoke(self, uow: UnitOfWork, caller: Caller, key_id: str) -> None:
        """Remove one of the caller's keys; NotFound for anybody else's."""
        caller.must_write()
        if not credential_store.delete_api_key(uow, caller.user_id, key_id):
            raise NotFound("There is no such API key.")
        audit.info("credential.revoked", kind="key", user_id=caller.user_id, id=key_id)

    def caller(self, key: str, *, client: str) -> Caller:
        """Who owns this key; Unauthorized `bad_api_key` or `account_disabled`. One indexed read."""
        with self._db.read() as uow:
            row = credential_store.key_owner(uow, digest(key))
            if row is None:
                raise errors.bad_api_key()
            if row.disabled_at is not None:
                raise errors.account_disabled()
            sight = {"all_libraries": row.all_libraries, "servers": row.servers}
            libraries = store.seen_libraries(uow, row.id, row.role, **sight)
        self._seen.note("api_key", row.key_id, row.last_used_at)
        return Caller(row.id, row.name, Role(row.role), libraries, None, client or "api")
