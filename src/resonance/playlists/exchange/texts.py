"""Playlist files as they come: any encoding, any line ends, bounded; and lines that hold two names."""

from __future__ import annotations

import re
from typing import BinaryIO

from resonance.core.errors import Invalid

MOST_BYTES = 16 * 2**20
MOST_ENTRIES = 100_000
LONGEST = 2000  # characters of one value

_ENCODING = re.compile(rb"^#EXTENC:\s*([\w.-]{2,30})\s*$", re.IGNORECASE | re.MULTILINE)
_LINE_END = re.compile("\r\n|\n|\r")
_BETWEEN = re.compile(r"\s+[-–—]\s+")
_UNFIT = re.compile("[\0\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def all_of(file: BinaryIO) -> bytes:
    """The whole file. Invalid when it is too large for a playlist."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Invalid(f"A playlist file has up to {MOST_BYTES >> 20} MB.", field="file")
    return data


def decoded(data: bytes) -> str:
    """The text: by its byte order mark, as it says itself, as UTF-8 if it is that, else as Windows wrote it.

    Raises Invalid for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    head = data[:4096]
    if b"\0" in head:
        # UTF-16 without a mark: of Western text every second byte is 0.
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) * 3 < len(head) // 2 or min(even, odd) > max(even, odd) // 4:
            raise Invalid("This is no text file.", field="file")
        return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _older(data)


def _older(data: bytes) -> str:
    said = _ENCODING.search(data[:4096])
    for encoding in (*([said[1].decode()] if said else []), "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("latin-1")


def lines(text: str) -> list[str]:
    """Lines of Unix, Windows and old Macs; nothing else ends one."""
    return _LINE_END.split(text)


def value(text: object) -> str:
    """A value as it can be kept: one line, bounded, without what no database holds."""
    if not isinstance(text, str):
        return ""
    return _UNFIT.sub("", " ".join(text[: 2 * LONGEST].split()))[:LONGEST]


def cell(value: object) -> object:
    """A cell of a table; no spreadsheet takes a text in it for a formula. "" for None."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = value.replace("\0", "").encode("utf-8", "replace").decode()
    return f"'{text}" if text.startswith(_FORMULA) else text


def names(text: str) -> tuple[str, str]:
    """(artist, title) of "Artist - Title"; ("", text) where no dash stands between two names."""
    head, *rest = _BETWEEN.split(value(text), maxsplit=1)
    return (head, rest[0]) if rest and head and rest[0] else ("", value(text))


def seconds(number: object, each: float = 1.0) -> float | None:
    """A length in seconds, of `each` seconds a unit; None for 0, -1 and what is none."""
    try:
        found = float(number) * each if isinstance(number, int | float | str) else 0.0
    except (ValueError, OverflowError):
        return None
    return found if 0 < found < 1e7 else None


def bounded(count: int) -> None:
    """Invalid when a list is longer than any that is read."""
    if count > MOST_ENTRIES:
        raise Invalid(f"A playlist file has up to {MOST_ENTRIES:,} entries.", field="file")
