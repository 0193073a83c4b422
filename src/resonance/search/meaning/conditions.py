"""Numbers and keys in a question: exact things, which become filters."""

# ruff: noqa: E501 - a pattern reads best with one language a line

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from resonance.model import camelot

FIRST_YEAR, LAST_YEAR = 0, 9999
NEAR_TEMPO = 0.02  # what still is the tempo asked for
AROUND_TEMPO = 0.04


@dataclass(frozen=True, slots=True)
class Condition:
    """Something exact that was asked for. One of the three is set; ranges include both ends."""

    words: str  # as typed
    means: str
    years: tuple[int, int] | None = None
    tempo: tuple[float, float] | None = None
    keys: frozenset[tuple[int, str]] | None = None


def _any(words: str) -> str:
    return "(?:" + "|".join(re.escape(word) for word in words.split("|")) + ")"


_UNDER = _any(
    "under|below|less than|slower than|at most|max|maximum|up to|unter|hochstens|maximal|langsamer als|bis|"
    "moins de|sous|au plus|menos de|bajo|hasta|meno di|sotto|fino a|ate|abaixo de|onder|hooguit"
)
_OVER = _any(
    "over|above|more than|faster than|at least|min|minimum|uber|mindestens|schneller als|ab|plus de|au moins|"
    "mas de|por encima de|piu di|oltre|mais de|acima de|boven|minstens"
)
_AROUND = _any(
    "around|about|roughly|approximately|approx|circa|ca|near|~|um die|um|rund|ungefahr|etwa|environ|vers|"
    "autour de|alrededor de|unos|intorno a|cerca de|por volta de|rond|ongeveer"
)
_TO = r"\s*(?:-|to|and|bis|und|a|y|et|e|tot|en)\s*"
_TEMPO = re.compile(
    rf"(?:(?P<under>{_UNDER})|(?P<over>{_OVER})|(?P<around>{_AROUND})|(?:between|zwischen|entre|tra|tussen))?\.?\s*"
    rf"(?P<a>\d{{2,3}})(?:{_TO}(?P<b>\d{{2,3}}))?\s*(?:bpm|beats per minute|schlage pro minute)\b"
    rf"|\bbpm\s*[:=]?\s*(?P<c>\d{{2,3}})(?:{_TO}(?P<d>\d{{2,3}}))?\b"
)
_PART = r"(?:(?P<part>early|late|mid|fruhe[nr]?|spate[nr]?|mitte(?: der)?|debut(?: des)?|fin(?: des)?|principios de(?: los)?|finales de(?: los)?)[\s-]+(?:the\s+)?)?"
_DECADE = re.compile(
    rf"\b{_PART}(?:(?P<c>19|20)?'?(?P<d>\d0)\s?'?s\b"
    r"|(?P<c2>19|20)?(?P<d2>\d0)er(?:n|s)?(?:[\s-]?jahren?)?\b"
    r"|(?:annees|anos|anni|ans|jaren)\s+(?:de\s+)?(?:los\s+)?'?(?P<c3>19|20)?(?P<d3>\d0)\b"
    r"|(?P<word>fifties|sixties|seventies|eighties|nineties|noughties|funfziger|sechziger|siebziger|achtziger|neunziger)n?(?:[\s-]?jahren?)?\b)"
)  # fmt: skip
_WORDS = {
    "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
    "funfziger": 1950, "sechziger": 1960, "siebziger": 1970, "achtziger": 1980, "neunziger": 1990,
}  # fmt: skip
_EARLIER = r"(?:before|older than|prior to|pre|until|vor|alter als|avant|antes de|prima del|prima di|voor)"
_LATER = r"(?:after|post|newer than|younger than|nach|apres|despues de|dopo il|depois de|na)"
_SINCE = r"(?:since|seit|ab|depuis|a partir de|desde|dal|sinds|vanaf)"
_YEAR = r"(?:1[89]\d\d|20[0-4]\d)"
_YEARS = re.compile(
    rf"\b(?:(?P<how>(?P<earlier>{_EARLIER})|(?P<later>{_LATER})|(?P<since>{_SINCE}))[\s-]+)?"
    rf"(?:the year\s+|year\s+|jahr\s+)?(?P<a>{_YEAR})(?:{_TO}(?P<b>{_YEAR})|(?P<on>\s+(?:onwards|on|or later|and later)))?\b"
)
_MODE = r"(?:major|minor|maj|min|dur|moll|majeur|mineur|mayor|menor|maggiore|minore|maior|mineur|majeur)"
_NOT_A_KEY = r"(?!\s+(?:key|scale|mode|mood|chord|chords|tonality|hit|keys))"
_NAMED_KEY = re.compile(
    rf"\b(?:[a-h]|cis|des|dis|es|fis|ges|gis|as|ais|do|re|mi|fa|sol|la|si)"
    rf"(?:\s?#|b|[\s-]?(?:sharp|flat|diese|bemol|sostenido|diesis|bemolle))?[\s-]?{_MODE}\b{_NOT_A_KEY}"
)
_WHEEL = re.compile(r"\b(?:1[0-2]|0?[1-9])[ABab]\b")
_SHORT_KEY = re.compile(r"\b[A-G][#b]?m?(?![\w#])")
_MIXING = re.compile(
    r"(?:compatible|harmonic|harmonisch|mix(?:es|ing|able)?|kompatibel|passend|passt|compatibles?)\s+"
    r"(?:with|to|mit|zu|avec|con)\s+$"
)


def plain(text: str) -> str:
    """Small letters without accents; marks between words stay."""
    bare = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-").replace("’", "'"))
    bare = bare.replace("♯", "#").replace("♭", "b")
    return "".join(c for c in bare if not unicodedata.combining(c))


def conditions(text: str) -> tuple[list[Condition], str]:
    """The conditions in a question, and the question without their words."""
    cased = plain(text)
    found: list[Condition] = []
    for read in (_tempos, _keys, _decades, _years):
        for condition, start, end in list(read(cased)):
            found.append(condition)
            cased = cased[:start] + " " * (end - start) + cased[end:]
    return found, cased


Spans = Iterator[tuple[Condition, int, int]]


def _tempos(cased: str) -> Spans:
    for match in _TEMPO.finditer(cased.lower()):
        low = float(match["a"] or match["c"])
        high = float(match["b"] or match["d"] or low)
        if not 20 <= low <= high <= 400:
            continue
        near = AROUND_TEMPO if match["around"] else NEAR_TEMPO
        if match["under"]:
            bounds, means = (1.0, high), f"at most {high:g} BPM"
        elif match["over"]:
            bounds, means = (low, 999.0), f"at least {low:g} BPM"
        elif high > low:
            bounds, means = (low, high), f"{low:g} to {high:g} BPM"
        else:
            bounds = (round(low * (1 - near), 2), round(low * (1 + near), 2))
            means = f"{bounds[0]:.0f} to {bounds[1]:.0f} BPM"
        yield Condition(match[0].strip(), means, tempo=bounds), match.start(), match.end()


def _keys(cased: str) -> Spans:
    for match in _NAMED_KEY.finditer(cased.lower()):
        yield from _key(cased, match.start(), match.end(), match[0].capitalize())
    for match in _WHEEL.finditer(cased):
        if match[0][-1].isupper() or cased.strip() == match[0] or _before(cased, match, "key", "camelot"):
            yield from _key(cased, match.start(), match.end(), match[0].upper())
    for match in _SHORT_KEY.finditer(cased):
        alone = cased.strip() == match[0] and len(match[0]) > 1
        if alone or _before(cased, match, "key", "key of", "tonart", "tonalite"):
            yield from _key(cased, match.start(), match.end(), match[0])


def _before(cased: str, match: re.Match[str], *words: str) -> bool:
    return cased[: match.start()].lower().rstrip().endswith(words)


def _key(cased: str, start: int, end: int, spelled: str) -> Spans:
    key = camelot.parse(spelled)
    if key is None:
        return
    mixing = _MIXING.search(cased[:start].lower())
    if mixing:
        keys, start = camelot.compatible_with(key), mixing.start()
        means = f"keys that mix with {camelot.long_name(key)}"
    else:
        keys, means = frozenset({key}), f"{camelot.long_name(key)}, {camelot.camelot(key)}"
    yield Condition(cased[start:end].strip(), means, keys=keys), start, end


def _decades(cased: str) -> Spans:
    for match in _DECADE.finditer(cased.lower()):
        if match["word"]:
            first = _WORDS[match["word"]]
        else:
            digits = int(match["d"] or match["d2"] or match["d3"])
            century = match["c"] or match["c2"] or match["c3"] or ("19" if digits >= 30 else "20")
            first = int(century) * 100 + digits
        part = (match["part"] or "")[:3]
        low, high = first, first + 9
        if part in ("ear", "fru", "deb", "pri"):
            high = first + 4
        elif part in ("lat", "spa", "fin"):
            low = first + 5
        elif part:
            low, high = first + 3, first + 7
        yield Condition(match[0].strip(), f"{low} to {high}", years=(low, high)), match.start(), match.end()


def _years(cased: str) -> Spans:
    for match in _YEARS.finditer(cased.lower()):
        a, b = int(match["a"]), int(match["b"] or match["a"])
        a, b = min(a, b), max(a, b)
        if match["earlier"]:
            years, means = (FIRST_YEAR, a - 1), f"before {a}"
        elif match["later"]:
            years, means = (b + 1, LAST_YEAR), f"after {b}"
        elif match["since"] or match["on"]:
            years, means = (a, LAST_YEAR), f"{a} and later"
        else:
            years, means = (a, b), str(a) if a == b else f"{a} to {b}"
        yield Condition(match[0].strip(), means, years=years), match.start(), match.end()
