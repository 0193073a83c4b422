"""The order of a rule's tracks. What is not known stands last, up and down alike; the id ends every order."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from sqlalchemy import case, func

from resonance.db.tables.library import track
from resonance.rules.fields import FIELDS, RANDOM
from resonance.rules.portable import Code
from resonance.rules.rows import Source
from resonance.rules.scope import Scope
from resonance.rules.sources import SOURCES_OF
from resonance.rules.tree import Rule, Sort

DEFAULT_SORT = (Sort("artist"), Sort("title"))
# What is sorted by its own column for sorting rather than by its values.
SORTED_AS = {
    "title": "sort_title",
    "artist": "sort_artist",
    "album": "sort_album",
    "album_artist": "sort_album_artist",
}
_PRIME = 2**31 - 1
_HASHED = range(3, 8)  # the characters of an id that a hash reads: 62^5 of them


class Key(NamedTuple):
    """Something that tracks are ordered by."""

    column: Any
    descending: bool = False

    def clause(self, column: Any = None) -> Any:
        """For ORDER BY: of its own column, or of one that stands for it."""
        shown = self.column if column is None else column
        return shown.desc() if self.descending else shown.asc()


def ordered(rule: Rule, scope: Scope) -> tuple[Any, list[Key]]:
    """What the tracks of a rule are selected from, and what orders them."""
    joined: Any = track
    keys: list[Key] = []
    for place, sort in enumerate(rule.sort or DEFAULT_SORT):
        if sort.by == RANDOM:
            keys.append(Key(shuffled(track.c.id, rule.seed or 0)))
            continue
        joined, column, nullable = _sorted(joined, sort.by, place, scope)
        if nullable:
            keys.append(Key(case((column.is_(None), 1), else_=0)))
        keys.append(Key(column, sort.descending))
    return joined, [*keys, Key(track.c.id)]


def _sorted(joined: Any, by: str, place: int, scope: Scope) -> tuple[Any, Any, bool]:
    name = SORTED_AS.get(by, by)
    field, source = FIELDS[name], SOURCES_OF[name]
    if source.rows is None:
        return joined, _sortable(source.column, source), source.nullable
    rows = source.rows(scope)
    beside = rows.one_each(lambda value: _sortable(value, source), field.default).subquery(f"sort_{place}")
    own = track.c.album_id if rows.of == "album" else track.c.id
    joined = joined.outerjoin(beside, beside.c.key == own)
    if field.kind == "flag":
        return joined, case((beside.c.key.is_(None), 0), else_=1), False
    if field.default is not None and rows.link is None:
        return joined, func.coalesce(beside.c.value, field.default), False
    return joined, beside.c.value, True


def _sortable(column: Any, source: Source) -> Any:
    if source.form == "ascii":
        return func.nullif(func.lower(column), "")
    if source.form == "small":
        return func.nullif(column, "")
    if source.form == "flag":
        return case((column, 1), else_=0) if source.rows is None else column
    return column


def shuffled(id_: Any, seed: int) -> Any:
    """A number that puts ids into an order of its own for every seed; `shuffle_key` in Python."""
    parts = [Code(func.substr(id_, place, 1)) * factor for place, factor in _factors(seed)]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total % _PRIME


def shuffle_key(id_: str, seed: int) -> int:
    """`shuffled` of one id."""
    return sum(ord(id_[place - 1]) * factor for place, factor in _factors(seed)) % _PRIME


def _factors(seed: int) -> list[tuple[int, int]]:
    def factor(place: int) -> int:
        digest = hashlib.sha256(f"{seed}:{place}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % (_PRIME - 1) + 1

    return [(place, factor(place)) for place in _HASHED]
