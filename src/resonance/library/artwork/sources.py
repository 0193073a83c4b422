"""The bytes of a picture where the scan found it: a file of its own, inside a music file, or on a server."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass

from resonance.audio.covers import read_embedded_cover
from resonance.audio.facts import BrokenFile, content_hash
from resonance.core.errors import Invalid, NotFound, Unavailable
from resonance.library.paths import absolute, server_of, to_os
from resonance.library.scanning.sides import MAX_PICTURE_BYTES


@dataclass(frozen=True, slots=True)
class Source:
    """Where a picture lies. `root` and `path` in stored form; `content_hash` is of the picture alone."""

    content_hash: str
    root: str
    path: str
    embedded: bool = False
    remote: bool = False  # on a music server: `path` is the album's id there, `root` names the server


# (server, album there) -> the picture. Raises NotFound and Unavailable.
Fetch = Callable[[str, str], bytes]


def read(source: Source, fetch: Fetch | None = None) -> bytes:
    """The picture's bytes, exactly those the scan hashed; of a server, those it has now.

    Raises NotFound when the file is away, changed or outside its library, Invalid (code bad_picture) when
    it is too large.
    """
    if source.remote:
        return _fetched(source, fetch)
    try:
        data = _embedded(source) if source.embedded else _file(_inside(source))
    except (OSError, BrokenFile) as fault:
        raise NotFound("The picture's file cannot be read at the moment.") from fault
    if content_hash(data) != source.content_hash:
        # The name of the picture is its content: the next scan gives the new one a name of its own.
        raise NotFound("The picture has changed since the last scan.")
    return data


def _fetched(source: Source, fetch: Fetch | None) -> bytes:
    server_id = server_of(source.root)
    if fetch is None or server_id is None:
        raise NotFound("The picture's server cannot be asked.")
    try:
        data = fetch(server_id, source.path)
    except Unavailable as fault:
        raise NotFound("The picture's server does not answer at the moment.") from fault
    except NotFound as fault:
        raise Invalid("The server has no picture of this album.", code="bad_picture") from fault
    if len(data) > MAX_PICTURE_BYTES:
        raise Invalid("The server's picture is too large.", code="bad_picture")
    return data


def _inside(source: Source) -> str:
    root = os.path.realpath(to_os(source.root))
    path = os.path.realpath(absolute(source.root, source.path))
    if os.path.commonpath([root, path]) != root:
        raise NotFound("The picture lies outside its library.")
    return path


def _embedded(source: Source) -> bytes:
    path = _inside(source)
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise NotFound("The picture's file is no file any more.")
    return read_embedded_cover(path)


def _file(path: str) -> bytes:
    # Without O_NONBLOCK, a pipe put in the picture's place would hold this thread for ever.
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NotFound("The picture's file is no file any more.")
        if status.st_size > MAX_PICTURE_BYTES:
            raise Invalid("The picture's file is too large.", code="bad_picture")
        return file.read(MAX_PICTURE_BYTES + 1)
