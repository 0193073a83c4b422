"""How the value of a condition is typed, for each kind of field: both ways."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from resonance.rules import tree
from resonance.rules.fields import FIELDS, Field
from resonance.rules.tree import Condition, Like, Near, Node

Asked: TypeAlias = tuple[str, object]  # operator and value as in JSON
WORD_FIELDS = ("title", "artist", "album")
WORDS = {"none": "missing", "any": "present"}
LIKE_ENOUGH = {"track": 0.8, "artist": 0.8, "album": 0.8, "text": 0.5}
_SIMPLE = re.compile(r"[^\W_](?:[\w.&+/'’-]*\w)?")
_RESERVED = frozenset({"none", "any", "or", "and", "not", "all"})
_COMPARED = {
    "<": "less",
    "<=": "at_most",
    ">": "greater",
    ">=": "at_least",
    "=": "is",
    "!": "is_not",
    "": "is",
}
_SIGN = {op: sign for sign, op in _COMPARED.items() if sign not in ("=",)}
_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
_AMOUNT = re.compile(rf"({_NUMBER})([a-zµ]*)", re.IGNORECASE)
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


def quoted(value: str) -> str:
    """A text as it is typed: in quotes unless it is one plain word."""
    if _SIMPLE.fullmatch(value) and value.casefold() not in _RESERVED:
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquoted(token: str) -> str | None:
    """The text in a token that is one quoted string."""
    if re.fullmatch(r'"(?:[^"\\]|\\.)*"', token, re.DOTALL) is None:
        return None
    return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)


def word_node(word: str) -> Node:
    """What a word without a field asks: whether title, artist or album has it as whole words."""
    return tree.Any(tuple(Condition(name, "has_words", word) for name in WORD_FIELDS))


def is_word(node: Node) -> str | None:
    """The word that `node` would be typed as."""
    if isinstance(node, tree.Any) and len(node.nodes) == len(WORD_FIELDS):
        first = node.nodes[0]
        if isinstance(first, Condition) and isinstance(first.value, str) and node == word_node(first.value):
            return first.value
    return None


def written(node: Condition) -> str:
    """A condition as it is typed."""
    field, op, value = FIELDS[node.field], node.op, node.value
    name = "like" if field.kind == "sounds_like" else field.name
    for word, meant in WORDS.items():
        if op == meant:
            return f"{name}:{word}"
    return f"{name}:{_WRITERS[field.kind](op, value)}"


def read(field: Field, token: str) -> Asked:
    """What a token after the field's name asks. Raises ValueError with a sentence."""
    if token.casefold() in WORDS and field.kind not in ("flag", "mood", "sounds_like", "playlist"):
        return WORDS[token.casefold()], None
    if not token:
        raise ValueError(f"{field.name}: is followed by what it shall be.")
    return _READERS[field.kind](field, token)


def _write_text(op: str, value: object) -> str:
    body = quoted(str(value))
    return {
        "is": body,
        "is_not": f"!{body}",
        "contains": f"*{body}*",
        "not_contains": f"!*{body}*",
        "starts_with": f"{body}*",
        "ends_with": f"*{body}",
        "has_words": f"~{body}",
    }[op]


def _read_text(field: Field, token: str) -> Asked:
    body = token.removeprefix("!")
    negative = body != token
    if not negative and body.startswith("~"):
        return "has_words", _text(body[1:])
    head, tail = body.startswith("*"), body.endswith("*") and len(body) > 1
    op = {
        (False, False): "is",
        (True, True): "contains",
        (False, True): "starts_with",
        (True, False): "ends_with",
    }[head, tail]
    text = _text(body[head : len(body) - tail])
    if not negative:
        return op, text
    if op not in ("is", "contains"):
        raise ValueError(f"Put the minus in front instead: -{field.name}:{body}")
    return {"is": "is_not", "contains": "not_contains"}[op], text


def _text(token: str) -> str:
    text = unquoted(token)
    if text is None and '"' in token:
        raise ValueError("Text with quotes or blanks stands in quotes as a whole.")
    return token if text is None else text


def _write_number(op: str, value: object) -> str:
    if op == "between":
        assert isinstance(value, tuple)
        return f"{value[0]!r}..{value[1]!r}"
    return f"{_SIGN[op]}{value!r}"


def _read_number(field: Field, token: str) -> Asked:
    if ".." in token:
        low, _, high = token.partition("..")
        if low and high:
            return "between", [_amount(field, low), _amount(field, high)]
        return ("at_least", _amount(field, low)) if low else ("at_most", _amount(field, high))
    sign = re.match(r"[<>]=?|=|!|", token)
    assert sign is not None
    return _COMPARED[sign[0]], _amount(field, token[sign.end() :])


def _amount(field: Field, text: str) -> int | float:
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


def _write_date(op: str, value: object) -> str:
    if op == "between":
        assert isinstance(value, tuple)
        return f"{value[0]}..{value[1]}"
    signs = {"on": "", "before": "<", "after": ">", "in_last": "<", "not_in_last": ">"}
    return f"{signs[op]}{value}{'d' if op.endswith('in_last') else ''}"


def _read_date(field: Field, token: str) -> Asked:
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


def _write_flag(op: str, value: object) -> str:
    return "yes" if value else "no"


def _read_flag(field: Field, token: str) -> Asked:
    said = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if token.casefold() not in said:
        raise ValueError(f"{field.name} is yes or no.")
    return "is", said[token.casefold()]


def _write_key(op: str, value: object) -> str:
    if isinstance(value, Near):
        return f"{value.key}~{value.within}"
    return f"{_SIGN[op]}{value}"


def _read_key(field: Field, token: str) -> Asked:
    body, near, steps = token.partition("~")
    if near:
        if not steps.isdecimal() or len(steps) > 2:
            raise ValueError("Behind ~ stands how many steps away a key may be, as in 8A~1.")
        return "near", {"key": _text(body), "within": int(steps)}
    if token.startswith("!"):
        return "is_not", _text(token[1:])
    return "is", _text(token)


def _write_mood(op: str, value: object) -> str:
    return f"{'>=' if op == 'at_least' else '<='}{value!r}"


def _read_mood(field: Field, token: str) -> Asked:
    sign = re.match(r"[<>]=|", token)
    assert sign is not None
    return "at_most" if sign[0] == "<=" else "at_least", _amount(field, token[sign.end() :])


def _write_like(op: str, value: object) -> str:
    assert isinstance(value, Like)
    if value.of == "text":
        body = '"' + value.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        body = f"{value.of}/{quoted(value.value)}"
    return f"{'!' if op == 'is_not' else ''}{body}@{value.at_least!r}"


def _read_like(field: Field, token: str) -> Asked:
    body = token.removeprefix("!")
    op = "is_not" if body != token else "is"
    found = re.fullmatch(rf"(.*?)(?:@({_NUMBER}))?", body, re.DOTALL)
    assert found is not None
    of, slash, id_ = found[1].partition("/")
    if not slash or of not in ("track", "artist", "album"):
        of, id_ = "text", found[1]
    enough = number_of(found[2]) if found[2] else LIKE_ENOUGH[of]
    return op, {of: _text(id_), "at_least": enough}


def _write_playlist(op: str, value: object) -> str:
    return f"{'!' if op == 'not_in' else ''}{quoted(str(value))}"


def _read_playlist(field: Field, token: str) -> Asked:
    body = token.removeprefix("!")
    return "in" if body == token else "not_in", _text(body)


_WRITERS: dict[str, Callable[[str, object], str]] = {
    "text": _write_text,
    "number": _write_number,
    "date": _write_date,
    "flag": _write_flag,
    "key": _write_key,
    "mood": _write_mood,
    "sounds_like": _write_like,
    "playlist": _write_playlist,
}
_READERS: dict[str, Callable[[Field, str], Asked]] = {
    "text": _read_text,
    "number": _read_number,
    "date": _read_date,
    "flag": _read_flag,
    "key": _read_key,
    "mood": _read_mood,
    "sounds_like": _read_like,
    "playlist": _read_playlist,
}
