"""The scan of one library, from its folder to the catalogue.

walk -> compare with what is known -> read new and changed files in worker processes -> write batches, one
writer -> mark what is gone -> make derived numbers. Every batch is a transaction, so a scan that is killed
leaves a consistent catalogue and the next one goes on. A rerun is harmless.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from resonance.core.clock import now_ms
from resonance.core.errors import Unavailable
from resonance.core.events import Event, EventBus
from resonance.core.logs import logger
from resonance.core.text import fold
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import track, track_artist, track_genre
from resonance.library.paths import absolute, folder_of, to_os
from resonance.library.ports import NameIndex
from resonance.library.scanning import aggregates, missing, sides
from resonance.library.scanning.albums import Albums
from resonance.library.scanning.commit import Writer
from resonance.library.scanning.compare import Difference, File, Known, compare, known
from resonance.library.scanning.folders import FolderRows
from resonance.library.scanning.identity import Lost, load_lost
from resonance.library.scanning.naming import Entry, album_folder, name_entry
from resonance.library.scanning.parse import Item, Parser, default_workers
from resonance.library.scanning.parse_messages import Answer
from resonance.library.scanning.people import Artists, Genres, chunks
from resonance.library.scanning.placing import Placer
from resonance.library.scanning.runs import Cancelled, Run, ScanCounts
from resonance.library.scanning.walk import Folder, Refused, Walk, walk

log = logger(__name__)

# A batch is written when it is this large, or large enough and this old (files, files, seconds).
BATCH = 500
BATCH_MIN = 200
BATCH_AGE_S = 2.0
NUMBERS_EVERY_S = 5.0
# Nobody waits for a scan that started by itself; playing comes first.
BACKGROUND_NICENESS = 5


class Scanner:
    """Scans libraries. Safe to call from several threads and processes: a lease keeps one scan a library."""

    def __init__(
        self,
        db: Database,
        events: EventBus,
        index: NameIndex,
        *,
        workers: int = 0,
        ignored_articles: Iterable[str] = (),
        file_limit_s: float = 30.0,
    ) -> None:
        self.db = db
        self.events = events
        self.index = index
        self.workers = workers or default_workers()
        self.articles = tuple(fold(word) for word in ignored_articles)
        self.file_limit_s = file_limit_s

    def scan(
        self,
        library_id: str,
        *,
        reason: str = "manual",
        full: bool = False,
        paths: tuple[str, ...] = ("",),
        progress: Callable[[ScanCounts], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ScanCounts:
        """Bring the catalogue in step with the folder.

        `full` reads every file again; `paths` are folders (stored form) to look at, "" is the whole library.
        Raises NotFound, Conflict (code scan_running), or Unavailable when the folder is unreadable or
        suddenly empty; then nothing is marked missing.
        """
        run = Run(self.db, self.events, library_id, reason, progress=progress, cancelled=cancelled)
        try:
            _Scan(self, run).work(paths, full=full)
        except Cancelled:
            with self.db.write() as uow:
                run.end(uow, "cancelled")
        except BaseException as fault:
            with self.db.write() as uow:
                run.end(uow, "failed", _reason(fault))
            raise
        run.tick(force=True)
        return run.counts


def _reason(fault: BaseException) -> str:
    return str(fault) or type(fault).__name__


@dataclass(slots=True)
class _Batch:
    """Files read but not written yet."""

    entries: list[Entry] = field(default_factory=list)
    broken: list[Refused] = field(default_factory=list)
    done: list[str] = field(default_factory=list)  # paths answered
    begun: float = field(default_factory=time.monotonic)

    @property
    def due(self) -> bool:
        size = len(self.done)
        return size >= BATCH or (size >= BATCH_MIN and time.monotonic() - self.begun > BATCH_AGE_S)


class _Items(Sequence[Item]):
    """What the readers need of each file, made when it is asked for: large libraries have many files."""

    def __init__(self, root: str, difference: Difference, files: list[File]) -> None:
        self.root = root
        self.folders = difference.folders
        self.files = files

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, number: Any) -> Any:
        path = self.files[number][0]
        folder = folder_of(path)
        beside = self.folders.get(folder)
        name = sides.lyrics_name(beside, path) if beside else None
        lrc = os.fsencode(absolute(self.root, f"{folder}/{name}" if folder else name)) if name else None
        return os.fsencode(absolute(self.root, path)), lrc


class _Scan:
    """One scan at work."""

    def __init__(self, scanner: Scanner, run: Run) -> None:
        self.scanner = scanner
        self.run = run
        self.db = scanner.db
        self.index = scanner.index
        self.now = now_ms()
        self.numbers_made = time.monotonic()
        self.was_broken: set[str] = set()
        self.lost_to_faults: list[str] = []

    def work(self, scopes: tuple[str, ...], *, full: bool) -> None:
        """All phases in order."""
        niceness = BACKGROUND_NICENESS if self.run.reason in ("timer", "watcher") else 0
        scanner = self.scanner
        with Parser(scanner.workers, file_limit_s=scanner.file_limit_s, niceness=niceness) as parser:
            self._work(parser, scopes, full=full)

    def _work(self, parser: Parser, scopes: tuple[str, ...], *, full: bool) -> None:
        with self.db.read() as uow:
            before = known(uow, self.run.library_id)
        if full or not before.files:
            parser.start(1)  # it gets ready while we walk
        difference = self._compare(before, scopes, full=full)
        counts = self.run.counts
        counts.files, counts.unchanged = difference.files, difference.unchanged
        counts.seen = difference.unchanged + difference.still_broken + len(difference.back)
        if difference.nothing and not self.run.repair:
            counts.broken = difference.still_broken
            with self.db.write() as uow:
                self.run.end(uow, "done")
            return
        self.was_broken = set(before.broken)
        pictures = sides.Pictures(self.run.root, difference.folders)
        self.folders = FolderRows(self.run.library_id, difference, pictures)
        self.pictures = pictures
        self.writer = self._writer(before, difference)
        self._bring_back(difference.back)
        self._read(parser, difference)
        self._mark_gone(difference)
        self._finish(before, difference)

    def _compare(self, before: Known, scopes: tuple[str, ...], *, full: bool) -> Difference:
        root = to_os(self.run.root)
        notes = Walk()
        try:
            identity = os.stat(root)
            found = compare(before, self._folders(scopes, notes), notes, scopes, full=full)
            again = os.stat(root)
            empty = not any(os.scandir(root))
        except OSError as fault:
            raise Unavailable(
                "library", f"The folder of the library cannot be read: {fault.strerror or fault}."
            ) from fault
        if (identity.st_dev, identity.st_ino) != (again.st_dev, again.st_ino):
            raise Unavailable("library", "The folder of the library was exchanged during the scan.")
        if before.files and (empty or ("" in scopes and not found.files)):
            detail = "The folder of the library is suddenly empty. Is its disk mounted? Nothing was changed."
            raise Unavailable("library", detail)
        return found

    def _folders(self, scopes: tuple[str, ...], notes: Walk) -> Iterator[Folder]:
        for scope in scopes:
            try:
                yield from walk(self.run.root, scope, notes, self.run.tick)
            except FileNotFoundError:
                if not scope:
                    raise

    def _writer(self, before: Known, difference: Difference) -> Writer:
        scanner, library_id = self.scanner, self.run.library_id
        lost = Lost()
        if difference.gone or before.missing:
            with self.db.read() as uow:
                lost = load_lost(uow, library_id, difference.gone)
        return Writer(
            library_id,
            scanner.articles,
            self.now,
            self.index,
            Albums(library_id, scanner.articles, self.now),
            Artists(scanner.articles, self.now),
            Genres(),
            Placer(library_id, {path for path, _, _ in difference.changed}, lost),
        )

    def _bring_back(self, paths: list[str]) -> None:
        for part in chunks(paths, BATCH):
            with self._batch() as uow:
                self.run.counts.updated += missing.bring_back(
                    uow, self.index, self.run.library_id, part, self.writer.touched
                )
        self.writer.placer.lost.take_paths(frozenset(paths))

    def _read(self, parser: Parser, difference: Difference) -> None:
        """Known paths first: what they no longer hold may turn up under a new one."""
        for files in (difference.changed, difference.new):
            batch = _Batch()
            for answer in parser.read(_Items(self.run.root, difference, files), self.run.tick):
                self._take(batch, files[answer.number], answer)
                if batch.due:
                    self._write(batch)
                    batch = _Batch()
            self._write(batch)
        deferred = self.writer.placer.deferred
        for part in chunks(deferred, BATCH):
            with self._batch() as uow:
                done = self.writer.settle(uow, part)
                self._count(done.added, done.updated, done.missing)

    def _take(self, batch: _Batch, file: File, answer: Answer) -> None:
        path, size, mtime_ns = file
        self.run.counts.seen += 1
        batch.done.append(path)
        if answer.facts is None:
            batch.broken.append(Refused(path, answer.reason or "unreadable", answer.detail, size, mtime_ns))
            return
        entry = name_entry(path, size, mtime_ns, answer.facts, answer.payload_id, answer.lyrics)
        self._choose_cover(entry)
        batch.entries.append(entry)

    def _choose_cover(self, entry: Entry) -> None:
        picture = self.pictures.of_folder(entry.folder)
        if picture is None and entry.facts.cover is not None:
            cover = entry.facts.cover
            picture = sides.Picture(cover.content_hash, entry.path, cover.size, "embedded")
        if picture is not None:
            entry.picture = picture
            entry.cover_id = picture.cover_id

    def _write(self, batch: _Batch) -> None:
        if not batch.done:
            return
        with self._batch() as uow:
            self.folders.answered(uow, batch.done)
            self.writer.note_broken(uow, batch.broken)
            self.writer.forget_broken(
                uow, [entry.path for entry in batch.entries if entry.path in self.was_broken]
            )
            done = self.writer.write(uow, batch.entries)
            self._artist_pictures(uow, batch.entries)
            self._count(done.added, done.updated, done.missing)
        self.run.counts.broken += len(batch.broken)
        self.lost_to_faults += [broken.path for broken in batch.broken]

    def _artist_pictures(self, uow: UnitOfWork, entries: list[Entry]) -> None:
        folders = {album_folder(entry.folder): entry for entry in entries if entry.album}
        for folder, entry in folders.items():
            picture = self.pictures.of_artist(folder)
            if picture and entry.album and not entry.album.compilation:
                self.writer.artist_picture(uow, entry.album.credits[0], picture)

    def _count(self, added: int, updated: int, gone: int) -> None:
        self.run.counts.added += added
        self.run.counts.updated += updated
        self.run.counts.missing += gone

    def _mark_gone(self, difference: Difference) -> None:
        for part in chunks([*difference.gone, *self.lost_to_faults], BATCH):
            with self._batch() as uow:
                self.run.counts.missing += missing.mark_gone(
                    uow, self.index, self.run.library_id, part, self.now, self.writer.touched
                )

    def _finish(self, before: Known, difference: Difference) -> None:
        with self.db.write() as uow:
            self.writer.note_broken(uow, difference.refused)
            self.writer.forget_broken(uow, difference.mended)
            self.run.counts.broken += difference.still_broken + len(difference.refused)
            self.folders.finish(uow, before.sides)
            if self.run.repair:
                self._touch_everything(uow)
            self._make_numbers(uow)
            versions.bump(uow, "catalogue")
            versions.bump(uow, "artists")
            self.run.end(uow, "done")
            news = {"library_id": self.run.library_id, **self.run.counts.numbers()}
            uow.after_commit(lambda: self.scanner.events.publish(Event("library.changed", news)))

    def _touch_everything(self, uow: UnitOfWork) -> None:
        touched = self.writer.touched
        touched.artists.update(uow.execute(select(track_artist.c.artist_id).distinct()).scalars())
        touched.genres.update(uow.execute(select(track_genre.c.genre_id).distinct()).scalars())
        albums = uow.execute(select(track.c.album_id).distinct().where(track.c.album_id.is_not(None)))
        aggregates.refresh_albums(uow, self.index, list(albums.scalars()))

    def _make_numbers(self, uow: UnitOfWork) -> None:
        touched = self.writer.touched
        aggregates.refresh_artists(uow, self.index, sorted(touched.artists))
        aggregates.refresh_genres(uow, sorted(touched.genres))
        touched.clear()
        self.numbers_made = time.monotonic()

    @contextmanager
    def _batch(self) -> Iterator[UnitOfWork]:
        """A transaction of the scan: proves the lease, saves the counts, tells caches."""
        with self.db.write() as uow:
            yield uow
            if time.monotonic() - self.numbers_made > NUMBERS_EVERY_S:
                self._make_numbers(uow)
                versions.bump(uow, "artists")
            self.run.save(uow)
            versions.bump(uow, "catalogue")
