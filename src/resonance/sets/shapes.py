"""From a set's row to what is shown of it in a list and on its page, and from a changed set to its row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from resonance.core.clock import iso
from resonance.core.text import sort_key
from resonance.library import catalogue
from resonance.model.dj_set import SetDetail, SetItem
from resonance.sets import document

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.sets.document import Document
    from resonance.sets.view import View

MOSAIC = 4
_LOOKED_AT = 12  # slots whose covers may make up the mosaic


def listed(uow: UnitOfWork, caller: Caller, rows: Sequence[Any]) -> list[SetItem]:
    """Sets as a list shows them."""
    documents = [document.read(row.document) for row in rows]
    covers = _covers(uow, caller, documents)
    return [SetItem(**_item(*one)) for one in zip(rows, documents, covers, strict=True)]


def detail(row: Any, made_of: Document, seen: View) -> SetDetail:
    """A set with everything that is drawn of it."""
    covers = [slot.track.cover_id for slot in seen.slots if slot.track and slot.track.cover_id]
    return SetDetail(
        **_item(row, made_of, list(dict.fromkeys(covers))[:MOSAIC]),
        length=made_of.length,
        curve=made_of.curve,
        settings=made_of.settings,
        slots=seen.slots,
        joints=seen.joints,
        energy=seen.energy,
        statistics=seen.statistics,
    )


def columns(name: str, made_of: Document, seen: View, version: int, at: int) -> dict[str, Any]:
    """What is stored of a set after a change, `at` a time in ms."""
    return {
        "name": name,
        "name_sort": sort_key(name),
        "version": version,
        "document": document.written(made_of),
        "average_score": seen.statistics.average_score,
        "weak": seen.statistics.weak,
        "tracks": len(made_of.slots),
        "duration_s": seen.statistics.duration_s,
        "changed_at": at,
    }


def _item(row: Any, made_of: Document, covers: list[str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "version": row.version,
        "created_at": iso(row.created_at),
        "changed_at": iso(row.changed_at),
        "pool": made_of.pool,
        "track_count": row.tracks,
        "duration_s": row.duration_s,
        "cover_ids": covers,
        "average_score": row.average_score,
        "weak": row.weak,
    }


def _covers(uow: UnitOfWork, caller: Caller, documents: Sequence[Document]) -> list[list[str]]:
    first = [[slot.track_id for slot in one.slots[:_LOOKED_AT]] for one in documents]
    every = list(dict.fromkeys(track_id for ids in first for track_id in ids))
    known = {track.id: track.cover_id for track in catalogue.tracks_by_ids(uow, caller, every)}
    return [
        list(dict.fromkeys(cover for track_id in ids if (cover := known.get(track_id))))[:MOSAIC]
        for ids in first
    ]
