"""Which tracks may be taken at all: the caller's, within the pieces that must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from resonance.assistant.making import ruling
from resonance.assistant.plan import Plan
from resonance.db.engine import UnitOfWork
from resonance.db.traits import key_place
from resonance.library.catalogue.cache import Ids, marks, personal, remembered
from resonance.model import camelot
from resonance.model.caller import Caller
from resonance.rules import compile as compiled
from resonance.rules.fields import FIELDS
from resonance.rules.scope import Scope
from resonance.rules.tree import Node, Not, Rule, conditions, node_to_json
from resonance.search.filters import TrackFilter
from resonance.search.meaning import documents

if TYPE_CHECKING:
    from resonance.search.vectors.ports import VectorIndex

MINUTE_MS = 60_000


def narrowed(uow: UnitOfWork, caller: Caller, vectors: VectorIndex, plan: Plan, now_ms: int) -> TrackFilter:
    """The filter for all that must hold; what the index of vectors cannot tell is looked up by rule."""
    names = [name for _, name in documents.genre_names(uow)] if plan.of("genre") else []
    where = TrackFilter(libraries=caller.libraries, without=frozenset(plan.without))
    among: list[Sequence[str]] = []
    without: list[Sequence[str]] = [plan.without]
    left, where = _quick(plan, where)
    left, inside, outside = _years(uow, vectors, left)
    among += inside
    without += outside
    for node in ruling.nodes(left, names):
        denied = isinstance(node, Not)
        ids = _ids(uow, caller, node.node if isinstance(node, Not) else node, now_ms)
        (without if denied else among).append(ids)
    gone = frozenset(id_ for ids in without for id_ in ids)
    if not among:
        return replace(where, without=gone)
    if len(among) == 1:
        return replace(where, among=among[0], without=gone)
    few, *others = sorted(among, key=len)
    for ids in others:
        held = frozenset(ids)
        few = [id_ for id_ in few if id_ in held]
    return replace(where, among=few, without=gone)


def _quick(plan: Plan, where: TrackFilter) -> tuple[Plan, TrackFilter]:
    """What the index knows by itself: one range of years, tempo, energy, keys. The rest of the plan."""
    done: list[int] = []
    for kind in ("years", "tempo", "energy", "key"):
        places = [place for place, piece in enumerate(plan.pieces) if piece.kind == kind]
        if len(places) != 1:
            continue
        value = plan.pieces[places[0]].value
        if kind == "years" and (value.get("not") or len(value["ranges"]) != 1):
            continue
        if kind == "years":
            low, high = value["ranges"][0]
            where = replace(where, year_from=low, year_to=high)
        elif kind == "tempo":
            where = replace(where, bpm_min=value.get("from"), bpm_max=value.get("to"))
        elif kind == "energy":
            where = replace(where, energy_min=value.get("from"), energy_max=value.get("to"))
        else:
            keys = {key for text in value["keys"] if (key := camelot.parse(text)) and key_place(*key)}
            where = replace(where, keys=frozenset(keys))
        done.append(places[0])
    return replace(plan, pieces=tuple(p for at, p in enumerate(plan.pieces) if at not in done)), where


def _years(
    uow: UnitOfWork, vectors: VectorIndex, plan: Plan
) -> tuple[Plan, list[Sequence[str]], list[Sequence[str]]]:
    """Several ranges of years, from what the index holds: the rest, ids within, ids to leave out."""
    among: list[Sequence[str]] = []
    without: list[Sequence[str]] = []
    closed: list[tuple[int, int]] = []
    for value in plan.of("years"):
        ranges = [(low, high) for low, high in value["ranges"]]
        if value.get("not"):
            without.append(_within(uow, vectors, ranges))
        elif all(None not in pair for pair in ranges):
            closed += ranges
        else:
            among.append(_within(uow, vectors, ranges))
    if closed:
        among.append(_within(uow, vectors, closed))
    return replace(plan, pieces=tuple(p for p in plan.pieces if p.kind != "years")), among, without


def _within(
    uow: UnitOfWork, vectors: VectorIndex, ranges: Sequence[tuple[int | None, int | None]]
) -> list[str]:
    found = (
        id_ for low, high in ranges for id_ in vectors.passing(uow, TrackFilter(year_from=low, year_to=high))
    )
    return list(dict.fromkeys(found))


def _ids(uow: UnitOfWork, caller: Caller, node: Node, now_ms: int) -> Sequence[str]:
    """The tracks that a condition holds of; remembered as long as what it reads stays the same."""
    rule = Rule(node)
    reads = {FIELDS[each.field] for each in conditions(rule.match)}
    dated = any(field.kind == "date" for field in reads)
    minute = now_ms // MINUTE_MS * MINUTE_MS if dated else 0
    own = any(field.personal for field in reads)
    libraries = None if caller.libraries is None else tuple(sorted(caller.libraries))
    key = ("prompt", repr(node_to_json(node)), caller.user_id if own else "", libraries, minute)
    state = marks(uow, "catalogue", "features", *([personal(caller.user_id)] if own else []))

    def look() -> Ids:
        scope = compiled.prepare(uow, rule, Scope(caller.user_id, caller.libraries, minute))
        found = compiled.tracks(rule, scope).order_by(None)
        return Ids(uow.execute(found).scalars())

    held = remembered(uow, key, state, look, lambda ids: ids.cost)
    return held.slice(0, len(held))


def only(uow: UnitOfWork, caller: Caller, plan: Plan, now_ms: int, track_ids: Sequence[str]) -> set[str]:
    """Those of these tracks that may be taken, asked of the rule language alone."""
    names = [name for _, name in documents.genre_names(uow)] if plan.of("genre") else []
    rule = ruling.rule(plan, names)
    scope = Scope(caller.user_id, caller.libraries, now_ms // MINUTE_MS * MINUTE_MS)
    prepared = compiled.prepare(uow, rule, scope)
    found = uow.execute(compiled.tracks(rule, prepared, only=track_ids).order_by(None)).scalars()
    return set(found) - set(plan.without)
