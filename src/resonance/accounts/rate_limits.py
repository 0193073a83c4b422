"""How often something may be tried. Counted in this process, or in Redis for several processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from resonance.core.errors import TooMany, Unauthorized
from resonance.core.logs import logger

log = logger(__name__)
MINUTE, HOUR = 60, 3600
# What is tried: how often, in how many seconds.
RULES: dict[str, tuple[int, int]] = {
    "sign_in_name": (10, 5 * MINUTE),  # failures of one address with one name
    "sign_in_address": (50, 5 * MINUTE),  # failures of one address with any name
    "setup": (10, 5 * MINUTE),
    "sign_up": (20, HOUR),
    "refresh": (120, MINUTE),
    "subsonic_name": (20, MINUTE),  # failures; a right app password is never held back
    "subsonic_address": (100, MINUTE),
    "api_key_address": (60, MINUTE),
    "oidc": (30, 5 * MINUTE),
    "share_open": (60, MINUTE),
    "share_password": (10, 5 * MINUTE),  # tries of one address at one link
    "share_bytes": (900, MINUTE),  # pictures and ranges of one address
}


class RateLimits:
    """Moving windows by rule and by who tries."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._shared = self._here
        if redis_url is not None:
            # A Redis that hangs must not hold sign-ins for ever.
            patience: dict[str, Any] = {"socket_connect_timeout": 1.0, "socket_timeout": 1.0}
            storage = storage_from_string(redis_url, wrap_exceptions=True, **patience)
            self._shared = MovingWindowRateLimiter(storage)
        self._items: dict[str, RateLimitItem] = {
            rule: RateLimitItemPerSecond(times, seconds, namespace="resonance")
            for rule, (times, seconds) in RULES.items()
        }

    def hit(self, rule: str, *who: str) -> None:
        """Count one try; TooMany when the rule is used up."""
        item = self._items[rule]
        try:
            allowed = self._shared.hit(item, rule, *who)
        except StorageError:
            log.warning("rate_limits.redis_unavailable", exc_info=True)
            allowed = self._here.hit(item, rule, *who)
        if not allowed:
            raise self._too_many(rule, who)

    def check(self, rule: str, *who: str) -> None:
        """TooMany when the rule is used up; counts nothing."""
        item = self._items[rule]
        try:
            allowed = self._shared.test(item, rule, *who)
        except StorageError:
            allowed = self._here.test(item, rule, *who)
        if not allowed:
            raise self._too_many(rule, who)

    def forget(self, rule: str, *who: str) -> None:
        """Start again from nothing."""
        try:
            self._shared.clear(self._items[rule], rule, *who)
        except StorageError:
            self._here.clear(self._items[rule], rule, *who)

    @contextmanager
    def failures(self, by_name: str, by_address: str, address: str, name: str) -> Iterator[None]:
        """Let a sign-in be tried, and count it only when it fails with Unauthorized.

        The try is counted for the name before it runs, so many at once are not let through together.
        """
        self.check(by_address, address)
        self.hit(by_name, address, name)
        try:
            yield
        except Unauthorized:
            # Already over is no other answer to this try: the next one is refused.
            self.count(by_address, address)
            raise
        self.forget(by_name, address, name)

    def count(self, rule: str, *who: str) -> None:
        """Count one try that has been answered already."""
        try:
            self.hit(rule, *who)
        except TooMany:
            return

    def _too_many(self, rule: str, who: tuple[str, ...]) -> TooMany:
        item = self._items[rule]
        try:
            reset = self._shared.get_window_stats(item, rule, *who).reset_time
        except StorageError:
            reset = time.time() + item.get_expiry()
        wait = max(1, min(item.get_expiry(), round(reset - time.time()) + 1))
        log.warning("rate_limited", rule=rule, client_ip=who[0] if who else None)
        return TooMany(f"Too many attempts. Try again in {_spoken(wait)}.", retry_after=wait)


def _spoken(seconds: int) -> str:
    if seconds < 2 * MINUTE:
        return f"{seconds} seconds"
    return f"{-(-seconds // MINUTE)} minutes"
