"""Rules as SQL with one meaning on SQLite and PostgreSQL.

Every condition is either true or false: of what is not known, what is asked is not so. The negative operators
and `not` hold exactly where the positive ones do not. Orders put what is not known last, up and down alike,
and end with the id. Random is the order of a hash of id and seed.

Use: `scope = prepare(uow, rule, scope)`, then `uow.execute(tracks(rule, scope)).scalars()`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from sqlalchemy import Select, and_, case, exists, false, func, not_, or_, select, true

from resonance.core.errors import Invalid
from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.db.tables import analysis
from resonance.db.tables.library import carrier, track
from resonance.rules import asks
from resonance.rules.fields import FIELDS, NEGATIVE, RANDOM
from resonance.rules.folding import prepare
from resonance.rules.portable import Code, Thousandths, tested, texts
from resonance.rules.scope import Need, Scope, need_of, needs
from resonance.rules.sources import SOURCES_OF, Rows, Source
from resonance.rules.tree import All, Condition, Limit, Node, Not, Rule, Sort

__all__ = ["DEFAULT_SORT", "Need", "Scope", "count", "listed", "needs", "prepare", "tracks"]

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


def tracks(rule: Rule, scope: Scope, *, only: Collection[str] | None = None) -> Select[Any]:
    """The ids of the rule's tracks in its order.

    With `only` those of these ids that match, for a cheap look at what changed; a limit is then left aside,
    because a few tracks cannot say which others stand before them.
    """
    conditions_ = _where(rule.match, scope, only)
    source, order = _order(rule, scope)
    found = select(track.c.id).select_from(source).where(*conditions_)
    if only is not None or rule.limit is None:
        return found.order_by(*order)
    if rule.limit.kind == "tracks":
        return found.order_by(*order).limit(int(rule.limit.amount))
    return _until(found, order, rule.limit, scope)


def listed(uow: UnitOfWork, rule: Rule, scope: Scope) -> list[str]:
    """The ids that `tracks` selects; of a list that ends after a time or size only its part is weighed."""
    if rule.limit is None or rule.limit.kind == "tracks":
        return list(uow.execute(tracks(rule, scope)).scalars())
    weight, most = _weight(rule.limit, scope)
    whole = tracks(replace(rule, limit=None), scope)
    some = int(rule.limit.amount) // 2 + 100
    while True:
        ids = list(uow.execute(whole.limit(some)).scalars())
        weighed = select(track.c.id, weight).where(track.c.id.in_(texts(ids)))
        weights: dict[str, int] = dict(map(tuple, uow.execute(weighed)))
        ends = accumulate(weights[id_] for id_ in ids)
        kept = [id_ for id_, end in zip(ids, ends, strict=True) if end <= most]
        if len(kept) < len(ids) or len(ids) < some:
            return kept
        some *= 8


def count(rule: Rule, scope: Scope) -> Select[Any]:
    """How many tracks the rule has."""
    if rule.limit is None:
        matching = select(func.count()).select_from(track)
        return matching.where(*_where(rule.match, scope, None))
    if rule.limit.kind == "tracks":  # which ones does not matter, so nothing is sorted
        some = select(track.c.id).where(*_where(rule.match, scope, None)).limit(int(rule.limit.amount))
        return select(func.count()).select_from(some.subquery())
    return select(func.count()).select_from(tracks(rule, scope).order_by(None).subquery())


def _where(node: Node, scope: Scope, only: Collection[str] | None) -> list[Any]:
    found: list[Any] = [track.c.missing_at.is_(None)]
    if only is not None:
        found.append(track.c.id.in_(texts(only)))
    if scope.libraries is not None:
        if not scope.libraries:
            return [false()]
        # Asked last, of what fits otherwise.
        file = carrier.alias("heard")
        inside = tested(file.c.library_id).in_(sorted(scope.libraries))
        found.append(exists().where(file.c.track_id == track.c.id, file.c.missing_at.is_(None), inside))
    return [*found, _node(node, scope, only)]


def _node(node: Node, scope: Scope, only: Collection[str] | None) -> Any:
    if isinstance(node, Condition):
        if node.op in NEGATIVE:
            return not_(_asked(replace(node, op=NEGATIVE[node.op]), node, scope, only))
        return _asked(node, node, scope, only)
    if isinstance(node, Not):
        return not_(_node(node.node, scope, only))
    together = and_ if isinstance(node, All) else or_
    inner = _same_rows(node.nodes, together, scope, only)
    inner += [_node(each, scope, only) for each in node.nodes if _table(each, scope) is None]
    return together(true() if isinstance(node, All) else false(), *inner)


def _table(node: Node, scope: Scope) -> Any:
    """The table in which a condition asks about the one row that a track may have there, else None."""
    if (
        not isinstance(node, Condition)
        or node.op in NEGATIVE
        or FIELDS[node.field].kind not in ("number", "key")
    ):
        return None
    rows = SOURCES_OF[node.field].rows
    table = None if rows is None else rows(scope).table
    return table if table in (analysis.trait, analysis.features) else None


def _same_rows(nodes: Sequence[Node], together: Any, scope: Scope, only: Collection[str] | None) -> list[Any]:
    """Conditions of a group about the same rows, which are looked through once for all of them."""
    found: list[Any] = []
    for table in (analysis.trait, analysis.features):
        asked = [each for each in nodes if isinstance(each, Condition) and _table(each, scope) is table]
        if not asked:
            continue
        fits = []
        for each in asked:
            source = SOURCES_OF[each.field]
            assert source.rows is not None
            value = source.rows(scope).value
            fits.append(and_(value.is_not(None), _ask(each, each, source, scope)(value)))
        keys = select(table.c.track_id).where(together(*fits))
        if only is not None:
            keys = keys.where(table.c.track_id.in_(texts(only)))
        found.append(track.c.id.in_(keys))
    return found


def _asked(positive: Condition, node: Condition, scope: Scope, only: Collection[str] | None) -> Any:
    """A condition with a positive operator; `node` is the one that stands in the rule."""
    need = need_of(positive)
    if need is not None:
        return track.c.id.in_(texts(_answer(need, positive, scope)))
    field, source = FIELDS[positive.field], SOURCES_OF[positive.field]
    if field.kind == "flag":
        wanted = bool(positive.value)
        held = source.column if source.rows is None else _beside(source.rows(scope), None, only)
        return held if wanted else not_(held)
    ask = _ask(positive, node, source, scope)
    if source.rows is None:
        fit = ask(tested(source.column))
        return and_(source.column.is_not(None), fit) if source.nullable else fit
    rows = source.rows(scope)
    if field.default is None or not asks.fits_number(positive.op, field.default, positive.value, field.grain):
        return _beside(rows, ask, only)

    def other(column: Any) -> Any:
        return not_(ask(column))

    # No row means the default, which fits: all but the rows that do not fit.
    return not_(_beside(rows, other, only)) if rows.link is None else _beside(rows, other, only, unless=True)


def _ask(positive: Condition, node: Condition, source: Source, scope: Scope) -> Any:
    """What is asked of a value, as a function of its column."""
    op, value, field = positive.op, positive.value, FIELDS[positive.field]
    if op == "present":
        empty = source.form in ("raw", "ascii", "small") or source.signs is not None
        return lambda column: (column if source.signs is None else source.signs) != "" if empty else true()
    if source.form == "raw":
        return lambda column: column.in_(texts(scope.texts[node]))
    if source.form == "ascii":
        return lambda column: asks.text(func.lower(column), op, asks.ascii_lower(str(value)))
    if source.form == "small":
        return lambda column: asks.text(column, op, asks.ascii_lower(str(value)))
    if source.form == "folded":
        return lambda column: _named(column, op, str(value), source)
    if source.form == "ms":
        return lambda column: asks.moment(column, op, value, scope.now_ms)
    if source.form == "day":
        return lambda column: asks.day(column, op, value, scope.now_ms)
    if source.form == "place":
        return lambda column: column.in_(asks.places(op, value))
    return lambda column: asks.number(column, op, value, field.grain)


def _named(column: Any, op: str, value: str, source: Source) -> Any:
    key = asks.name_key(value)
    if source.signs is None or fold(value):
        return asks.text(column, op, key)
    return and_(column == "", asks.text(func.lower(source.signs), op, asks.ascii_lower(key)))


def _beside(rows: Rows, ask: Any, only: Collection[str] | None, *, unless: bool = False) -> Any:
    """Whether a row beside the track fits."""
    own = track.c.album_id if rows.of == "album" else track.c.id
    keys = rows.keys(ask, unless=unless)
    if only is not None:  # no need to look through everybody's rows for a few tracks
        few = texts(only)
        if rows.of == "album":
            theirs = track.alias("few")
            few = select(theirs.c.album_id).where(theirs.c.id.in_(few), theirs.c.album_id.is_not(None))
        keys = keys.where(rows.key.in_(few))
    found = own.in_(keys)
    return and_(own.is_not(None), found) if rows.of == "album" else found


def _answer(need: Need, positive: Condition, scope: Scope) -> list[str]:
    if need not in scope.resolved:
        raise Invalid(f"Nothing is known of the {need.of} {need.value[:40]}.", field=positive.field)
    answer = scope.resolved[need]
    if isinstance(answer, Mapping):
        enough = getattr(positive.value, "at_least", 0.0)
        return sorted(id_ for id_, degree in answer.items() if degree >= enough)
    return sorted(answer)


def _order(rule: Rule, scope: Scope) -> tuple[Any, list[Any]]:
    """What is selected from, and the order."""
    joined: Any = track
    order: list[Any] = []
    for place, sort in enumerate(rule.sort or DEFAULT_SORT):
        if sort.by == RANDOM:
            order.append(shuffled(track.c.id, rule.seed or 0))
            continue
        joined, column, nullable = _sorted(joined, sort.by, place, scope)
        if nullable:
            order.append(case((column.is_(None), 1), else_=0))
        order.append(column.desc() if sort.descending else column.asc())
    return joined, [*order, track.c.id]


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


def _weight(limit: Limit, scope: Scope) -> tuple[Any, int]:
    """What a track adds to a list, in whole milliseconds or bytes, and how much fits."""
    if limit.kind == "minutes":
        return Thousandths(track.c.duration_s), int(limit.amount * 60_000)
    file = carrier.alias("heaviest")
    here = [file.c.track_id == track.c.id, file.c.missing_at.is_(None)]
    if scope.libraries is not None:
        here.append(file.c.library_id.in_(sorted(scope.libraries)))
    largest = select(func.max(file.c.size)).where(*here).correlate(track).scalar_subquery()
    return func.coalesce(largest, 0), int(limit.amount * 1_000_000)


def _until(found: Select[Any], order: Sequence[Any], limit: Limit, scope: Scope) -> Select[Any]:
    """As many tracks as fit into a time or a size."""
    weight, most = _weight(limit, scope)
    running = func.sum(weight).over(order_by=order, rows=(None, 0)).label("running")
    row = func.row_number().over(order_by=order).label("row")
    numbered = found.add_columns(running, row).subquery("numbered")
    return select(numbered.c.id).where(numbered.c.running <= most).order_by(numbered.c.row)
