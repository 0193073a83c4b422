"""Rules as SQL with one meaning on SQLite and PostgreSQL.

Every condition is either true or false: of what is not known, what is asked is not so. The negative operators
and `not` hold exactly where the positive ones do not. Orders put what is not known last, up and down alike,
and end with the id. Random is the order of a hash of id and seed.

Use: `scope = prepare(uow, rule, scope)`, then `uow.execute(tracks(rule, scope)).scalars()`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from sqlalchemy import Select, exists, false, func, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import carrier, track
from resonance.rules.folding import prepare
from resonance.rules.matching import Asking, looks_up, matching, reads_tracks
from resonance.rules.order import ordered
from resonance.rules.portable import Thousandths, tested, texts
from resonance.rules.scope import Need, Scope, needs
from resonance.rules.tree import Limit, Rule

__all__ = ["Need", "Scope", "count", "listed", "looked", "needs", "prepare", "tracks"]


def tracks(rule: Rule, scope: Scope, *, only: Collection[str] | None = None) -> Select[Any]:
    """The ids of the rule's tracks in its order.

    With `only` those of these ids that match, for a cheap look at what changed; a limit is then left aside,
    because a few tracks cannot say which others stand before them.
    """
    source, keys = ordered(rule, scope)
    order = [key.clause() for key in keys]
    where = _where(rule, scope, only, rows=not looks_up(rule.match))
    found = select(track.c.id).select_from(source).where(*where)
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


def fitting(uow: UnitOfWork, rule: Rule, scope: Scope, only: Collection[str]) -> list[str]:
    """Those of these ids that match, in the rule's order; its limit is left aside."""
    return list(uow.execute(tracks(rule, scope, only=only)).scalars())


def looked(uow: UnitOfWork, rule: Rule, scope: Scope, most: int) -> tuple[int, float, list[str]]:
    """How many tracks match, whatever the limit, their seconds, and the first `most` ids, in one go.

    Counting and ordering by themselves would each ask every track.
    """
    source, keys = ordered(rule, scope)
    beside = [track.c.duration_s, *(key.column.label(f"key_{place}") for place, key in enumerate(keys))]
    where = _where(rule, scope, None, rows=not looks_up(rule.match))
    found = select(track.c.id.label("found"), *beside).select_from(source).where(*where).cte("matching")
    order = [key.clause(found.c[f"key_{place}"]) for place, key in enumerate(keys)]
    number = select(func.count()).select_from(found).scalar_subquery()
    seconds = select(func.coalesce(func.sum(found.c.duration_s), 0.0)).scalar_subquery()
    first = select(found.c.found, number, seconds).order_by(*order).limit(max(most, 1))
    rows = uow.execute(first).all()
    if not rows:
        return 0, 0.0, []
    return int(rows[0][1]), float(rows[0][2]), [row[0] for row in rows][:most]


def count(rule: Rule, scope: Scope) -> Select[Any]:
    """How many tracks the rule has."""
    rows = reads_tracks(rule.match, scope) and not looks_up(rule.match)
    where = _where(rule, scope, None, rows=rows)
    if rule.limit is None:
        return select(func.count()).select_from(track).where(*where)
    if rule.limit.kind == "tracks":  # which ones does not matter, so nothing is sorted
        some = select(track.c.id).where(*where).limit(int(rule.limit.amount))
        return select(func.count()).select_from(some.subquery())
    return select(func.count()).select_from(tracks(rule, scope).order_by(None).subquery())


def _where(rule: Rule, scope: Scope, only: Collection[str] | None, *, rows: bool) -> list[Any]:
    """What the tracks must be.

    `rows`: they are read in the order in which they lie, the fastest when most are read; else in the order of
    their ids, the fastest when their rows are not read or an index by id is asked for each.
    """
    found: list[Any] = [(tested(track.c.missing_at) if rows else track.c.missing_at).is_(None)]
    if only is not None:
        found.append(track.c.id.in_(texts(only)))
    if scope.libraries is not None:
        if not scope.libraries:
            return [false()]
        # Asked last, of what fits otherwise.
        file = carrier.alias("heard")
        inside = tested(file.c.library_id).in_(sorted(scope.libraries))
        found.append(exists().where(file.c.track_id == track.c.id, file.c.missing_at.is_(None), inside))
    return [*found, matching(rule.match, Asking(scope, only))]


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
