"""Which tracks fit: the conditions of a rule as one SQL expression, each true or false, never unknown.

`not` and the negative operators are first moved down to the conditions. What a group then asks of the same
rows (the files of a track, its album, what was measured) is one question: "all of this of its files" looks
through the files once, not once for each condition.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from sqlalchemy import and_, false, func, not_, or_, select, true

from resonance.core.errors import Invalid
from resonance.core.text import fold
from resonance.db.tables.library import track
from resonance.rules import asks
from resonance.rules.fields import FIELDS, NEGATIVE
from resonance.rules.portable import among, joined, tested, texts
from resonance.rules.rows import Column, Rows, Source
from resonance.rules.scope import Fitting, Need, Scope, need_of
from resonance.rules.sources import SOURCES_OF
from resonance.rules.tree import All, Condition, Node, Not, conditions
from resonance.rules.tree import Any as AnyOf

Signed: TypeAlias = tuple[Node, bool]  # a node, and whether it is turned round


@dataclass(frozen=True, slots=True)
class Asking:
    """For whom, and of which tracks alone (None: of all)."""

    scope: Scope
    only: Collection[str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """What one condition asks of the values in rows beside a track, and whether none of them may fit.

    `unless` is asked of linked values: rows whose value does not fit, or which have none.
    """

    rows: Rows
    fit: Column
    turned: bool
    unless: bool = False
    indexed: bool = False
    named: bool = False  # the name itself is asked for: few tracks have it

    def row(self) -> Column:
        return self.rows.linked(self.fit, unless=self.unless)


def matching(node: Node, asking: Asking) -> Column:
    """The expression for a tree."""
    return _group((node,), asking, whole=True)


def reads_tracks(node: Node, scope: Scope) -> bool:
    """Whether the tracks' own rows must be read to tell which fit."""
    found = _sources(node)
    return any(source.rows is None or source.rows(scope).of == "album" for source in found)


def looks_up(node: Node) -> bool:
    """Whether something is looked up by an index for each track."""
    return any(source.indexed for source in _sources(node))


def _sources(node: Node) -> list[Source]:
    fields = {each.field for each in conditions(node)}
    return [SOURCES_OF[name] for name in fields if name in SOURCES_OF]


def _group(nodes: Sequence[Node], asking: Asking, *, whole: bool, turned: bool = False) -> Column:
    """All (`whole`) or any of the nodes; what is cheap to ask stands first."""
    own: list[Column] = []
    groups: list[Column] = []
    places: list[list[Leaf]] = []
    for node, against in _members(nodes, turned, whole):
        if not isinstance(node, Condition):
            assert isinstance(node, All | AnyOf)
            groups.append(_group(node.nodes, asking, whole=not whole, turned=against))
            continue
        asked = _asked(node, against, asking)
        if not isinstance(asked, Leaf):
            own.append(asked)
            continue
        place = next((some for some in places if some[0].rows.beside(asked.rows)), None)
        if place is None:
            places.append(place := [])
        place.append(asked)
    places.sort(key=_rank)
    beside = [clause for leaves in places for clause in _place(leaves, asking, whole=whole)]
    join, empty = (and_, true()) if whole else (or_, false())
    return joined(join, [*own, *beside, *groups] or [empty])


def _members(nodes: Sequence[Node], turned: bool, whole: bool) -> Iterator[Signed]:
    """What a group consists of, without `not`, and with the members of groups that say the same."""
    for node in nodes:
        against = turned
        while isinstance(node, Not):
            node, against = node.node, not against
        if isinstance(node, Condition) or (isinstance(node, All) != against) is not whole:
            yield node, against
        else:
            yield from _members(node.nodes, against, whole)


def _place(leaves: Sequence[Leaf], asking: Asking, *, whole: bool) -> Iterator[Column]:
    """What a group asks of the same rows, in as few questions as can be."""
    rows = leaves[0].rows
    if rows.once:
        # A track without a row has what all ask in vain.
        turned = (all if whole else any)(leaf.turned for leaf in leaves)
        asked = [leaf.row() if leaf.turned is turned else not_(leaf.row()) for leaf in leaves]
        join = and_ if whole is not turned else or_
        yield _has(leaves, joined(join, asked), asking, turned=turned)
        return
    # One row fits one or the other: that is one question, and so is that none fits any.
    either = [leaf for leaf in leaves if leaf.turned is whole]
    if either:
        yield _has(either, _either(either), asking, turned=whole)
    # Each fits some row, and it need not be the same one.
    each = [leaf for leaf in leaves if leaf.turned is not whole]
    together = [leaf for leaf in each if not leaf.indexed and rows.link is None]
    if len(together) > 1:
        keys = rows.every([leaf.row() for leaf in together])
        few = _few(rows, keys.selected_columns[0], asking)
        yield among(_own(rows), keys, few, turned=not whole)
        each = [leaf for leaf in each if leaf.indexed or rows.link is not None]
    for leaf in each:
        yield _has([leaf], leaf.row(), asking, turned=not whole)


def _rank(leaves: Sequence[Leaf]) -> int:
    """Where rows stand among others: the first that must be there lead to the tracks, so few are best."""
    if leaves[0].rows.few:
        return 0
    return 1 if any(leaf.named and not leaf.turned for leaf in leaves) else 2


def _either(leaves: Sequence[Leaf]) -> Column:
    """One row fits one of them. Linked names are looked through once."""
    rows = leaves[0].rows
    fits = [leaf.fit for leaf in leaves if not leaf.unless]
    named = [rows.linked(joined(or_, fits))] if fits else []
    return joined(or_, [*named, *(leaf.row() for leaf in leaves if leaf.unless)])


def _has(leaves: Sequence[Leaf], asked: Column, asking: Asking, *, turned: bool) -> Column:
    """Whether the track has a row that fits; `turned`: has none."""
    rows = leaves[0].rows
    each = all(leaf.indexed for leaf in leaves)
    return among(_own(rows), rows.found(asked), _few(rows, rows.key, asking), turned=turned, each=each)


def _own(rows: Rows) -> Column:
    return track.c.album_id if rows.of == "album" else track.c.id


def _few(rows: Rows, key: Column, asking: Asking) -> tuple[Column, ...]:
    """No need to look through everybody's rows for a few tracks."""
    if asking.only is None:
        return ()
    few = texts(asking.only)
    if rows.of == "album":
        theirs = track.alias("few")
        few = select(theirs.c.album_id).where(theirs.c.id.in_(few), theirs.c.album_id.is_not(None))
    return (key.in_(few),)


def _asked(node: Condition, turned: bool, asking: Asking) -> Leaf | Column:
    """What one condition asks: of the track itself, or of rows beside it."""
    positive = node
    if node.op in NEGATIVE:
        positive, turned = replace(node, op=NEGATIVE[node.op]), not turned
    need = need_of(positive)
    if need is not None:
        known = texts(_answer(need, positive, asking.scope))
        return track.c.id.not_in(known) if turned else track.c.id.in_(known)
    field, source = FIELDS[positive.field], SOURCES_OF[positive.field]
    if field.kind == "flag":
        turned = turned is bool(positive.value)
    if source.rows is None:
        own = replace(source, column=tested(source.column))
        asked = source.column if field.kind == "flag" else _known(positive, node, own, asking.scope)
        return not_(asked) if turned else asked
    rows = source.rows(asking.scope)
    if field.kind == "flag":
        return Leaf(rows, true(), turned, indexed=source.indexed)
    fit = _known(positive, node, replace(source, column=_looked_through(rows)), asking.scope)
    if field.default is None or not asks.fits_number(positive.op, field.default, positive.value, field.grain):
        named = rows.link is not None and positive.op == "is"
        return Leaf(rows, fit, turned, indexed=source.indexed, named=named)
    # No row means the default, which fits: all but the rows that do not fit.
    other = and_(rows.value.is_not(None), not_(_ask(positive, node, source, asking.scope)(rows.value)))
    return Leaf(rows, other, not turned) if rows.link is None else Leaf(rows, other, turned, unless=True)


def _looked_through(rows: Rows) -> Column:
    """Most rows fit some part of a rule: an index would fetch them out of order. Names and a person's own
    are few."""
    return rows.value if rows.few or rows.link is not None else tested(rows.value)


def _known(positive: Condition, node: Condition, source: Source, scope: Scope) -> Column:
    """That a value is known and fits."""
    fit = _ask(positive, node, source, scope)(source.column)
    return and_(source.column.is_not(None), fit) if source.nullable else fit


def _ask(positive: Condition, node: Condition, source: Source, scope: Scope) -> Callable[[Column], Column]:
    """What is asked of a value, as a function of its column."""
    op, value, field = positive.op, positive.value, FIELDS[positive.field]
    if op == "present":
        empty = source.form in ("raw", "ascii", "small") or source.signs is not None
        return lambda column: (column if source.signs is None else source.signs) != "" if empty else true()
    if source.form == "raw":
        return lambda column: _written(column, scope.texts[node])
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


def _written(column: Column, fitting: Fitting) -> Column:
    listed = texts(fitting.values)
    # Nothing written is no text that fits: it is not among the others.
    return and_(column != "", column.not_in(listed)) if fitting.others else column.in_(listed)


def _named(column: Column, op: str, value: str, source: Source) -> Column:
    key = asks.name_key(value)
    if source.signs is None or fold(value):
        return asks.text(column, op, key)
    return and_(column == "", asks.text(func.lower(source.signs), op, asks.ascii_lower(key)))


def _answer(need: Need, positive: Condition, scope: Scope) -> list[str]:
    if need not in scope.resolved:
        raise Invalid(f"Nothing is known of the {need.of} {need.value[:40]}.", field=positive.field)
    answer = scope.resolved[need]
    if isinstance(answer, Mapping):
        enough = getattr(positive.value, "at_least", 0.0)
        return sorted(id_ for id_, degree in answer.items() if degree >= enough)
    return sorted(answer)
