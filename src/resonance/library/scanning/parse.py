"""Reading tags in processes of their own: a file may crash or hang one, never the scan."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait

import msgspec

from resonance.library.scanning.parse_messages import Answer, Job

CHUNK = 64
# Files a worker has in hand: enough to go on while a batch is written.
AHEAD = 4 * CHUNK
# Bytes of names in hand, and in one chunk: were the socket's buffer full, we would wait for the worker while
# it waits for us to take its answers.
AHEAD_BYTES = 96 * 1024
CHUNK_BYTES = 24 * 1024
# What we ask of the socket; a common kernel grants 208 KiB.
SEND_BUFFER = 1 << 20
# A worker that says nothing for so long hangs on a file (seconds).
FILE_LIMIT_S = 30.0
# A worker is replaced after so many files, so that nothing a parser leaks adds up.
RECYCLE_AFTER = 20_000
_POLL_S = 0.5

Item = tuple[bytes, bytes | None]  # the file's path and that of its .lrc, for the os module


class _Worker:
    """One process and the files it has not answered for yet."""

    def __init__(self, niceness: int) -> None:
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        # Isolated from our signals: Ctrl-C is ours to handle.
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "resonance.library.scanning.parse_worker",
                str(theirs.fileno()),
                str(niceness),
            ],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self.connection = Connection(ours.detach())
        self.open: dict[int, int] = {}  # number -> bytes of its names
        self.heard = time.monotonic()
        self.served = 0

    def give(self, encoder: msgspec.msgpack.Encoder, chunk: list[tuple[int, bytes, bytes | None]]) -> None:
        if not self.open:
            self.heard = time.monotonic()
        self.open.update((number, len(path) + len(words or b"")) for number, path, words in chunk)
        self.served += len(chunk)
        self.connection.send_bytes(encoder.encode(Job(chunk)))

    def full(self, files: int) -> bool:
        """Whether it has more than so many files in hand, or too many bytes of names."""
        return len(self.open) > files or (bool(files) and sum(self.open.values()) > AHEAD_BYTES)

    def end(self) -> None:
        self.connection.close()
        try:
            self.process.wait(2 if not self.open else 0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Parser:
    """A pool of tag readers. Use as a context manager; workers start with the first files."""

    def __init__(self, workers: int, *, file_limit_s: float = FILE_LIMIT_S, niceness: int = 0) -> None:
        self.size = max(1, workers)
        self.niceness = niceness
        self.file_limit_s = file_limit_s
        self._workers: list[_Worker] = []
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(list[Answer])

    def __enter__(self) -> Parser:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()
        self._workers = []

    def read(self, items: Sequence[Item], tick: Callable[[], None]) -> Iterator[Answer]:
        """Answers as they come; `number` counts the items from 0. `tick` is called about twice a second.

        A file that ends or stops its worker is answered as broken: the files of its chunk are read again
        one at a time until it is found out.
        """
        work = _Work(items)
        while work or any(worker.open for worker in self._workers):
            self._feed(work)
            busy = [worker for worker in self._workers if worker.open]
            ready = wait([worker.connection for worker in busy], _POLL_S)
            for worker in busy:
                if worker.connection in ready:
                    yield from self._hear(worker, work)
                elif time.monotonic() - worker.heard > self.file_limit_s:
                    detail = f"Reading it took longer than {self.file_limit_s:.0f} s."
                    yield from self._lost(worker, work, detail)
            tick()

    def start(self, most: int) -> None:
        """Start the workers that are lacking, at most `most` in all; they need a while to be ready."""
        while len(self._workers) < min(self.size, most):
            self._workers.append(_Worker(self.niceness))

    def _feed(self, work: _Work) -> None:
        self.start(work.chunks)
        for held in range(0, AHEAD, CHUNK):
            for worker in self._workers:
                # A suspect is alone in its chunk and must be alone in its worker.
                if not work or worker.full(held) or (worker.open and work.suspects):
                    continue
                try:
                    worker.give(self._encoder, work.take())
                except OSError:
                    continue  # it died just now; _hear sees the end of its stream

    def _hear(self, worker: _Worker, work: _Work) -> Iterator[Answer]:
        try:
            data = worker.connection.recv_bytes()
        except (EOFError, OSError):
            yield from self._lost(worker, work, "Reading it crashed the reader.")
            return
        worker.heard = time.monotonic()
        for answer in self._decoder.decode(data):
            del worker.open[answer.number]
            yield answer
        if worker.served >= RECYCLE_AFTER and not worker.open:
            self._workers.remove(worker)
            worker.end()

    def _lost(self, worker: _Worker, work: _Work, detail: str) -> Iterator[Answer]:
        self._workers.remove(worker)
        worker.process.kill()
        worker.end()
        if len(worker.open) == 1:
            yield Answer(next(iter(worker.open)), reason="unreadable", detail=detail)
        else:
            work.suspects.extend(worker.open)


class _Work:
    """What is left to read: chunks in order, and before them single files under suspicion."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.next = 0
        self.suspects: deque[int] = deque()

    def __bool__(self) -> bool:
        return bool(self.suspects) or self.next < len(self.items)

    @property
    def chunks(self) -> int:
        return len(self.suspects) + -(-(len(self.items) - self.next) // CHUNK)

    def take(self) -> list[tuple[int, bytes, bytes | None]]:
        if self.suspects:
            number = self.suspects.popleft()
            return [(number, *self.items[number])]
        chunk: list[tuple[int, bytes, bytes | None]] = []
        size = 0
        while len(chunk) < CHUNK and size < CHUNK_BYTES and self.next < len(self.items):
            path, lyrics = self.items[self.next]
            size += len(path) + len(lyrics or b"")
            chunk.append((self.next, path, lyrics))
            self.next += 1
        return chunk


def default_workers() -> int:
    """As many readers as there are cores, up to four: more only wait for the one writer."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    return max(1, min(4, cores))
