"""The values that conditions may have in JSON, for each kind of field. Invalid names the path of a fault."""

from __future__ import annotations

import typing
from collections.abc import Callable
from datetime import date
from typing import TypeGuard

from resonance.core.errors import Invalid
from resonance.model import camelot
from resonance.rules.fields import Field
from resonance.rules.nodes import Like, Near, Value

LONGEST = 500  # characters of a text
LARGEST = 10**15  # of numbers: whole ones are exact in every database
DAYS = 100_000


def mapping(data: object, path: str, known: set[str]) -> dict[str, typing.Any]:
    """An object with no other names than these. Raises Invalid."""
    if not isinstance(data, dict):
        raise Invalid("This must be an object.", field=path)
    for name in data:
        if name not in known:
            raise Invalid(
                f"{str(name)[:40]} means nothing here; known are {', '.join(sorted(known))}.", field=path
            )
    return data


def is_whole(value: object) -> TypeGuard[int]:
    """Whether it is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def _text(field: Field, op: str, value: object, path: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Invalid("This must be a text that is not empty.", field=path)
    if len(value) > LONGEST:
        raise Invalid(f"A text may have up to {LONGEST} characters.", field=path)
    if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value):
        raise Invalid("This text has characters that cannot be stored.", field=path)
    return value


def _number(field: Field, op: str, value: object, path: str) -> Value:
    if op == "between":
        low, high = _pair(value, path)
        first, last = number(low, f"{path}[0]"), number(high, f"{path}[1]")
        if first > last:
            raise Invalid("The first end must not be above the second one.", field=path)
        return first, last
    return number(value, path)


def number(value: object, path: str) -> int | float:
    """A finite number of a size that every database keeps. Raises Invalid."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise Invalid("This must be a number.", field=path)
    if abs(value) > LARGEST:
        raise Invalid(f"A number may be up to {LARGEST}.", field=path)
    return value


def _pair(value: object, path: str) -> tuple[object, object]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise Invalid("This must be a list of two: the first and the last.", field=path)
    return value[0], value[1]


def _date(field: Field, op: str, value: object, path: str) -> Value:
    if op in ("in_last", "not_in_last"):
        if not is_whole(value) or not 1 <= value <= DAYS:
            raise Invalid(f"This must be a whole number of days, 1 to {DAYS}.", field=path)
        return value
    if op == "between":
        first, last = (_day(each, f"{path}[{at}]") for at, each in enumerate(_pair(value, path)))
        if first > last:
            raise Invalid("The first day must not be after the second one.", field=path)
        return first, last
    return _day(value, path)


def _day(value: object, path: str) -> str:
    try:
        if not isinstance(value, str) or len(value) != 10 or not value.isascii():
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Invalid("This must be a day, as in 2024-12-31.", field=path) from None


def _flag(field: Field, op: str, value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid("This must be true or false.", field=path)
    return value


def _key(field: Field, op: str, value: object, path: str) -> Value:
    if op != "near":
        return _camelot(value, path)
    whole = mapping(value, path, {"key", "within"})
    within = whole.get("within", 1)
    if not is_whole(within) or not 0 <= within <= 6:
        raise Invalid("This must be 0 to 6 steps.", field=f"{path}.within")
    return Near(_camelot(whole.get("key"), f"{path}.key"), within)


def _camelot(value: object, path: str) -> str:
    key = camelot.parse(value) if isinstance(value, str) else None
    if key is None:
        raise Invalid("This must be a key, as in 8A or F#m.", field=path)
    return camelot.camelot(key)


def _share(field: Field, op: str, value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Invalid("This must be between 0 and 1.", field=path)
    return float(value)


def _like(field: Field, op: str, value: object, path: str) -> Like:
    whole = mapping(value, path, {"track", "artist", "album", "text", "at_least"})
    named = [of for of in ("track", "artist", "album", "text") if of in whole]
    if len(named) != 1:
        raise Invalid("This must name one of track, artist, album, text.", field=path)
    of = named[0]
    what = _text(field, op, whole[of], f"{path}.{of}")
    enough = _share(field, op, whole.get("at_least"), f"{path}.at_least")
    return Like(of, what, enough)


def _id(field: Field, op: str, value: object, path: str) -> str:
    text = _text(field, op, value, path)
    if len(text) > 64:
        raise Invalid("This is no id of a playlist.", field=path)
    return text


VALUES: dict[str, Callable[[Field, str, object, str], Value]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "flag": _flag,
    "key": _key,
    "mood": _share,
    "sounds_like": _like,
    "playlist": _id,
}
