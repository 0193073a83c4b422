"""Plays on their way to a linked account: queued, sent, sent again after a fault, and never twice.

A play is marked before it is sent. When nobody knows whether it arrived, the server is asked for it before
it is sent again; can the server not tell, it is taken as arrived: a lost line is better than a doubled one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, insert, select, update

from resonance.core.clock import now_ms
from resonance.core.errors import Unavailable
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import carrier
from resonance.db.tables.listens import play
from resonance.db.tables.remote import remote_field, remote_scrobble, remote_song
from resonance.db.upsert import upsert
from resonance.library.remote.ports import UNSURE, Refused, Remote

AT_ONCE = 50
MOST = 1000  # in one go
FIRST_WAIT_MS = 60_000
LONGEST_WAIT_MS = 6 * 3600 * 1000
MOST_ATTEMPTS = 12
LOOK_BACK_MS = 30 * 24 * 3600 * 1000  # plays made without a connection may arrive late


def waiting(uow: UnitOfWork, link: Any) -> bool:
    """Whether a link has anything to send now."""
    if uow.execute(_new(link).limit(1)).first() is not None:
        return True
    return uow.execute(_due(link.id).limit(1)).first() is not None


def forward(db: Database, link: Any, remote: Remote) -> dict[str, int]:
    """Send what there is to send; how much was sent and how much waits."""
    with db.write() as uow:
        _queue(uow, link)
    sent = 0
    while sent < MOST:
        with db.read() as uow:
            rows = uow.execute(_due(link.id).limit(AT_ONCE)).all()
        if not rows:
            break
        left = _unheard(db, link, remote, [row for row in rows if row.state == "sending"])
        fresh = [row for row in rows if row.state == "queued"] + left
        sent += len(rows) - len(fresh)
        if fresh and not _send(db, link, remote, fresh):
            break
        sent += len(fresh)
    with db.read() as uow:
        open_ = remote_scrobble.c.state.in_(("queued", "sending"))
        query = select(func.count()).where(remote_scrobble.c.link_id == link.id, open_)
        return {"sent": sent, "waiting": int(uow.execute(query).scalar_one())}


def _new(link: Any) -> Any:
    """Plays since the link was made, of songs the server has, that are not in the outbox."""
    since = max(link.created_at, now_ms() - LOOK_BACK_MS)
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


def _queue(uow: UnitOfWork, link: Any) -> None:
    rows = uow.execute(_new(link).limit(MOST)).all()
    if rows:
        uow.execute(
            insert(remote_scrobble),
            [
                {
                    "link_id": link.id,
                    "play_id": row.id,
                    "remote_id": row.remote_id,
                    "started_at": row.started_at,
                    "state": "queued",
                }
                for row in rows
            ],
        )


def _due(link_id: str) -> Any:
    return (
        select(remote_scrobble)
        .where(
            remote_scrobble.c.link_id == link_id,
            remote_scrobble.c.state.in_(("queued", "sending")),
            remote_scrobble.c.next_at <= now_ms(),
        )
        .order_by(remote_scrobble.c.started_at, remote_scrobble.c.play_id)
    )


def _unheard(db: Database, link: Any, remote: Remote, rows: Sequence[Any]) -> list[Any]:
    """Those of the plays in doubt that the server does not have."""
    left: list[Any] = []
    for row in rows:
        if remote.heard(row.remote_id, row.started_at) is False:
            left.append(row)
        else:
            _arrived(db, link, [row])
    return left


def _send(db: Database, link: Any, remote: Remote, rows: Sequence[Any]) -> bool:
    _mark(db, link.id, rows, state="sending")
    try:
        remote.scrobble([(row.remote_id, row.started_at) for row in rows])
    except (Unavailable, Refused) as fault:
        unsure = fault.code == UNSURE
        for row in rows:
            attempts = row.attempts + 1
            over = attempts >= MOST_ATTEMPTS
            wait = min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(row.attempts, 10))
            state = "failed" if over else "sending" if unsure else "queued"
            values = {"attempts": attempts, "next_at": now_ms() + wait, "problem": fault.message}
            _mark(db, link.id, [row], state=state, **values)
        if isinstance(fault, Refused):
            raise
        return False
    _arrived(db, link, rows)
    return True


def _arrived(db: Database, link: Any, rows: Sequence[Any]) -> None:
    """The server counts these plays itself: they are not taken back from there."""
    with db.write() as uow:
        for row in rows:
            mine = remote_scrobble.c.link_id == link.id, remote_scrobble.c.play_id == row.play_id
            uow.execute(update(remote_scrobble).where(*mine).values(state="sent", problem=None))
            track_id = uow.execute(select(play.c.track_id).where(play.c.id == row.play_id)).scalar()
            if track_id is None:
                continue
            key = {"link_id": link.id, "item_kind": "track", "item_id": track_id, "field": "plays"}
            names = list(key)
            upsert(uow, remote_field, [key | {"value": 0}], keys=names, update=[])
            same = [remote_field.c[name] == value for name, value in key.items()]
            uow.execute(update(remote_field).where(*same).values(value=remote_field.c.value + 1))


def _mark(db: Database, link_id: str, rows: Sequence[Any], **values: Any) -> None:
    ids = [row.play_id for row in rows]
    with db.write() as uow:
        mine = remote_scrobble.c.link_id == link_id, remote_scrobble.c.play_id.in_(ids)
        uow.execute(update(remote_scrobble).where(*mine).values(**values))
