"""The tree of a rule and its JSON form.

A rule matches tracks by a group of conditions, puts them in an order and may stop after so many tracks,
minutes or megabytes. Reading JSON checks everything and names the place of a fault: `match.all[2].value`.
"""

from __future__ import annotations

import json
import math
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, TypeGuard

from resonance.core.errors import Invalid
from resonance.model import camelot
from resonance.rules.fields import FIELDS, RANDOM, Field

MAX_DEPTH = 20  # groups within groups
MAX_NODES = 500
MAX_SORTS = 10
LONGEST = 500  # characters of a text
LARGEST = 10**15  # of numbers: whole ones are exact in every database
SEEDS = 2**31 - 1
DAYS = 100_000
MOST_KEPT = 1_000_000  # characters of JSON

Value: TypeAlias = "str | int | float | bool | Near | Like | tuple[typing.Any, typing.Any] | None"


@dataclass(frozen=True, slots=True)
class Near:
    """A key ("8A") and how many steps round the Camelot wheel still count; a change of letter is one."""

    key: str
    within: int


@dataclass(frozen=True, slots=True)
class Like:
    """What shall sound alike: a track, artist or album by id, or words; and how much (0..1) is enough."""

    of: Literal["track", "artist", "album", "text"]
    value: str
    at_least: float


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about one field. Values: fields.OPERATORS and docs/rules.md."""

    field: str
    op: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where `node` does not."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Holds where every one does; without any it always does."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Holds where one does; without any it never does."""

    nodes: tuple[Node, ...] = ()


Node: TypeAlias = "All | Any | Not | Condition"


@dataclass(frozen=True, slots=True)
class Sort:
    """One step of an order: a field of fields.SORTS."""

    by: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a list ends: minutes and megabytes (10^6 bytes) before the first track that exceeds them."""

    kind: Literal["tracks", "minutes", "megabytes"]
    amount: int | float


@dataclass(frozen=True)
class Rule:
    """A whole rule. `match` is a group: what is none is put into one. `kept` is what an .nsp said besides."""

    match: Node = All()
    sort: tuple[Sort, ...] = ()
    limit: Limit | None = None
    seed: int | None = None
    kept: Mapping[str, typing.Any] | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.match, All | Any):
            object.__setattr__(self, "match", All((self.match,)))


def conditions(node: Node) -> Iterator[Condition]:
    """Every condition in a tree."""
    if isinstance(node, Condition):
        yield node
    elif isinstance(node, Not):
        yield from conditions(node.node)
    else:
        for each in node.nodes:
            yield from conditions(each)


def from_json(data: object, *, path: str = "") -> Rule:
    """The rule of its JSON form. Raises Invalid whose `field` is the path of the fault below `path`."""
    at = f"{path}." if path else ""
    whole = _mapping(data, path or "rule", {"match", "sort", "limit", "seed", "kept"})
    seed = whole.get("seed")
    if seed is not None and not (_is_int(seed) and 0 <= seed <= SEEDS):
        raise Invalid(f"A seed is a whole number from 0 to {SEEDS}.", field=f"{at}seed")
    kept = whole.get("kept")
    if kept is not None and not isinstance(kept, dict):
        raise Invalid("This must be an object.", field=f"{at}kept")
    if kept and not _fits(kept):
        raise Invalid("This is too much.", field=f"{at}kept")
    return Rule(
        match=node_from_json(whole.get("match", {"all": []}), path=f"{at}match"),
        sort=_sorts(whole.get("sort"), f"{at}sort"),
        limit=_limit(whole.get("limit"), f"{at}limit"),
        seed=seed,
        kept=kept or None,
    )


def node_from_json(data: object, *, path: str = "match") -> Node:
    """One node with all below it. Raises Invalid."""
    count = [0]

    def read(data: object, path: str, depth: int) -> Node:
        count[0] += 1
        if count[0] > MAX_NODES:
            raise Invalid(f"A rule may have up to {MAX_NODES} conditions and groups.", field=path)
        if depth > MAX_DEPTH:
            raise Invalid(f"Groups may be nested up to {MAX_DEPTH} deep.", field=path)
        if isinstance(data, dict) and "field" in data:
            return _condition(data, path)
        whole = _mapping(data, path, {"all", "any", "not"})
        if len(whole) != 1:
            raise Invalid("A group is one of all, any, not; a condition has a field.", field=path)
        ((kind, inner),) = whole.items()
        if kind == "not":
            return Not(read(inner, f"{path}.not", depth + 1))
        if not isinstance(inner, list):
            raise Invalid("A group is a list.", field=f"{path}.{kind}")
        nodes = tuple(read(each, f"{path}.{kind}[{at}]", depth + 1) for at, each in enumerate(inner))
        return All(nodes) if kind == "all" else Any(nodes)

    return read(data, path, 1)


def condition(field: str, op: str, value: object = None, *, path: str = "") -> Condition:
    """A checked condition; `value` as in JSON. Raises Invalid."""
    return _condition({"field": field, "op": op, "value": value}, path)


def limit(data: object, *, path: str = "limit") -> Limit | None:
    """A checked limit of its JSON form. Raises Invalid."""
    return _limit(data, path)


def to_json(rule: Rule) -> dict[str, typing.Any]:
    """What `from_json` reads."""
    whole: dict[str, typing.Any] = {
        "match": node_to_json(rule.match),
        "sort": [{"by": sort.by, "descending": sort.descending} for sort in rule.sort],
        "limit": None if rule.limit is None else {rule.limit.kind: rule.limit.amount},
        "seed": rule.seed,
    }
    return whole | ({"kept": dict(rule.kept)} if rule.kept else {})


def node_to_json(node: Node) -> dict[str, typing.Any]:
    """What `node_from_json` reads."""
    if isinstance(node, Condition):
        value: typing.Any = node.value
        if isinstance(value, Near):
            value = {"key": value.key, "within": value.within}
        elif isinstance(value, Like):
            value = {value.of: value.value, "at_least": value.at_least}
        elif isinstance(value, tuple):
            value = list(value)
        plain = {"field": node.field, "op": node.op}
        return plain if value is None else plain | {"value": value}
    if isinstance(node, Not):
        return {"not": node_to_json(node.node)}
    return {"all" if isinstance(node, All) else "any": [node_to_json(each) for each in node.nodes]}


def _mapping(data: object, path: str, known: set[str]) -> dict[str, typing.Any]:
    if not isinstance(data, dict):
        raise Invalid("This must be an object.", field=path)
    for name in data:
        if name not in known:
            raise Invalid(
                f"{str(name)[:40]} means nothing here; known are {', '.join(sorted(known))}.", field=path
            )
    return data


def _condition(data: Mapping[str, typing.Any], path: str) -> Condition:
    whole = _mapping(data, path, {"field", "op", "value"})
    at = f"{path}." if path else ""
    name, op = whole.get("field"), whole.get("op")
    field = FIELDS.get(name) if isinstance(name, str) else None
    if field is None:
        raise Invalid(f"There is no field {str(name)[:40]}.", field=f"{at}field")
    if op not in field.operators:
        known = ", ".join(field.operators)
        raise Invalid(f"{field.name} cannot be asked {str(op)[:40]}, only {known}.", field=f"{at}op")
    value = whole.get("value")
    if op in ("missing", "present"):
        if value is not None:
            raise Invalid(f"{op} takes no value.", field=f"{at}value")
        return Condition(field.name, op)
    return Condition(field.name, op, _VALUES[field.kind](field, op, value, f"{at}value"))


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
        first, last = _plain(low, f"{path}[0]"), _plain(high, f"{path}[1]")
        if first > last:
            raise Invalid("The first end must not be above the second one.", field=path)
        return first, last
    return _plain(value, path)


def _plain(value: object, path: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
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
        if not _is_int(value) or not 1 <= value <= DAYS:
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
    whole = _mapping(value, path, {"key", "within"})
    within = whole.get("within", 1)
    if not _is_int(within) or not 0 <= within <= 6:
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
    whole = _mapping(value, path, {"track", "artist", "album", "text", "at_least"})
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


_VALUES: dict[str, Callable[[Field, str, object, str], Value]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "flag": _flag,
    "key": _key,
    "mood": _share,
    "sounds_like": _like,
    "playlist": _id,
}


def _sorts(data: object, path: str) -> tuple[Sort, ...]:
    if data is None:
        return ()
    if not isinstance(data, list) or len(data) > MAX_SORTS:
        raise Invalid(f"This must be a list of up to {MAX_SORTS}.", field=path)
    found = []
    for at, each in enumerate(data):
        whole = _mapping(each, f"{path}[{at}]", {"by", "descending"})
        by, descending = whole.get("by"), whole.get("descending", False)
        if by != RANDOM and not (isinstance(by, str) and by in FIELDS and FIELDS[by].sortable):
            raise Invalid(f"Tracks cannot be sorted by {str(by)[:40]}.", field=f"{path}[{at}].by")
        if not isinstance(descending, bool):
            raise Invalid("This must be true or false.", field=f"{path}[{at}].descending")
        found.append(Sort(by, descending))
    return tuple(found)


def _limit(data: object, path: str) -> Limit | None:
    if data is None:
        return None
    whole = _mapping(data, path, {"tracks", "minutes", "megabytes"})
    if len(whole) != 1:
        raise Invalid("A limit is one of tracks, minutes, megabytes.", field=path)
    ((kind, amount),) = whole.items()
    number = _plain(amount, f"{path}.{kind}")
    whole_only = kind == "tracks"
    if number <= 0 or number > 10**9 or (whole_only and not isinstance(number, int)):
        kinds = "whole number" if whole_only else "number"
        raise Invalid(f"This must be a {kinds} above 0.", field=f"{path}.{kind}")
    return Limit(kind, number)  # type: ignore[arg-type]


def _fits(kept: object) -> bool:
    try:
        return len(json.dumps(kept)) <= MOST_KEPT
    except RecursionError:
        return False


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
