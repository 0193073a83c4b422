"""The SQL of making one track of two, and two of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, and_, delete, exists, func, or_, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables import metadata
from resonance.db.tables.library import album, carrier, track, track_artist, track_genre
from resonance.db.tables.listens import like, rating, track_stat
from resonance.db.tables.remote import remote_field, remote_song
from resonance.library.catalogue.access import chunks

_MOVED_BY_HAND = frozenset({"carrier", "track_artist", "track_genre"})


def alone(uow: UnitOfWork, local: frozenset[str], server_id: str, since: int) -> Sequence[Row[Any]]:
    """Tracks of files that came since then, or sound as a song of the server, and are not on the server."""
    file = carrier.alias("file")
    lies = _lies(file, local)
    new_or_heard = or_(file.c.added_at >= since, file.c.payload_id.in_(_heard(server_id)))
    payload = select(func.max(file.c.payload_id)).where(file.c.track_id == track.c.id, *lies)
    query = (
        select(
            *(track.c.id, track.c.title, track.c.artist_display, track.c.disc, track.c.number),
            *(track.c.duration_s, track.c.isrc, track.c.recording_mbid, album.c.title.label("album")),
            payload.scalar_subquery().label("payload_id"),
        )
        .outerjoin(album, album.c.id == track.c.album_id)
        .where(
            track.c.missing_at.is_(None),
            exists().where(file.c.track_id == track.c.id, *lies, new_or_heard),
            ~_there(server_id),
        )
        .order_by(track.c.id)
    )
    return uow.execute(query).all()


def any_heard(uow: UnitOfWork, local: frozenset[str], server_id: str) -> bool:
    """Whether a file sounds as a song of the server that it is not joined with."""
    file = carrier.alias("file")
    query = (
        select(track.c.id)
        .join(file, file.c.track_id == track.c.id)
        .where(*_lies(file, local), file.c.payload_id.in_(_heard(server_id)), ~_there(server_id))
    )
    return uow.execute(query.limit(1)).first() is not None


def apart(uow: UnitOfWork, server_id: str, track_ids: Sequence[str]) -> set[str]:
    """Tracks whose song a person set apart."""
    found: set[str] = set()
    for part in chunks(list(dict.fromkeys(track_ids))):
        query = (
            select(carrier.c.track_id)
            .join(remote_song, remote_song.c.carrier_id == carrier.c.id)
            .where(remote_song.c.server_id == server_id, remote_song.c.apart, carrier.c.track_id.in_(part))
        )
        found.update(uow.execute(query).scalars())
    return found


def set_matched(uow: UnitOfWork, server_id: str, track_id: str, how: str) -> None:
    """Why the song shares the track."""
    songs = select(carrier.c.id).where(carrier.c.track_id == track_id, carrier.c.kind == "remote")
    mine = remote_song.c.carrier_id.in_(songs), remote_song.c.server_id == server_id
    uow.execute(update(remote_song).where(*mine).values(matched=how))


def tracks(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, Row[Any]]:
    """Rows by id."""
    return {row.id: row for row in uow.execute(select(track).where(track.c.id.in_(ids)))}


def move_words(uow: UnitOfWork, song: str, file: str, kept: str) -> tuple[set[str], set[str]]:
    """Artists and genres: the file's stay. Ids of all artists and genres of both."""
    found: list[set[str]] = []
    for table, column in (
        (track_artist, track_artist.c.artist_id),
        (track_genre, track_genre.c.genre_id),
    ):
        query = select(column).where(table.c.track_id.in_((song, file)))
        found.append(set(uow.execute(query).scalars()))
        uow.execute(delete(table).where(table.c.track_id == song))
        uow.execute(update(table).where(table.c.track_id == file).values(track_id=kept))
    return found[0], found[1]


def call(uow: UnitOfWork, kept: str, file: Row[Any]) -> None:
    """The track is called what the file's is."""
    values = {name: value for name, value in file._mapping.items() if name not in ("id", "added_at")}
    uow.execute(update(track).where(track.c.id == kept).values(**values))


def move_rest(uow: UnitOfWork, gone: str, kept: str) -> None:
    """What hangs on a track in whichever room goes over where nothing is there yet; the row goes away."""
    uow.execute(update(carrier).where(carrier.c.track_id == gone).values(track_id=kept))
    _add_up_plays(uow, gone, kept)
    for table in metadata.sorted_tables:
        for column in table.c:
            of_track = any(key.target_fullname == "track.id" for key in column.foreign_keys)
            if of_track and table.name not in _MOVED_BY_HAND:
                _move(uow, table, column.name, gone, kept)
    move_named(uow, "track", gone, kept)
    uow.execute(delete(track).where(track.c.id == gone))


def move_named(uow: UnitOfWork, kind: str, gone: str, kept: str) -> None:
    """Likes, ratings and what was last seen of them: tables that name what they are about by kind and id."""
    for table in (like, rating, remote_field):
        held = table.alias("held")
        keys = [key.name for key in table.primary_key.columns if key.name != "item_id"]
        doubled = exists().where(held.c.item_id == kept, *(held.c[key] == table.c[key] for key in keys))
        mine = table.c.item_kind == kind, table.c.item_id == gone
        uow.execute(delete(table).where(*mine, doubled.correlate(table)))
        uow.execute(update(table).where(*mine).values(item_id=kept))


def empty(uow: UnitOfWork, album_id: str) -> bool:
    """Whether no present track is on the album."""
    left = select(track.c.id).where(track.c.album_id == album_id, track.c.missing_at.is_(None))
    return uow.execute(left.limit(1)).first() is None


def others(uow: UnitOfWork, track_id: str, carrier_id: str, *, present: bool = False) -> bool:
    """Whether the track has another carrier, or a present one."""
    query = select(carrier.c.id).where(carrier.c.track_id == track_id, carrier.c.id != carrier_id)
    if present:
        query = query.where(carrier.c.missing_at.is_(None))
    return uow.execute(query.limit(1)).first() is not None


def copy_track(uow: UnitOfWork, before: Row[Any], fresh: str, now: int) -> None:
    """A second track of the same words, on no album."""
    values = {**before._mapping, "id": fresh, "album_id": None, "added_at": now, "updated_at": now}
    uow.execute(track.insert().values(**values))
    for table in (track_artist, track_genre):
        for link in uow.execute(select(table).where(table.c.track_id == before.id)).all():
            uow.execute(table.insert().values(**{**link._mapping, "track_id": fresh}))


def set_apart(uow: UnitOfWork, carrier_id: str, track_id: str) -> None:
    """The song is that track, and is never joined by itself. The next sync finds it without a stamp."""
    uow.execute(update(carrier).where(carrier.c.id == carrier_id).values(track_id=track_id))
    mine = remote_song.c.carrier_id == carrier_id
    uow.execute(update(remote_song).where(mine).values(apart=True, matched=None, stamp=""))


def _lies(file: Any, local: frozenset[str]) -> tuple[ColumnElement[bool], ...]:
    return file.c.library_id.in_(sorted(local)), file.c.missing_at.is_(None)


def _there(server_id: str) -> ColumnElement[bool]:
    song = carrier.alias("song")
    return exists().where(
        song.c.track_id == track.c.id,
        song.c.id == remote_song.c.carrier_id,
        remote_song.c.server_id == server_id,
    )


def _heard(server_id: str) -> Select[Any]:
    """What is heard in songs that may still be joined."""
    heard, beside = carrier.alias("heard"), carrier.alias("beside")
    filed = exists().where(beside.c.track_id == heard.c.track_id, beside.c.kind == "file")
    return (
        select(heard.c.payload_id)
        .join(remote_song, remote_song.c.carrier_id == heard.c.id)
        .where(
            *(remote_song.c.server_id == server_id, ~remote_song.c.apart),
            *(heard.c.payload_id.is_not(None), heard.c.missing_at.is_(None), ~filed),
        )
    )


def _add_up_plays(uow: UnitOfWork, gone: str, kept: str) -> None:
    for row in uow.execute(select(track_stat).where(track_stat.c.track_id == gone)).all():
        mine = and_(track_stat.c.user_id == row.user_id, track_stat.c.track_id == kept)
        other = uow.execute(select(track_stat).where(mine)).first()
        if other is not None:
            last = max(row.last_played_at or 0, other.last_played_at or 0) or None
            total = row.play_count + other.play_count
            uow.execute(update(track_stat).where(mine).values(play_count=total, last_played_at=last))


def _move(uow: UnitOfWork, table: Table, name: str, gone: str, kept: str) -> None:
    column = table.c[name]
    keys = [key for key in table.primary_key.columns if key.name != name]
    if column.primary_key:
        held = table.alias("held")
        same_row = [held.c[name] == kept, *(held.c[key.name] == key for key in keys)]
        uow.execute(delete(table).where(column == gone, exists().where(and_(*same_row)).correlate(table)))
    uow.execute(update(table).where(column == gone).values({name: kept}))
