"""Musical keys and their spellings: names, the Camelot wheel, Open Key, and which keys mix with which.

A key is a pair (tonic, mode): tonic 0 is C and 11 is B, mode is "major" or "minor".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, TypeAlias

Key: TypeAlias = tuple[int, str]
Relation: TypeAlias = Literal["same", "relative", "up_one", "down_one", "diagonal", "energy_boost", "none"]

MAJOR, MINOR = "major", "minor"
KEYS: tuple[Key, ...] = tuple((tonic, mode) for mode in (MAJOR, MINOR) for tonic in range(12))

# The spellings with the fewer accidentals; of F# and Gb, D#m and Ebm, the ones that DJ software prints.
_MAJOR_NAMES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")


def name(key: Key) -> str:
    """Short musical name: "F#m", "Bb". Raises ValueError for what is no key, as all but parse do."""
    tonic, minor = _checked(key)
    return f"{_MINOR_NAMES[tonic]}m" if minor else _MAJOR_NAMES[tonic]


def long_name(key: Key) -> str:
    """Full musical name: "F# minor", "Bb major"."""
    tonic, minor = _checked(key)
    return f"{(_MINOR_NAMES if minor else _MAJOR_NAMES)[tonic]} {key[1]}"


def camelot(key: Key) -> str:
    """Place on the Camelot wheel: A minor is "8A", C major "8B"."""
    number, minor = _place(key)
    return f"{number}{'A' if minor else 'B'}"


def open_key(key: Key) -> str:
    """Open Key notation: A minor is "1m", C major "1d"."""
    number, minor = _place(key)
    return f"{(number + 4) % 12 + 1}{'m' if minor else 'd'}"


def relation(a: Key, b: Key) -> Relation:
    """What going from `a` to `b` is to a DJ.

    One step round the wheel is a fifth. An energy boost is two steps up (a whole tone) or seven (a semitone)
    within the mode; "diagonal" is one step either way and a change of mode.
    """
    (from_number, from_minor), (to_number, to_minor) = _place(a), _place(b)
    steps = (to_number - from_number) % 12
    if from_minor != to_minor:
        return "relative" if steps == 0 else "diagonal" if steps in (1, 11) else "none"
    within: dict[int, Relation] = {
        0: "same",
        1: "up_one",
        11: "down_one",
        2: "energy_boost",
        7: "energy_boost",
    }
    return within.get(steps, "none")


def compatible_with(key: Key) -> frozenset[Key]:
    """The keys that mix with `key`: itself, a step either way of the same letter, its relative."""
    tonic, minor = _checked(key)
    mode = key[1]
    relative = ((tonic + 3) % 12, MAJOR) if minor else ((tonic - 3) % 12, MINOR)
    return frozenset({(tonic, mode), ((tonic + 7) % 12, mode), ((tonic + 5) % 12, mode), relative})


def parse(text: str | None) -> Key | None:
    """The key that a tag spells, or None when it spells none, or more than one.

    Reads musical names in English ("C#m", "D flat major", "A:min"), German ("gis-Moll", "H-Dur") and
    Romance languages ("La mineur"), Camelot ("08A") and Open Key ("1m"). A church mode counts by its third.
    A small letter alone ("c") is None: some write a minor key so, others are in a hurry.
    """
    if text is None or len(text) > _LONGEST:
        return None
    clean = unicodedata.normalize("NFKC", text.replace("\0", " "))
    for written, plain in _PLAINER:
        clean = clean.replace(written, plain)
    clean = " ".join(clean.replace("_", " ").split())
    whole = _parse_one(clean)
    if whole is not None:
        return _settled(whole)
    # "D#/Eb min", "8A - Am": several spellings of one key. A mode is said once for all of them.
    parts = [part for part in _SEVERAL.split(clean) if part]
    found = [_parse_one(part) for part in parts]
    known = [one for one in found if one is not None]
    if len(known) < 2 or len(known) != len(found):
        return None
    modes = {mode for _, mode in known if mode} or {MAJOR}
    tonics = {tonic for tonic, _ in known}
    return (tonics.pop(), modes.pop()) if len(tonics) == len(modes) == 1 else None


def _checked(key: Key) -> tuple[int, bool]:
    tonic, mode = key
    if not 0 <= tonic < 12 or mode not in (MAJOR, MINOR):
        raise ValueError(f"no key: {key!r}")
    return tonic, mode == MINOR


def _place(key: Key) -> tuple[int, bool]:
    """(Camelot number 1..12, whether minor)."""
    tonic, minor = _checked(key)
    of_major = (tonic + 3) % 12 if minor else tonic
    return (of_major * 7 + 7) % 12 + 1, minor


_LONGEST = 64
_PLAINER = (("♯", "#"), ("♭", "b"), ("\ufe0e", ""), ("\ufe0f", ""), *((dash, "-") for dash in "–—‐‑"))
_SEVERAL = re.compile(r"\s*[/|,;()]\s*|\s+-\s+|\s+(?=\d)|(?<=[ABabdm])\s+(?=[A-H])")

_LETTERS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11}
_SOLFEGE = {"do": 0, "re": 2, "ré": 2, "mi": 4, "fa": 5, "sol": 7, "la": 9, "si": 11}
_GERMAN = {
    "ces": 11, "cis": 1, "des": 1, "dis": 3, "es": 3, "eis": 5, "fes": 4, "fis": 6, "ges": 6, "gis": 8,
    "as": 8, "ais": 10, "his": 0, "hes": 10, "bes": 10,
}  # fmt: skip
_MODES = {
    MAJOR: "major maj ma dur majeur maggiore mayor maior ionian ion lydian lyd mixolydian mix",
    MINOR: "minor min mi m moll mol mineur minore menor aeolian aeo dorian dor phrygian phr",
}
_MODE_OF = {word: mode for mode, words in _MODES.items() for word in words.split()}
_SHARP = ("#", "sharp", "dièse", "diese", "diesis", "sostenido")
_FLAT = ("b", "flat", "bémol", "bemol", "bemolle")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_WHEEL = re.compile(r"(0?[1-9]|1[0-2]) ?([abdm])", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?P<note>{_any_of([*_SOLFEGE, *_GERMAN])}|[a-h])"
    rf"(?:[ -]?(?P<bend>{_any_of([*_SHARP, *_FLAT])}))?"
    rf"(?:[ :-]{{0,3}}(?:(?:natural|harmonic|melodic) )?(?P<mode>{_any_of(_MODE_OF)})\.?)?",
    re.IGNORECASE,
)


def _parse_one(text: str) -> tuple[int, str | None] | None:
    """One spelling: its tonic, and its mode where that is said."""
    if wheel := _WHEEL.fullmatch(text):
        number, letter = int(wheel[1]), wheel[2].lower()
        place = number - 8 if letter in "ab" else number - 1
        tonic = place * 7 % 12
        return ((tonic - 3) % 12, MINOR) if letter in "am" else (tonic, MAJOR)
    named = _NAMED.fullmatch(text)
    if named is None:
        return None
    note, bend, word = named["note"].lower(), (named["bend"] or "").lower(), named["mode"]
    mode = None if word is None else MAJOR if word == "M" else _MODE_OF[word.lower()]
    if mode is None and named["note"][0].islower():
        return None
    if note in _GERMAN:
        return None if bend else (_GERMAN[note], mode)
    tonic = _SOLFEGE[note] if note in _SOLFEGE else _LETTERS[note]
    if note == "b" and not bend and word and word.lower() in ("dur", "moll"):
        tonic = 10  # a German's B is B flat
    return (tonic + (bend in _SHARP) - (bend in _FLAT)) % 12, mode


def _settled(found: tuple[int, str | None]) -> Key:
    tonic, mode = found
    return tonic, mode or MAJOR
