"""The SQL of playlists that are kept in step with a linked account."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.playlists import playlist
from resonance.db.tables.remote import remote_playlist
from resonance.db.upsert import upsert
from resonance.playlists import store

MOST = 1000  # lists


def known(uow: UnitOfWork, link_id: str) -> dict[str, Any]:
    """What both sides agreed on last, by the server's id."""
    query = select(remote_playlist).where(remote_playlist.c.link_id == link_id)
    return {row.remote_id: row for row in uow.execute(query)}


def ours(uow: UnitOfWork, user_id: str) -> dict[str, Any]:
    """The user's own playlists that people fill, not rules."""
    query = select(playlist).where(playlist.c.owner_id == user_id, playlist.c.rule.is_(None))
    return {row.id: row for row in uow.execute(query.order_by(playlist.c.created_at).limit(MOST))}


def tracks_of(uow: UnitOfWork, playlist_id: str) -> list[str]:
    """Track ids in order, a track as often as it is there."""
    return [track_id for _, track_id in store.places(uow, playlist_id)]


def unlinked_twin(uow: UnitOfWork, user_id: str, name: str, tracks: Sequence[str]) -> str | None:
    """An own playlist of that name with just these tracks that is linked to none."""
    linked = select(remote_playlist.c.playlist_id).where(remote_playlist.c.playlist_id.is_not(None))
    mine = playlist.c.owner_id == user_id, playlist.c.name == name, playlist.c.rule.is_(None)
    for id_ in uow.execute(select(playlist.c.id).where(*mine, playlist.c.id.not_in(linked))).scalars():
        if tracks_of(uow, id_) == list(tracks):
            return str(id_)
    return None


def agree(
    uow: UnitOfWork,
    link_id: str,
    remote_id: str,
    playlist_id: str,
    name: str,
    changed_at: str,
    songs: Sequence[str],
    version: int | None,
) -> None:
    """Keep what both sides hold now; `version` is ours that was sent, None the one of this moment."""
    if version is None:
        version = uow.execute(select(playlist.c.version).where(playlist.c.id == playlist_id)).scalar_one()
    row = {"link_id": link_id, "remote_id": remote_id, "playlist_id": playlist_id, "name": name}
    values = {"changed_at": changed_at, "songs": json.dumps(list(songs)), "version": version}
    names = ["playlist_id", "name", *values]
    upsert(uow, remote_playlist, [row | values], keys=["link_id", "remote_id"], update=names)


def forget(uow: UnitOfWork, link_id: str, remote_id: str) -> None:
    """Neither side has it."""
    mine = remote_playlist.c.link_id == link_id, remote_playlist.c.remote_id == remote_id
    uow.execute(delete(remote_playlist).where(*mine))


def set_changed(uow: UnitOfWork, link_id: str, remote_id: str, changed_at: str) -> None:
    """The time the server told last."""
    mine = remote_playlist.c.link_id == link_id, remote_playlist.c.remote_id == remote_id
    uow.execute(update(remote_playlist).where(*mine).values(changed_at=changed_at))
