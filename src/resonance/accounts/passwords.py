"""Login passwords: argon2id, a few at a time.

One hash takes about 64 MiB and 0.15 s. Without a bound, forty sign-ins at once would hold 2.5 GiB.
"""

from __future__ import annotations

import base64
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from pwdlib.hashers.argon2 import Argon2Hasher

from resonance.core.errors import Invalid, TooMany

SHORTEST, LONGEST = 8, 1024
TIME_COST, MEMORY_KIB, LANES = 3, 65_536, 4
AT_ONCE = 2
PATIENCE_S = 15.0


class Passwords:
    """Blocking: call it from a worker thread, and outside of transactions."""

    def __init__(
        self, *, time_cost: int = TIME_COST, memory_kib: int = MEMORY_KIB, lanes: int = LANES
    ) -> None:
        self._argon2 = Argon2Hasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=lanes)
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        # Never matches, costs as much as a real one: an unknown name takes as long as a wrong password.
        salt, digest = (base64.b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, 32))
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={time_cost},p={lanes}${salt}${digest}"

    def hash(self, password: str, *, field: str = "password") -> str:
        """The hash to store. Invalid unless 8 to 1024 characters."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise Invalid(f"A password has {SHORTEST} to {LONGEST} characters.", field=field)
        raw = _bytes(password)
        if raw is None:
            raise Invalid("The password has characters that cannot be stored.", field=field)
        with self._slot():
            return self._argon2.hash(raw)

    def verify(self, password: str, stored: str | None) -> bool:
        """Whether `password` is the one behind `stored`; None stands for nobody and takes as long."""
        raw = _bytes(password) if len(password) <= LONGEST else None
        with self._slot():
            right = self._argon2.verify(raw if raw is not None else b"", stored or self._nobody)
        return right and raw is not None and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether `stored` was made with weaker parameters than today's."""
        return self._argon2.check_needs_rehash(stored)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=PATIENCE_S):
            raise TooMany("Too many people are signing in right now. Try again in a moment.", retry_after=5)
        try:
            yield
        finally:
            self._slots.release()


def _bytes(password: str) -> bytes | None:
    # Keyboards differ in how they compose an umlaut; the person typed the same password.
    try:
        return unicodedata.normalize("NFC", password).encode()
    except UnicodeEncodeError:
        return None
