"""Making tag values fit to store: text, lists, dates, numbers, gains. Pure functions, no files."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable

MAX_NAME = 500
MAX_LONG_TEXT = 100_000
MAX_VALUES = 64

# Marks that turn the direction of everything after them: they would garble whole lists.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_SEMICOLON = re.compile(r"\s*;\s*")
_FEATURED = re.compile(r"\s*[\(\[]?\b(?:feat\.?|ft\.|featuring)\s+(?P<names>[^\)\]]+)[\)\]]?", re.IGNORECASE)
_DATE = re.compile(r"^\s*(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?(?!\d)")
_COMPACT_DATE = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})\s*$")
_ANY_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_NUMBER = re.compile(r"^\s*(\d{1,9})(?:\s*(?:/|of)\s*(\d{1,9}))?")
_SIDE = re.compile(r"^\s*([A-Z])\s?(\d{1,2})\s*$", re.IGNORECASE)
_DISC_DASH = re.compile(r"^\s*(\d{1,2})-(\d{1,3})\s*$")
_FLOAT = re.compile(r"^\s*([+-]?\d{1,6}(?:[.,]\d{1,12})?)")
_ID_SEPARATORS = re.compile(r"[\s;/,\0]+")
_UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")


def text(value: str, limit: int = MAX_NAME) -> str:
    """One line: NFC, no control characters, no surrounding space, at most `limit` characters."""
    if value.isascii():
        if value.isprintable():
            return value.strip()[:limit].rstrip()
    else:
        value = unicodedata.normalize("NFC", value[: 4 * limit]).translate(_BIDI)
    if not value.isprintable():
        value = "".join(c if _visible(c) else " " if c.isspace() else "" for c in value[: 4 * limit])
    return value.strip()[:limit].rstrip()


def long_text(value: str, limit: int = MAX_LONG_TEXT) -> str:
    """Several lines: as `text`, but line ends stay (as newline)."""
    rows = value[: 2 * limit].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(text(row, limit) for row in rows).strip("\n")[:limit]


def _visible(char: str) -> bool:
    # isprintable is false for format characters, of which the joiners are part of many scripts' spelling.
    return char.isprintable() or char in "\u200c\u200d" or "\U000e0020" <= char <= "\U000e007f"


def texts(values: Iterable[str]) -> tuple[str, ...]:
    """Cleaned, NULs taken as separators, blanks and repeats dropped, in order."""
    seen: dict[str, None] = {}
    for value in values:
        for part in value.split("\0") if "\0" in value else (value,):
            if cleaned := text(part):
                seen.setdefault(cleaned)
    return tuple(seen)[:MAX_VALUES]


def separated(values: Iterable[str]) -> tuple[str, ...]:
    """As `texts`, with ";" as a separator inside a value too."""
    out: list[str] = []
    for value in values:
        out.extend(_SEMICOLON.split(value) if ";" in value else (value,))
    return texts(out)


def genres(values: Iterable[str]) -> tuple[str, ...]:
    """Genre names, split at ";", " / " and commas; repeats that differ only in case are dropped.

    "Folk, World, & Country" is one genre of a common catalogue, so a list with ", &" stays whole.
    """
    found: dict[str, str] = {}
    for value in separated(values):
        for part in value.split(" / "):
            for name in (part,) if ", &" in part or "," not in part else part.split(","):
                if name := name.strip():
                    found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_VALUES]


def artists(values: Iterable[str], ids: int = 0) -> tuple[str, ...]:
    """Names of single artists out of one artist field.

    Separators: several values, NUL, ";" and "feat."; " / " only when the number of MusicBrainz ids in the
    file (`ids`) says so, since it is part of some names. "&" and "," never split: too many bands have them.
    """
    names: list[str] = []
    featured: list[str] = []
    for value in separated(values):
        main, guests = split_featured(value)
        featured.extend(guests)
        parts = main.split(" / ")
        names.extend(parts if len(parts) > 1 and len(parts) + len(guests) == ids else (main,))
    return texts([*names, *featured])


def split_featured(value: str) -> tuple[str, tuple[str, ...]]:
    """("A", ("B", "C")) from "A feat. B, C" or "A (feat. B, C)"; the first is the rest of the text."""
    found = _FEATURED.search(value) if "f" in value or "F" in value else None
    if found is None or not (main := value[: found.start()].strip()):
        return value, ()
    names = found["names"]
    if "," in names:
        names = names.replace(" & ", ", ").replace(" and ", ", ")
    return main, texts(names.split(","))


def date(value: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD; impossible months and days are cut off, without a year None."""
    found = _COMPACT_DATE.match(value) or _DATE.match(value)
    if found is None:
        loose = _ANY_YEAR.search(value)
        return loose[1] if loose and 1000 <= int(loose[1]) <= 2999 else None
    year = int(found[1])
    if not 1000 <= year <= 2999:
        return None
    month = int(found[2] or 0)
    if not 1 <= month <= 12:
        return f"{year:04d}"
    day = int(found[3] or 0)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}"


def position(value: str) -> tuple[int | None, int | None, int | None]:
    """(disc, number, total) of a track number: "3/12", "07", "2-03" (disc 2), "B1" (side B is disc 2)."""
    if side := _SIDE.match(value):
        return ord(side[1].upper()) - ord("A") + 1, _bounded(side[2]), None
    if dash := _DISC_DASH.match(value):
        return _bounded(dash[1]), _bounded(dash[2]), None
    found = _NUMBER.match(value)
    return (None, _bounded(found[1]), _bounded(found[2])) if found else (None, None, None)


def _bounded(digits: str | None) -> int | None:
    number = int(digits or 0)
    return number if 1 <= number <= 9999 else None


def number(value: str, low: float, high: float) -> float | None:
    """The leading decimal number (comma or point) if it lies within the bounds."""
    found = _FLOAT.match(value)
    if found is None:
        return None
    parsed = float(found[1].replace(",", "."))
    return parsed if low <= parsed <= high else None


def flag(value: str) -> bool:
    """ "1", "true" and "yes" are true."""
    return value.strip().lower() in ("1", "true", "yes")


def mbids(values: Iterable[str]) -> tuple[str, ...]:
    """Well-formed MusicBrainz ids in lower case; "/" and ";" separate."""
    out: dict[str, None] = {}
    for value in values:
        value = value.strip().lower()
        for part in (value,) if _UUID.match(value) else _ID_SEPARATORS.split(value):
            if _UUID.match(part):
                out.setdefault(part)
    return tuple(out)[:MAX_VALUES]
