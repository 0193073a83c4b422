"""The bytes of songs that lie on servers: a mapped file, a fetched one, or a stream with reconnects."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from resonance.audio.facts import BrokenFile
from resonance.audio.fingerprint import payload_id
from resonance.core.disk_cache import DiskCache
from resonance.core.errors import NotFound, Unavailable
from resonance.core.logs import logger
from resonance.db.engine import Database
from resonance.library.remote import mapping, song_store, store
from resonance.library.remote.ports import Bytes, Remote

if TYPE_CHECKING:
    from resonance.library.remote.servers import Servers

log = logger(__name__)

ATTEMPTS = 5
LARGEST = 2 * 2**30
_OPEN_SERVERS = 8
_NAME = "song"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a carrier are to be had."""

    carrier_id: str
    server_id: str
    remote_id: str
    size: int
    stamp: str
    mtime_ns: int
    local: Path | None


class RemoteBytes:
    """`bound` is of the fetched files together, in bytes. Access is checked by the caller."""

    def __init__(
        self,
        db: Database,
        servers: Callable[[], Servers],
        folder: Path,
        bound: int,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._db, self._servers, self._sleep = db, servers, sleep
        self._cache = DiskCache(folder, bound)
        self._open: OrderedDict[str, tuple[str, Remote]] = OrderedDict()
        self._guard = threading.Lock()
        self._fetching: dict[str, threading.Lock] = {}

    def close(self) -> None:
        """Close connections."""
        for _, remote in self._open.values():
            remote.close()
        self._open.clear()

    def place(self, carrier_id: str) -> Place:
        """NotFound when the carrier is no song of a server."""
        with self._db.read() as uow:
            row = song_store.of_carrier(uow, carrier_id)
        if row is None:
            raise NotFound("There is no such track.")
        mappings = mapping.decode(row.mappings)
        near = mapping.local_path(mappings, row.root, row.path) if mappings else None
        local = mapping.present(near, mappings, row.size)
        return Place(carrier_id, row.server_id, row.remote_id, row.size, row.stamp, row.mtime_ns, local)

    def at_hand(self, place: Place) -> Path | None:
        """The file if no request is needed for it."""
        if place.local is not None:
            return place.local
        entry = self._entry(place)
        found = entry / _NAME
        return found if self._cache.touch(entry) and found.is_file() else None

    def file(self, carrier_id: str, *, cancelled: Callable[[], bool] = lambda: False) -> Path:
        """The whole song as a file: mapped, fetched before, or fetched now. Unavailable, NotFound."""
        place = self.place(carrier_id)
        found = self.at_hand(place)
        if found is not None:
            return found
        with self._guard:
            turn = self._fetching.setdefault(carrier_id, threading.Lock())
        with turn:
            try:
                return self.at_hand(place) or self._fetch(place, cancelled)
            finally:
                with self._guard:
                    self._fetching.pop(carrier_id, None)

    def stream(self, place: Place, start: int) -> Reconnecting:
        """The song's bytes from `start` on, opened now."""
        return Reconnecting(self.server(place.server_id), place, start, self._sleep)

    def cover(self, server_id: str, album_id: str) -> bytes:
        """An album's picture as the server has it."""
        remote = self.server(server_id)
        return remote.cover(f"al-{album_id}" if remote.kind == "navidrome" else album_id)

    def server(self, server_id: str) -> Remote:
        """The catalogue's account, kept open. NotFound when the server is gone."""
        with self._db.read() as uow:
            row = store.server(uow, server_id)
        if row is None:
            raise NotFound("There is no such server.")
        mark = f"{row.url} {row.secret}"
        with self._guard:
            known = self._open.get(server_id)
            if known is not None and known[0] == mark:
                self._open.move_to_end(server_id)
                return known[1]
            remote = self._servers().open(row)
            self._open[server_id] = (mark, remote)
            while len(self._open) > _OPEN_SERVERS:
                # Its streams may still be running: they end by themselves, and its sockets with them.
                self._open.popitem(last=False)
        return remote

    def _entry(self, place: Place) -> Path:
        return self._cache.path(place.carrier_id, place.stamp)

    def _fetch(self, place: Place, cancelled: Callable[[], bool]) -> Path:
        if place.size > min(LARGEST, self._cache.bound):
            raise Unavailable("remote", "This song is too large to be fetched.")
        entry = self._entry(place)
        self._cache.folder.mkdir(parents=True, exist_ok=True)
        part = self._cache.part(entry)
        try:
            with part.open("wb") as file, self.stream(place, 0) as coming:
                for chunk in coming:
                    file.write(chunk)
                    if cancelled() or file.tell() > LARGEST:
                        raise Unavailable("remote", "The song was not fetched to its end.")
                size = file.tell()
            if not size or (coming.size is not None and size != coming.size):
                raise Unavailable("remote", "The song was not fetched to its end.")
            # Named by what the catalogue knows of it, so that what was made of it stays good.
            os.utime(part, ns=(place.mtime_ns, place.mtime_ns))
            entry.mkdir(exist_ok=True)
            part.replace(entry / _NAME)
        except OSError as fault:
            raise Unavailable("remote", "There is no room to fetch this song.") from fault
        finally:
            part.unlink(missing_ok=True)
        self._cache.added(size)
        self._name_sound(place.carrier_id, entry / _NAME)
        return entry / _NAME

    def _name_sound(self, carrier_id: str, path: Path) -> None:
        """Keep what is heard, so that a file here of the same sound is found to be the same track."""
        try:
            payload = payload_id(os.fsencode(path))
        except BrokenFile:
            return
        with self._db.write() as uow:
            song_store.change_carrier(uow, carrier_id, {"payload_id": payload})


class Reconnecting:
    """A stream that begins anew where it broke off, a bounded number of times."""

    def __init__(self, remote: Remote, place: Place, start: int, sleep: Callable[[float], None]) -> None:
        self._remote, self._place, self._sleep = remote, place, sleep
        self._at, self._left = start, ATTEMPTS
        self._closed = False
        self._stream: Bytes = self._opened()
        self.size, self.media_type = self._stream.size, self._stream.media_type

    def __enter__(self) -> Reconnecting:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[bytes]:
        while not self._closed:
            try:
                for chunk in self._stream:
                    self._at += len(chunk)
                    yield chunk
                    self._left = ATTEMPTS if len(chunk) else self._left
                if self.size is None or self._at >= self.size:
                    return
            except Unavailable:
                log.info("remote.broke_off", at=self._at)
            self._stream.close()
            self._pause()
            self._stream = self._opened()

    def close(self) -> None:
        """Leave the rest."""
        self._closed = True
        self._stream.close()

    def _opened(self) -> Bytes:
        while True:
            try:
                return self._remote.open(self._place.remote_id, self._at)
            except Unavailable:
                self._pause()

    def _pause(self) -> None:
        self._left -= 1
        if self._left <= 0 or self._closed:
            raise Unavailable("remote", "The music server does not send this song right now.")
        self._sleep(min(4.0, 0.25 * 2.0 ** (ATTEMPTS - self._left)))
