"""Whether two sets of words name the same recording. Pure: no database, nothing guessed.

A title is compared in three forms, from strict to loose: as it is; without guests and without what only
names an edition ("Remastered 2011", "Album Version"); and without any bracket. What makes another recording
("Live", "Remix", "Acoustic") is never dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from resonance.core.text import fold

# Seconds two rips of one recording may differ, and from where on it is another recording.
SAME_S, OTHER_S = 3.0, 10.0

_GUESTS = re.compile(
    r"\s*(?:[(\[]\s*(?:feat|ft|featuring|with)\b\.?[^)\]]*[)\]]|\b(?:feat|ft|featuring)\b\.?\s+[^(\[]*)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:[(\[]([^)\]]*)[)\]]|\s[-–—]\s+([^()\[\]]*))\s*$")
_EDITION_WORDS = """
    album anniversary bonus cd clean deluxe digital digitally dirty edition expanded explicit from lp mix mono
    original remaster remastered remastering single special stereo the track version vinyl
"""
_OTHER_WORDS = """
    acapella acoustic alternate alternative bootleg capella cover demo dub edit extended instrumental karaoke
    live mix orchestral outtake part pt radio rehearsal remake remix remixed reprise rework rmx session
    sessions take unplugged version vip vol
"""
_EDITION, _OTHER_RECORDING = frozenset(_EDITION_WORDS.split()), frozenset(_OTHER_WORDS.split())
_YEAR = re.compile(r"(?:19|20)\d\d(?:th|st|nd|rd)?|\d{1,2}(?:th|st|nd|rd)")
_MOST_TAILS = 6
_LONGEST = (
    500  # the patterns above take the square of the length for "(((((", and such a title has no edition
)
_BETWEEN_NAMES = re.compile(
    r"\s*(?:[,;/&+、]|\bfeat\b\.?|\bft\b\.?|\bfeaturing\b|\bvs\b\.?|\s(?:x|and|und|with|et|y)\s)\s*",
    re.IGNORECASE,
)
_THE = re.compile(r"^(?:the|a|an|die|der|das|les|le|la|los|las|el) (?=.)")
_LAST_THE = re.compile(r"^(.+),\s*(the|a|an|die|der|das|les|le|la|los|las|el)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """The folded forms of a title; `bare` is None where a bracket says that it is another recording."""

    full: str
    plain: str
    bare: str | None
    head: str  # what comes before guests and brackets


@lru_cache(maxsize=8192)
def title(text: str) -> Title:
    """The forms of a title, as `track.title_folded` writes the first."""
    full = fold(text) or text.strip().casefold()
    if len(text) > _LONGEST:
        return Title(full, full, full, full)
    rest, kept, bare_allowed = _GUESTS.sub("", text), "", True
    for _ in range(_MOST_TAILS):
        found = _TAIL.search(rest)
        if found is None or not fold(rest[: found.start()]):
            break
        words = fold(found[1] or found[2] or "").split()
        rest = rest[: found.start()]
        if not _only_edition(words):
            kept = f"{' '.join(words)} {kept}"
            bare_allowed = bare_allowed and not _OTHER_RECORDING.intersection(words)
    head = fold(rest) or full
    return Title(full, f"{head} {kept}".strip(), head if bare_allowed else None, head)


def _only_edition(words: list[str]) -> bool:
    named = [word for word in words if not _YEAR.fullmatch(word)]
    return bool(named) and _EDITION.issuperset(named) and named not in (["mix"], ["version"])


def titles(one: Title, other: Title) -> int:
    """3 the same, 2 but for guests and editions, 1 but for brackets that say neither, 0 others."""
    if one.full == other.full:
        return 3
    if one.plain == other.plain:
        return 2
    return 1 if one.bare is not None and one.bare == other.bare else 0


@dataclass(frozen=True, slots=True)
class Names:
    """Artists as written on one track: the whole line and the single names in it, folded."""

    whole: str
    parts: frozenset[str]
    first: str


@lru_cache(maxsize=8192)
def names(text: str) -> Names:
    """The forms of an artist line; articles do not count, wherever they stand."""
    parts = [key for part in _BETWEEN_NAMES.split(text) if (key := name(part))] if len(text) < 500 else []
    whole = name(text)
    return Names(whole, frozenset(parts or [whole]), parts[0] if parts else whole)


@lru_cache(maxsize=8192)
def name(text: str) -> str:
    """One artist's or album's name without its article: "Beatles, The" is "The Beatles"."""
    turned = _LAST_THE.match(text.strip())
    folded = fold(turned[1] if turned else text) or text.strip().casefold()
    return _THE.sub("", folded)


def artists(one: Names, display: Names, credited: frozenset[str], album: Names | None) -> int:
    """How well `one` names a track's artists: 3 all of them, 2 the leading one, 1 one of them, 0 none."""
    if one.whole == display.whole or one.parts == credited or one.parts == display.parts:
        return 3
    if one.whole in credited or one.first in (display.whole, display.first) or display.whole in one.parts:
        return 2
    if one.parts & (credited | display.parts) or (album is not None and one.whole == album.whole):
        return 1
    return 0


def lengths(one: float | None, other: float | None) -> int:
    """2 the same to a few seconds, 1 close or unknown, 0 another recording."""
    if not one or not other:
        return 1
    apart = abs(one - other)
    return 2 if apart <= SAME_S else 1 if apart <= OTHER_S else 0
