"""Watching folders: what changed is scanned soon, and only that.

Network file systems do not tell of changes made elsewhere, and the system limits how many folders may be
watched; then the timer has to do, and the library says so in `watch_problem`.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import select, update

from resonance.audio.sniff import AUDIO_EXTENSIONS
from resonance.core.logs import logger
from resonance.db import versions
from resonance.db.engine import Database
from resonance.db.tables.library import library
from resonance.library.paths import to_os, to_stored
from resonance.library.scanning import lease
from resonance.library.scanning.walk import LISTS, LYRICS, PICTURES

log = logger(__name__)

# Quiet time before a scan, so that an album being copied is scanned once (seconds).
QUIET_S = 2.0
# More changed folders than this, and the whole library is looked at.
MANY_FOLDERS = 40
_LOOK_S = 1.0
_RECONCILE_S = 5.0
_RELEVANT = AUDIO_EXTENSIONS | PICTURES | LISTS | {LYRICS}
_NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "ceph", "glusterfs", "lustre", "drvfs",
    "vboxsf", "prl_fs", "virtiofs", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs",
}  # fmt: skip

Request = Callable[[str, tuple[str, ...]], None]


class Watcher:
    """Watches every library that wants it. `request(library_id, folders)` asks for a scan."""

    def __init__(self, db: Database, request: Request, *, quiet_s: float = QUIET_S) -> None:
        self._db = db
        self._request = request
        self._quiet_s = quiet_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="watch", daemon=True)
        self._watches: dict[str, _Watch] = {}

    def start(self) -> None:
        """Begin; libraries added later are noticed."""
        self._thread.start()

    def stop(self) -> None:
        """End all threads."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _loop(self) -> None:
        seen = -1
        while not self._stopping.is_set():
            try:
                with self._db.read() as uow:
                    now = versions.current(uow, "libraries")
                if now != seen or any(watch.ended for watch in self._watches.values()):
                    self._reconcile()
                    seen = now
            except Exception:  # the edge of the thread; the next round tries again
                log.exception("watching failed")
            self._stopping.wait(_RECONCILE_S)
        for watch in self._watches.values():
            watch.stop()

    def _reconcile(self) -> None:
        with self._db.read() as uow:
            folders = select(library.c.id, library.c.path, library.c.watch).where(library.c.kind == "folder")
            rows = uow.execute(folders).all()
        wanted = {row.id: row.path for row in rows if row.watch}
        for library_id, watch in list(self._watches.items()):
            if watch.ended or wanted.get(library_id) != watch.root:
                watch.stop()
                del self._watches[library_id]
        for library_id, root in wanted.items():
            if library_id not in self._watches:
                self._watches[library_id] = _Watch(self._db, library_id, root, self._request, self._quiet_s)
        for row in rows:
            if not row.watch:
                say_problem(self._db, row.id, None)


class _Watch:
    """One library's thread."""

    def __init__(self, db: Database, library_id: str, root: str, request: Request, quiet_s: float) -> None:
        self.root = root
        self._db = db
        self._library_id = library_id
        self._request = request
        self._quiet_s = quiet_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"watch {library_id}", daemon=True)
        self._given_up = False
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether it may be tried again: the folder went away, rather than never could be watched."""
        return not self._thread.is_alive() and not self._given_up

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(5)

    def _run(self) -> None:
        root = to_os(self.root)
        problem = problem_of(root)
        say_problem(self._db, self._library_id, problem)
        if problem:
            self._given_up = True
            return
        try:
            self._follow(root)
        except Exception as fault:  # noqa: BLE001 - the edge of the thread; watchfiles raises several kinds
            log.warning("cannot watch", library=self._library_id, fault=str(fault))
            self._given_up = not isinstance(fault, FileNotFoundError)
            say_problem(self._db, self._library_id, explain(fault))
            self._stopping.wait(_RECONCILE_S)

    def _follow(self, root: str) -> None:
        from watchfiles import Change, watch

        pending: set[str] = set()
        changed_at = 0.0
        real = os.path.realpath(root)
        changes = watch(
            real,
            watch_filter=lambda change, path: is_relevant(real, path, deleted=change is Change.deleted),
            stop_event=self._stopping,
            debounce=400,
            step=100,
            rust_timeout=int(_LOOK_S * 1000),
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for found in changes:
            if found:
                pending |= {scope_of(real, path, deleted=change is Change.deleted) for change, path in found}
                changed_at = time.monotonic()
            elif pending and time.monotonic() - changed_at >= self._quiet_s and self._is_idle():
                self._request(self._library_id, scopes(pending))
                pending = set()

    def _is_idle(self) -> bool:
        # A running scan may have passed what just changed; then the changes wait for its end.
        with self._db.read() as uow:
            return not lease.is_held(uow, self._library_id)


def is_relevant(root: str, path: str, *, deleted: bool) -> bool:
    """Whether a change there can concern the catalogue."""
    relative = path[len(root) :].lstrip("/")
    if any(part.startswith(".") for part in relative.split("/")):
        return False
    if os.path.splitext(path)[1].lower() in _RELEVANT:
        return True
    # What is gone may have been a folder.
    return deleted or os.path.isdir(path)


def scope_of(root: str, path: str, *, deleted: bool) -> str:
    """The folder (stored form) to look at after a change at `path`."""
    is_file = os.path.splitext(path)[1].lower() in _RELEVANT and not (not deleted and os.path.isdir(path))
    folder = os.path.dirname(path) if is_file else path
    return to_stored(folder[len(root) :].strip("/"))


def scopes(folders: Iterable[str]) -> tuple[str, ...]:
    """The same folders without those inside others; ("",) when there are too many."""
    kept: list[str] = []
    for folder in sorted(folders, key=lambda path: path.split("/")):
        if folder == "":
            return ("",)
        if not kept or not folder.startswith(f"{kept[-1]}/"):
            kept.append(folder)
    return tuple(kept) if len(kept) <= MANY_FOLDERS else ("",)


def problem_of(root: str) -> str | None:
    """Why changes there cannot be noticed, None when they can."""
    kind = file_system(os.path.realpath(root))
    if kind in _NETWORK:
        return f"Changes on a network file system ({kind}) are not announced; the timer looks for them."
    return None


def file_system(path: str, mounts: Path = Path("/proc/self/mounts")) -> str | None:
    """The type of the file system that holds `path`, None when unknown."""
    try:
        lines = mounts.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return None
    best, kind = "", None
    for line in lines:
        _, point, name, *_ = [*line.split(" "), "", "", ""]
        for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
            point = point.replace(code, char)
        inside = point == "/" or path == point or path.startswith(f"{point}/")
        if inside and len(point) >= len(best):
            best, kind = point, name
    return kind


def explain(fault: Exception) -> str:
    """A watching fault in words for the admin."""
    words = str(fault)
    if "watch limit" in words or "No space left" in words:
        return (
            "The system's limit of watched folders (fs.inotify.max_user_watches) is reached; "
            "the timer looks for changes."
        )
    return f"The folder cannot be watched ({words[:200]}); the timer looks for changes."


def say_problem(db: Database, library_id: str, problem: str | None) -> None:
    """Store why the timer stands in for the watcher."""
    row = library.c.id == library_id
    with db.read() as uow:
        before = uow.execute(select(library.c.watch_problem).where(row)).scalar()
    if before != problem:
        with db.write() as uow:
            uow.execute(update(library).where(row).values(watch_problem=problem))
