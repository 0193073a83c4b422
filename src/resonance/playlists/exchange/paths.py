"""Paths of foreign lists: brought into one form, and from one machine's folders to another's.

The one form is that of `library.paths.to_stored`, with "/" between folders; drives and servers of Windows
stay as "C:/..." and "//server/...". Nothing here opens a file: a path is only compared with known ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import normpath

from resonance.core.errors import Invalid
from resonance.playlists.exchange.locations import from_url, plain

MOST_RULES, LONGEST = 50, 4000
_DRIVE = re.compile(r"[A-Za-z]:/")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True, slots=True)
class Rule:
    """What begins with the folder `source` begins with `target` instead."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Rules from one machine's folders to another's; the longest that fits is taken."""

    rules: tuple[Rule, ...] = ()

    def apply(self, path: str) -> str:
        """The path on the other machine; as it is where no rule fits."""
        place = tidy(path)
        for rule in self.rules:
            rest = _below(rule.source, place)
            if rest is not None:
                return _joined(rule.target, rest)
        return place


def mapping(pairs: Sequence[tuple[str, str]]) -> Mapping:
    """Rules from (from, to) prefixes. Invalid (field `from`) for too many or too long ones."""
    rules = [Rule(_prefix(source), _target(target)) for source, target in pairs if source.strip()]
    if len(rules) > MOST_RULES or any(len(text) > LONGEST for pair in pairs for text in pair):
        raise Invalid(f"There are up to {MOST_RULES} path rules.", field="from")
    return Mapping(tuple(sorted(rules, key=lambda rule: (-len(rule.source), rule.source))))


def tidy(path: str) -> str:
    """One form for POSIX paths, Windows paths and file URLs; other addresses stay as they are."""
    text = path.strip()
    if text.lower().startswith("file:"):
        text = from_url(text)
    elif _ADDRESS.match(text):
        return text
    elif is_windows(text):
        text = text.replace("\\", "/")
    return plain(text)


def is_windows(path: str) -> bool:
    """Whether "\\" separates the folders: with a drive or server in front, or when there is no "/"."""
    return plain(path) != path or ("\\" in path and "/" not in path)


def is_absolute(path: str) -> bool:
    """Whether a tidy path says the whole way."""
    return path.startswith("/") or _DRIVE.match(path) is not None or _ADDRESS.match(path) is not None


def resolved(path: str, folder: str) -> str:
    """A tidy path seen from the folder its list lies in; "" as the folder leaves it relative."""
    if not folder or is_absolute(path):
        return path
    return normpath(f"{folder}/{path}")


def _prefix(text: str) -> str:
    place = tidy(text)
    return place.rstrip("/") or "/"


def _target(text: str) -> str:
    return text.strip().rstrip("/\\") if text.strip() not in ("/", "\\") else text.strip()


def _below(source: str, place: str) -> str | None:
    """What follows `source` in `place`; letters of drives and servers have no case."""
    one, other = (source.lower(), place.lower()) if _foreign(source) else (source, place)
    if one == "/":
        return place[1:] if place.startswith("/") and not place.startswith("//") else None
    if other == one:
        return ""
    return place[len(source) + 1 :] if other.startswith(f"{one}/") else None


def _foreign(path: str) -> bool:
    return _DRIVE.match(f"{path}/") is not None or path.startswith("//")


def _joined(target: str, rest: str) -> str:
    if not target:
        return rest
    # "\\" on a POSIX name is a letter, so only a target of Windows turns the way round.
    windows = "\\" in target or bool(re.match(r"[A-Za-z]:", target))
    separator = "\\" if windows and "/" not in target else "/"
    rest = rest.replace("/", "\\") if separator == "\\" else rest
    if not rest:
        return target
    return target + rest if target in ("/", "\\") else f"{target}{separator}{rest}"
