"""Keyset pages: an opaque cursor that names the last row seen, stable under inserts."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from math import isfinite
from typing import Generic, TypeVar

from resonance.core.errors import Invalid

T = TypeVar("T")
Key = str | int | float | None
_WHOLE = 2**63  # beyond, a number is none of a column's


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`items` in order; `next` continues after the last one, None at the end."""

    items: list[T]
    next: str | None = None


def encode_cursor(*keys: Key) -> str:
    """Pack the sort keys of the last row."""
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, count: int) -> list[Key]:
    """Unpack `count` sort keys; Invalid when the text is not a cursor of ours."""
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as fault:
        raise Invalid("That page no longer exists.", field="cursor") from fault
    if not isinstance(keys, list) or len(keys) != count:
        raise Invalid("That page no longer exists.", field="cursor")
    if not all(key is None or isinstance(key, str | int | float) for key in keys):
        raise Invalid("That page no longer exists.", field="cursor")
    return keys


def decode_keys(cursor: str, *kinds: type) -> list[Key]:
    """Unpack sort keys of these kinds (str, int or float); Invalid also when they are of others."""
    keys = decode_cursor(cursor, len(kinds))
    if not all(fits(kind, key) for kind, key in zip(kinds, keys, strict=True)):
        raise Invalid("That page no longer exists.", field="cursor")
    return keys


def fits(kind: type, value: Key) -> bool:
    """Whether a column of this kind can be compared with the value; a forged cursor reaches no database."""
    if kind is str:
        # Neither NUL (PostgreSQL) nor halves of surrogate pairs (both) can be bound as text.
        return isinstance(value, str) and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return -_WHOLE <= value < _WHOLE
    return kind is float and isinstance(value, float) and isfinite(value)
