"""Texts without a folded column: labels, comments, own tags and the like, compared in Python beforehand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, select

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import track
from resonance.rules import asks
from resonance.rules.fields import FIELDS, NEGATIVE
from resonance.rules.portable import texts
from resonance.rules.rows import Source
from resonance.rules.scope import Fitting, Scope
from resonance.rules.sources import SOURCES_OF
from resonance.rules.tree import Condition, Rule, conditions

# (as stored, its parts as they are compared)
_Folded = Sequence[tuple[str, Sequence[str]]]
_MOST = 200_000  # values of a field that are remembered


def prepare(uow: UnitOfWork, rule: Rule, scope: Scope, *, only: Collection[str] | None = None) -> Scope:
    """The scope with the texts that only Python can compare.

    The distinct values of such a field are read and folded here, and those that fit are handed to the SQL: a
    fold in SQL would be another one on each database.
    """
    values: dict[str, _Folded] = {}
    found: dict[Condition, Fitting] = {}
    for each in conditions(rule.match):
        if not _is_raw(each):
            continue
        if each.field not in values:
            values[each.field] = _values(uow, each.field, scope, only)
        op, key = NEGATIVE.get(each.op, each.op), asks.name_key(str(each.value))
        fitting: list[str] = []
        others: list[str] = []
        for raw, keys in values[each.field]:
            (fitting if any(asks.fits(op, k, key) for k in keys) else others).append(raw)
        fewer = len(others) < len(fitting)
        found[each] = Fitting(others if fewer else fitting, others=fewer)
    return replace(scope, texts={**scope.texts, **found})


def _is_raw(condition: Condition) -> bool:
    source = SOURCES_OF.get(condition.field)
    return source is not None and source.form == "raw" and condition.op not in ("missing", "present")


class _Memory:
    """What everybody sees of the catalogue, folded, until it changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Engine, dict[str, tuple[int, _Folded]]] = WeakKeyDictionary()

    def get(self, engine: Engine, name: str, version: int) -> _Folded | None:
        with self._lock:
            kept = self._kept.get(engine, {}).get(name)
        return kept[1] if kept is not None and kept[0] == version else None

    def put(self, engine: Engine, name: str, version: int, values: _Folded) -> None:
        if len(values) <= _MOST:
            with self._lock:
                self._kept.setdefault(engine, {})[name] = version, values


_memory = _Memory()


def _values(uow: UnitOfWork, name: str, scope: Scope, only: Collection[str] | None) -> _Folded:
    source = SOURCES_OF[name]
    shared = not FIELDS[name].personal and name != "library"
    engine = uow.connection.engine
    version = versions.current(uow, "catalogue")
    if shared and not uow.writes and (known := _memory.get(engine, name, version)) is not None:
        return known
    found = [
        (raw, [asks.name_key(part) for part in (raw.split(";") if source.joined else [raw]) if part.strip()])
        for raw in uow.execute(_distinct(source, scope, only)).scalars()
    ]
    if shared and not uow.writes and only is None:
        _memory.put(engine, name, version, found)
    return found


def _distinct(source: Source, scope: Scope, only: Collection[str] | None) -> Select[tuple[str]]:
    if source.rows is None:
        known = source.column.is_not(None), source.column != ""
        statement = select(source.column).select_from(track).where(*known)
        return (statement if only is None else statement.where(track.c.id.in_(texts(only)))).distinct()
    rows = source.rows(scope)
    statement = rows.all_values()
    if only is not None and rows.of == "track":
        statement = statement.where(rows.key.in_(texts(only)))
    return statement.distinct()
