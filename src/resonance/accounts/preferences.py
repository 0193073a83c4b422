"""What the web player remembers for a person: one JSON object, merged key by key, bounded."""

from __future__ import annotations

import json
from typing import Any

from resonance.core.errors import Invalid

LARGEST_BYTES = 64 * 1024
DEEPEST = 12


def merged(present: dict[str, Any], changes: dict[str, Any]) -> str:
    """`changes` merged into `present` as RFC 7396 does (null removes), as JSON text to store."""
    try:
        text = json.dumps(_merge(present, changes, 0), separators=(",", ":"), allow_nan=False)
    except ValueError as fault:
        raise Invalid("Preferences must be plain JSON.", field="preferences") from fault
    if len(text) > LARGEST_BYTES:
        raise Invalid("These preferences are too large.", field="preferences")
    return text


def _merge(present: Any, changes: dict[str, Any], depth: int) -> dict[str, Any]:
    if depth > DEEPEST:
        raise Invalid("These preferences are nested too deeply.", field="preferences")
    result = dict(present) if isinstance(present, dict) else {}
    for name, value in changes.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            result[name] = _merge(result.get(name), value, depth + 1)
        else:
            result[name] = value
    return result
