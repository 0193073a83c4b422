"""How numbers and dates are typed: both ways."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TypeAlias

from resonance.rules.fields import Field

Asked: TypeAlias = tuple[str, object]  # operator and value as in JSON

COMPARED = {
    "<": "less",
    "<=": "at_most",
    ">": "greater",
    ">=": "at_least",
    "=": "is",
    "!": "is_not",
    "": "is",
}
SIGN = {op: sign for sign, op in COMPARED.items() if sign not in ("=",)}
NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
_AMOUNT = re.compile(rf"({NUMBER})([a-zµ]*)", re.IGNORECASE)
_DIGITS = 40
_CLOCK = re.compile(r"(?:(\d{1,9}):)?(\d{1,2}):(\d{2})")
_SPAN = re.compile(r"([<>])(\d{1,9})(d|w|m|y)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_UNITS: dict[str, dict[str, int]] = {
    "seconds": {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600},
    "bytes": {"b": 1, "kb": 1000, "mb": 10**6, "gb": 10**9},
    "kbit/s": {"k": 1, "kbps": 1},
    "Hz": {"hz": 1, "k": 1000, "khz": 1000},
    "BPM": {"bpm": 1},
}
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def write_number(op: str, value: object) -> str:
    """How a question about a number is typed."""
    if op == "between":
        assert isinstance(value, tuple)
        return f"{value[0]!r}..{value[1]!r}"
    return f"{SIGN[op]}{value!r}"


def read_number(field: Field, token: str) -> Asked:
    """What is asked of a number. Raises ValueError with a sentence."""
    if ".." in token:
        low, _, high = token.partition("..")
        if low and high:
            return "between", [amount(field, low), amount(field, high)]
        return ("at_least", amount(field, low)) if low else ("at_most", amount(field, high))
    sign = re.match(r"[<>]=?|=|!|", token)
    assert sign is not None
    return COMPARED[sign[0]], amount(field, token[sign.end() :])


def amount(field: Field, text: str) -> int | float:
    """A number in the unit of its field, also with another unit behind it. Raises ValueError."""
    if field.unit == "seconds" and (clock := _CLOCK.fullmatch(text)):
        return (int(clock[1] or 0) * 60 + int(clock[2])) * 60 + int(clock[3])
    found = _AMOUNT.fullmatch(text)
    units = _UNITS.get(field.unit or "", {})
    if found is None or found[2].lower() not in ("", *units):
        known = f", or with {', '.join(units)}" if units else ""
        raise ValueError(f"{field.name} is a number{known}; {text[:40] or 'nothing'} is none.")
    number = number_of(found[1])
    factor = units.get(found[2].lower(), 1)
    return number if factor == 1 else number * factor


def number_of(text: str) -> int | float:
    """A number as typed, whole where it can be. Raises ValueError with a sentence."""
    if len(text) > _DIGITS:
        raise ValueError(f"{text[:20]}... is too long for a number.")
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)


def write_date(op: str, value: object) -> str:
    """How a question about a date is typed."""
    if op == "between":
        assert isinstance(value, tuple)
        return f"{value[0]}..{value[1]}"
    signs = {"on": "", "before": "<", "after": ">", "in_last": "<", "not_in_last": ">"}
    return f"{signs[op]}{value}{'d' if op.endswith('in_last') else ''}"


def read_date(field: Field, token: str) -> Asked:
    """What is asked of a date. Raises ValueError with a sentence."""
    if span := _SPAN.fullmatch(token):
        return "in_last" if span[1] == "<" else "not_in_last", int(span[2]) * _DAYS[span[3].lower()]
    if ".." in token:
        low, _, high = token.partition("..")
        if low and high:
            return "between", [_days(low)[0].isoformat(), _days(high)[1].isoformat()]
        token = f">={low}" if low else f"<={high}"
    sign = re.match(r"[<>]=?|", token)
    assert sign is not None
    first, last = _days(token[sign.end() :])
    try:
        if sign[0] in ("<", "<="):
            return "before", (first if sign[0] == "<" else last + timedelta(1)).isoformat()
        if sign[0] in (">", ">="):
            return "after", (last if sign[0] == ">" else first - timedelta(1)).isoformat()
    except OverflowError:
        raise ValueError("That day is out of the calendar.") from None
    return ("on", first.isoformat()) if first == last else ("between", [first.isoformat(), last.isoformat()])


def _days(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        hint = "a day is typed as 2024-12-31, 2024-12 or 2024, a time ago as <30d"
        raise ValueError(f"{text[:40] or 'Nothing'} is no day: {hint}.") from None
