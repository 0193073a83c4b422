"""Who sends a Subsonic request: it carries its credentials each time, so this must be cheap.

An app password is checked first and always, because nobody can guess one. Only what then remains, the slow
login password, is limited: a forgotten app that keeps knocking must not lock the household's others out.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from resonance.accounts import app_passwords, credential_store, errors, names, store
from resonance.accounts.api_keys import ApiKeys
from resonance.accounts.last_seen import LastSeen
from resonance.accounts.passwords import Passwords
from resonance.accounts.rate_limits import RateLimits
from resonance.accounts.secrets import Keys
from resonance.accounts.vault import Vault
from resonance.core.errors import Unauthorized
from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")
REMEMBER_MS = 60_000
REMEMBER_MOST = 1024


@dataclass(frozen=True, slots=True)
class Credentials:
    """The authentication parameters of a request as they came; None or "" is absent."""

    name: str | None = None  # u
    password: str | None = None  # p, plain or enc:hex
    token: str | None = None  # t
    salt: str | None = None  # s
    api_key: str | None = None  # apiKey


class SubsonicSignIn:
    """Never looks at cookies."""

    def __init__(
        self,
        db: Database,
        keys: Keys,
        vault: Vault,
        passwords: Passwords,
        api_keys: ApiKeys,
        seen: LastSeen,
        limits: RateLimits,
        clock: Callable[[], int],
    ) -> None:
        self._db, self._vault, self._passwords, self._api_keys = db, vault, passwords, api_keys
        self._seen, self._limits = seen, limits
        self._verified = _Verified(keys.derive("verified-logins"), clock)

    def caller(self, given: Credentials, *, client: str, address: str) -> Caller:
        """The caller; Unauthorized, Invalid or TooMany. `code` of the error says which Subsonic number:

        wrong_credentials and account_disabled 40, token_unsupported 41, conflicting_auth 43, bad_api_key 44,
        missing_parameter 10. `client` is the c parameter, `address` the caller's.
        """
        client = names.plain(client, 60) or "subsonic"
        if given.api_key:
            if given.name or given.password or given.token or given.salt:
                raise errors.conflicting_auth()
            return self._by_key(given.api_key, client, address)
        if not given.name:
            raise errors.missing_parameter("u")
        if given.password and given.token:
            raise errors.conflicting_auth()
        if not given.password and not given.token:
            raise errors.missing_parameter("p")
        if given.token and not given.salt:
            raise errors.missing_parameter("s")
        folded = names.folded(given.name[:1024])
        with self._db.read() as uow:
            rows = credential_store.with_app_passwords(uow, folded)
            row = rows[0] if rows else None
            libraries = None
            if row is not None:
                sight = {"all_libraries": row.all_libraries, "servers": row.servers}
                libraries = store.seen_libraries(uow, row.id, row.role, **sight)
        if not self._proved(given, rows, client):
            self._slow(given, rows, address, folded)
        assert row is not None
        if row.disabled_at is not None:
            raise errors.account_disabled()
        return Caller(row.id, row.name, Role(row.role), libraries, None, client)

    def _proved(self, given: Credentials, rows: Sequence[Row[Any]], client: str) -> bool:
        """Whether one of the user's app passwords is behind the credentials."""
        password = None if given.password is None else _decoded(given.password)
        for row in rows:
            if row.app_password_id is None:
                continue
            secret = self._vault.open(row.secret_encrypted, app_passwords.context(row.app_password_id))
            if secret is None:
                continue  # sealed under an earlier JWT_SECRET
            if given.token:
                # md5 is what the protocol says
                wanted = hashlib.md5(_raw(secret + (given.salt or "")), usedforsecurity=False).hexdigest()
                right = hmac.compare_digest(wanted.encode(), _raw(given.token.lower()))
            else:
                right = hmac.compare_digest(_raw(secret), _raw(password or ""))
            if right:
                self._seen.note("app_password", row.app_password_id, row.last_used_at, client)
                return True
        return False

    def _slow(self, given: Credentials, rows: Sequence[Row[Any]], address: str, folded: str) -> None:
        """Unauthorized unless the credentials are the login password."""
        row = rows[0] if rows else None
        stored: str | None = row.password_hash if row is not None else None
        password = _decoded(given.password) if given.password else None
        if (
            row is not None
            and stored
            and password is not None
            and self._verified.has(row.id, stored, password)
        ):
            return
        with self._limits.failures("subsonic_name", "subsonic_address", address, folded):
            if password is None:
                if row is not None and row.app_password_id is None:
                    raise errors.token_unsupported()
            elif self._passwords.verify(password, stored) and row is not None and stored is not None:
                self._verified.add(row.id, stored, password)
                return
            audit.warning(
                "subsonic.failed", name=names.plain(given.name or "", names.LONGEST), client_ip=address
            )
            raise errors.wrong_credentials()

    def _by_key(self, key: str, client: str, address: str) -> Caller:
        self._limits.check("api_key_address", address)
        try:
            return self._api_keys.caller(key, client=client)
        except Unauthorized:
            self._limits.count("api_key_address", address)
            raise


class _Verified:
    """Login passwords that argon2 has just accepted, as keyed digests. A changed hash is another entry."""

    def __init__(self, key: bytes, clock: Callable[[], int]) -> None:
        self._key, self._clock = key, clock
        self._until: dict[bytes, int] = {}
        self._lock = threading.Lock()

    def has(self, user_id: str, stored: str, password: str) -> bool:
        return self._until.get(self._digest(user_id, stored, password), 0) > self._clock()

    def add(self, user_id: str, stored: str, password: str) -> None:
        digest, now = self._digest(user_id, stored, password), self._clock()
        with self._lock:
            if len(self._until) >= REMEMBER_MOST:
                self._until = {key: until for key, until in self._until.items() if until > now}
            if len(self._until) < REMEMBER_MOST:
                self._until[digest] = now + REMEMBER_MS

    def _digest(self, user_id: str, stored: str, password: str) -> bytes:
        return hmac.digest(self._key, _raw("\0".join((user_id, stored, password))), "sha256")


def _decoded(password: str) -> str:
    if not password.startswith("enc:"):
        return password
    try:
        return bytes.fromhex(password[4:]).decode()
    except ValueError:
        return password


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
