"""Ids: 128 random bits as 22 base62 characters, without dashes.

Subsonic clients put ids into D-Bus paths and URLs, so only [0-9A-Za-z] is safe everywhere.
"""

from __future__ import annotations

import hashlib
import re
import secrets

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LENGTH = 22
_PAIRS = tuple(first + second for first in ALPHABET for second in ALPHABET)
_PATTERN = re.compile(r"[0-9A-Za-z]{22}")


def new_id() -> str:
    """A fresh random id."""
    return _encode(secrets.randbits(128))


def hashed_id(*parts: str) -> str:
    """The id that always belongs to these words, in this order."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return _encode(int.from_bytes(digest[:16], "big"))


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id."""
    return _PATTERN.fullmatch(text) is not None


def _encode(number: int) -> str:
    # Two digits at a time: a first scan makes tens of thousands of ids.
    pairs: list[str] = []
    for _ in range(LENGTH // 2):
        number, rest = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[rest])
    return "".join(reversed(pairs))
