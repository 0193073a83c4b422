"""Keyset pages: an opaque cursor that names the last row seen, stable under inserts."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from resonance.core.errors import Invalid

T = TypeVar("T")
Key = str | int | float | None


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
    except (ValueError, binascii.Error) as fault:
        raise Invalid("That page no longer exists.", field="cursor") from fault
    if not isinstance(keys, list) or len(keys) != count:
        raise Invalid("That page no longer exists.", field="cursor")
    if not all(key is None or isinstance(key, str | int | float) for key in keys):
        raise Invalid("That page no longer exists.", field="cursor")
    return keys
