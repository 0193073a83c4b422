"""The tree of a rule and its JSON form.

A rule matches tracks by a group of conditions, puts them in an order and may stop after so many tracks,
minutes or megabytes. Reading JSON checks everything and names the place of a fault: `match.all[2].value`.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Mapping

from resonance.core.errors import Invalid
from resonance.rules.checks import VALUES, is_whole, mapping, number
from resonance.rules.fields import FIELDS, RANDOM
from resonance.rules.nodes import All, Any, Condition, Like, Limit, Near, Node, Not, Rule, Sort, conditions

__all__ = [
    "All",
    "Any",
    "Condition",
    "Like",
    "Limit",
    "Near",
    "Node",
    "Not",
    "Rule",
    "Sort",
    "condition",
    "conditions",
    "from_json",
    "limit",
    "node_from_json",
    "node_to_json",
    "to_json",
]

MAX_DEPTH = 20  # groups within groups
MAX_NODES = 500
MAX_SORTS = 10
SEEDS = 2**31 - 1
MOST_KEPT = 1_000_000  # characters of JSON


def from_json(data: object, *, path: str = "") -> Rule:
    """The rule of its JSON form. Raises Invalid whose `field` is the path of the fault below `path`."""
    at = f"{path}." if path else ""
    whole = mapping(data, path or "rule", {"match", "sort", "limit", "seed", "kept"})
    seed = whole.get("seed")
    if seed is not None and not (is_whole(seed) and 0 <= seed <= SEEDS):
        raise Invalid(f"A seed is a whole number from 0 to {SEEDS}.", field=f"{at}seed")
    kept = whole.get("kept")
    if kept is not None and not isinstance(kept, dict):
        raise Invalid("This must be an object.", field=f"{at}kept")
    if kept and not _fits(kept):
        raise Invalid("This is too much, or cannot be stored.", field=f"{at}kept")
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
        whole = mapping(data, path, {"all", "any", "not"})
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


def _condition(data: Mapping[str, typing.Any], path: str) -> Condition:
    whole = mapping(data, path, {"field", "op", "value"})
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
    return Condition(field.name, op, VALUES[field.kind](field, op, value, f"{at}value"))


def _sorts(data: object, path: str) -> tuple[Sort, ...]:
    if data is None:
        return ()
    if not isinstance(data, list) or len(data) > MAX_SORTS:
        raise Invalid(f"This must be a list of up to {MAX_SORTS}.", field=path)
    found = []
    for at, each in enumerate(data):
        whole = mapping(each, f"{path}[{at}]", {"by", "descending"})
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
    whole = mapping(data, path, {"tracks", "minutes", "megabytes"})
    if len(whole) != 1:
        raise Invalid("A limit is one of tracks, minutes, megabytes.", field=path)
    ((kind, amount),) = whole.items()
    much = number(amount, f"{path}.{kind}")
    whole_only = kind == "tracks"
    if much <= 0 or much > 10**9 or (whole_only and not isinstance(much, int)):
        kinds = "whole number" if whole_only else "number"
        raise Invalid(f"This must be a {kinds} above 0.", field=f"{path}.{kind}")
    return Limit(kind, much)  # type: ignore[arg-type]


def _fits(kept: object) -> bool:
    """Whether it is JSON that can be stored: nothing endless, no lone surrogates, and not too much."""
    try:
        text = json.dumps(kept, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (RecursionError, TypeError, ValueError):
        return False
    return len(text) <= MOST_KEPT
