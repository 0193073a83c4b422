"""Pages of a server's songs into the catalogue: one short transaction a batch, each complete in itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from resonance.core.clock import now_ms
from resonance.core.errors import Unavailable
from resonance.core.ids import new_id
from resonance.core.text import fold
from resonance.db.engine import Database, UnitOfWork
from resonance.library.remote import song_store, store
from resonance.library.remote.ports import Folder, Page, Remote, Song
from resonance.library.remote.running import Run
from resonance.library.remote.same import SAME_LENGTH_S
from resonance.library.remote.song_words import stored_path
from resonance.library.remote.writing import Catalogue
from resonance.library.scanning import lease

BATCH = 500


class Moved(Exception):
    """The server's library changed under the sync."""


class Reading:
    """What one sync has read. `cursor` is how far the server was read, as it will be kept."""

    def __init__(
        self,
        db: Database,
        remote: Remote,
        server: Any,
        cursor: dict[str, Any],
        run: Run,
        writing: Catalogue,
        now: int,
    ) -> None:
        self.db, self.remote, self.cursor, self.run, self.now = db, remote, cursor, run, now
        self.server_id: str = server.id
        self._server, self._writing = server, writing
        self._libraries = writing.libraries
        self._last: tuple[str, str, int] | None = None
        self.changed = False

    def page(self, page: Page) -> Page:
        """Count a page. Unavailable when the server sends one again: its list would never end."""
        self.run.counts.pages += 1
        self.run.counts.total = max(self.run.counts.total, page.total or 0)
        self.run.counts.requests = self.remote.requests
        if page.songs:
            mark = (page.songs[0].id, page.songs[-1].id, len(page.songs))
            if mark == self._last and len(page.songs) >= self.remote.page_size:
                raise Unavailable("remote", "The music server sends the same songs again and again.")
            self._last = mark
        self.run.tick()
        return page

    def take(
        self, songs: list[Song], *, walk: dict[str, Any] | None = None, place: dict[str, Any] | None = None
    ) -> set[str]:
        """Write what of a page is new or changed; their ids. A walk's place goes with its last part."""
        usable = {
            song.id: song for song in songs if song.id
        }  # of an id that is told twice the last one counts
        self._adopt_libraries(list(usable.values()))
        whole, written = list(usable.values()), set()
        for first in range(0, max(len(whole), 1), BATCH):
            part, last = whole[first : first + BATCH], first + BATCH >= len(whole)
            known, renamed = self._known(part)
            fresh = self._fresh(part, known, walk)
            ids = {song.id for song in fresh}
            with self.batch() as uow:
                for id_ in renamed:
                    song_store.rename(uow, self.server_id, known[id_], id_)
                if fresh:
                    self.changed = True
                    self._writing.put(uow, fresh, {key: row for key, row in known.items() if key in ids})
                if walk is not None:
                    song_store.see(uow, self.server_id, [song.id for song in part], int(walk["at"]))
                    if last:
                        walk |= place or {}
                        self.keep(uow)
                if last:
                    self._note_unusable(uow, [song for song in songs if not song.id])
                self.run.counts.seen += len(part)
                self.run.counts.unchanged += len(part) - len(fresh)
            written |= ids
            self.run.tick()
        return written

    def remove(self, rows: Sequence[Any], *, why: str) -> None:
        """Mark songs as missing. Rows of (remote_id, library_id, track_id, stored_path)."""
        for first in range(0, len(rows), BATCH):
            with self.batch() as uow:
                self._writing.remove(uow, rows[first : first + BATCH], why=why)

    def present(self) -> int:
        """How many songs of the server are there to hear."""
        with self.db.read() as uow:
            return song_store.present(uow, self.server_id)

    def folders(self) -> list[Folder]:
        """The server's libraries; new ones become libraries here."""
        folders = self.remote.folders()
        self._add_libraries(folders)
        return folders

    def mark_as(self, mark: int) -> None:
        """What is written from now on was met by the walk of that mark."""
        self._writing.seen_at = mark

    def keep(self, uow: UnitOfWork) -> None:
        """Keep the cursor."""
        store.change_server(uow, self.server_id, cursor=store.encode(self.cursor))

    @contextmanager
    def batch(self) -> Iterator[UnitOfWork]:
        """A transaction that leaves counts and the run's row right."""
        with self.db.write() as uow:
            yield uow
            self._writing.numbers(uow)
            self.run.save(uow)

    def _known(self, songs: list[Song]) -> tuple[dict[str, Any], list[str]]:
        """The rows of songs seen before, and the ids of those that had another id then."""
        with self.db.read() as uow:
            known: dict[str, Any] = dict(song_store.songs(uow, self.server_id, [song.id for song in songs]))
            renamed = self._renamed(uow, [song for song in songs if song.id not in known], known)
        return known | renamed, list(renamed)

    def _renamed(self, uow: UnitOfWork, new: list[Song], known: dict[str, Any]) -> dict[str, Any]:
        """Songs that only their ids are new of: a server that was set up anew calls all by other ones."""
        found: dict[str, Any] = {}
        for library in dict.fromkeys(song.library_id for song in new):
            by_path = {stored_path(song): song for song in new if song.library_id == library}
            rows = song_store.lying_at(uow, self.server_id, self._libraries[library], list(by_path))
            for row in rows:
                song = by_path[row.stored_path]
                as_long = abs(row.duration_s - song.facts.duration_s) <= SAME_LENGTH_S
                titled = row.matched or row.title_folded == fold(song.facts.title or "")
                if row.remote_id not in known and as_long and titled:
                    found[song.id] = row
        return found

    def _fresh(self, songs: list[Song], known: dict[str, Any], walk: Any) -> list[Song]:
        """New, changed and returned ones; on a walk also those whose file here is gone."""
        homeless: frozenset[str] = frozenset()
        if walk is not None:
            # They shared the track of a file: they tell now what the track is called.
            shared = {k: row.track_id for k, row in known.items() if row.matched and row.missing_at is None}
            with self.db.read() as uow:
                here = song_store.with_files(uow, list(shared.values()))
            homeless = frozenset(key for key, track_id in shared.items() if track_id not in here)
        return [song for song in songs if _differs(song, known.get(song.id), homeless)]

    def _note_unusable(self, uow: UnitOfWork, songs: list[Song]) -> None:
        for song in songs:
            self.run.note(uow, "failed", song.facts.title or song.path, why="its id cannot be kept")

    def _adopt_libraries(self, songs: list[Song]) -> None:
        """Libraries that turn up in songs, and where the server keeps each."""
        if {song.library_id for song in songs} - self._libraries.keys():
            self.folders()
        unnamed = {song.library_id for song in songs} - self._libraries.keys()
        self._add_libraries([Folder(key, f"{self._server.name} {key}") for key in sorted(unnamed)])
        known = self.cursor.setdefault("paths", {})
        for song in songs:
            if song.library_path and known.get(song.library_id) != song.library_path:
                known[song.library_id] = song.library_path
                with self.db.write() as uow:
                    store.set_library_path(uow, self._libraries[song.library_id], song.library_path)

    def _add_libraries(self, folders: Sequence[Folder]) -> None:
        for folder in folders:
            if folder.id in self._libraries:
                continue
            library_id, name = new_id(), folder.name.strip()[:200] or self._server.name
            with self.db.write() as uow:
                kind, at = self._server.kind, now_ms()
                store.add_library(uow, self.server_id, folder.id, library_id, name, kind, at)
                self.run.leases.append(lease.acquire(self.db, uow, library_id))
            self._libraries[folder.id] = library_id


def _differs(song: Song, row: Any, homeless: frozenset[str]) -> bool:
    if row is None or row.missing_at is not None or song.id in homeless or row.remote_id != song.id:
        return True
    return bool(row.stamp != song.stamp)
