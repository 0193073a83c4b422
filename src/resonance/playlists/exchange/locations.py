"""Paths as DJ software writes them: file URLs, and Traktor's volume, directory and file.

Paths are in the form of library.paths.to_stored, with "/" between folders, also those of Windows ("C:/a/b",
"//server/share/a").
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote_to_bytes

from resonance.library.paths import to_os, to_stored

_HOST = "file://localhost"
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_MAC_DISK = "Macintosh HD"
_UNCHANGED = "/:!$&'()*+,;=@~"


def plain(path: str) -> str:
    """With "/" between folders: "\\" separates only where a drive or a server begins the path."""
    return path.replace("\\", "/") if _DRIVE.match(path) or path.startswith("\\\\") else path


def to_url(path: str) -> str:
    """A file URL as Rekordbox writes it; "" for no path; another URL stays."""
    if not path or _SCHEME.match(path):
        return path
    made = quote(os.fsencode(to_os(plain(path))), safe=_UNCHANGED)
    return _HOST + (made if made.startswith("/") else "/" + made)


def from_url(url: str) -> str:
    """The path of a file URL, another URL as it is."""
    if not url.lower().startswith("file:"):
        return url
    rest = url[5:]
    if rest.startswith("//"):
        host, _, rest = rest[2:].partition("/")
        rest = "/" + rest
        if host and host.lower() != "localhost":
            rest = f"//{host}{rest}"
    path = to_stored(os.fsdecode(unquote_to_bytes(rest.encode("utf-8", "surrogateescape"))))
    return plain(path[1:]) if path.startswith("/") and _DRIVE.match(path[1:]) else path


def to_traktor(path: str) -> tuple[str, str, str]:
    """(volume, directory, file): "C:/Music/a.mp3" is ("C:", "/:Music/:", "a.mp3")."""
    place = plain(path)
    volume = _MAC_DISK
    if _DRIVE.match(place):
        volume, place = place[:2], place[2:]
    elif place.startswith("//"):
        server, _, rest = place[2:].partition("/")
        share, _, place = rest.partition("/")
        volume, place = f"//{server}/{share}", "/" + place
    elif place.startswith("/Volumes/"):
        volume, _, place = place.removeprefix("/Volumes/").partition("/")
        place = "/" + place
    folders, _, name = place.rpartition("/")
    return volume, (folders + "/").replace("/", "/:"), name


def from_traktor(volume: str, directory: str, name: str) -> str:
    """The path of a Traktor location."""
    place = directory.replace("/:", "/") + name
    disk = volume.rstrip("\\/") if volume[1:2] == ":" else volume
    if disk[1:2] == ":" or disk.startswith(("//", "\\\\")):
        return disk.replace("\\", "/") + place
    if disk in ("", _MAC_DISK) or directory.startswith(("/:Users/:", "/:home/:")):
        return place
    return f"/Volumes/{disk}{place}"
