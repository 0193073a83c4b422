"""What a playlist looks like from outside: counts, duration, mosaic. Counted once per version and reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from resonance.core.clock import iso
from resonance.db.engine import UnitOfWork
from resonance.library.catalogue.access import mask
from resonance.library.catalogue.cache import catalogue_mark, keep, recall
from resonance.model.caller import Caller
from resonance.model.playlist import Owner, PlaylistItem
from resonance.playlists import store

MOSAIC = 4
Summary = tuple[int, float, tuple[str, ...]]


def items(uow: UnitOfWork, caller: Caller, rows: Sequence[Row[Any]]) -> list[PlaylistItem]:
    """Rows of store.PLAYLISTS as items."""
    summaries = _summaries(uow, caller, rows)
    return [
        PlaylistItem(
            id=row.id,
            name=row.name,
            comment=row.comment,
            public=row.public,
            owner=Owner(row.owner_id, row.owner_name),
            mine=row.owner_id == caller.user_id,
            track_count=summaries[row.id][0],
            duration_s=summaries[row.id][1],
            cover_ids=list(summaries[row.id][2]),
            created_at=iso(row.created_at),
            changed_at=iso(row.changed_at),
            version=row.version,
            smart=row.rule is not None,
            valid_until=None if row.due_at is None else iso(row.due_at),
            cover=row.cover and row.cover[:16],
            follows_file=bool(row.follows_file),
        )
        for row in rows
    ]


def _summaries(uow: UnitOfWork, caller: Caller, rows: Sequence[Row[Any]]) -> dict[str, Summary]:
    catalogue = catalogue_mark(uow)
    marks = {row.id: (catalogue, row.version) for row in rows}
    held = {id_: recall(uow, ("playlist", id_, mask(caller)), mark) for id_, mark in marks.items()}
    found = {id_: summary for id_, summary in held.items() if summary is not None}
    lacking = [id_ for id_ in marks if id_ not in found]
    for id_, summary in _count(uow, caller, lacking).items():
        keep(uow, ("playlist", id_, mask(caller)), marks[id_], summary)
        found[id_] = summary
    return found


def _count(uow: UnitOfWork, caller: Caller, playlist_ids: Sequence[str]) -> dict[str, Summary]:
    tracks: dict[str, int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    covers: dict[str, list[str]] = defaultdict(list)
    for row in store.cover_groups(uow, caller, playlist_ids):
        tracks[row.playlist_id] += row.tracks
        seconds[row.playlist_id] += row.duration_s or 0.0
        if row.cover_id is not None and len(covers[row.playlist_id]) < MOSAIC:
            covers[row.playlist_id].append(row.cover_id)
    return {id_: (tracks[id_], seconds[id_], tuple(covers[id_])) for id_ in playlist_ids}
