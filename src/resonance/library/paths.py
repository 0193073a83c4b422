"""How file names are stored: any bytes a file system allows, as text any database takes, reversibly.

Python decodes bytes that are no UTF-8 to lone surrogates, which no database stores. Here such a byte 0xNN
becomes the private-use character U+F7NN, and a name that holds such a character itself has its bytes
escaped the same way. So `to_os(to_stored(name)) == name` for every name, and ordinary names stay readable.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_ODD = re.compile("[\udc80-\udcff\uf780-\uf7ff]")
_ESCAPED = re.compile("[\uf780-\uf7ff]+")
_BASE = 0xF700


def to_stored(name: str) -> str:
    """A name or path from the `os` module, as it is kept in the database."""
    return name if name.isascii() else _ODD.sub(_escape, name)


def to_os(stored: str) -> str:
    """The name or path for the `os` module."""
    return stored if stored.isascii() else _ESCAPED.sub(_unescape, stored)


def to_display(stored: str) -> str:
    """The path as people can read it: bytes that are no text become U+FFFD."""
    return stored if stored.isascii() else _ESCAPED.sub("\ufffd", stored)


def absolute(root: str, relative: str) -> str:
    """The path for the `os` module of a stored `relative` path below a stored `root`."""
    return os.path.join(to_os(root), to_os(relative)) if relative else to_os(root)


def inside(root: str, relative: str) -> Path | None:
    """The path of a stored file, None where a link has come to point out of the library since the scan."""
    path = Path(absolute(root, relative))
    return path if path.resolve().is_relative_to(Path(to_os(root)).resolve()) else None


def server_of(root: str) -> str | None:
    """The music server that a library's stored `root` names, None for folders."""
    kind, colon, rest = root.partition(":")
    return rest.partition("/")[0] if colon and kind in ("navidrome", "opensubsonic") else None


def folder_of(relative: str) -> str:
    """The directory part of a stored path, "" for the root."""
    return relative.rpartition("/")[0]


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code >= 0xF780:
        return "".join(chr(_BASE + byte) for byte in found[0].encode())
    return chr(_BASE + code - 0xDC00)


def _unescape(found: re.Match[str]) -> str:
    return bytes(ord(char) - _BASE for char in found[0]).decode("utf-8", "surrogateescape")
