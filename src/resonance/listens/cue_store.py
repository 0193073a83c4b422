"""The SQL of cues: rows per user and track."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.cues import cue
from resonance.library.catalogue.access import chunks


def of_tracks(uow: UnitOfWork, user_id: str, track_ids: Sequence[str]) -> list[Row[Any]]:
    """A person's cues of these tracks; those of one in the order of time."""
    found: list[Row[Any]] = []
    for some in chunks(track_ids):
        mine = (cue.c.user_id == user_id) & cue.c.track_id.in_(some)
        found += uow.execute(select(cue).where(mine).order_by(cue.c.track_id, cue.c.start_s, cue.c.id))
    return found


def replace(uow: UnitOfWork, user_id: str, track_ids: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Give these tracks the cues of `rows` in place of all that they had."""
    for some in chunks(track_ids):
        uow.execute(delete(cue).where((cue.c.user_id == user_id) & cue.c.track_id.in_(some)))
    if rows:
        uow.execute(cue.insert(), list(rows))
