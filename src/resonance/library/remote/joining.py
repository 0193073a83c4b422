"""Making one track of two, and two of one.

A file that is scanned after the server was synced starts as a track of its own; `join` finds such pairs by
the rule of `same` and lets the older track go on, with all that people kept about either. `part` is the way
back: the song gets a track of its own and is never joined again by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, and_, delete, exists, func, select, update

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import new_id
from resonance.db import changes, versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables import metadata
from resonance.db.tables.library import album, carrier, track, track_artist, track_genre
from resonance.db.tables.listens import like, rating, track_stat
from resonance.db.tables.remote import remote_field, remote_song
from resonance.library import traits
from resonance.library.catalogue.access import chunks
from resonance.library.ports import NameIndex
from resonance.library.remote import same, song_store, store
from resonance.library.remote.record import Run
from resonance.library.scanning import aggregates, missing

BATCH = 200
_MOVED_BY_HAND = frozenset({"carrier", "track_artist", "track_genre"})


def join_all(db: Database, index: NameIndex) -> int:
    """After a scan: what came to lie here, for every server; how many."""
    with db.read() as uow:
        ids = [row.id for row in store.servers(uow)]
    return sum(join(db, index, None, server_id) for server_id in ids)


def join(db: Database, index: NameIndex, run: Run | None, server_id: str, *, everything: bool = False) -> int:
    """Join the server's own tracks with those of files that came since the last time; how many."""
    begun = now_ms()
    with db.read() as uow:
        server = store.server(uow, server_id)
        since = 0 if everything or server is None else int(store.cursor(server).get("joined_at") or 0)
        theirs = frozenset(row.library_id for row in store.libraries(uow, server_id).values())
        local = store.local_libraries(uow)
        files = list(_alone(uow, local, server_id, since)) if local and theirs else []
    joined = 0
    for first in range(0, len(files), BATCH):
        part = files[first : first + BATCH]
        with db.read() as uow:
            answers = same.find(uow, [_asked(row) for row in part], theirs)
            ids = [answer.track_id for answer in answers if answer.track_id]
            here, apart = song_store.with_files(uow, ids), _apart(uow, server_id, ids)
        pairs = [
            (row, answer)
            for row, answer in zip(part, answers, strict=True)
            if answer.track_id and answer.track_id not in here | apart and answer.track_id != row.id
        ]
        if not pairs:
            continue
        with db.write() as uow:
            for row, answer in pairs:
                assert answer.track_id is not None
                kept = merge(uow, index, answer.track_id, row.id)
                mine = remote_song.c.carrier_id.in_(
                    select(carrier.c.id).where(carrier.c.track_id == kept, carrier.c.kind == "remote")
                )
                how = update(remote_song).where(mine, remote_song.c.server_id == server_id)
                uow.execute(how.values(matched=answer.how))
                joined += 1
                if run is not None:
                    run.counts.joined += 1
                    run.note(uow, "joined", row.title, track_id=kept, why=answer.why)
            for name in ("catalogue", "artists"):
                versions.bump(uow, name)
            if run is not None:
                run.save(uow)
    with db.write() as uow:
        if (server := store.server(uow, server_id)) is not None:
            after = store.cursor(server) | {"joined_at": begun}
            store.change_server(uow, server_id, cursor=store.encode(after))
    return joined


def _alone(uow: UnitOfWork, local: frozenset[str], server_id: str, since: int) -> Iterator[Any]:
    """Tracks that lie here, since then, and not on the server."""
    here = exists().where(
        carrier.c.track_id == track.c.id,
        carrier.c.library_id.in_(sorted(local)),
        carrier.c.missing_at.is_(None),
        carrier.c.added_at >= since,
    )
    song = carrier.alias("song")
    there = exists().where(
        song.c.track_id == track.c.id,
        song.c.id == remote_song.c.carrier_id,
        remote_song.c.server_id == server_id,
    )
    query = (
        select(
            *(track.c.id, track.c.title, track.c.artist_display, track.c.disc, track.c.number),
            *(track.c.duration_s, track.c.isrc, track.c.recording_mbid, album.c.title.label("album")),
        )
        .outerjoin(album, album.c.id == track.c.album_id)
        .where(track.c.missing_at.is_(None), here, ~there)
        .order_by(track.c.id)
    )
    yield from uow.execute(query).all()


def _asked(row: Any) -> same.Asked:
    return same.Asked(
        title=row.title,
        artist=row.artist_display,
        album=row.album,
        disc=row.disc,
        number=row.number,
        duration_s=row.duration_s,
        isrc=row.isrc,
        recording_mbid=row.recording_mbid,
    )


def _apart(uow: UnitOfWork, server_id: str, track_ids: Sequence[str]) -> set[str]:
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


def merge(uow: UnitOfWork, index: NameIndex, song_track: str, file_track: str) -> str:
    """One track of the server's and the file's; the id that goes on. It is called what the file is called."""
    rows = {row.id: row for row in uow.execute(select(track).where(track.c.id.in_((song_track, file_track))))}
    song, file = rows[song_track], rows[file_track]
    kept, gone = (file, song) if file.added_at < song.added_at else (song, file)
    touched = aggregates.Touched()
    for table, names in ((track_artist, touched.artists), (track_genre, touched.genres)):
        column = table.c.artist_id if table is track_artist else table.c.genre_id
        both = table.c.track_id.in_((song_track, file_track))
        names.update(uow.execute(select(column).where(both)).scalars())
        uow.execute(delete(table).where(table.c.track_id == song_track))
        uow.execute(update(table).where(table.c.track_id == file_track).values(track_id=kept.id))
    values = {name: value for name, value in file._mapping.items() if name not in ("id", "added_at")}
    uow.execute(update(track).where(track.c.id == kept.id).values(**values))
    uow.execute(update(carrier).where(carrier.c.track_id == gone.id).values(track_id=kept.id))
    _move_everything(uow, gone.id, kept.id)
    _move_named(uow, "track", gone.id, kept.id)
    index.remove(uow, "track", [gone.id])
    uow.execute(delete(track).where(track.c.id == gone.id))
    _follow_album(uow, song.album_id, file.album_id)
    index.index(uow, missing.track_documents(uow, [kept.id]))
    aggregates.refresh_albums(uow, index, {id_ for id_ in (song.album_id, file.album_id) if id_})
    aggregates.refresh_track_covers(uow, [file.album_id] if file.album_id else [])
    aggregates.refresh_artists(uow, index, sorted(touched.artists))
    aggregates.refresh_genres(uow, sorted(touched.genres))
    traits.refresh(uow, [kept.id])
    changes.note(uow, "catalogue", [kept.id])
    found: str = kept.id
    return found


def _move_everything(uow: UnitOfWork, gone: str, kept: str) -> None:
    """What hangs on a track, in whichever room: it goes over where the other one has nothing there."""
    stats = {
        (row.user_id): row for row in uow.execute(select(track_stat).where(track_stat.c.track_id == gone))
    }
    for user_id, row in stats.items():
        mine = and_(track_stat.c.user_id == user_id, track_stat.c.track_id == kept)
        other = uow.execute(select(track_stat).where(mine)).first()
        if other is not None:
            last = max(row.last_played_at or 0, other.last_played_at or 0) or None
            total = row.play_count + other.play_count
            uow.execute(update(track_stat).where(mine).values(play_count=total, last_played_at=last))
    for table in metadata.sorted_tables:
        for column in table.c:
            of_track = any(key.target_fullname == "track.id" for key in column.foreign_keys)
            if of_track and table.name not in _MOVED_BY_HAND:
                _move(uow, table, column.name, gone, kept)


def _move(uow: UnitOfWork, table: Table, name: str, gone: str, kept: str) -> None:
    column = table.c[name]
    keys = [key for key in table.primary_key.columns if key.name != name]
    if column.primary_key:
        held = table.alias("held")
        same_row = [held.c[name] == kept, *(held.c[key.name] == key for key in keys)]
        uow.execute(delete(table).where(column == gone, exists().where(and_(*same_row)).correlate(table)))
    uow.execute(update(table).where(column == gone).values({name: kept}))


def _move_named(uow: UnitOfWork, kind: str, gone: str, kept: str) -> None:
    """Likes, ratings and what was last seen of them: tables that name what they are about by kind and id."""
    for table in (like, rating, remote_field):
        held = table.alias("held")
        keys = [key.name for key in table.primary_key.columns if key.name != "item_id"]
        doubled = exists().where(held.c.item_id == kept, *(held.c[key] == table.c[key] for key in keys))
        mine = table.c.item_kind == kind, table.c.item_id == gone
        uow.execute(delete(table).where(*mine, doubled.correlate(table)))
        uow.execute(update(table).where(*mine).values(item_id=kept))


def _follow_album(uow: UnitOfWork, old: str | None, new: str | None) -> None:
    """Whoever liked an album whose songs all lie here now likes the one they belong to."""
    if old is None or new is None or old == new:
        return
    left = (
        select(func.count()).select_from(track).where(track.c.album_id == old, track.c.missing_at.is_(None))
    )
    if not uow.execute(left).scalar_one():
        _move_named(uow, "album", old, new)


def part(uow: UnitOfWork, index: NameIndex, server_id: str, remote_id: str) -> str:
    """Give a joined song a track of its own; its id. NotFound, Conflict when it shares none."""
    row = song_store.songs(uow, server_id, [remote_id]).get(remote_id)
    if row is None:
        raise NotFound("There is no such song.")
    others = carrier.c.track_id == row.track_id, carrier.c.id != row.carrier_id
    if uow.execute(select(carrier.c.id).where(*others).limit(1)).first() is None:
        raise Conflict("This song is the only one of its track.", code="not_joined")
    before = uow.execute(select(track).where(track.c.id == row.track_id)).one()
    fresh, now = new_id(), now_ms()
    # What the server calls it is told by the next sync, which finds the song without a mark.
    values = {**before._mapping, "id": fresh, "album_id": None, "added_at": now, "updated_at": now}
    uow.execute(track.insert().values(**values))
    for table in (track_artist, track_genre):
        for link in uow.execute(select(table).where(table.c.track_id == before.id)).all():
            uow.execute(table.insert().values(**{**link._mapping, "track_id": fresh}))
    uow.execute(update(carrier).where(carrier.c.id == row.carrier_id).values(track_id=fresh))
    mine = remote_song.c.carrier_id == row.carrier_id
    uow.execute(update(remote_song).where(mine).values(apart=True, matched=None, stamp=""))
    there = select(carrier.c.id).where(carrier.c.track_id == before.id, carrier.c.missing_at.is_(None))
    if uow.execute(there.limit(1)).first() is None:
        missing.hide_tracks(uow, index, [before.id], now, aggregates.Touched())
    index.index(uow, missing.track_documents(uow, [fresh]))
    traits.refresh(uow, [fresh])
    for name in ("catalogue", "artists"):
        versions.bump(uow, name)
    changes.note(uow, "catalogue", [fresh, before.id])
    store.change_server(uow, server_id, cursor="{}")
    return fresh
