"""A sentence being read: what is understood is taken out of it, and remembers the words it stood in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resonance.core.text import fold
from resonance.search.meaning.conditions import plain

LONGEST = 2000  # letters that are read; a longer sentence is cut, and that is said
_ARROW = re.compile(r"\s*(?:→|⇒|->|=>|>>)\s*")
_FRACTIONS = str.maketrans({"½": " 1/2", "⅓": " 1/3", "⅔": " 2/3", "¼": " 1/4", "¾": " 3/4"})
_BOUNDS = re.compile(r"[,;.!?:|()\[\]\"“”„«»\n]+|\s[-/]\s|\s&\s|\s\+\s")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word and where it stands."""

    word: str
    start: int
    end: int


class Sentence:
    """The sentence in small plain letters, place by place. `cased` and `lower` have the same length."""

    def __init__(self, text: str) -> None:
        self.cut = len(text) > LONGEST
        self.original = _one_line(text[:LONGEST])
        cased, lower, at = [], [], []
        for place, letter in enumerate(self.original):
            for one in plain(letter):
                cased.append(one)
                lower.append(one.lower()[:1])
                at.append(place)
        self.cased, self.lower, self._at = "".join(cased), "".join(lower), at

    def words(self, start: int, end: int) -> str:
        """What was typed there."""
        if start >= end:
            return ""
        return self.original[self._at[start] : self._at[end - 1] + 1].strip(" ,;.")

    def left(self, start: int, end: int) -> str:
        """What was typed there and has not been taken out."""
        runs = re.finditer(r"\S+", self.lower[start:end])
        return " ".join(self.words(start + run.start(), start + run.end()) for run in runs).strip()

    def take(self, start: int, end: int) -> str:
        """What was typed there; it is not read again."""
        typed = self.left(start, end)
        blank = " " * (end - start)
        self.lower = self.lower[:start] + blank + self.lower[end:]
        self.cased = self.cased[:start] + blank + self.cased[end:]
        return typed

    def clauses(self) -> Iterator[tuple[int, int]]:
        """(start, end) of what lies between commas and the like, and is not blank."""
        start = 0
        for bound in [*_BOUNDS.finditer(self.lower), None]:
            end = bound.start() if bound else len(self.lower)
            if self.lower[start:end].strip():
                yield start, end
            start = bound.end() if bound else end

    def tokens(self, start: int, end: int) -> list[Token]:
        """The folded words of a stretch."""
        return [
            Token(word, start + match.start(), start + match.end())
            for match in re.finditer(r"\S+", self.lower[start:end])
            for word in fold(match[0]).split()
        ]


def span_of(tokens: Sequence[Token], phrase: str, after: int = 0) -> tuple[int, int] | None:
    """Where the words of a folded phrase stand one after another, from place `after` of the text on."""
    words = phrase.split()
    for at in range(len(tokens) - len(words) + 1):
        some = tokens[at : at + len(words)]
        if some and some[0].start >= after and [token.word for token in some] == words:
            return some[0].start, some[-1].end
    return None


def _one_line(text: str) -> str:
    """Without control characters; line breaks end a clause."""
    text = _ARROW.sub(" to ", re.sub(r"[\r\n]+", ", ", text)).translate(_FRACTIONS)
    kept = (
        " " if unicodedata.category(letter) in ("Cc", "Cs", "Cf", "Co", "Cn") else letter for letter in text
    )
    return " ".join("".join(kept).split())
