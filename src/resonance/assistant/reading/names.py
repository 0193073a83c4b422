"""Artists of the library in a sentence, and what is wanted of them: "by", "like", "no", or only named.

A name may be made of words that mean something else, so one word is a name only behind "by", "like" and "no"
or when nothing else is made of it; a name of several words is one wherever it stands, unless all of it
says something of the music ("Late Night").
"""

# ruff: noqa: E501, SIM905 - a table reads best as words, a pattern with one language a line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from resonance.assistant.reading import phrases
from resonance.assistant.reading.meaning import understood
from resonance.assistant.reading.sentence import Sentence, Token
from resonance.assistant.reading.smalltalk import says_nothing
from resonance.search.meaning import feelings, genres

LONGEST_NAME = 6  # words of a name
MOST_WORDS = 150  # of a sentence in which names are looked for
_AND = frozenset("and or und oder nor noch n y et".split())
_ARTICLES = ("the", "die")
_AHEAD = 48  # letters before a name in which its marker stands
_OF = r"(?:(?:any|all|some|songs?|tracks?|music|anything|everything|etwas|was|musik|stuff|alles|lieder)\s+)*"
_MARKERS = (
    ("not", re.compile(
        r"(?<!\w)(?:no|nothing|not|without|never|except(?:\s+for)?|excluding|but not|minus|avoid|skip|anything but"
        rf"|ohne|kein|keine|keinen|nicht|nichts|nie|außer|ausser)\s+{_OF}(?:(?:by|from|von)\s+)?$"
    )),
    ("like", re.compile(
        r"(?<!\w)(?:like|similar to|in the style of|in the vein of|a la|reminiscent of|so wie|ahnlich wie|im stil von|wie)"
        r"\s+$"
    )),
    ("by", re.compile(
        r"(?<!\w)(?:(?:only|just|nothing but|nur|ausschließlich)\s+)?"
        r"(?:by|von|performed by|songs of|hear|listen to|(?:only|just|nothing but|nur|ausschließlich))\s+(?:some\s+)?$"
    )),
)  # fmt: skip
_DENIED_AFTER = re.compile(r"\s*,?\s*(?:bitte\s+)?(?:nichts|nicht|lieber nicht)(?!\w)")
_ALIKE_AFTER = re.compile(
    r"[\s,]*(?:(?:and|und|or|oder)\s+(?:something\s+|so\s+|etwas\s+)?(?:similar|alike|ahnliche\w*|verwandte\w*|the like)"
    r"|(?:(?:and|or)\s+)?(?:stuff|things?|something|songs?|music|artists|bands)\s+like\s+(?:that|this|them|these)"
    r"|-?(?:style|esque|type)(?:\s+(?:stuff|music|songs?))?|und so(?: weiter)?)(?!\w)"
)
_ON = re.compile(r"\s+(?:to|zu|bis|nach|into)\s")


class Known(Protocol):
    """What the library has by these names."""

    def artists(self, folded: Sequence[str]) -> dict[str, str]:
        """Folded name -> name as written, of those that are there."""

    def genres(self, folded: Sequence[str]) -> dict[str, str]:
        """The same of genres."""


class Nothing:
    """Knows no names."""

    def artists(self, folded: Sequence[str]) -> dict[str, str]:
        """See Known."""
        return {}

    genres = artists


class Named(NamedTuple):
    """Names that stand together, and what is wanted of them: "not", "like", "by" or "bare"."""

    wanted: str
    names: list[str]
    words: str
    start: int


class _Hit(NamedTuple):
    name: str
    first: int  # of the tokens
    past: int


def said(sentence: Sentence, known: Known) -> Iterator[Named]:
    """The artists that are surely meant, taken out of the sentence."""
    tokens = sentence.tokens(0, len(sentence.lower))[:MOST_WORDS]
    artists = _looked_up(tokens, known)
    at = 0
    while at < len(tokens):
        wanted, opened = _marker(sentence, tokens[at].start) if artists else (None, 0)
        if wanted is not None and phrases.begin_at(sentence.lower, opened):
            wanted = None  # "nothing live", though somebody is called so
        hit = _hit(sentence, tokens, at, artists, wanted)
        if hit is None:
            at += 1
            continue
        hits = [hit]
        while (more := _joined(sentence, tokens, hits[-1].past, artists, wanted)) is not None:
            hits.append(more)
        start = tokens[at].start if wanted is None else opened
        at, end = hits[-1].past, tokens[hits[-1].past - 1].end
        wanted, end = _after(sentence, wanted, end)
        yield Named(wanted or "bare", [one.name for one in hits], sentence.take(start, end), start)


def _looked_up(tokens: Sequence[Token], known: Known) -> dict[str, str]:
    """Every run of words that is an artist's name, as typed -> as written."""
    spellings = {
        " ".join(token.word for token in tokens[at : at + size])
        for at in range(len(tokens))
        for size in range(1, min(LONGEST_NAME, len(tokens) - at) + 1)
    }
    asked = {one: spelling for spelling in sorted(spellings) for one in reversed(_variants(spelling))}
    found = known.artists(sorted(asked)) if asked else {}
    made: dict[str, str] = {}
    for spelling in sorted(spellings):
        name = next((found[one] for one in _variants(spelling) if one in found), None)
        if name is not None:
            made[spelling] = name
    return made


def _variants(spelling: str) -> list[str]:
    """How a name may be kept that is typed so: "earth wind and fire", "toten hosen"."""
    words = spelling.split()
    if len(words) == 1:
        return [spelling]
    bare = " ".join(word for word in words if word not in _AND)
    whole = [spelling] if bare == spelling or words[0] in _AND or words[-1] in _AND else [spelling, bare]
    return whole + [f"{article} {spelling}" for article in _ARTICLES if words[0] not in _ARTICLES]


def _hit(
    sentence: Sentence, tokens: Sequence[Token], at: int, artists: dict[str, str], wanted: str | None
) -> _Hit | None:
    """The longest name that begins at a word and may be one there."""
    for size in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
        some = tokens[at : at + size]
        typed = " ".join(token.word for token in some)
        if typed in artists and _may_be(sentence, some, typed, wanted):
            return _Hit(artists[typed], at, at + size)
    return None


def _may_be(sentence: Sentence, some: Sequence[Token], typed: str, wanted: str | None) -> bool:
    """Whether it is the name that is meant and not what its words say."""
    one_thing = typed in genres.GENRES or feelings.sense_of(typed) is not None
    if len(some) > 2:
        return not one_thing or wanted is not None
    if len(some) == 2:
        strange = any(not says_nothing(token.word) and not understood(token.word).parts for token in some)
        return wanted is not None or (strange and not one_thing)
    if wanted is None and _after(sentence, None, some[0].end)[0] is None:
        return False  # one word: what is left over may still be a name
    capital = sentence.cased[some[0].start].isupper() and not sentence.cased.isupper()
    return not understood(typed).parts or (wanted == "by" and capital and not one_thing)


def _joined(
    sentence: Sentence, tokens: Sequence[Token], at: int, artists: dict[str, str], wanted: str | None
) -> _Hit | None:
    """The next name of a row: "Nina Simone and Miles Davis", "Air, Low or Can"."""
    if at >= len(tokens):
        return None
    between = sentence.lower[tokens[at - 1].end : tokens[at].start]
    if tokens[at].word in _AND and at + 1 < len(tokens):
        return _hit(sentence, tokens, at + 1, artists, wanted)
    joined = bool(between.strip()) and not between.strip(" ,&/+")
    return _hit(sentence, tokens, at, artists, wanted) if joined else None


def _marker(sentence: Sentence, start: int) -> tuple[str | None, int]:
    """What the words before a place want of a name there, and where they begin."""
    begin = max(0, start - _AHEAD)
    for wanted, pattern in _MARKERS:
        match = pattern.search(sentence.lower[begin:start])
        if match:
            return wanted, begin + match.start()
    return None, start


def _after(sentence: Sentence, wanted: str | None, end: int) -> tuple[str | None, int]:
    """What the words behind a name make of it: "... bitte nicht", "... and similar"."""
    if wanted in ("by", None) and (match := _DENIED_AFTER.match(sentence.lower, end)):
        return "not", match.end()
    if wanted != "not" and (match := _ALIKE_AFTER.match(sentence.lower, end)):
        return "like", match.end()
    if wanted == "by" and _ON.match(sentence.lower, end):
        return None, end  # "von Kraftwerk bis Daft Punk"
    return wanted, end
