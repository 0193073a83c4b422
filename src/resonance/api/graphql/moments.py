"""Times as people send them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import overload


@overload
def as_ms(moment: datetime) -> int: ...
@overload
def as_ms(moment: None) -> None: ...
@overload
def as_ms(moment: datetime | None) -> int | None: ...
def as_ms(moment: datetime | None) -> int | None:
    """Milliseconds since 1970; a time without a zone is UTC."""
    if moment is None:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
