"""Playlist files that lie among the music: each fills a playlist that follows it.

The scan notes .m3u and .m3u8 files with their sizes and times; this compares them with what was read last and
reads only what changed, and again those that lacked tracks when new music came. The playlists belong to the
longest-serving admin. One that a person edits stays as it is from then on; one whose file goes stays as well.
A file with entries that lack has a report, whose choices (see settling) count again whenever it is read.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from resonance.core.clock import iso, now_ms
from resonance.core.errors import Invalid, NotFound
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.core.inputs import one_line
from resonance.core.logs import logger
from resonance.core.text import sort_key
from resonance.db.engine import Database, UnitOfWork
from resonance.library import paths
from resonance.library.scanning import sides
from resonance.library.scanning.walk import LISTS
from resonance.model.caller import Caller
from resonance.model.lists import ListFileItem
from resonance.playlists import file_store, report_store, reports, smart_store, store
from resonance.playlists.exchange import m3u8, report, texts
from resonance.playlists.exchange.chosen import Chosen
from resonance.playlists.exchange.crate import Crate
from resonance.playlists.exchange.report import ListReport
from resonance.playlists.matching import match_entries
from resonance.playlists.playlists import LONGEST_NAME, MOST_ENTRIES, item

log = logger(__name__)
ENDINGS = tuple(LISTS)
_GONE = "Its file is no longer there. The playlist stays as it was."
_OUTSIDE = "It leads out of the library."


@dataclass(frozen=True, slots=True)
class Synced:
    """What a run did: files read, playlists made, changed, and files found gone."""

    read: int = 0
    made: int = 0
    changed: int = 0
    gone: int = 0


def sync(db: Database, events: EventBus, library_id: str, *, music_came: bool = False) -> Synced:
    """Bring the playlists of a library's files in step with them. Each file is a transaction of its own."""
    with db.read() as uow:
        root = file_store.root(uow, library_id)
        owner_id = file_store.first_admin(uow)
        owner = smart_store.owner(uow, owner_id) if owner_id else None
        seen = _seen(uow, library_id)
        known = file_store.known(uow, library_id)
    if root is None or owner is None:
        return Synced()
    read = made = changed = 0
    for path, (size, mtime_ns) in sorted(seen.items()):
        row = known.get(path)
        if not _is_due(row, size, mtime_ns, music_came=music_came):
            continue
        work = _File(db, events, owner, library_id, root, path, size, mtime_ns)
        outcome = work.bring_in(row)
        read, made, changed = read + 1, made + (outcome == "made"), changed + (outcome == "changed")
    gone = [row for path, row in known.items() if path not in seen and row.state not in ("gone", "edited")]
    if gone:
        _mark_gone(db, events, owner, gone)
    return Synced(read, made, changed, len(gone))


def of_playlist(uow: UnitOfWork, caller: Caller, playlist_id: str) -> ListFileItem:
    """The file that a playlist follows or followed. NotFound without one, or for who cannot read the list."""
    item(uow, caller, playlist_id)
    row = file_store.one_of_playlist(uow, playlist_id)
    if row is None:
        raise NotFound("This playlist comes from no file.")
    return _item(row, caller)


def all_files(uow: UnitOfWork, caller: Caller) -> list[ListFileItem]:
    """Every playlist file met in a library, for admins."""
    caller.must_be_admin()
    return [_item(row, caller) for row in file_store.all_files(uow)]


def _item(row: Any, caller: Caller) -> ListFileItem:
    shown = paths.to_display(row.path)
    return ListFileItem(
        id=row.id,
        library_id=row.library_id,
        path=shown if caller.is_admin else shown.rpartition("/")[2],
        playlist_id=row.playlist_id,
        state=row.state,
        note=row.note,
        entries=row.entries,
        missing=row.missing,
        read_at=iso(row.read_at),
        report_id=row.id if row.told_to == caller.user_id else None,
    )


def _seen(uow: UnitOfWork, library_id: str) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for row in file_store.folders_with_lists(uow, library_id):
        for name, mark in sides.decode(row.sides).items():
            if name.lower().endswith(ENDINGS):
                found[f"{row.path}/{name}" if row.path else name] = mark
    return found


def _is_due(row: Any, size: int, mtime_ns: int, *, music_came: bool) -> bool:
    if row is None:
        return True
    if row.state == "edited":
        return False
    if (row.size, row.mtime_ns) != (size, mtime_ns) or row.state == "gone":
        return True
    return music_came and row.state == "follows" and row.missing > 0


def _mark_gone(db: Database, events: EventBus, owner: Caller, rows: Sequence[Any]) -> None:
    with db.write() as uow:
        for row in rows:
            if row.playlist_id is None:
                file_store.forget(uow, row.id)
                report_store.remove(uow, [row.id])
            else:
                file_store.change(uow, row.id, state="gone", note=_GONE)
                _tell(uow, events, owner, row.playlist_id)
        file_store.changed(uow)


class _File:
    """One playlist file at work."""

    def __init__(
        self,
        db: Database,
        events: EventBus,
        owner: Caller,
        library_id: str,
        root: str,
        path: str,
        size: int,
        mtime_ns: int,
    ) -> None:
        self._db, self._events, self._owner = db, events, owner
        self._library_id, self._root, self._path = library_id, root, path
        self._mark = {"size": size, "mtime_ns": mtime_ns}

    def bring_in(self, row: Any) -> str:
        """Read it and fill its playlist: made, changed, same or refused."""
        try:
            crate = m3u8.read(io.BytesIO(_bytes(self._root, self._path)))
        except Invalid as fault:
            return self._refuse(row, fault.message)
        except OSError as fault:
            return self._refuse(row, fault.strerror or "It cannot be read.")
        entries = list(crate.tracks)[:MOST_ENTRIES]
        folder = "/".join(part for part in (self._root.rstrip("/"), paths.folder_of(self._path)) if part)
        with self._db.read(self._owner.user_id) as uow:
            found = match_entries(uow, self._owner, entries, folder=folder)
            chosen = reports.chosen_in(uow, self._owner, row.id) if row is not None else Chosen()
        told = chosen.taken(report.list_report(self._name(crate), entries, found))
        with self._db.write(self._owner.user_id) as uow:
            return self._store(uow, row, told)

    def _store(self, uow: UnitOfWork, row: Any, told: ListReport) -> str:
        ids = [line.track_id for line in told.matched if line.track_id is not None]
        counts = {"entries": told.entries, "missing": len(told.missing), "read_at": now_ms()}
        columns: dict[str, Any] = {**self._mark, **counts, "state": "follows", "note": ""}
        playlist = store.locked(uow, row.playlist_id) if row is not None and row.playlist_id else None
        if row is None or playlist is None:
            columns["playlist_id"] = self._make(uow, told.name, ids)
            self._tell_of(uow, self._keep(uow, row, columns), told, columns["playlist_id"])
            return "made"
        self._tell_of(uow, self._keep(uow, row, columns), told, playlist.id)
        if file_store.members(uow, playlist.id) == ids:
            return "same"
        store.clear(uow, playlist.id)
        store.insert_entries(uow, playlist.id, ids, now_ms(), self._owner.user_id, position=0)
        store.change(uow, playlist.id, now_ms())
        _tell(uow, self._events, self._owner, playlist.id, public=playlist.public)
        return "changed"

    def _tell_of(self, uow: UnitOfWork, file_id: str, told: ListReport, playlist_id: str) -> None:
        """Keep the report of a file with something open or settled, so that it can be settled."""
        if told.missing or any(line.settled for line in told.matched):
            made = replace(told, playlist_id=playlist_id)
            shown = paths.to_display(self._path)
            reports.keep(uow, self._owner, shown, "m3u8", [made], report_id=file_id)
        else:
            report_store.remove(uow, [file_id])

    def _make(self, uow: UnitOfWork, name: str, ids: Sequence[str]) -> str:
        now, id_ = now_ms(), new_id()
        store.insert(
            uow,
            {
                "id": id_,
                "owner_id": self._owner.user_id,
                "name": name,
                "name_sort": sort_key(name),
                "comment": "",
                "public": False,
                "version": 1,
                "created_at": now,
                "changed_at": now,
            },
        )
        store.insert_entries(uow, id_, ids, now, self._owner.user_id, position=0)
        _tell(uow, self._events, self._owner, id_)
        return id_

    def _name(self, crate: Crate) -> str:
        shown = paths.to_display(self._path).rpartition("/")[2].rpartition(".")[0]
        said = (crate.name or shown)[:LONGEST_NAME]
        return one_line(said or "Playlist", field="name", longest=LONGEST_NAME)

    def _refuse(self, row: Any, why: str) -> str:
        log.warning("playlist_file.refused", path=paths.to_display(self._path), reason=why)
        with self._db.write() as uow:
            columns = {**self._mark, "state": "refused", "note": why[:500], "read_at": now_ms()}
            self._keep(uow, row, columns)
        return "refused"

    def _keep(self, uow: UnitOfWork, row: Any, columns: Mapping[str, Any]) -> str:
        """The id of the file's row."""
        file_id = new_id() if row is None else str(row.id)
        if row is not None:
            file_store.change(uow, file_id, **columns)
        else:
            head = {"id": file_id, "library_id": self._library_id, "path": self._path}
            file_store.insert(uow, {**head, **columns})
        file_store.changed(uow)
        return file_id


def _bytes(root: str, path: str) -> bytes:
    """The file, which must lie in the library and be one; a pipe in its place holds nobody."""
    place = paths.inside(root, path)
    if place is None:
        raise Invalid(_OUTSIDE, field="file")
    with os.fdopen(os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Invalid("This is no regular file.", field="file")
        return texts.all_of(file)


def _tell(
    uow: UnitOfWork, events: EventBus, owner: Caller, playlist_id: str, *, public: bool = False
) -> None:
    event = Event("playlist.changed", {"id": playlist_id}, None if public else owner.user_id)
    uow.after_commit(lambda: events.publish(event))
