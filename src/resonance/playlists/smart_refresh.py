"""Keeping smart playlists in step with what changed: the job.

News is read, every list that it concerns is asked again in a reading unit of work, and written only where its
members are others now. Lists that look into other lists come after those. News is taken away at the end, so
a run that was cut short is made again; nothing is harmed by doing it twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from resonance.core.clock import now_ms
from resonance.core.logs import logger
from resonance.playlists import smart_members, smart_store, store
from resonance.playlists.playlists import tell
from resonance.rules.tree import Rule, from_json

if TYPE_CHECKING:
    from resonance.core.events import EventBus
    from resonance.db.engine import Database, UnitOfWork
    from resonance.jobs.ports import JobContext, Jobs
    from resonance.playlists.ports import Likeness

log = logger(__name__)

JOB = "smart_refresh"
MANY = 5_000  # changed tracks from which a list is asked as a whole


def request(uow: Any, jobs: Jobs) -> None:
    """Queue the job, once."""
    jobs.enqueue(uow, JOB, {}, unique_key=JOB)


def run(db: Database, events: EventBus, likeness: Likeness, context: JobContext) -> int:
    """Refresh what is to be refreshed; how many lists have other members now."""
    with db.read() as uow:
        news = smart_store.news(uow)
        lists = _inner_first(smart_store.ruled(uow))
    moved = 0
    for number, row in enumerate(lists):
        if context.cancelled:
            return moved
        context.progress(number / len(lists), f"{number} of {len(lists)} lists")
        moved += _refresh(db, events, likeness, row, news)
    with db.write() as uow:
        smart_store.forget(uow, [row.seq for row in news])
    return moved


def _refresh(
    db: Database, events: EventBus, likeness: Likeness, row: Row[Any], news: Sequence[Row[Any]]
) -> bool:
    now = now_ms()
    rule = from_json(json.loads(row.rule))
    with db.read(row.owner_id) as uow:
        owner = smart_store.owner(uow, row.owner_id)
        if owner is None:
            return False
        sources = json.loads(row.sources)
        others = dict(smart_store.versions_of(uow, owner, list(sources)))
        due = row.due_at is None or row.due_at <= now
        changed = None if due or others != sources else _concerning(uow, row, rule, news)
        if changed is not None and not changed:
            return False
        question = smart_members.asked(uow, owner, rule, likeness)
        before = smart_store.members(uow, row.id)
        members = smart_members.after(uow, question, before, changed)
    state: dict[str, object] = {"sources": json.dumps(dict(question.sources))}
    if changed is None:  # asked as a whole
        state["due_at"] = smart_members.due_at(rule, now)
    if members == before and not due and question.sources == sources:
        return False
    with db.write(row.owner_id) as uow:
        held = store.locked(uow, row.id)
        if held is None or held.rule != row.rule:  # changed meanwhile, and asked then
            return False
        smart_store.keep_state(uow, row.id, **state)
        if not smart_store.put_members(uow, row.id, members, now):
            smart_store.lists_moved(uow)
            return False
        store.change(uow, row.id, now)
        tell(uow, events, owner, row.id, public=held.public)
        return True


def _concerning(uow: UnitOfWork, row: Row[Any], rule: Rule, news: Sequence[Row[Any]]) -> set[str] | None:
    """The changed tracks that this list must look at; None: it is asked as a whole."""
    mine = [one for one in news if f" {one.kind} " in row.watches and one.user_id in (None, row.owner_id)]
    if any(one.track_id is None for one in mine):
        return None
    changed = {one.track_id for one in mine}
    reach = smart_members.reach(rule)
    if not changed or not reach:
        return changed if len(changed) <= MANY else None
    # A change of the catalogue may have parted tracks from others that it concerns as well.
    if "sounds" in reach or any(one.kind == "catalogue" for one in mine) or len(changed) > MANY:
        return None
    changed = smart_store.neighbours(uow, changed, albums="album" in reach, artists="artist" in reach)
    return changed if len(changed) <= MANY else None


def _inner_first(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Lists that others look into stand before those. Circles cannot be saved; one would be cut anywhere."""
    by_id = {row.id: row for row in rows}
    order: dict[str, Row[Any]] = {}
    open_: set[str] = set()

    def visit(row: Row[Any]) -> None:
        if row.id in order or row.id in open_:
            return
        open_.add(row.id)
        for inner in json.loads(row.sources):
            if inner in by_id:
                visit(by_id[inner])
        order[row.id] = row

    for row in rows:
        visit(row)
    return list(order.values())
