"""XML as DJ software reads and writes it: elements of attributes, one track at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from resonance.core.errors import Invalid

# What XML 1.0 has no way to say.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECE = 1 << 16
_DEEPEST = 80  # elements within each other
_MOST_PARTS = 40_000  # elements of one track: programs write a marker a beat where a tempo drifts
_LONGEST = 2**20  # bytes without a tag: some parsers take the square of that
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")

Attributes = Mapping[str, object]


def clean(text: str) -> str:
    """`text` without what no XML document can hold."""
    return text if text.isascii() and text.isprintable() else _UNWRITABLE.sub("", text)


def element(name: str, attributes: Attributes) -> Element:
    """An element with those attributes that are not None."""
    made = Element(name)
    for key, value in attributes.items():
        if value is not None:
            made.set(key, clean(str(value)))
    return made


def below(parent: Element, name: str, attributes: Attributes) -> Element:
    """The same, as a child."""
    made = element(name, attributes)
    parent.append(made)
    return made


def text_of(made: Element) -> str:
    """The element as text, on a line of its own."""
    return tostring(made, encoding="unicode") + "\n"


def start(name: str, attributes: Attributes) -> str:
    """The start of an element whose content follows."""
    return tostring(element(name, attributes), encoding="unicode").removesuffix(" />") + ">\n"


def pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """The lines as bytes, some dozens of kilobytes at a time."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()


def events(file: BinaryIO, root: str, whole: frozenset[str]) -> Iterator[tuple[str, Element]]:
    """("start" or "end", element) of a document; the outermost of a `whole` name come as one "end".

    An element has its attributes when it starts and is forgotten after its end; children are kept within
    whole ones only. Raises Invalid for what is no XML, has another root, declares entities, or is nested or
    filled as no program does.
    """
    paced = _Paced(file)
    open_: list[Element] = []
    kept = parts = 0  # whole elements that are open, and elements below the outermost of them
    try:
        for event, found in iterparse(paced, events=("start", "end")):
            paced.held = 0
            if event == "start":
                if not open_ and found.tag != root:
                    raise Invalid(f"This is no {root} document but {str(found.tag)[:40]}.", field="file")
                open_.append(found)
                parts += 1
                if len(open_) > _DEEPEST or (kept and parts > _MOST_PARTS):
                    raise Invalid("This document is nested or filled as no program does.", field="file")
                if not kept and found.tag not in whole:
                    yield event, found
                kept += found.tag in whole
                continue
            open_.pop()
            kept -= found.tag in whole
            if not kept:
                parts = 0
                yield event, found
                found.clear()
                if open_:
                    open_[-1].remove(found)
    except ParseError as fault:
        raise Invalid(f"This is no whole XML: {fault}.", field="file") from None
    except DefusedXmlException:
        raise Invalid("This document declares entities, which no DJ software writes.", field="file") from None
    except (UnicodeError, LookupError, ValueError):
        raise Invalid("This document is in an encoding that cannot be read.", field="file") from None


def elements(file: BinaryIO, root: str, wanted: frozenset[str]) -> Iterator[Element]:
    """Each outermost element of a wanted name, whole; forgotten afterwards. Invalid as in `events`."""
    for event, found in events(file, root, wanted):
        if event == "end" and found.tag in wanted:
            yield found


class _Paced:
    """A file in which tags follow each other: the parser holds all that comes between two of them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.held = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.held += len(data)
        if self.held > _LONGEST:
            raise Invalid("This document has values that are longer than any program's.", field="file")
        return data


def whole(value: str | None) -> int | None:
    """A whole number, also one with a fraction of zeros; None for what is none."""
    found = number(value)
    return None if found is None else round(found)


def number(value: str | None) -> float | None:
    """A finite number; None for what is none."""
    try:
        found = float(value) if value else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < 1e15 else None


def above_zero(value: str | None) -> int | None:
    """A whole number from 1 on; programs write 0 where they know nothing."""
    found = whole(value)
    return found if found is not None and found > 0 else None


def date(value: str | None) -> str | None:
    """ "YYYY-MM-DD" of a date with dashes or slashes."""
    found = _DATE.match(value or "")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


def stars(value: str | None) -> int:
    """Stars of a rating of 0 to 255; -1 when there is none."""
    found = whole(value)
    return -1 if found is None else max(0, min(5, round(found / 51)))


def decimal(value: float, least: int, most: int) -> str:
    """With at least and at most so many digits behind the point."""
    head, _, tail = f"{value:.{most}f}".partition(".")
    return f"{head}.{tail.rstrip('0').ljust(least, '0')}"
