"""LRC, the text form of synced lyrics: read every dialect, write one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STAMP = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:,](\d{1,3}))?\]")
_WORD_STAMP = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:,]\d{1,3})?>")
_TAG = re.compile(r"^\[([a-zA-Z#]+):([^\]]*)\]\s*$")
_OFFSET = re.compile(r"^\s*([+-]?\d{1,7})\s*$")
MAX_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """One sung line. `start_ms` counts from the start of the track."""

    start_ms: int
    text: str


def looks_synced(text: str) -> bool:
    """Whether the text is LRC: at least one line begins with a time stamp."""
    return any(_STAMP.match(line.lstrip("\ufeff \t")) for line in text.splitlines()[:200])


def parse(text: str) -> list[Line]:
    """Lines in order of time; lines without a stamp are left out.

    Takes several stamps before one text, word stamps (dropped), and the offset tag: a positive offset
    shows the words earlier, as the format's authors meant it.
    """
    offset = 0
    lines: list[Line] = []
    for row in text.splitlines():
        row = row.strip("\ufeff \t\r\n")
        if tag := _TAG.match(row):
            if tag[1].lower() == "offset" and (number := _OFFSET.match(tag[2])):
                offset = int(number[1])
            continue
        stamps: list[int] = []
        end = 0
        while found := _STAMP.match(row, end):
            stamps.append(_milliseconds(found))
            end = found.end()
            while row[end : end + 1] == " " and row[end + 1 : end + 2] == "[":
                end += 1
        if stamps:
            words = _STAMP.sub("", _WORD_STAMP.sub("", row[end:])).strip()
            lines.extend(Line(stamp, words) for stamp in stamps)
        if len(lines) > MAX_LINES:
            break
    shifted = [Line(max(0, line.start_ms - offset), line.text) for line in lines[:MAX_LINES]]
    return sorted(shifted, key=lambda line: line.start_ms)


def write(lines: list[Line]) -> str:
    """Canonical LRC: one stamp a line as [mm:ss.xx], hundredths, no tags, newline between lines."""
    return "\n".join(f"{_stamp(line.start_ms)}{' ' + line.text if line.text else ''}" for line in lines)


def _milliseconds(found: re.Match[str]) -> int:
    fraction = (found[3] or "").ljust(3, "0")
    return (int(found[1]) * 60 + int(found[2])) * 1000 + int(fraction)


def _stamp(ms: int) -> str:
    hundredths = (ms + 5) // 10
    return f"[{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}]"
