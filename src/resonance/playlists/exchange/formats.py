"""Every format that is exported or imported, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Literal, cast

from resonance.core.errors import Invalid
from resonance.playlists.exchange.clock import Clock
from resonance.playlists.exchange.crate import Crate


@dataclass(frozen=True, slots=True)
class Format:
    """A format. Its module has `write(crate) -> Iterator[bytes]` and `read(file) -> Crate` where it can.

    `clock` names whose zero of time it counts from (see clock), None for a format without times. `holds` is
    what one file can hold: a tree of playlists, one playlist, or a table of tracks. Reading raises Invalid
    for what is no such file.
    """

    name: str
    label: str
    media_type: str
    extension: str
    writes: bool = True
    reads: bool = True
    clock: Clock | None = None
    holds: Literal["tree", "playlist", "table"] = "playlist"

    def write(self, crate: Crate) -> Iterator[bytes]:
        """The file in pieces."""
        made = import_module(f"resonance.playlists.exchange.{self.name}").write
        return cast(Callable[[Crate], Iterator[bytes]], made)(crate)

    def read(self, file: BinaryIO) -> Crate:
        """What a file holds."""
        reader = import_module(f"resonance.playlists.exchange.{self.name}").read
        return cast(Callable[[BinaryIO], Crate], reader)(file)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("rekordbox", "Rekordbox XML", "application/xml", "xml", clock="rekordbox", holds="tree"),
        Format("nml", "Traktor NML", "application/xml", "nml", clock="traktor", holds="tree"),
        Format("m3u8", "M3U playlist", "audio/x-mpegurl; charset=utf-8", "m3u8"),
        Format("xspf", "XSPF playlist", "application/xspf+xml", "xspf"),
        Format("jspf", "JSPF playlist", "application/json", "jspf"),
        Format("pls", "PLS playlist", "audio/x-scpls", "pls", writes=False),
        Format("csv", "CSV", "text/csv; charset=utf-8", "csv", reads=False, holds="table"),
    )
}


def named(name: str) -> Format:
    """The format of that name. Invalid when there is none."""
    found = FORMATS.get(name)
    if found is None:
        raise Invalid(f"There is no format {name!r}: it is {', '.join(FORMATS)}.", field="format")
    return found


def found_by(name: str, file: BinaryIO) -> Format:
    """The format that a file has, by its beginning, else by the end of its name. Invalid when it has none."""
    head = file.read(4096)
    file.seek(0)
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    for sign, format in _SIGNS:
        if sign in text[:1024]:
            return FORMATS[format]
    if text.startswith("{"):
        return FORMATS["jspf"]
    suffix = name.rpartition(".")[2].lower()
    found = FORMATS.get({"m3u": "m3u8"}.get(suffix, suffix))
    if found is not None and found.reads:
        return found
    raise Invalid("This is no list that can be read; say its format if it is.", field="format")


_SIGNS = (
    ("<DJ_PLAYLISTS", "rekordbox"),
    ("<NML", "nml"),
    ("<playlist", "xspf"),
    ("[playlist]", "pls"),
    ("#EXTM3U", "m3u8"),
)
