"""Sets: what one can read, and every change their owner can make. Another person's set is NotFound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from resonance.core.clock import iso, now_ms
from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.core.events import Event
from resonance.core.ids import new_id
from resonance.core.inputs import one_line
from resonance.library import catalogue
from resonance.model.dj_set import (
    SetCurve,
    SetDetail,
    SetItem,
    SetLength,
    SetPool,
    SetSettings,
    SetVersion,
    SlotPlace,
)
from resonance.sets import document, pools, shapes, store, view
from resonance.sets.document import Document

if TYPE_CHECKING:
    from resonance.core.events import EventBus
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.playlists.ports import Likeness
    from resonance.search.vectors.ports import VectorIndex
    from resonance.sets.view import View

LONGEST_NAME = 200
# A set begins with the order of its pool where that is a list of at most so many.
BEGINS_WITH = 200
LEVELS_FROM = 4000  # tracks of a pool that tell what a level is


class SetDesk:
    """Reads and changes sets. `likeness` is for pools whose rule asks what sounds alike."""

    def __init__(self, events: EventBus, index: VectorIndex, likeness: Likeness) -> None:
        self._events, self._index, self._likeness = events, index, likeness

    def all(self, uow: UnitOfWork, caller: Caller) -> list[SetItem]:
        """The caller's sets, by name."""
        rows = store.owned(uow, caller.user_id)
        return shapes.listed(uow, caller, rows)

    def detail(self, uow: UnitOfWork, caller: Caller, set_id: str) -> SetDetail:
        """One set with everything that is drawn of it. NotFound unless it is the caller's."""
        row = store.one(uow, caller.user_id, set_id)
        if row is None:
            raise no_such()
        made_of = document.read(row.document)
        return shapes.detail(row, made_of, self._view(uow, caller, made_of))

    def opened(self, uow: UnitOfWork, caller: Caller, set_id: str) -> Document:
        """What a set is made of. NotFound unless it is the caller's."""
        row = store.one(uow, caller.user_id, set_id)
        if row is None:
            raise no_such()
        return document.read(row.document)

    def order(self, uow: UnitOfWork, caller: Caller, set_id: str) -> tuple[str, list[str]]:
        """(name, ids of the tracks that the caller may hear, in order): for playlists and exports."""
        row = store.one(uow, caller.user_id, set_id)
        if row is None:
            raise no_such()
        ids = [slot.track_id for slot in document.read(row.document).slots]
        seen = catalogue.visible(uow, caller, "track", ids)
        return row.name, [id_ for id_ in ids if id_ in seen]

    def create(
        self,
        uow: UnitOfWork,
        caller: Caller,
        name: str,
        pool: SetPool,
        *,
        length: SetLength | None = None,
        curve: SetCurve | None = None,
        settings: SetSettings | None = None,
    ) -> SetDetail:
        """A new set of the caller's; a list as its pool gives it a first order. NotFound for a hidden one."""
        caller.must_write()
        if store.count(uow, caller.user_id) >= store.MOST_SETS:
            raise Invalid(f"There can be {store.MOST_SETS} sets.", field="name")
        made_of = Document(
            pool=document.checked_pool(pool),
            length=document.checked_length(length or SetLength()),
            curve=document.checked_curve(curve or SetCurve(name="arc")),
            settings=document.checked_settings(settings or SetSettings()),
        )
        shown_name = one_line(name, field="name", longest=LONGEST_NAME)
        ids = self._of_pool(uow, caller, made_of.pool)
        listed = made_of.pool.kind in ("playlist", "tracks") and made_of.length == SetLength()
        if listed and len(ids) <= BEGINS_WITH:
            slots = [SlotPlace(track_id=id_) for id_ in ids]
            made_of = msgspec.structs.replace(made_of, slots=slots)
        made_of = self._levelled(uow, caller, made_of, ids)
        now, id_ = now_ms(), new_id()
        seen = self._view(uow, caller, made_of)
        columns = shapes.columns(shown_name, made_of, seen, 1, now)
        store.insert(uow, {**columns, "id": id_, "owner_id": caller.user_id, "created_at": now})
        self._keep(uow, caller, id_, columns, "made")
        return self.detail(uow, caller, id_)

    def change(
        self,
        uow: UnitOfWork,
        caller: Caller,
        set_id: str,
        *,
        version: int | None = None,
        name: str | None = None,
        pool: SetPool | None = None,
        length: SetLength | None = None,
        curve: SetCurve | None = None,
        settings: SetSettings | None = None,
    ) -> SetDetail:
        """Change what a set is made of; None leaves as is; the slots stay. Conflict on another version."""
        row, before = self._to_change(uow, caller, set_id, version)
        made_of = Document(
            pool=before.pool if pool is None else document.checked_pool(pool),
            length=before.length if length is None else document.checked_length(length),
            curve=before.curve if curve is None else document.checked_curve(curve),
            settings=before.settings if settings is None else document.checked_settings(settings),
            slots=before.slots,
            levels=before.levels,
        )
        if made_of.pool != before.pool or made_of.curve.of != before.curve.of:
            made_of = self._levelled(uow, caller, made_of, self._of_pool(uow, caller, made_of.pool))
        shown_name = row.name if name is None else one_line(name, field="name", longest=LONGEST_NAME)
        return self._changed(uow, caller, row, shown_name, made_of, "settings")

    def put_slots(
        self,
        uow: UnitOfWork,
        caller: Caller,
        set_id: str,
        slots: Sequence[SlotPlace],
        *,
        version: int | None = None,
        arranged: bool = False,
    ) -> SetDetail:
        """Give a set this order. NotFound for a track that is neither in sight nor in the set already."""
        row, before = self._to_change(uow, caller, set_id, version)
        checked = document.checked_slots(slots)
        there = {slot.track_id for slot in before.slots}
        catalogue.must_see(
            uow, caller, "track", [slot.track_id for slot in checked if slot.track_id not in there]
        )
        made_of = msgspec.structs.replace(before, slots=checked)
        if arranged:  # the pool may have grown since
            made_of = self._levelled(uow, caller, made_of, self._of_pool(uow, caller, made_of.pool))
        return self._changed(uow, caller, row, row.name, made_of, "arranged" if arranged else "edited")

    def delete(self, uow: UnitOfWork, caller: Caller, set_id: str, *, version: int | None = None) -> None:
        """Delete a set for good."""
        self._to_change(uow, caller, set_id, version)
        store.remove(uow, set_id)
        self._tell(uow, caller, set_id)

    def history(self, uow: UnitOfWork, caller: Caller, set_id: str) -> list[SetVersion]:
        """The last states of a set, newest first; the first of them is the present one."""
        if store.one(uow, caller.user_id, set_id) is None:
            raise no_such()
        return [
            SetVersion(
                version=row.version,
                changed_at=iso(row.changed_at),
                change=row.change,
                name=row.name,
                tracks=row.tracks,
                average_score=row.average_score,
            )
            for row in store.history(uow, set_id)
        ]

    def restore(
        self, uow: UnitOfWork, caller: Caller, set_id: str, number: int, *, version: int | None = None
    ) -> SetDetail:
        """Take back an earlier state, as a new version. NotFound for one that is not kept."""
        row, _ = self._to_change(uow, caller, set_id, version)
        kept = store.version(uow, set_id, number)
        if kept is None:
            raise NotFound("This version of the set is not kept.")
        return self._changed(uow, caller, row, kept.name, document.read(kept.document), "restored")

    def _to_change(
        self, uow: UnitOfWork, caller: Caller, set_id: str, version: int | None
    ) -> tuple[Any, Document]:
        caller.must_write()
        row = store.locked(uow, caller.user_id, set_id)
        if row is None:
            raise no_such()
        if version is not None and version != row.version:
            raise Conflict("This set was changed elsewhere in the meantime.", code="stale_version")
        return row, document.read(row.document)

    def _changed(
        self, uow: UnitOfWork, caller: Caller, row: Any, name: str, made_of: Document, change: str
    ) -> SetDetail:
        seen = self._view(uow, caller, made_of)
        columns = shapes.columns(name, made_of, seen, row.version + 1, now_ms())
        store.change(uow, row.id, **columns)
        self._keep(uow, caller, row.id, columns, change)
        after = store.one(uow, caller.user_id, row.id)
        return shapes.detail(after, made_of, seen)

    def _keep(
        self, uow: UnitOfWork, caller: Caller, set_id: str, columns: dict[str, Any], change: str
    ) -> None:
        kept = ("version", "name", "document", "average_score", "tracks", "changed_at")
        row = {name: columns[name] for name in kept}
        store.keep_version(uow, {**row, "set_id": set_id, "change": change})
        self._tell(uow, caller, set_id)

    def _tell(self, uow: UnitOfWork, caller: Caller, set_id: str) -> None:
        event = Event("set.changed", {"id": set_id}, caller.user_id)
        uow.after_commit(lambda: self._events.publish(event))

    def _of_pool(self, uow: UnitOfWork, caller: Caller, pool: SetPool) -> list[str]:
        if not pools.quickly_told(pool):
            return []
        found = pools.track_ids(uow, caller, self._likeness, pool)
        if pool.kind == "tracks" and len(found) < len(pool.track_ids or ()):
            raise NotFound("There is no such track.")
        return found

    def _levelled(self, uow: UnitOfWork, caller: Caller, made_of: Document, ids: Sequence[str]) -> Document:
        some = ids[:: -(-len(ids) // LEVELS_FROM) or 1]
        values = store.values(uow, caller.user_id, made_of.curve.of, some)
        return msgspec.structs.replace(made_of, levels=document.thinned(values))

    def _view(self, uow: UnitOfWork, caller: Caller, made_of: Document) -> View:
        return view.shown(uow, caller, self._index, made_of, made_of.slots)


def no_such() -> NotFound:
    """The one answer for "does not exist" and "not yours"."""
    return NotFound("There is no such set.")
