"""Making one track of two, and two of one.

A file that is scanned after the server was synced starts as a track of its own, and so does a song of whose
sound nothing was known; `join` finds such pairs by the rule of `same` and lets the older track go on, with
all that people kept about either. `part` is the way back: the song gets a track of its own and is never
joined again by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, NotFound
from resonance.core.ids import new_id
from resonance.db import changes, versions
from resonance.db.engine import Database, UnitOfWork
from resonance.library import traits
from resonance.library.ports import NameIndex
from resonance.library.remote import join_store, same, song_store, store
from resonance.library.remote.running import Run
from resonance.library.scanning import aggregates, missing

BATCH = 200


def join_all(db: Database, index: NameIndex) -> int:
    """After a scan: what came to lie here, for every server; how many."""
    with db.read() as uow:
        ids = [row.id for row in store.servers(uow)]
    return sum(join(db, index, None, server_id) for server_id in ids)


def has_news(db: Database, server_id: str) -> bool:
    """Whether a song was heard that is a file here, since the last time."""
    with db.read() as uow:
        local = store.local_libraries(uow)
        return bool(local) and join_store.any_heard(uow, local, server_id)


def join(db: Database, index: NameIndex, run: Run | None, server_id: str, *, everything: bool = False) -> int:
    """Join the server's own tracks with those of files that came since the last time; how many."""
    begun = now_ms()
    with db.read() as uow:
        server = store.server(uow, server_id)
        since = 0 if everything or server is None else int(store.cursor(server).get("joined_at") or 0)
        theirs = frozenset(row.library_id for row in store.libraries(uow, server_id).values())
        local = store.local_libraries(uow)
        # A clock that went back would hide what came meanwhile.
        since = 0 if since > begun else since
        files = join_store.alone(uow, local, server_id, since) if local and theirs else []
    joined = 0
    for first in range(0, len(files), BATCH):
        pairs = _pairs(db, server_id, files[first : first + BATCH], theirs)
        if pairs:
            _join(db, index, run, server_id, pairs)
            joined += len(pairs)
    with db.write() as uow:
        if (server := store.server(uow, server_id)) is not None:
            after = store.cursor(server) | {"joined_at": begun}
            store.change_server(uow, server_id, cursor=store.encode(after))
    return joined


def _pairs(
    db: Database, server_id: str, files: Sequence[Any], theirs: frozenset[str]
) -> list[tuple[Any, str, same.Same]]:
    """(file's track, song's track, evidence)."""
    with db.read() as uow:
        answers = same.find(uow, [_asked(row) for row in files], theirs)
        ids = [answer.track_id for answer in answers if answer.track_id]
        out = song_store.with_files(uow, ids) | join_store.apart(uow, server_id, ids)
    return [
        (row, answer.track_id, answer)
        for row, answer in zip(files, answers, strict=True)
        if answer.track_id and answer.track_id not in out and answer.track_id != row.id
    ]


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
        payload_id=row.payload_id,
    )


def _join(
    db: Database, index: NameIndex, run: Run | None, server_id: str, pairs: list[tuple[Any, str, same.Same]]
) -> None:
    with db.write() as uow:
        for row, song_track, answer in pairs:
            kept = merge(uow, index, song_track, row.id)
            join_store.set_matched(uow, server_id, kept, answer.how)
            if run is not None:
                run.counts.joined += 1
                run.note(uow, "joined", row.title, track_id=kept, why=answer.why)
        for name in ("catalogue", "artists"):
            versions.bump(uow, name)
        if run is not None:
            run.save(uow)


def merge(uow: UnitOfWork, index: NameIndex, song_track: str, file_track: str) -> str:
    """One track of the server's and the file's; the id that goes on. It is called what the file is called."""
    rows = join_store.tracks(uow, (song_track, file_track))
    song, file = rows[song_track], rows[file_track]
    older, newer = (file, song) if file.added_at < song.added_at else (song, file)
    kept, gone = str(older.id), str(newer.id)
    artists, genres = join_store.move_words(uow, song_track, file_track, kept)
    join_store.call(uow, kept, file)
    index.remove(uow, "track", [gone])
    join_store.move_rest(uow, gone, kept)
    if song.album_id and file.album_id not in (None, song.album_id) and join_store.empty(uow, song.album_id):
        # Whoever liked an album whose songs all lie here now likes the one they belong to.
        join_store.move_named(uow, "album", song.album_id, file.album_id)
    index.index(uow, missing.track_documents(uow, [kept]))
    aggregates.refresh_albums(uow, index, {id_ for id_ in (song.album_id, file.album_id) if id_})
    aggregates.refresh_track_covers(uow, [file.album_id] if file.album_id else [])
    aggregates.refresh_artists(uow, index, sorted(artists))
    aggregates.refresh_genres(uow, sorted(genres))
    traits.refresh(uow, [kept])
    changes.note(uow, "catalogue", [kept])
    return kept


def part(uow: UnitOfWork, index: NameIndex, server_id: str, remote_id: str) -> str:
    """Give a joined song a track of its own; its id. NotFound, Conflict when it shares none."""
    row = song_store.songs(uow, server_id, [remote_id]).get(remote_id)
    if row is None:
        raise NotFound("There is no such song.")
    if not join_store.others(uow, row.track_id, row.carrier_id):
        raise Conflict("This song is the only one of its track.", code="not_joined")
    before = join_store.tracks(uow, [row.track_id])[row.track_id]
    fresh, now = new_id(), now_ms()
    # What the server calls it is told by the next sync.
    join_store.copy_track(uow, before, fresh, now)
    join_store.set_apart(uow, row.carrier_id, fresh)
    if not join_store.others(uow, before.id, row.carrier_id, present=True):
        missing.hide_tracks(uow, index, [before.id], now, aggregates.Touched())
    index.index(uow, missing.track_documents(uow, [fresh]))
    traits.refresh(uow, [fresh])
    for name in ("catalogue", "artists"):
        versions.bump(uow, name)
    changes.note(uow, "catalogue", [fresh, before.id])
    store.change_server(uow, server_id, cursor="{}")
    return fresh
