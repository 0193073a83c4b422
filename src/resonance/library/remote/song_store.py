"""The SQL of a server's songs: the rows of `remote_song` and their carriers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, or_, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, carrier, track, track_artist
from resonance.db.tables.remote import remote_field, remote_library, remote_link, remote_server, remote_song
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks


def songs(uow: UnitOfWork, server_id: str, remote_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """By the server's id: the known songs with their carriers."""
    found: dict[str, Row[Any]] = {}
    for part in chunks(list(remote_ids)):
        query = _whole().where(remote_song.c.server_id == server_id, remote_song.c.remote_id.in_(part))
        found.update((row.remote_id, row) for row in uow.execute(query))
    return found


def lying_at(uow: UnitOfWork, server_id: str, library_id: str, paths: Sequence[str]) -> Sequence[Row[Any]]:
    """Present songs of the server on these stored paths, as `songs`, with `title_folded` and `duration_s`."""
    found: list[Row[Any]] = []
    for part in chunks(paths):
        query = (
            _whole(track.c.title_folded, carrier.c.duration_s)
            .join(track, track.c.id == carrier.c.track_id)
            .where(
                *(remote_song.c.server_id == server_id, carrier.c.library_id == library_id),
                *(carrier.c.path.in_(part), carrier.c.missing_at.is_(None)),
            )
        )
        found += uow.execute(query).all()
    return found


def _whole(*more: Any) -> Select[Any]:
    columns = (carrier.c.track_id, carrier.c.library_id, carrier.c.missing_at)
    source = remote_song.join(carrier, carrier.c.id == remote_song.c.carrier_id)
    return select(remote_song, *columns, carrier.c.path.label("stored_path"), *more).select_from(source)


def rename(uow: UnitOfWork, server_id: str, row: Any, remote_id: str) -> None:
    """The server calls a song by another id. What was agreed on about it was agreed on with the old one."""
    mine = remote_song.c.carrier_id == row.carrier_id
    uow.execute(update(remote_song).where(mine).values(remote_id=remote_id))
    links = select(remote_link.c.id).where(remote_link.c.server_id == server_id)
    artists = select(track_artist.c.artist_id).where(track_artist.c.track_id == row.track_id)
    albums = select(track.c.album_id).where(track.c.id == row.track_id)
    about = or_(
        remote_field.c.item_id == row.track_id,
        remote_field.c.item_id.in_(artists),
        remote_field.c.item_id.in_(albums),
    )
    uow.execute(delete(remote_field).where(remote_field.c.link_id.in_(links), about))


def present(uow: UnitOfWork, server_id: str) -> int:
    """How many songs of the server are there to hear."""
    query = (
        select(func.count())
        .select_from(remote_song)
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .where(remote_song.c.server_id == server_id, carrier.c.missing_at.is_(None))
    )
    return int(uow.execute(query).scalar_one())


def counts(uow: UnitOfWork, server_id: str) -> dict[str, int]:
    """How many songs of each library of the server are there to hear."""
    query = (
        select(carrier.c.library_id, func.count())
        .join(remote_song, remote_song.c.carrier_id == carrier.c.id)
        .where(remote_song.c.server_id == server_id, carrier.c.missing_at.is_(None))
        .group_by(carrier.c.library_id)
    )
    return {row[0]: row[1] for row in uow.execute(query)}


def sample(uow: UnitOfWork, server_id: str, limit: int) -> Sequence[Row[Any]]:
    """Some present songs, spread over the server: (path, size, root)."""
    query = (
        select(remote_song.c.path, carrier.c.size, remote_library.c.path.label("root"))
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .join(remote_library, remote_library.c.library_id == carrier.c.library_id)
        .where(remote_song.c.server_id == server_id, carrier.c.missing_at.is_(None))
        .order_by(remote_song.c.carrier_id)  # random ids
        .limit(limit)
    )
    return uow.execute(query).all()


def last_seen(uow: UnitOfWork, server_id: str) -> int:
    """The newest mark of a walk."""
    query = select(func.max(remote_song.c.seen_at)).where(remote_song.c.server_id == server_id)
    return uow.execute(query).scalar() or 0


def unseen(uow: UnitOfWork, server_id: str, since: int, limit: int) -> Sequence[Row[Any]]:
    """Present songs without the mark `since`: (remote_id, library_id, track_id, stored_path)."""
    query = (
        select(
            *(remote_song.c.remote_id, carrier.c.library_id, carrier.c.track_id),
            carrier.c.path.label("stored_path"),
        )
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .where(
            remote_song.c.server_id == server_id,
            remote_song.c.seen_at < since,
            carrier.c.missing_at.is_(None),
        )
        .limit(limit)
    )
    return uow.execute(query).all()


def save_songs(uow: UnitOfWork, rows: Sequence[dict[str, Any]]) -> None:
    """Insert or overwrite, by the server's id."""
    if rows:
        kept = [name for name in rows[0] if name not in ("server_id", "remote_id", "apart")]
        upsert(uow, remote_song, rows, keys=["server_id", "remote_id"], update=kept)


def see(uow: UnitOfWork, server_id: str, remote_ids: Sequence[str], at: int) -> None:
    """These were met by the walk of `at`."""
    for part in chunks(remote_ids):
        mine = remote_song.c.server_id == server_id, remote_song.c.remote_id.in_(part)
        uow.execute(update(remote_song).where(*mine).values(seen_at=at))


def of_carrier(uow: UnitOfWork, carrier_id: str) -> Any:
    """What the bytes of a remote carrier are asked by, and where they may lie here; None if it is none."""
    query = (
        select(
            *(remote_song, carrier.c.size, carrier.c.mtime_ns),
            *(remote_server.c.mappings, remote_library.c.path.label("root")),
        )
        .join(remote_server, remote_server.c.id == remote_song.c.server_id)
        .join(carrier, carrier.c.id == remote_song.c.carrier_id)
        .join(remote_library, remote_library.c.library_id == carrier.c.library_id)
        .where(remote_song.c.carrier_id == carrier_id)
    )
    return uow.execute(query).first()


def local_ids(uow: UnitOfWork, server_id: str, remote_ids: Iterable[str]) -> dict[str, str]:
    """The server's song ids to our track ids, of those known."""
    return {key: row.track_id for key, row in songs(uow, server_id, dict.fromkeys(remote_ids)).items()}


def remote_ids(uow: UnitOfWork, server_id: str, track_ids: Iterable[str]) -> dict[str, str]:
    """Our track ids to the server's song ids: a present one goes before a missing one."""
    found: dict[str, str] = {}
    for part in chunks(list(dict.fromkeys(track_ids))):
        query = (
            select(carrier.c.track_id, remote_song.c.remote_id)
            .join(carrier, carrier.c.id == remote_song.c.carrier_id)
            .where(remote_song.c.server_id == server_id, carrier.c.track_id.in_(part))
            .order_by(carrier.c.missing_at.is_not(None), remote_song.c.carrier_id)
        )
        for track_id, remote_id in uow.execute(query):
            found.setdefault(track_id, remote_id)
    return found


def taken(uow: UnitOfWork, server_id: str, track_ids: Sequence[str]) -> set[str]:
    """Those of the tracks that carry a present song of the server already."""
    held: set[str] = set()
    for part in chunks(list(dict.fromkeys(track_ids))):
        query = (
            select(carrier.c.track_id)
            .join(remote_song, remote_song.c.carrier_id == carrier.c.id)
            .where(
                remote_song.c.server_id == server_id,
                carrier.c.track_id.in_(part),
                carrier.c.missing_at.is_(None),
            )
        )
        held.update(uow.execute(query).scalars())
    return held


def with_files(uow: UnitOfWork, track_ids: Sequence[str]) -> set[str]:
    """Those of the tracks that lie in a folder here."""
    held: set[str] = set()
    for part in chunks(list(dict.fromkeys(track_ids))):
        here = carrier.c.kind == "file", carrier.c.missing_at.is_(None)
        query = select(carrier.c.track_id).where(carrier.c.track_id.in_(part), *here)
        held.update(uow.execute(query).scalars())
    return held


def carriers_at(uow: UnitOfWork, library_id: str, paths: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Stored path to (carrier id, track id), of what is present there."""
    found: dict[str, tuple[str, str]] = {}
    for part in chunks(paths):
        there = (carrier.c.library_id == library_id, carrier.c.path.in_(part), carrier.c.missing_at.is_(None))
        query = select(carrier.c.path, carrier.c.id, carrier.c.track_id).where(*there)
        found.update((row.path, (row.id, row.track_id)) for row in uow.execute(query))
    return found


def add_carrier(uow: UnitOfWork, values: dict[str, Any]) -> None:
    """A row."""
    uow.execute(insert(carrier).values(**values))


def change_carrier(uow: UnitOfWork, carrier_id: str, values: dict[str, Any]) -> None:
    """Set columns."""
    uow.execute(update(carrier).where(carrier.c.id == carrier_id).values(**values))


def titles(uow: UnitOfWork, track_ids: Sequence[str]) -> dict[str, str]:
    """Of tracks."""
    found: dict[str, str] = {}
    for part in chunks(list(dict.fromkeys(track_ids))):
        query = select(track.c.id, track.c.title).where(track.c.id.in_(part))
        found.update((row.id, row.title) for row in uow.execute(query))
    return found


def placed(uow: UnitOfWork, track_ids: Sequence[str]) -> dict[str, Row[Any]]:
    """Where tracks stand, by id: (album, disc, number, duration_s)."""
    found: dict[str, Row[Any]] = {}
    for part in chunks(list(dict.fromkeys(track_ids))):
        columns = track.c.disc, track.c.number, track.c.duration_s
        query = select(track.c.id, album.c.title.label("album"), *columns)
        query = query.outerjoin(album, album.c.id == track.c.album_id).where(track.c.id.in_(part))
        found.update((row.id, row) for row in uow.execute(query))
    return found
