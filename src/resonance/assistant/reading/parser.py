"""A sentence into a plan, without any model: English and German phrases, music in seven languages.

First the phrases that say how the list is made, then exact conditions (years, tempo, keys), then how it
begins and ends and what it leads from and to; what is left is read as search/meaning reads a question. What
nothing was made of is named in the plan.
"""

# ruff: noqa: SIM905 - a table reads best as words

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from resonance.assistant import kinds
from resonance.assistant.plan import LONGEST_TEXT, Piece, Plan
from resonance.assistant.reading import exact, phrases
from resonance.assistant.reading.edges import Edge, edges, level_of, paths
from resonance.assistant.reading.meaning import understood
from resonance.assistant.reading.sentence import LONGEST, Reading, Token, span_of
from resonance.core.text import fold
from resonance.search.meaning import feelings
from resonance.search.meaning.feelings import EMPTY, NOT
from resonance.search.meaning.question import Part

_ONLY = frozenset(
    "only just strictly purely exclusively nur ausschließlich ausschliesslich lediglich".split()
)
_BY = re.compile(
    r"(?<!\w)(?P<only>(?:only|just|nothing but|nur|ausschließlich)\s+)?(?:by|von|performed by|songs of)\s+"
)
_LIKE = re.compile(r"(?<!\w)(?:like|similar to|in the style of|a la|wie|ahnlich wie|im stil von|so wie)\s+")
_DENIED = re.compile(
    r"(?<!\w)(?:no|nothing|not|without|never|except|except for|excluding|but not|minus|avoid|skip"
    r"|ohne|kein|keine|keinen|nicht|nichts|nie|außer|ausser)"
    r"\s+(?:any\s+|(?:songs?|tracks?|music|anything|etwas|musik)\s+(?:by|from|von)\s+|by\s+|von\s+)?"
)
_AND = frozenset(("and", "or", "und", "oder", "nor", "noch"))
# Words of requests that say nothing, beside those of search/meaning.
_FILLER = frozenset(
    "make create build generate set sets session hour hours minute minutes please then first second "
    "finally nothing only but also really maybe start starting end ending begin beginning finish years "
    "year era from per artist artists each every different long lang total together want would like "
    "need should could us here there some erstelle erstell mach mache baue bau stunde stunden minuten "
    "dann zuerst zuletzt anfang ende schluss nichts nur aber noch dazu danach jahre jahren pro je "
    "kunstler interpret jeder jede jeden lange insgesamt hatte gern gerne mochte will soll sollte list "
    "vibes tracks songs stucke mixtape soundtrack um ca heure heures hora horas ora ore uur playlists "
    "get gets keep going go do don off".split()
)
MOST_NAMED = 20  # "no ...", "by ...": so many of each are looked up
LONGEST_NAME = 6  # words of an artist's name


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


@dataclass
class _Draft:
    """Pieces with where they stood, so that they end in the order of the sentence."""

    pieces: list[tuple[int, Piece]] = field(default_factory=list)

    def add(self, start: int, kind: str, value: Any, words: str, *, sure: bool = True) -> None:
        self.pieces.append((start, Piece(kind, kinds.checked(kind, value), words, sure)))

    def settled(self) -> tuple[Piece, ...]:
        """In order; of what can be there once the first; the same only once."""
        kept: list[Piece] = []
        for _, piece in sorted(self.pieces, key=lambda pair: pair[0]):
            same = any(other.kind == piece.kind and other.value == piece.value for other in kept)
            taken = piece.kind in kinds.SINGLE and any(other.kind == piece.kind for other in kept)
            if not same and not taken:
                kept.append(piece)
        return tuple(kept)


def parse(text: str, known: Known | None = None) -> Plan:
    """The plan of a sentence. Never fails: what is not understood is in its leftovers."""
    reading, draft = Reading(text), _Draft()
    names = known or Nothing()
    for found in phrases.said(reading):
        draft.add(found.start, found.kind, found.value, found.words)
    _named(reading, draft, names)
    for condition in exact.said(reading):
        draft.add(condition.start, condition.kind, condition.value, condition.words)
    for edge in edges(reading):
        _edge(draft, edge)
    for edge in paths(reading):
        draft.add(edge.start, edge.kind, {"text": edge.text}, edge.words, sure=edge.sure)
    left = [token for clause in _meant(reading, draft) for token in clause]
    leftovers = _leftovers(reading, draft, names, left)
    if reading.cut:
        leftovers = (*leftovers, f"what follows after {LONGEST} characters")
    return Plan(text=text[:LONGEST_TEXT], pieces=draft.settled(), leftovers=leftovers)


def _edge(draft: _Draft, edge: Edge) -> None:
    level = level_of(edge.text)
    value: dict[str, Any] = {"text": edge.text}
    if level is not None:
        value["level"] = level
    draft.add(edge.start, edge.kind, value, edge.words, sure=edge.sure)


def _named(reading: Reading, draft: _Draft, names: Known) -> None:
    """Artists of the library behind words that can only mean names."""
    for pattern, kind in ((_DENIED, "not"), (_LIKE, "like"), (_BY, "by")):
        for match in list(islice(pattern.finditer(reading.lower), MOST_NAMED)):
            if reading.lower[match.start() : match.end()] != match[0]:
                continue
            found, end = _artists_at(reading, match.end(), names)
            if not found:
                continue
            words = reading.take(match.start(), end)
            if kind == "like":
                for written in found:
                    draft.add(match.start(), "like", {"text": written}, words)
            else:
                value = {"names": found} | ({"not": True} if kind == "not" else {})
                draft.add(match.start(), "artist", value, words)


def _artists_at(reading: Reading, start: int, names: Known) -> tuple[list[str], int]:
    """The artists named from here on ("Nina Simone and Miles Davis"), and where they end."""
    clause = next((span for span in reading.clauses() if span[0] <= start < span[1]), None)
    tokens = [] if clause is None else [t for t in reading.tokens(*clause) if t.start >= start]
    sizes = range(1, min(len(tokens), LONGEST_NAME) + 1)
    grams = {
        " ".join(token.word for token in tokens[at : at + size])
        for at in range(min(len(tokens), 30))
        for size in sizes
    }
    known = names.artists(sorted(grams)) if grams else {}
    found: list[str] = []
    at, end = 0, start
    while at < len(tokens):
        size = next(
            (
                size
                for size in reversed(sizes)
                if at + size <= len(tokens) and " ".join(t.word for t in tokens[at : at + size]) in known
            ),
            0,
        )
        name = " ".join(token.word for token in tokens[at : at + size])
        if not size or (size == 1 and understood(name).parts):
            break  # "no jazz", "not too loud": that is meaning's
        found.append(known[name])
        at += size
        end = tokens[at - 1].end
        if at < len(tokens) and tokens[at].word in _AND:
            at += 1
    return found, end


def _meant(reading: Reading, draft: _Draft) -> Iterator[list[Token]]:
    """What each clause says of the music; yields the words that are left of it."""
    for start, end in list(reading.clauses()):
        for part, span in _parts(reading, start, end):
            words = reading.take(*span)
            _part(draft, part, span[0], words)
        yield reading.tokens(start, end)


def _parts(reading: Reading, start: int, end: int) -> list[tuple[Part, tuple[int, int]]]:
    """The parts of a clause with their places, denials and words like "very" included."""
    tokens = reading.tokens(start, end)
    found, after = [], start
    # Not the whole clause at once: a question has an end of its own.
    for at in range(0, len(tokens), 40):
        some = tokens[at : at + 40]
        for part in understood(" ".join(token.word for token in some)).parts:
            span = span_of(some, part.words, after) or span_of(some, part.words)
            if span is not None:
                span = _widened(some, span)
                after = span[1]
                found.append((part, span))
    return found


_SHAPING = (
    NOT | feelings.TOO | feelings.VERY | feelings.SLIGHTLY | _ONLY | frozenset(("any", "nothing", "nichts"))
)


def _widened(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int]:
    """With the words before that shape it: "not too", "very", "only"."""
    start = span[0]
    for token in reversed([token for token in tokens if token.end <= span[0]]):
        if token.word not in _SHAPING:
            break
        start = token.start
    return start, span[1]


def _part(draft: _Draft, part: Part, start: int, words: str) -> None:
    folded = fold(words).split()
    if part.genre is not None and part.weight <= -1:
        draft.add(start, "genre", {"names": [_written(words, part)], "not": True}, words)
    elif part.genre is not None and folded and folded[0] in _ONLY:
        draft.add(start, "genre", {"names": [_written(words, part)]}, words)
    elif words:
        sense = feelings.sense_of(part.words)
        text = words if part.weight < 0 or folded[0] not in _ONLY else _written(words, part)
        draft.add(
            start, "sound", {"text": text[: kinds.LONGEST]}, words, sure=sense is None or not sense.name
        )


def _written(words: str, part: Part) -> str:
    """The last words as typed: those of the genre, without what shapes them."""
    count = len(part.words.split())
    pieces = words.split()
    return " ".join(pieces[-count:]) if count <= len(pieces) else part.words


def _leftovers(reading: Reading, draft: _Draft, names: Known, left: Sequence[Token]) -> tuple[str, ...]:
    """Names of the library among the words that are left become pieces; the rest is told."""
    runs = _runs(reading, left)
    grams = {
        " ".join(token.word for token in run[at : at + size])
        for run in runs
        for size in range(1, LONGEST_NAME + 1)
        for at in range(len(run) - size + 1)
    }
    wanted = sorted(grams)[:2000]
    artists, genres = names.artists(wanted), names.genres(wanted)
    told: list[str] = []
    for run in runs:
        at, open_from = 0, 0
        while at < len(run):
            size = next(
                (
                    size
                    for size in range(min(LONGEST_NAME, len(run) - at), 0, -1)
                    if _found(" ".join(token.word for token in run[at : at + size]), artists, genres)
                ),
                0,
            )
            if size:
                told += _told(reading, run[open_from:at])
                _name(reading, draft, run[at : at + size], artists, genres)
                at += size
                open_from = at
            else:
                at += 1
        told += _told(reading, run[open_from:])
    return tuple(dict.fromkeys(word for word in told if word))


def _found(name: str, artists: dict[str, str], genres: dict[str, str]) -> bool:
    common = name in _FILLER or name in EMPTY or len(name) < 3
    return not common and (name in artists or name in genres)


def _name(
    reading: Reading, draft: _Draft, tokens: Sequence[Token], artists: dict[str, str], genres: dict[str, str]
) -> None:
    name = " ".join(token.word for token in tokens)
    words = reading.words(tokens[0].start, tokens[-1].end)
    kind, written = ("sound", genres[name]) if name in genres else ("like", artists[name])
    draft.add(tokens[0].start, kind, {"text": written[: kinds.LONGEST]}, words, sure=name in genres)


def _runs(reading: Reading, left: Sequence[Token]) -> list[list[Token]]:
    """Words that stood beside each other."""
    runs: list[list[Token]] = []
    for token in left:
        between = reading.lower[runs[-1][-1].end : token.start] if runs else None
        if between is not None and len(between) <= 2 and not between.strip(" -'"):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _told(reading: Reading, tokens: Sequence[Token]) -> list[str]:
    """Runs of words that say something, as typed."""
    told, run = [], list[Token]()
    for token in [*tokens, None]:
        if token is not None and not _says_nothing(token.word):
            run.append(token)
        elif run:
            told.append(reading.words(run[0].start, run[-1].end)[:100])
            run = []
    return told


def _says_nothing(word: str) -> bool:
    return word in EMPTY or word in _FILLER or word in _SHAPING or word in feelings.OR or len(word) < 2
