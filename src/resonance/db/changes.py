"""What changed of which tracks, for those who follow it: today the smart playlists.

Nothing is written unless somebody's rule watches that kind of change, so a library without smart playlists
pays one look into a small table.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.playlists import playlist, rule_change

Kind = Literal["catalogue", "features", "moods", "plays", "likes", "ratings", "tags"]
KINDS: tuple[Kind, ...] = ("catalogue", "features", "moods", "plays", "likes", "ratings", "tags")


def note(uow: UnitOfWork, kind: Kind, track_ids: Iterable[str] | None, user_id: str | None = None) -> None:
    """Say that these tracks (None: some, nobody knows which) changed, for one user or for all."""
    watched = select(playlist.c.id).where(playlist.c.watches.contains(f" {kind} "))
    if user_id is not None:
        watched = watched.where(playlist.c.owner_id == user_id)
    if uow.execute(watched.limit(1)).first() is None:
        return
    ids = [None] if track_ids is None else dict.fromkeys(track_ids)
    rows = [{"kind": kind, "track_id": id_, "user_id": user_id} for id_ in ids]
    if rows:
        uow.execute(rule_change.insert(), rows)
