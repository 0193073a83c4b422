"""The sync of a server's songs: ask whether anything changed, read what did, mark what is gone.

1. One question to the server: the mark of its last scan. The same as last time: nothing else is asked.
2. Songs by the time they changed, then by the time they were added, newest first, until both what is older
   than the last sync and a row of unchanged ones begins.
3. The server's total against ours. Only where they differ its missing songs are read, then, if they still
   differ, all songs.
4. The mark once more: a scan that began meanwhile, or a total that moved between two pages, postpones the
   sync. What was read is kept, the cursor is not moved.

All songs are read at first, when `full` is asked for, once a week, where a server does not tell changes, and
when its clock went back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from resonance.core.clock import now_ms
from resonance.core.errors import Conflict, ResonanceError
from resonance.core.events import Event, EventBus
from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.library.ports import NameIndex
from resonance.library.remote import store, walking
from resonance.library.remote.ports import Remote, ScanState
from resonance.library.remote.reading import Moved, Reading
from resonance.library.remote.record import Report
from resonance.library.remote.running import Run
from resonance.library.remote.song_words import milliseconds
from resonance.library.remote.writing import Catalogue
from resonance.library.scanning import lease
from resonance.library.scanning.runs import Cancelled

log = logger(__name__)

FULL_EVERY_MS = 7 * 24 * 3600 * 1000  # what no time tells, such as an older file put in a newer one's place


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
        self._ended = False

    def __enter__(self) -> Syncing:
        with self._db.write() as uow:
            server = store.known_server(uow, self._server_id)
            libraries = {key: row.library_id for key, row in store.libraries(uow, self._server_id).items()}
            for library_id in libraries.values():
                try:
                    self.run.leases.append(lease.acquire(self._db, uow, library_id))
                except Conflict as fault:
                    raise Conflict("This server is being synced already.", code="sync_running") from fault
            self.run.begin(uow)
        writing = Catalogue(self._index, self._articles, self.run, server, libraries, self._now)
        self._reading = Reading(
            *(self._db, self._remote, server, store.cursor(server), self.run, writing, self._now)
        )
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
        self.run.counts.requests = max(self.run.counts.requests, self._remote.requests)
        with self._db.write() as uow:
            values: dict[str, Any] = {"problem": error if state == "failed" else None}
            if state in ("done", "unchanged"):
                values["last_sync_at"] = now_ms()
            store.change_server(uow, self._server_id, **values)
            self.run.end(uow, state, error)
            if self._reading.changed:
                news = {"server_id": self._server_id}
                uow.after_commit(lambda: self._events.publish(Event("library.changed", news)))
        self.run.tick(force=True)

    def catalogue(self) -> str:
        """Bring the songs in step: "unchanged", "done" or "postponed"."""
        state, cursor = self._remote.scan_state(), self._reading.cursor
        self.run.counts.requests = self._remote.requests
        if state.scanning:
            return "postponed"
        whole = self._must_read_all(state)
        if state.mark == cursor.get("mark") and not whole:
            return "unchanged"
        try:
            if whole or not self._remote.tells_changes:
                walking.everything(self._reading, state)
            else:
                walking.changes(self._reading)
            after = self._remote.scan_state()
            self.run.counts.requests = self._remote.requests
            if after.scanning or after.mark != state.mark:
                raise Moved
        except Moved:
            log.info("remote.moved", server_id=self._server_id)
            return "postponed"
        with self._reading.batch() as uow:
            # By the server's clock where it tells: all times that are compared with it are its own.
            cursor |= {"mark": state.mark, "at": milliseconds(state.mark) or self._now}
            self._reading.keep(uow)
        return "done"

    def _must_read_all(self, state: ScanState) -> bool:
        cursor = self._reading.cursor
        if "mark" not in cursor or self._full or cursor.get("walk"):
            return True
        told, last = milliseconds(state.mark), int(cursor.get("at") or 0)
        gone_back = told is not None and told < last
        return gone_back or not 0 <= self._now - int(cursor.get("full_at") or 0) <= FULL_EVERY_MS
