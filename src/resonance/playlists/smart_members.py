"""Which tracks a rule has, for the person whose rule it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from resonance.core.clock import now_ms
from resonance.core.errors import Invalid
from resonance.db.changes import KINDS
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.playlists import smart_store
from resonance.playlists.playlists import MOST_ENTRIES
from resonance.playlists.ports import Likeness
from resonance.rules import compile as sql
from resonance.rules.fields import FIELDS, RANDOM
from resonance.rules.scope import Need, Scope, need_of, needs
from resonance.rules.tree import Rule, conditions, from_json

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule ready to be asked in one unit of work, and the versions of the playlists it looks into."""

    rule: Rule
    scope: Scope
    sources: Mapping[str, int]


def asked(uow: UnitOfWork, caller: Caller, rule: Rule, likeness: Likeness) -> Asked:
    """Find out what the rule needs from elsewhere. May wait for a model: not inside a writing transaction."""
    wanted = needs(rule)
    lists = smart_store.readable(uow, caller, [need.value for need in wanted if need.of == "playlist"])
    resolved: dict[Need, Mapping[str, float] | Collection[str]] = {}
    for need in wanted:
        if need.of == "playlist":
            resolved[need] = smart_store.members(uow, need.value) if need.value in lists else ()
            continue
        least = _least(rule, need)
        if need.of == "text":
            resolved[need] = likeness.like_words(uow, caller, need.value, least)
        else:
            resolved[need] = likeness.like_item(uow, caller, need.of, need.value, least)
    scope = Scope(caller.user_id, caller.libraries, now_ms(), resolved)
    named = sorted(need.value for need in wanted if need.of == "playlist")
    sources = {id_: lists[id_].version if id_ in lists else smart_store.UNREADABLE for id_ in named}
    return Asked(rule, sql.prepare(uow, rule, scope), sources)


def all_of(uow: UnitOfWork, question: Asked) -> list[str]:
    """The tracks in order, as many as a playlist holds."""
    return sql.listed(uow, question.rule, question.scope)[:MOST_ENTRIES]


def looked(uow: UnitOfWork, question: Asked, most: int) -> tuple[int, float, list[str]]:
    """How many tracks match, whatever the limit, their seconds, and the first `most` ids."""
    return sql.looked(uow, question.rule, question.scope, most)


def after(uow: UnitOfWork, question: Asked, members: list[str], changed: Collection[str] | None) -> list[str]:
    """The members after these tracks (None: who knows which) changed, at a cost that follows the change.

    Where neither a member changed nor a changed track matches now, nothing is different. Without a limit the
    others stay as they were, so only members and changed tracks are put in order; a limit needs everybody.
    """
    if changed is None:
        return all_of(uow, question)
    fits = sql.fitting(uow, question.rule, question.scope, changed)
    if not fits and not set(changed).intersection(members):
        return members
    full = len(members) >= MOST_ENTRIES
    if question.rule.limit is not None or full:
        return all_of(uow, question)
    return sql.fitting(uow, question.rule, question.scope, {*members, *fits})[:MOST_ENTRIES]


def watches(rule: Rule) -> str:
    """The kinds of changes that concern the rule, between spaces, for the column of that name."""
    reads = {FIELDS[name].reads for name in _fields(rule)}
    kinds = {"catalogue", *reads} | ({"features"} if "sounds" in reads else set())
    return f" {' '.join(kind for kind in KINDS if kind in kinds)} "


def reach(rule: Rule) -> set[str]:
    """Whom a change of one track may concern besides: those of its "album", of its "artist", what "sounds"
    alike."""
    found: set[str] = set()
    for name in _fields(rule):
        field = FIELDS[name]
        if field.reads == "sounds":
            found.add("sounds")
        elif field.group == "album" or name.startswith("album_"):
            found.add("album")
        elif name.startswith("artist_"):
            found.add("artist")
    return found


def due_at(rule: Rule, now: int) -> int:
    """When time alone may have changed the members: within the hour where days are counted back from now.

    Every list is made anew once a day, in case something changed that nobody noted.
    """
    relative = any(each.op.endswith("in_last") for each in conditions(rule.match))
    return now + (HOUR_MS if relative else DAY_MS)


def no_circle(uow: UnitOfWork, playlist_id: str, rule: Rule) -> None:
    """Invalid when the rule of this playlist would, through others, look into itself."""
    stored = smart_store.rules_by_id(uow)
    waiting = _lists(rule)
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one == playlist_id:
            raise Invalid("This rule would look into its own playlist.", field="rule", code="circle")
        if one not in seen and one in stored:
            seen.add(one)
            waiting += _lists(from_json(json.loads(stored[one])))


def _lists(rule: Rule) -> list[str]:
    return [need.value for need in needs(rule) if need.of == "playlist"]


def _fields(rule: Rule) -> set[str]:
    sorts = {sort.by for sort in rule.sort if sort.by != RANDOM}
    return {each.field for each in conditions(rule.match)} | sorts


def _least(rule: Rule, need: Need) -> float:
    return min(
        (getattr(each.value, "at_least", 0.0) for each in conditions(rule.match) if need_of(each) == need),
        default=0.0,
    )
