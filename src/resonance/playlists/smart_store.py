"""The SQL of smart playlists: rules, the news that concern them, and putting their members in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, or_, select, update

from resonance.core.ids import new_id
from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.accounts import library_access, user
from resonance.db.tables.library import track, track_artist
from resonance.db.tables.playlists import playlist, playlist_entry, rule_change
from resonance.library.catalogue.access import chunks
from resonance.model.caller import Caller, Role
from resonance.rules.portable import texts

UNREADABLE = 0  # stands for the version of a playlist that somebody may not read

_RULED = select(
    *(playlist.c.id, playlist.c.name, playlist.c.owner_id, playlist.c.public, playlist.c.version),
    *(playlist.c.rule, playlist.c.watches, playlist.c.sources, playlist.c.due_at),
)


def ruled(uow: UnitOfWork) -> Sequence[Row[Any]]:
    """All smart playlists."""
    return uow.execute(_RULED.where(playlist.c.rule.is_not(None)).order_by(playlist.c.id)).all()


def one(uow: UnitOfWork, playlist_id: str) -> Any:
    """The same columns of one playlist, smart or not; None when there is none."""
    return uow.execute(_RULED.where(playlist.c.id == playlist_id)).one_or_none()


def readable(uow: UnitOfWork, caller: Caller, ids: Collection[str]) -> dict[str, Any]:
    """Those of the playlists that the caller may read, by id."""
    mine = or_(playlist.c.owner_id == caller.user_id, playlist.c.public)
    found = (uow.execute(_RULED.where(playlist.c.id.in_(part), mine)) for part in chunks(list(ids)))
    return {row.id: row for rows in found for row in rows}


def rules_by_id(uow: UnitOfWork) -> dict[str, str]:
    """The rule of every smart playlist."""
    statement = select(playlist.c.id, playlist.c.rule).where(playlist.c.rule.is_not(None))
    return {row.id: row.rule for row in uow.execute(statement)}


def owner(uow: UnitOfWork, user_id: str) -> Caller | None:
    """The owner of a playlist as a caller; None for somebody who is gone."""
    row = uow.execute(
        select(user.c.id, user.c.name, user.c.role, user.c.all_libraries).where(user.c.id == user_id)
    ).one_or_none()
    if row is None:
        return None
    libraries: frozenset[str] | None = None
    if not row.all_libraries:
        mine = select(library_access.c.library_id).where(library_access.c.user_id == user_id)
        libraries = frozenset(uow.execute(mine).scalars())
    return Caller(row.id, row.name, Role(row.role), libraries, client="server")


def news(uow: UnitOfWork) -> Sequence[Row[Any]]:
    """What changed since the last refresh: (seq, kind, track_id, user_id)."""
    return uow.execute(select(rule_change)).all()


def forget(uow: UnitOfWork, seqs: Sequence[int]) -> None:
    """Take these news away; what came meanwhile stays."""
    for start in range(0, len(seqs), 500):
        uow.execute(delete(rule_change).where(rule_change.c.seq.in_(seqs[start : start + 500])))


def something_to_do(uow: UnitOfWork, now: int) -> bool:
    """Whether there is news, or a playlist is due."""
    if uow.execute(select(rule_change.c.seq).limit(1)).first() is not None:
        return True
    return uow.execute(select(playlist.c.id).where(playlist.c.due_at <= now).limit(1)).first() is not None


def members(uow: UnitOfWork, playlist_id: str) -> list[str]:
    """Track ids in order, hidden ones too."""
    statement = select(playlist_entry.c.track_id).where(playlist_entry.c.playlist_id == playlist_id)
    return list(uow.execute(statement.order_by(playlist_entry.c.position)).scalars())


def seconds(uow: UnitOfWork, track_ids: Sequence[str]) -> float:
    """How long these tracks are together."""
    sums = select(func.sum(track.c.duration_s))
    parts = (uow.execute(sums.where(track.c.id.in_(part))).scalar() for part in chunks(track_ids))
    return float(sum(part or 0.0 for part in parts))


def put_members(uow: UnitOfWork, playlist_id: str, track_ids: Sequence[str], at: int) -> bool:
    """Make these the members, each once, in this order; whether anything was different.

    Entries of tracks that stay keep their ids.
    """
    statement = select(playlist_entry.c.id, playlist_entry.c.track_id, playlist_entry.c.position)
    rows = uow.execute(
        statement.where(playlist_entry.c.playlist_id == playlist_id).order_by(playlist_entry.c.position)
    ).all()
    if [row.track_id for row in rows] == list(track_ids):
        return False
    places = {track_id: place for place, track_id in enumerate(track_ids)}
    held: dict[str, Row[Any]] = {}
    going: list[str] = []
    for row in rows:
        if row.track_id in places and row.track_id not in held:
            held[row.track_id] = row
        else:
            going.append(row.id)
    for part in chunks(going):
        uow.execute(delete(playlist_entry).where(playlist_entry.c.id.in_(part)))
    moved = [
        {"entry": row.id, "place": places[id_]} for id_, row in held.items() if row.position != places[id_]
    ]
    if moved:
        renumber = update(playlist_entry).where(playlist_entry.c.id == bindparam("entry"))
        uow.execute(renumber.values(position=bindparam("place")), moved)
    coming = [
        {"id": new_id(), "playlist_id": playlist_id, "position": place, "track_id": id_, "added_at": at}
        for id_, place in places.items()
        if id_ not in held
    ]
    if coming:
        uow.execute(playlist_entry.insert(), coming)
    return True


def keep_state(uow: UnitOfWork, playlist_id: str, **columns: object) -> None:
    """Columns that tell of the refresh, not of the playlist: its version stays."""
    uow.execute(update(playlist).where(playlist.c.id == playlist_id).values(**columns))


def lists_moved(uow: UnitOfWork) -> None:
    """Say that something of the playlists is to be read again."""
    versions.bump(uow, "playlists")


def versions_of(uow: UnitOfWork, caller: Caller, ids: Collection[str]) -> Mapping[str, int]:
    """The versions of playlists; UNREADABLE of what is gone or closed to the caller."""
    lists = readable(uow, caller, ids)
    return {id_: lists[id_].version if id_ in lists else UNREADABLE for id_ in ids}


def wake(uow: UnitOfWork, playlist_id: str, at: int) -> None:
    """Let the lists that look into a playlist which changed be asked again soon."""
    around = playlist.c.sources.contains(f'"{playlist_id}"', autoescape=True)
    uow.execute(update(playlist).where(playlist.c.rule.is_not(None), around).values(due_at=at))


def neighbours(uow: UnitOfWork, track_ids: Collection[str], *, albums: bool, artists: bool) -> set[str]:
    """These tracks, and those of their albums and artists."""
    found = set(track_ids)
    ids = texts(track_ids)
    if albums:
        theirs = select(track.c.album_id).where(track.c.id.in_(ids), track.c.album_id.is_not(None))
        found.update(uow.execute(select(track.c.id).where(track.c.album_id.in_(theirs))).scalars())
    if artists:
        credit = track_artist.alias("credit")
        of = select(credit.c.artist_id).where(credit.c.track_id.in_(ids), credit.c.role == "artist")
        same = select(track_artist.c.track_id).where(track_artist.c.artist_id.in_(of))
        found.update(uow.execute(same).scalars())
    return found


def count(uow: UnitOfWork) -> int:
    """How many smart playlists there are."""
    return int(
        uow.execute(
            select(func.count()).select_from(playlist).where(playlist.c.rule.is_not(None))
        ).scalar_one()
    )
