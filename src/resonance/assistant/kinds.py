"""The kinds of pieces: what their values look like, and how they are shown.

A value is a small JSON object. `checked` is the one gate for values, whoever wrote them: the parser, a
language model, a person.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from resonance.core.errors import Invalid
from resonance.model import camelot
from resonance.sequencing.curve import NAMED, drawn, named

Json: TypeAlias = Mapping[str, Any]
LONGEST = 200
MOST_NAMES = 50
MOST_MINUTES = 24 * 60
MOST_TRACKS = 500
FIRST_YEAR, LAST_YEAR = 1000, 2999


@dataclass(frozen=True)
class Kind:
    """`label` and `shown` are English for people; `never` tells whether a value excludes."""

    label: str
    check: Callable[[Json], Json]
    shown: Callable[[Json], str]

    def never(self, value: Json) -> bool:
        """Whether this leaves something out."""
        return bool(value.get("not")) or value.get("is") is False


def checked(kind: str, value: Any, path: str = "value") -> Json:
    """The value in its one form. Invalid for an unknown kind or a value that is none of it."""
    known = KINDS.get(kind)
    if known is None:
        raise Invalid(f"There is no kind of piece {kind[:40]!r}.", field=path)
    if not isinstance(value, Mapping):
        raise Invalid(f"The value of {kind!r} is an object.", field=path)
    try:
        return known.check(value)
    except Invalid as fault:
        raise Invalid(f"{kind}: {fault.message}", field=path) from None


def _only(value: Json, *names: str) -> None:
    for name in value:
        if name not in names:
            raise Invalid(f"There is no {str(name)[:40]!r}; it has {', '.join(names)}.")


def _number(value: Json, name: str, low: float, high: float) -> float:
    given = value.get(name)
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise Invalid(f"{name} is a number.")
    if not low <= given <= high:
        raise Invalid(f"{name} lies between {low:g} and {high:g}.")
    return given


def _whole(value: Json, name: str, low: int, high: int) -> int:
    given = _number(value, name, low, high)
    if given != int(given):
        raise Invalid(f"{name} is a whole number.")
    return int(given)


def _said(value: Json, name: str = "text") -> str:
    given = value.get(name)
    text = " ".join(given.replace("\0", " ").split()) if isinstance(given, str) else ""
    if not text or len(text) > LONGEST:
        raise Invalid(f"{name} is a text of 1 to {LONGEST} characters.")
    return text.encode("utf-8", "replace").decode()


def _flag(value: Json, name: str) -> bool:
    given = value.get(name, False)
    if not isinstance(given, bool):
        raise Invalid(f"{name} is true or false.")
    return given


def _length(value: Json) -> Json:
    _only(value, "minutes", "tracks")
    if ("minutes" in value) == ("tracks" in value):
        raise Invalid("A length is minutes or tracks.")
    if "minutes" in value:
        return {"minutes": _number(value, "minutes", 1, MOST_MINUTES)}
    return {"tracks": _whole(value, "tracks", 1, MOST_TRACKS)}


def _phrase(value: Json) -> Json:
    _only(value, "text")
    return {"text": _said(value)}


def _edge(value: Json) -> Json:
    """How it begins or ends: in words, at a level of energy, or both."""
    _only(value, "text", "level")
    if not value:
        raise Invalid("It has a text, a level, or both.")
    made: dict[str, Any] = {}
    if "text" in value:
        made["text"] = _said(value)
    if value.get("level") is not None:
        made["level"] = _number(value, "level", 0, 1)
    return made


def _curve(value: Json) -> Json:
    _only(value, "name", "points")
    if "points" in value:
        points = value["points"]
        if not isinstance(points, list | tuple) or not all(
            isinstance(point, list | tuple) for point in points
        ):
            raise Invalid("points is a list of [place, level].")
        if not all(type(one) in (int, float) for point in points for one in point):
            raise Invalid("A point of a curve is two numbers from 0 to 1: place and level.")
        return {"points": [list(point) for point in drawn(points).points]}
    return {"name": named(str(value.get("name"))).name}


def _years(value: Json) -> Json:
    _only(value, "ranges", "not")
    ranges = value.get("ranges")
    if not isinstance(ranges, list | tuple) or not 1 <= len(ranges) <= 20:
        raise Invalid("ranges is a list of [first, last] years.")
    made = [_range(pair, FIRST_YEAR, LAST_YEAR, whole=True) for pair in ranges]
    return {"ranges": made} | ({"not": True} if _flag(value, "not") else {})


def _range(pair: Any, low: float, high: float, *, whole: bool = False) -> list[float | None]:
    if not isinstance(pair, list | tuple) or len(pair) != 2 or pair[0] is pair[1] is None:
        raise Invalid("A range is [first, last]; one of them may be null.")
    ends: dict[str, Any] = {
        name: end for name, end in zip(("from", "to"), pair, strict=True) if end is not None
    }
    made = {
        name: _whole(ends, name, int(low), int(high)) if whole else _number(ends, name, low, high)
        for name in ends
    }
    if "from" in made and "to" in made and made["from"] > made["to"]:
        raise Invalid("The range ends before it begins.")
    return [made.get("from"), made.get("to")]


def _bounds(low: float, high: float) -> Callable[[Json], Json]:
    def check(value: Json) -> Json:
        _only(value, "from", "to")
        first, last = _range([value.get("from"), value.get("to")], low, high)
        return {name: end for name, end in (("from", first), ("to", last)) if end is not None}

    return check


def _keys(value: Json) -> Json:
    _only(value, "keys")
    given = value.get("keys")
    if not isinstance(given, list | tuple) or not 1 <= len(given) <= 24:
        raise Invalid("keys is a list of keys.")
    found = {camelot.parse(text) if isinstance(text, str) else None for text in given}
    if None in found:
        raise Invalid("A key is written as 8A or F#m.")
    places = sorted((camelot.camelot(key) for key in found if key), key=lambda text: (int(text[:-1]), text))
    return {"keys": places}


def _names(value: Json) -> Json:
    _only(value, "names", "not")
    given = value.get("names")
    if not isinstance(given, list | tuple) or not 1 <= len(given) <= MOST_NAMES:
        raise Invalid(f"names is a list of 1 to {MOST_NAMES} names.")
    made = {"names": list(dict.fromkeys(_said({"text": name}) for name in given))}
    return made | ({"not": True} if _flag(value, "not") else {})


def _yes_or_no(value: Json) -> Json:
    _only(value, "is")
    if not isinstance(value.get("is"), bool):
        raise Invalid("is is true or false.")
    return {"is": value["is"]}


def _played(value: Json) -> Json:
    """Whether the person ever played it, or in the last so many days."""
    _only(value, "is", "days")
    made = dict(_yes_or_no({"is": value.get("is")}))
    return made | ({"days": _whole(value, "days", 1, 36_500)} if value.get("days") is not None else {})


def _of(name: str, low: int, high: int) -> Callable[[Json], Json]:
    def check(value: Json) -> Json:
        _only(value, name)
        return {name: _whole(value, name, low, high)}

    return check


def _shown_length(value: Json) -> str:
    if "tracks" in value:
        return f"{value['tracks']} tracks"
    minutes = value["minutes"]
    return f"{minutes:g} min" if minutes < 120 or minutes % 60 else f"{minutes / 60:g} h"


def _shown_edge(value: Json) -> str:
    return str(value.get("text") or f"energy {value['level']:.2f}")


def _shown_range(first: Any, last: Any, unit: str = "") -> str:
    if first is None:
        return f"up to {last:.4g}{unit}"
    if last is None:
        return f"from {first:.4g}{unit}"
    return f"{first:.4g}{unit}" if first == last else f"{first:.4g}–{last:.4g}{unit}"


def _shown_bounds(unit: str) -> Callable[[Json], str]:
    return lambda value: _shown_range(value.get("from"), value.get("to"), unit)


def _shown_played(value: Json) -> str:
    told = "played" if value["is"] else "not played"
    return (
        f"{told} in {value['days']} days"
        if "days" in value
        else f"ever {told}"
        if value["is"]
        else "never played"
    )


KINDS: dict[str, Kind] = {
    "length": Kind("length", _length, _shown_length),
    "sound": Kind("sounds", _phrase, lambda value: str(value["text"])),
    "from": Kind("from", _phrase, lambda value: str(value["text"])),
    "to": Kind("to", _phrase, lambda value: str(value["text"])),
    "like": Kind("like", _phrase, lambda value: str(value["text"])),
    "start": Kind("start", _edge, _shown_edge),
    "end": Kind("end", _edge, _shown_edge),
    "curve": Kind("energy", _curve, lambda value: str(value.get("name", "drawn"))),
    "years": Kind("years", _years, lambda v: ", ".join(_shown_range(*pair) for pair in v["ranges"])),
    "tempo": Kind("tempo", _bounds(1, 1000), _shown_bounds(" BPM")),
    "key": Kind("key", _keys, lambda value: ", ".join(value["keys"])),
    "energy": Kind("energy", _bounds(0, 1), _shown_bounds("")),
    "genre": Kind("genre", _names, lambda value: ", ".join(value["names"])),
    "artist": Kind("artist", _names, lambda value: ", ".join(value["names"])),
    "live": Kind("recorded", _yes_or_no, lambda value: "live"),
    "liked": Kind("liked", _yes_or_no, lambda value: "liked"),
    "played": Kind("played", _played, _shown_played),
    "added": Kind("added", _of("days", 1, 36_500), lambda value: f"in the last {value['days']} days"),
    "rating": Kind("rating", _of("least", 1, 5), lambda value: f"{value['least']} stars or more"),
    "explicit": Kind("words", _yes_or_no, lambda value: "explicit"),
    "duration": Kind("tracks last", _bounds(0.1, MOST_MINUTES), _shown_bounds(" min")),
    "format": Kind("files", _names, lambda value: ", ".join(value["names"])),
    "instrumental": Kind("voice", _yes_or_no, lambda value: "instrumental"),
    "per_artist": Kind("per artist", _of("most", 1, MOST_TRACKS), lambda value: f"max {value['most']}"),
    "apart": Kind("same artist", _of("tracks", 0, 20), lambda value: f"{value['tracks']} tracks apart"),
}
# Of these one counts; another one takes its place.
SINGLE = frozenset(
    (
        "length",
        "start",
        "end",
        "curve",
        "tempo",
        "energy",
        "duration",
        "per_artist",
        "apart",
        "added",
        "rating",
    )
)
CURVES = tuple(NAMED)
