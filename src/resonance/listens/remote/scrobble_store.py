"""The SQL of plays on their way to a linked account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, exists, func, insert, select, update

from resonance.core.clock import now_ms
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import carrier
from resonance.db.tables.listens import play
from resonance.db.tables.remote import remote_field, remote_scrobble, remote_song
from resonance.db.upsert import upsert

_OPEN = ("queued", "sending")
_LOOK_BACK_MS = 30 * 24 * 3600 * 1000  # plays made without a connection may arrive late


def waiting(uow: UnitOfWork, link: Any) -> bool:
    """Whether a link has anything to send now."""
    return bool(uow.execute(_fresh(link).limit(1)).first() or due(uow, link.id, 1))


def due(uow: UnitOfWork, link_id: str, limit: int) -> Sequence[Row[Any]]:
    """What may be sent now, oldest first."""
    mine = remote_scrobble.c.link_id == link_id, remote_scrobble.c.state.in_(_OPEN)
    query = select(remote_scrobble).where(*mine, remote_scrobble.c.next_at <= now_ms())
    return uow.execute(
        query.order_by(remote_scrobble.c.started_at, remote_scrobble.c.play_id).limit(limit)
    ).all()


def left(uow: UnitOfWork, link_id: str) -> int:
    """How many are still to be sent, now or later."""
    mine = remote_scrobble.c.link_id == link_id, remote_scrobble.c.state.in_(_OPEN)
    return int(uow.execute(select(func.count()).where(*mine)).scalar_one())


def queue(uow: UnitOfWork, link: Any, limit: int) -> None:
    """Put new plays into the outbox."""
    rows = [
        {
            "link_id": link.id,
            "play_id": row.id,
            "remote_id": row.remote_id,
            "started_at": row.started_at,
            "state": "queued",
        }
        for row in uow.execute(_fresh(link).limit(limit))
    ]
    if rows:
        uow.execute(insert(remote_scrobble), rows)


def mark(uow: UnitOfWork, link_id: str, rows: Sequence[Any], **values: Any) -> None:
    """Set columns."""
    ids = [row.play_id for row in rows]
    mine = remote_scrobble.c.link_id == link_id, remote_scrobble.c.play_id.in_(ids)
    uow.execute(update(remote_scrobble).where(*mine).values(**values))


def count_as_agreed(uow: UnitOfWork, link_id: str, play_id: str) -> None:
    """The server counts this play itself: it is not taken back from there."""
    track_id = uow.execute(select(play.c.track_id).where(play.c.id == play_id)).scalar()
    if track_id is None:
        return
    key = {"link_id": link_id, "item_kind": "track", "item_id": track_id, "field": "plays"}
    upsert(uow, remote_field, [key | {"value": 0}], keys=list(key), update=[])
    same = [remote_field.c[name] == value for name, value in key.items()]
    uow.execute(update(remote_field).where(*same).values(value=remote_field.c.value + 1))


def _fresh(link: Any) -> Select[Any]:
    """Plays since the link was made, of songs the server has, that are not in the outbox."""
    since = max(link.created_at, now_ms() - _LOOK_BACK_MS)
    known = exists().where(remote_scrobble.c.link_id == link.id, remote_scrobble.c.play_id == play.c.id)
    return (
        select(play.c.id, play.c.started_at, func.min(remote_song.c.remote_id).label("remote_id"))
        .join(carrier, carrier.c.track_id == play.c.track_id)
        .join(remote_song, remote_song.c.carrier_id == carrier.c.id)
        .where(
            play.c.user_id == link.user_id,
            play.c.started_at >= since,
            remote_song.c.server_id == link.server_id,
            carrier.c.missing_at.is_(None),
            ~known,
        )
        .group_by(play.c.id, play.c.started_at)
        .order_by(play.c.started_at, play.c.id)
    )
