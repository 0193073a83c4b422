"""LRC, the text form of synced lyrics: read every dialect, write one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice, pairwise

_STAMP = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:,](\d{1,3}))?\]")
_WORD_STAMP = re.compile(r"<(\d{1,3}):(\d{1,2})(?:[.:,](\d{1,3}))?>")
_TAG = re.compile(r"^\[([a-zA-Z#]+):([^\]]*)\]\s*$")
_OFFSET = re.compile(r"^\s*([+-]?\d{1,7})\s*$")
_SPACES = re.compile(r"\s+")
_BREAKS = "\r\n"
MAX_LINES = 5_000
MAX_WORDS = 400  # of a line; one with more keeps its text only


@dataclass(frozen=True, slots=True)
class Word:
    """A part of a line. The texts of a line's words, spaces and all, are the line's text."""

    start_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sung line; times count from the start of the track; `words` is empty where it has none."""

    start_ms: int
    text: str
    words: tuple[Word, ...] = ()


def looks_synced(text: str) -> bool:
    """Whether the text is LRC: at least one line begins with a time stamp."""
    return any(_STAMP.match(line.lstrip("\ufeff \t")) for line in text.splitlines()[:200])


def parse(text: str) -> list[Line]:
    """Lines in order of time; lines without a stamp are left out.

    Takes several stamps before one text, word stamps, and the offset tag: a positive offset shows the words
    earlier, as the format's authors meant it.
    """
    offset = 0
    lines: list[Line] = []
    for row in text.splitlines():
        row = row.strip("\ufeff \t\r\n")
        if tag := _TAG.match(row):
            if tag[1].lower() == "offset" and (number := _OFFSET.match(tag[2])):
                offset = int(number[1])
            continue
        stamps, end = _line_stamps(row)
        if stamps:
            first = _line(stamps[0], _STAMP.sub("", row[end:]).strip())
            lines.extend(_shifted(first, stamp - stamps[0]) for stamp in stamps)
        if len(lines) > MAX_LINES:
            break
    return sorted((_shifted(line, -offset) for line in lines[:MAX_LINES]), key=lambda line: line.start_ms)


def of_syllables(pieces: Iterable[tuple[str, int]]) -> list[Line]:
    """Lines from (text, start in ms) as ID3 has them: a piece that begins with a line break begins a line.

    Without any line break each piece is a line of its own.
    """
    taken = list(islice(pieces, MAX_LINES))
    if not any(text.startswith(("\n", "\r")) for text, _ in taken[1:]):
        return [Line(start, " ".join(text.split())) for text, start in taken]
    rows: list[tuple[int, list[str]]] = []
    for text, start in taken:
        if not rows or text.startswith(("\n", "\r")):
            rows.append((start, []))
        rows[-1][1].append(f"<{_stamp(start)}>{_SPACES.sub(' ', text.strip(_BREAKS))}")
    return [_line(start, "".join(parts)) for start, parts in rows]


def write(lines: list[Line]) -> str:
    """Canonical LRC: one stamp a line as [mm:ss.xx], hundredths, no tags, newline between lines.

    A line with words has the stamp of each before it, as <mm:ss.xx>.
    """
    return "\n".join(_written(line) for line in lines)


def _line_stamps(row: str) -> tuple[list[int], int]:
    """The stamps that begin a row, and where the text after them begins."""
    stamps: list[int] = []
    end = 0
    while found := _STAMP.match(row, end):
        stamps.append(_milliseconds(found))
        end = found.end()
        while row[end : end + 1] == " " and row[end + 1 : end + 2] == "[":
            end += 1
    return stamps, end


def _line(start_ms: int, body: str) -> Line:
    """A line from the text behind its stamp. Blank words only end the one before them and are dropped."""
    marks = list(_WORD_STAMP.finditer(body))
    if not marks:
        return Line(start_ms, body)
    parts = [(start_ms, body[: marks[0].start()])]
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    parts += [(_milliseconds(m), body[m.end() : end]) for m, end in zip(marks, ends, strict=True)]
    words: list[Word] = []
    for stamp, text in parts:
        text = _SPACES.sub(" ", text)
        if text.strip():
            if text[0] == " " and (not words or words[-1].text[-1] == " "):
                text = text[1:]
            elif text[0] == " ":
                words[-1] = replace(words[-1], text=words[-1].text + " ")
                text = text[1:]
            words.append(Word(stamp, text))
        elif text and words and words[-1].text[-1] != " ":
            words[-1] = replace(words[-1], text=words[-1].text + " ")
    if not words:
        return Line(start_ms, "")
    words[-1] = replace(words[-1], text=words[-1].text.rstrip())
    text = "".join(word.text for word in words)
    in_order = all(one.start_ms <= two.start_ms for one, two in pairwise(words))
    return Line(start_ms, text, tuple(words) if in_order and len(words) <= MAX_WORDS else ())


def _shifted(line: Line, by_ms: int) -> Line:
    if not by_ms:
        return line
    words = tuple(Word(max(0, word.start_ms + by_ms), word.text) for word in line.words)
    return Line(max(0, line.start_ms + by_ms), line.text, words)


def _written(line: Line) -> str:
    text = "".join(f"<{_stamp(word.start_ms)}>{word.text}" for word in line.words) or line.text
    return f"[{_stamp(line.start_ms)}]{' ' + text if text else ''}"


def _milliseconds(found: re.Match[str]) -> int:
    fraction = (found[3] or "").ljust(3, "0")
    return (int(found[1]) * 60 + int(found[2])) * 1000 + int(fraction)


def _stamp(ms: int) -> str:
    hundredths = (ms + 5) // 10
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"
