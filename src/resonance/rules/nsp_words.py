"""One condition of Navidrome's smart playlists (.nsp) as one of ours, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any as Json

from resonance.core.errors import Invalid
from resonance.rules import tree
from resonance.rules.fields import FIELDS, Field
from resonance.rules.sources import SOURCES_OF
from resonance.rules.tree import All, Any, Condition, Node, Not

# Names that mean the same field as another one does.
_ALSO = {
    "albumtype": "release_type",
    "albumversion": "album_version",
    "recordingdate": "date",
    "replaygain_album_gain": "gain_album",
    "replaygain_album_peak": "peak_album",
    "replaygain_track_gain": "gain_track",
    "replaygain_track_peak": "peak_track",
}
NAMES: dict[str, str] = {field.nsp.lower(): field.name for field in FIELDS.values() if field.nsp} | _ALSO

_TEXT = {
    **{"is": "is", "isnot": "is_not", "contains": "contains", "notcontains": "not_contains"},
    **{"startswith": "starts_with", "endswith": "ends_with"},
}
_NUMBER = {
    **{"is": "is", "isnot": "is_not", "gt": "greater", "lt": "less", "after": "greater", "before": "less"},
    "intherange": "between",
}
_DATE = {
    **{"is": "on", "isnot": "on", "before": "before", "lt": "before", "after": "after", "gt": "after"},
    **{"intherange": "between", "inthelast": "in_last", "notinthelast": "not_in_last"},
}
OPERATORS = frozenset({*_TEXT, *_NUMBER, *_DATE, "ismissing", "ispresent", "inplaylist", "notinplaylist"})


class Unknown(Exception):
    """What is said means nothing here; the message says what."""


def read(op: str, name: str, value: Json) -> Node:
    """The node for `{op: {name: value}}`, both in any case. Raises Unknown."""
    op, name = op.lower(), name.lower()
    if op in ("inplaylist", "notinplaylist"):
        if name != "id":
            raise Unknown("a playlist is named by its id")
        return _checked("playlist", "in" if op == "inplaylist" else "not_in", value)
    if name == "explicitstatus":
        return _explicit(op, value)
    if name == "lyrics" and op in ("ismissing", "ispresent"):
        return _checked("has_lyrics", "is", _truth(value) == (op == "ispresent"))
    if name not in NAMES:
        raise Unknown("there is no such field here")
    field = FIELDS[NAMES[name]]
    if op in ("ismissing", "ispresent"):
        return _checked(field.name, "present" if _truth(value) == (op == "ispresent") else "missing", None)
    return _READERS[field.kind](field, op, value)


def _explicit(op: str, value: Json) -> Node:
    if op in ("is", "isnot") and isinstance(value, str) and value.lower() == "e":
        return _checked("explicit", "is", op == "is")
    raise Unknown("here tracks are only explicit (e) or not")


def _flag(field: Field, op: str, value: Json) -> Node:
    if op not in ("is", "isnot"):
        raise Unknown(f"{field.name} is only yes or no here")
    return _checked(field.name, "is", _truth(value) == (op == "is"))


def _text(field: Field, op: str, value: Json) -> Node:
    if isinstance(value, list):
        return _several(field, op, value, _text)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if value == "" and op in ("is", "isnot"):
        return _checked(field.name, "missing" if op == "is" else "present", None)
    return _checked(field.name, _known(_TEXT, op, field), value)


def _number(field: Field, op: str, value: Json) -> Node:
    if isinstance(value, list) and op in ("is", "isnot"):
        return _several(field, op, value, _number)
    known = _known(_NUMBER, op, field)
    if known != "between":
        return _checked(field.name, known, _figure(value))
    if not isinstance(value, list):
        raise Unknown("a range is a list of two")
    return _checked(field.name, known, [_figure(each) for each in value])


def _date(field: Field, op: str, value: Json) -> Node:
    known = _known(_DATE, op, field)
    if known in ("in_last", "not_in_last"):
        return _checked(field.name, known, _figure(value))
    found = _checked(field.name, known, value)
    return Not(found) if op == "isnot" else found


def _key(field: Field, op: str, value: Json) -> Node:
    return _checked(field.name, _known({"is": "is", "isnot": "is_not"}, op, field), value)


_READERS: dict[str, Callable[[Field, str, Json], Node]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "flag": _flag,
    "key": _key,
}


def _several(field: Field, op: str, value: list[Json], one: Callable[[Field, str, Json], Node]) -> Node:
    """A list in place of a value: any of them, or none of them."""
    if op not in ("is", "isnot") or not value or any(isinstance(each, list) for each in value):
        raise Unknown("a list means nothing to this operator")
    nodes = tuple(one(field, op, each) for each in value)
    return Any(nodes) if op == "is" else All(nodes)


def _known(known: dict[str, str], op: str, field: Field) -> str:
    if op not in known:
        raise Unknown(f"{field.name} cannot be asked that here")
    return known[op]


def _checked(name: str, op: str, value: Json) -> Condition:
    try:
        return tree.condition(name, op, value)
    except Invalid as fault:
        raise Unknown(fault.message) from None


def _figure(value: Json) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unknown("this is no number")
    if isinstance(value, str):
        try:
            return int(value) if value.lstrip("+-").isdecimal() and len(value) < 20 else float(value)
        except ValueError:
            raise Unknown("this is no number") from None
    return value


def _truth(value: Json) -> bool:
    words = {"1": True, "t": True, "true": True, "0": False, "f": False, "false": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    raise Unknown("this is neither true nor false")


_WRITTEN = {
    **{"is": "is", "is_not": "isNot", "contains": "contains", "not_contains": "notContains"},
    **{"starts_with": "startsWith", "ends_with": "endsWith", "less": "lt", "greater": "gt"},
    **{"between": "inTheRange", "before": "before", "after": "after", "in_last": "inTheLast"},
    **{"not_in_last": "notInTheLast", "in": "inPlaylist", "not_in": "notInPlaylist"},
}
_TURNED = {
    **{"is": "is_not", "is_not": "is", "contains": "not_contains", "not_contains": "contains"},
    **{"in_last": "not_in_last", "not_in_last": "in_last", "missing": "present", "present": "missing"},
    **{"in": "not_in", "not_in": "in"},
}


def write(node: Condition) -> dict[str, Json]:
    """A condition as Navidrome says it. Raises Unknown where it cannot."""
    field, op, value = FIELDS[node.field], node.op, node.value
    if field.kind == "playlist":
        return {_WRITTEN[op]: {"id": value}}
    if field.name == "explicit":
        return {"is" if value else "isNot": {"explicitStatus": "e"}}
    if field.name == "has_lyrics":
        return {"isPresent" if value else "isMissing": {"lyrics": True}}
    if field.nsp is None or op in ("near", "has_words"):
        raise Unknown(f"{field.name} {op} has no counterpart")
    name = field.nsp
    if op in ("missing", "present"):
        return {"isMissing" if op == "missing" else "isPresent": {name: True}}
    if op in ("at_least", "at_most"):
        return {"any": [{"gt" if op == "at_least" else "lt": {name: value}}, {"is": {name: value}}]}
    if op == "on":
        if SOURCES_OF[field.name].form == "day":
            return {"is": {name: value}}
        following = date.fromisoformat(str(value)) + timedelta(1)
        return {"inTheRange": {name: [value, following.isoformat()]}}
    return {_WRITTEN[op]: {name: list(value) if isinstance(value, tuple) else value}}


def turned(node: Condition) -> Condition:
    """The condition that holds where this one does not. Raises Unknown where there is none."""
    if FIELDS[node.field].kind == "flag":
        return Condition(node.field, "is", not node.value)
    if node.op not in _TURNED:
        raise Unknown(f"not {node.field} {node.op} has no counterpart")
    return Condition(node.field, _TURNED[node.op], node.value)
