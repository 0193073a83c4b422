"""Rules over plain records, one by one: what the SQL must agree with, and what needs no database.

A record is {"id": ..., field: value}. A field that is not known is None or absent; one that is `many` may
have a list. Text as written, numbers in the field's unit, times as ms since 1970, dates as "YYYY[-MM[-DD]]",
flags as bool, keys as "8A". Records hold what the person may see, in their own view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cmp_to_key
from typing import Any, TypeAlias

from resonance.db.traits import key_place
from resonance.model import camelot
from resonance.rules import asks
from resonance.rules.fields import FIELDS, NEGATIVE, RANDOM, Field
from resonance.rules.order import DEFAULT_SORT, SORTED_AS, shuffle_key
from resonance.rules.scope import Scope, need_of
from resonance.rules.tree import All, Condition, Like, Limit, Node, Not, Rule

Record: TypeAlias = Mapping[str, Any]


def evaluate(rule: Rule, records: Iterable[Record], scope: Scope) -> list[str]:
    """The ids of the rule's tracks in its order."""
    found = [record for record in records if matches(rule.match, record, scope)]
    found.sort(key=lambda record: str(record["id"]).encode())
    for sort in reversed(rule.sort or DEFAULT_SORT):  # sorting is stable: the last step first
        keys = {id(record): _sort_key(record, sort.by, rule.seed or 0) for record in found}
        down = -1 if sort.descending and sort.by != RANDOM else 1

        def compare(a: Record, b: Record, keys: dict[int, Any] = keys, down: int = down) -> int:
            one, other = keys[id(a)], keys[id(b)]
            if one is None or other is None:
                return (one is None) - (other is None)
            return down * (int(one > other) - int(one < other))

        found.sort(key=cmp_to_key(compare))
    return [str(record["id"]) for record in _limited(found, rule.limit)]


def matches(node: Node, record: Record, scope: Scope) -> bool:
    """Whether one track fits."""
    if isinstance(node, Condition):
        return _holds(node, record, scope)
    if isinstance(node, Not):
        return not matches(node.node, record, scope)
    each = (matches(inner, record, scope) for inner in node.nodes)
    return all(each) if isinstance(node, All) else any(each)


def values(record: Record, field: Field) -> list[Any]:
    """What is known of a field."""
    value = record.get(field.name)
    if isinstance(value, list | tuple | set | frozenset):
        known = [each for each in value if each is not None]
    else:
        known = [] if value is None else [value]
    if field.kind == "text":
        known = [each for each in known if each]
    return known if known or field.many or field.default is None else [field.default]


def _holds(node: Condition, record: Record, scope: Scope) -> bool:
    if node.op in NEGATIVE:
        return not _holds(Condition(node.field, NEGATIVE[node.op], node.value), record, scope)
    need = need_of(node)
    if need is not None:
        answer = scope.resolved[need]
        if isinstance(answer, Mapping):
            assert isinstance(node.value, Like)
            return answer.get(record["id"], -1.0) >= node.value.at_least
        return record["id"] in answer
    field = FIELDS[node.field]
    if field.kind == "flag":
        return bool(record.get(field.name)) is node.value
    known = values(record, field)
    if node.op == "present":
        return bool(known)
    return any(_fits(field, node, value, scope) for value in known)


def _fits(field: Field, node: Condition, value: Any, scope: Scope) -> bool:
    if field.kind == "text":
        form = asks.ascii_lower if field.exact else asks.name_key
        return asks.fits(node.op, form(value), form(str(node.value)))
    if field.kind == "date":
        return _in_time(node, value, scope.now_ms)
    if field.kind == "key":
        return _place(value) in asks.places(node.op, node.value)
    return asks.fits_number(node.op, value, node.value, field.grain)


def _in_time(node: Condition, value: int | str, now_ms: int) -> bool:
    if node.op == "in_last":
        assert isinstance(node.value, int)
        if isinstance(value, str):
            return _whole(value) >= asks.since(now_ms, node.value)
        return value >= now_ms - node.value * asks.DAY_MS
    first, after = asks.days(node.op, node.value)
    if isinstance(value, str):
        day = _whole(value)
        return (first is None or day >= first.isoformat()) and (after is None or day < after.isoformat())
    day_of = value // asks.DAY_MS + 719_163  # the ordinal of 1970-01-01
    return (first is None or day_of >= first.toordinal()) and (after is None or day_of < after.toordinal())


def _whole(date: str) -> str:
    return (date + "0000-01-01"[len(date) :])[:10]


def _place(key: str) -> int:
    known = camelot.parse(key)
    if known is None:
        raise ValueError(f"no key: {key}")
    return key_place(*known)


def _sort_key(record: Record, by: str, seed: int) -> Any:
    if by == RANDOM:
        return shuffle_key(record["id"], seed)
    field = FIELDS[SORTED_AS.get(by, by)]
    if field.kind == "flag":
        return bool(record.get(field.name))
    known = values(record, field)
    if not known:
        return None
    if field.kind == "text":
        form = asks.ascii_lower if field.exact else asks.name_key
        return min(form(value).encode() for value in known)
    if field.kind == "key":
        return _place(known[0])
    if isinstance(known[0], str):
        return max(value.encode() for value in known)
    return max(known)


def _limited(found: list[Record], limit: Limit | None) -> list[Record]:
    if limit is None:
        return found
    if limit.kind == "tracks":
        return found[: int(limit.amount)]
    total, kept = 0, []
    most = int(limit.amount * (60_000 if limit.kind == "minutes" else 1_000_000))
    for record in found:
        if limit.kind == "minutes":
            total += int(record["duration"] * 1000.0 + 0.5)
        else:
            total += max(values(record, FIELDS["size"]), default=0)
        if total > most:
            break
        kept.append(record)
    return kept
