"""Bytes over HTTP: ranges done right, large chunks, encoders ended when the listener leaves."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

import anyio
from fastapi import Request
from fastapi.responses import FileResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from resonance.playback.remote import PassedOn
    from resonance.playback.streams import File

_RANGES = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)(?:\s*,\s*(?:\d+-\d*|-\d+))*\s*", re.IGNORECASE)
_NOWAIT: int | None = getattr(os, "RWF_NOWAIT", None)  # Linux


class LargeFileResponse(FileResponse):
    """Large chunks, and no thread where the system holds the bytes in memory already."""

    chunk_size = 512 * 1024

    @asynccontextmanager
    async def _open_file(self) -> AsyncIterator[_Opened]:  # type: ignore[override]  # read and seek are all it uses
        opened = await run_in_threadpool(_Opened, self.path)
        try:
            yield opened
        finally:
            # Closing must finish even when the listener is gone.
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(opened.close)


class _Opened:
    """A file whose cached parts are read at once; only what the disk must fetch is waited for in a thread."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._size = os.fstat(self._fd).st_size
        self._place = 0

    async def seek(self, place: int) -> None:
        self._place = place

    async def read(self, size: int) -> bytes | bytearray:
        size = min(size, max(0, self._size - self._place))
        chunk: bytes | bytearray | None = self._cached(size)
        if chunk is None:
            chunk = await run_in_threadpool(self._fetched, size)
        self._place += len(chunk)
        return chunk

    def _cached(self, size: int) -> bytearray | None:
        """None unless all of it is in memory."""
        if _NOWAIT is None:
            return None
        chunk = bytearray(size)
        try:
            return chunk if os.preadv(self._fd, [chunk], self._place, _NOWAIT) == size else None
        except OSError:  # not in memory, or a file system that cannot tell
            return None

    def _fetched(self, size: int) -> bytes:
        return os.pread(self._fd, size, self._place)

    def close(self) -> None:
        os.close(self._fd)


class Closing(Protocol):
    """What gives bytes until it is closed."""

    media_type: str

    def close(self) -> None: ...


class Chunks(Closing, Protocol):
    """What a running transcode gives."""

    def __iter__(self) -> Iterator[bytes]: ...


def file_answer(request: Request, file: File, *, download_name: str | None = None) -> Response:
    """A file with HEAD, Range, If-Range, If-None-Match, 206, 304 and 416 as RFC 9110 says."""
    stat = file.path.stat()
    headers = {"ETag": file.etag, "Cache-Control": "private, max-age=0, must-revalidate"}
    if download_name is not None:
        headers["Content-Disposition"] = attachment(download_name)
    if _matches(request.headers.get("if-none-match"), file.etag):
        return Response(status_code=304, headers=headers)
    _tidy_range(request.scope, stat.st_size)
    return LargeFileResponse(file.path, media_type=file.media_type, headers=headers, stat_result=stat)


def passed_on_answer(request: Request, song: PassedOn, *, download_name: str | None = None) -> Response:
    """A song of a music server with HEAD, Range, If-Range, 206, 304 and 416, as if it lay here."""
    headers = {"ETag": song.etag, "Cache-Control": "private, max-age=0, must-revalidate"}
    headers["Accept-Ranges"] = "bytes"
    if download_name is not None:
        headers["Content-Disposition"] = attachment(download_name)
    if _matches(request.headers.get("if-none-match"), song.etag):
        return Response(status_code=304, headers=headers)
    condition = request.headers.get("if-range")
    wanted = request.headers.get("range") if condition in (None, song.etag) else None
    span = song.span(wanted)
    if span is None:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{song.size}"})
    headers["Content-Length"] = str(span.stop - span.start)
    if span.partial:
        headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{span.size}"
    chunks = iter(()) if request.method == "HEAD" else song.open(span)
    answer = _Transcode(song, b"", chunks)
    answer.status_code = 206 if span.partial else 200
    for name, text in headers.items():
        answer.headers[name] = text
    return answer


def attachment(name: str) -> str:
    """Content-Disposition for a file name in any script (RFC 6266)."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _matches(condition: str | None, etag: str) -> bool:
    if condition is None:
        return False
    return condition.strip() == "*" or etag in [
        part.strip().removeprefix("W/") for part in condition.split(",")
    ]


def _tidy_range(scope: Scope, size: int) -> None:
    """A Range that is malformed counts as absent; of several, those beyond the end are left out."""
    headers = MutableHeaders(scope=scope)
    given = headers.get("range")
    if given is None:
        return
    if not _RANGES.fullmatch(given):
        del headers["range"]
        return
    specs = [spec.strip() for spec in given.partition("=")[2].split(",")]
    bounds = [spec.partition("-") for spec in specs]
    if any(first and last and int(first) > int(last) for first, _, last in bounds):
        del headers["range"]
        return
    within = [
        f"{first}-{last}" for first, _, last in bounds if (int(first) < size if first else int(last) > 0)
    ]
    if within:
        headers["range"] = "bytes=" + ",".join(within)


def transcode_answer(running: Chunks) -> Response:
    """A running transcode. Waits for its first bytes, so that a file ffmpeg cannot read is still an error."""
    chunks = iter(running)
    try:
        first = next(chunks, b"")
    except BaseException:
        running.close()
        raise
    return _Transcode(running, first, chunks)


class _Transcode(Response):
    """Sends an encoder's output as it comes; ends the encoder the moment the listener is gone."""

    def __init__(self, running: Closing, first: bytes, chunks: Iterator[bytes]) -> None:
        super().__init__(media_type=running.media_type, headers={"Accept-Ranges": "none"})
        del self.headers["content-length"]
        self._running, self._first, self._chunks = running, first, chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            start = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **start})
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body", "body": b""})
            else:
                await self._stream(receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._running.close)

    async def _stream(self, receive: Receive, send: Send) -> None:
        async with anyio.create_task_group() as group:

            async def watch() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                # A thread waits for the encoder's next bytes: ending the encoder frees it.
                await run_in_threadpool(self._running.close)
                group.cancel_scope.cancel()

            group.start_soon(watch)
            chunk = self._first or await run_in_threadpool(next, self._chunks, b"")
            while chunk:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                chunk = await run_in_threadpool(next, self._chunks, b"")
            await send({"type": "http.response.body", "body": b""})
            group.cancel_scope.cancel()
