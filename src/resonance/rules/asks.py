"""What a condition asks of a value that is known, in SQL and in Python.

Negative operators are not asked here: they are NOT.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Double, Text, and_, func, literal

from resonance.core.text import fold
from resonance.db.traits import key_place
from resonance.model import camelot
from resonance.rules.tree import Near

DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1)


def name_key(value: str) -> str:
    """A text as names are compared: folded; of signs alone ("!!!") the signs."""
    return fold(value) or value.strip().casefold()


def ascii_lower(value: str) -> str:
    """Only A-Z made small, as both databases do."""
    return "".join(chr(ord(letter) + 32) if "A" <= letter <= "Z" else letter for letter in value)


def text(column: Any, op: str, wanted: str) -> Any:
    """`wanted` is written as the column is."""
    if op == "is":
        return column == literal(wanted, Text())
    if op == "contains":
        return column.contains(wanted, autoescape=True)
    if op == "starts_with":
        return column.startswith(wanted, autoescape=True)
    if op == "ends_with":
        return column.endswith(wanted, autoescape=True)
    spaced = literal(" ", Text()).concat(column).concat(" ")  # has_words
    return spaced.contains(f" {wanted} ", autoescape=True)


def fits(op: str, value: str, wanted: str) -> bool:
    """`text` on values in Python."""
    if op == "is":
        return value == wanted
    if op == "contains":
        return wanted in value
    if op == "starts_with":
        return value.startswith(wanted)
    if op == "ends_with":
        return value.endswith(wanted)
    return f" {wanted} " in f" {value} "


def number(column: Any, op: str, value: Any, grain: float = 0.0) -> Any:
    """Compare as numbers; `is` reaches half a grain down and up."""
    if op == "between":
        return and_(column >= _number(value[0]), column <= _number(value[1]))
    if op == "is" and grain:
        return and_(column >= _number(value - grain / 2), column < _number(value + grain / 2))
    other = _number(value)
    return {
        "is": lambda: column == other,
        "less": lambda: column < other,
        "greater": lambda: column > other,
        "at_least": lambda: column >= other,
        "at_most": lambda: column <= other,
    }[op]()


def fits_number(op: str, known: float, value: Any, grain: float = 0.0) -> bool:
    """`number` on values in Python."""
    if op == "between":
        return bool(value[0] <= known <= value[1])
    if op == "is":
        return bool(value - grain / 2 <= known < value + grain / 2) if grain else bool(known == value)
    asked = {
        "less": known < value,
        "greater": known > value,
        "at_least": known >= value,
        "at_most": known <= value,
    }
    return bool(asked[op])


def _number(value: float) -> Any:
    # Typed by the value: a database must not round 80.5 to compare it with a whole number.
    return literal(int(value), BigInteger()) if value == int(value) else literal(float(value), Double())


def days(op: str, value: Any) -> tuple[date | None, date | None]:
    """The first day that fits and the first one after it that does not; None has no end. Not for in_last."""
    if op == "between":
        return date.fromisoformat(value[0]), _next(date.fromisoformat(value[1]))
    day = date.fromisoformat(value)
    return {"on": (day, _next(day)), "before": (None, day), "after": (_next(day), None)}[op]


def moment(column: Any, op: str, value: Any, now_ms: int) -> Any:
    """Compare milliseconds since 1970 with days of UTC."""
    if op == "in_last":
        return column >= _ms(now_ms - value * DAY_MS)
    first, after = days(op, value)
    ends = []
    if first is not None:
        ends.append(column >= _ms(_start(first)))
    if after is not None:
        ends.append(column < _ms(_start(after)))
    return and_(*ends)


def day(column: Any, op: str, value: Any, now_ms: int) -> Any:
    """Compare a date as precise as known: a year or month counts as its first day."""
    whole = func.substr(column.concat(func.substr("0000-01-01", func.length(column) + 1)), 1, 10)
    if op == "in_last":
        return whole >= literal(since(now_ms, value), Text())
    first, after = days(op, value)
    ends = []
    if first is not None:
        ends.append(whole >= literal(first.isoformat(), Text()))
    if after is not None:
        ends.append(whole < literal(after.isoformat(), Text()))
    return and_(*ends)


def since(now_ms: int, days_: int) -> str:
    """The day that was so many days ago."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC).date()
    return (today - timedelta(days=min(days_, today.toordinal() - 1))).isoformat()


def places(op: str, value: Any) -> list[int]:
    """The places on the Camelot wheel that a question about keys means."""
    if op == "is":
        return [key_place(*_known(value))]
    assert isinstance(value, Near)
    number, letter = int(value.key[:-1]), value.key[-1]
    found: list[int] = []
    for other in range(1, 13):
        steps = min((other - number) % 12, (number - other) % 12)
        sides = [side for side in "AB" if steps + (side != letter) <= value.within]
        found += [key_place(*_known(f"{other}{side}")) for side in sides]
    return sorted(found)


def _known(text_: str) -> camelot.Key:
    key = camelot.parse(text_)
    if key is None:
        raise ValueError(f"no key: {text_}")
    return key


def _next(day_: date) -> date | None:
    return None if day_ == date.max else day_ + timedelta(days=1)


def _start(day_: date) -> int:
    return (day_ - _EPOCH).days * DAY_MS


def _ms(value: int) -> Any:
    return literal(value, BigInteger())
