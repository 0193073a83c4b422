"""The sync of a server's songs: ask whether anything changed, read what did, mark what is gone.

1. One question to the server: the mark of its last scan. The same as last time: nothing else is asked.
2. Songs by the time they changed, then by the time they were added, newest first, until both what is older
   than the last sync and a row of unchanged ones begins.
3. The server's total against ours. Only where they differ its missing songs are read, then, if they still
   differ, all songs.
4. The mark once more: a scan that began meanwhile, or a total that moved between two pages, postpones the
   sync. What was read is kept, the cursor is not moved.

A whole walk (the first sync, `full`, servers that do not tell changes) keeps its place with every page, so
that one which was killed goes on there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, NotFound, ResonanceError
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.library.ports import NameIndex
from resonance.library.remote import song_store, store
from resonance.library.remote.ports import Folder, Order, Page, Remote, ScanState, Song
from resonance.library.remote.record import Report, Run
from resonance.library.remote.writing import Catalogue
from resonance.library.scanning import lease
from resonance.library.scanning.runs import Cancelled

log = logger(__name__)

BATCH = 500
CALM = 200  # so many unchanged songs in a row, older than the last sync, end a walk by time
SLACK_MS = 24 * 3600 * 1000  # file times are not the server's clock
FULL_EVERY_MS = 7 * 24 * 3600 * 1000  # what no time tells, such as an older file put in a newer one's place


class Moved(Exception):
    """The server's library changed under the sync."""


class Syncing:
    """One sync at work. Use: `with Syncing(...) as sync: sync.catalogue()`, then what people did."""

    def __init__(
        self,
        db: Database,
        events: EventBus,
        index: NameIndex,
        articles: tuple[str, ...],
        remote: Remote,
        server_id: str,
        *,
        reason: str = "manual",
        full: bool = False,
        progress: Callable[[Report], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._db, self._index, self._articles, self._remote = db, index, articles, remote
        self._server_id, self._full = server_id, full
        self._events = events
        self.run = Run(db, events, server_id, reason, full=full, progress=progress, cancelled=cancelled)
        self._now = now_ms()
        self._changed = False
        self._ended = False

    def __enter__(self) -> Syncing:
        with self._db.write() as uow:
            server = store.server(uow, self._server_id)
            if server is None:
                raise NotFound("There is no such server.")
            self._server = server
            self._cursor = store.cursor(server)
            self._libraries = {
                key: row.library_id for key, row in store.libraries(uow, self._server_id).items()
            }
            for library_id in self._libraries.values():
                try:
                    self.run.leases.append(lease.acquire(self._db, uow, library_id))
                except Conflict as fault:
                    raise Conflict("This server is being synced already.", code="sync_running") from fault
            self.run.begin(uow)
        self.run.tick(force=True)
        return self

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> bool:
        if self._ended:
            return False
        if isinstance(fault, Cancelled):
            self.end("cancelled")
            return True
        told = fault.message if isinstance(fault, ResonanceError) else type(fault).__name__
        self.end("failed", told)
        return False

    def end(self, state: str, error: str | None = None) -> None:
        """Close the run."""
        self._ended = True
        self._count()
        with self._db.write() as uow:
            values: dict[str, Any] = {"problem": error if state == "failed" else None}
            if state in ("done", "unchanged"):
                values["last_sync_at"] = now_ms()
            store.change_server(uow, self._server_id, **values)
            self.run.end(uow, state, error)
            if self._changed:
                news = {"server_id": self._server_id}
                uow.after_commit(lambda: self._events.publish(Event("library.changed", news)))
        self.run.tick(force=True)

    def catalogue(self) -> str:
        """Bring the songs in step: "unchanged", "done" or "postponed"."""
        state = self._remote.scan_state()
        if state.scanning:
            return "postponed"
        walk = self._cursor.get("walk")
        late = self._now - int(self._cursor.get("full_at") or 0) > FULL_EVERY_MS
        first = "mark" not in self._cursor
        if state.mark == self._cursor.get("mark") and not self._full and not walk and not late:
            self._count()
            return "unchanged"
        self._writing = self._catalogue()
        try:
            if first or self._full or walk or late or not self._remote.tells_changes:
                self._walk_all(state)
            else:
                self._walk_changes()
            after = self._remote.scan_state()
            if after.scanning or after.mark != state.mark:
                raise Moved
        except Moved:
            log.info("remote.moved", server_id=self._server_id)
            return "postponed"
        with self._batch() as uow:
            # By the server's clock where it tells: all times that are compared with it are its own.
            self._cursor |= {"mark": state.mark, "at": _ms(state.mark) or self._now}
            self._keep(uow)
        return "done"

    # --- by time

    def _walk_changes(self) -> None:
        total: int | None = None
        orders: tuple[Order, ...] = ("changed", "added")
        for order in orders:
            start = 0
            while True:
                page = self._page(self._remote.latest(order, start))
                total = self._steady(total, page)
                fresh = self._take(page.songs)
                start += len(page.songs)
                if self._calm(page.songs, fresh, order) or len(page.songs) < self._remote.page_size:
                    break
        if total is not None and total != self._present():
            self._find_missing()
            if total != self._present():
                # Songs that the server has forgotten altogether: only the list of all tells which.
                self._walk_all(self._remote.scan_state())

    def _find_missing(self) -> None:
        start = 0
        while True:
            page = self._page(self._remote.missing(start))
            with self._db.read() as uow:
                known = song_store.songs(uow, self._server_id, [song.id for song in page.songs])
            gone = [row for row in known.values() if row.missing_at is None]
            for first in range(0, len(gone), BATCH):
                with self._batch() as uow:
                    self._writing.remove(uow, gone[first : first + BATCH], why="its file is gone there")
            start += len(page.songs)
            if len(page.songs) < self._remote.page_size:
                return

    # --- everything

    def _walk_all(self, state: ScanState) -> None:
        walk = self._cursor.get("walk") or {}
        if walk.get("mark") != state.mark:
            walk = {"mark": state.mark, "at": self._now, "folder": "", "start": 0, "total": None}
        self._cursor["walk"] = walk
        folders = self._folders()
        whole: Sequence[Folder | None] = folders if not self._remote.tells_changes else [None]
        for folder in whole:
            key = folder.id if folder else ""
            if key in walk.get("ended", ()):
                continue
            start = int(walk["start"]) if walk["folder"] == key else 0
            total: int | None = walk["total"] if walk["folder"] == key else None
            while True:
                page = self._page(self._remote.songs(folder, start))
                try:
                    total = self._steady(total, page)
                except Moved:
                    self._cursor.pop("walk", None)  # places have shifted: from the beginning next time
                    with self._batch() as uow:
                        self._keep(uow)
                    raise
                start += len(page.songs)
                place = {"folder": key, "start": start, "total": total}
                self._take(page.songs, walk=walk, place=place)
                if len(page.songs) < self._remote.page_size:
                    break
            walk["ended"] = [*walk.get("ended", ()), key]
        self._sweep(int(walk["at"]))
        self._cursor.pop("walk", None)
        self._cursor["full_at"] = self._now

    def _sweep(self, since: int) -> None:
        """What the walk did not meet is gone."""
        while True:
            with self._batch() as uow:
                rows = song_store.unseen(uow, self._server_id, since, BATCH)
                if rows:
                    self._writing.remove(uow, rows, why="the server does not list it any more")
            if len(rows) < BATCH:
                return

    # --- both

    def _take(
        self, songs: list[Song], *, walk: dict[str, Any] | None = None, place: dict[str, Any] | None = None
    ) -> set[str]:
        """Write what of a page is new or changed; their ids. A walk's place goes with its last part."""
        self._adopt_libraries(songs)
        written: set[str] = set()
        for first in range(0, max(len(songs), 1), BATCH):
            part = songs[first : first + BATCH]
            with self._db.read() as uow:
                known = song_store.songs(uow, self._server_id, [song.id for song in part])
                homeless = self._homeless(uow, known) if walk is not None else frozenset()
            fresh = [song for song in part if self._differs(song, known.get(song.id), homeless)]
            ids = {song.id for song in fresh}
            with self._batch() as uow:
                if fresh:
                    self._changed = True
                    self._writing.put(uow, fresh, {key: row for key, row in known.items() if key in ids})
                if walk is not None:
                    song_store.see(uow, self._server_id, [song.id for song in part], self._now)
                    if first + BATCH >= len(songs):
                        walk |= place or {}
                        self._keep(uow)
                self.run.counts.seen += len(part)
                self.run.counts.unchanged += len(part) - len(fresh)
            written |= ids
            self.run.tick()
        return written

    def _homeless(self, uow: UnitOfWork, known: dict[str, Any]) -> frozenset[str]:
        """Songs that shared the track of a file which is gone: they tell now what the track is called."""
        shared = {key: row.track_id for key, row in known.items() if row.matched and row.missing_at is None}
        here = song_store.with_files(uow, list(shared.values()))
        return frozenset(key for key, track_id in shared.items() if track_id not in here)

    def _differs(self, song: Song, row: Any, homeless: frozenset[str]) -> bool:
        if row is None or row.missing_at is not None or song.id in homeless:
            return True
        return bool(row.stamp != song.stamp)

    def _calm(self, songs: list[Song], fresh: set[str], order: Order) -> bool:
        """Whether the page ends in songs that are both unchanged and older than the last sync."""
        since = int(self._cursor.get("at") or 0)
        tail = songs[-CALM:]
        if not tail:
            return True
        last = _ms(songs[-1].changed_at if order == "changed" else songs[-1].added_at)
        if last is not None and last < since - SLACK_MS:
            return True
        old = last is not None and last < since
        return old and len(tail) == CALM and not any(song.id in fresh for song in tail)

    def _page(self, page: Page) -> Page:
        self.run.counts.pages += 1
        self.run.counts.total = max(self.run.counts.total, page.total or 0)
        self._count()
        self.run.tick()
        return page

    def _steady(self, total: int | None, page: Page) -> int | None:
        if total is not None and page.total is not None and page.total != total:
            raise Moved
        return page.total if page.total is not None else total

    def _present(self) -> int:
        with self._db.read() as uow:
            return song_store.present(uow, self._server_id)

    def _catalogue(self) -> Catalogue:
        return Catalogue(self._index, self._articles, self.run, self._server, self._libraries, self._now)

    def _folders(self) -> list[Folder]:
        folders = self._remote.folders()
        self._add_libraries(folders)
        return folders

    def _adopt_libraries(self, songs: list[Song]) -> None:
        """Libraries that turn up in songs, and where the server keeps each."""
        if {song.library_id for song in songs} - self._libraries.keys():
            self._folders()
        unnamed = {song.library_id for song in songs} - self._libraries.keys()
        self._add_libraries([Folder(key, f"{self._server.name} {key}") for key in sorted(unnamed)])
        paths = {song.library_id: song.library_path for song in songs if song.library_path}
        known = self._cursor.setdefault("paths", {})
        for key, path in paths.items():
            if known.get(key) != path:
                known[key] = path
                with self._db.write() as uow:
                    store.set_library_path(uow, self._libraries[key], path)

    def _add_libraries(self, folders: Sequence[Folder]) -> None:
        for folder in folders:
            if folder.id in self._libraries:
                continue
            library_id, name = new_id(), folder.name.strip()[:200] or self._server.name
            with self._db.write() as uow:
                at = now_ms()
                store.add_library(uow, self._server_id, folder.id, library_id, name, self._server.kind, at)
                self.run.leases.append(lease.acquire(self._db, uow, library_id))
            self._libraries[folder.id] = library_id

    def _count(self) -> None:
        self.run.counts.requests = self._remote.requests

    def _keep(self, uow: UnitOfWork) -> None:
        store.change_server(uow, self._server_id, cursor=store.encode(self._cursor))

    @contextmanager
    def _batch(self) -> Iterator[UnitOfWork]:
        with self._db.write() as uow:
            yield uow
            self._writing.numbers(uow)
            self.run.save(uow)


def _ms(text: str) -> int | None:
    try:
        return int(datetime.fromisoformat(text).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
