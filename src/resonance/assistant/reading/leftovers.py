"""The words that are left when all is read: names of the library among them, and what nothing was made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from resonance.assistant.reading.names import LONGEST_NAME, Known
from resonance.assistant.reading.sentence import Sentence, Token
from resonance.assistant.reading.smalltalk import says_nothing

MOST_GRAMS = 2000
LONGEST_RUN = 100  # letters of what is told


class Name(NamedTuple):
    """A genre of the library ("sound") or an artist ("like") that was only named."""

    kind: str
    text: str
    words: str
    start: int


class Left(NamedTuple):
    """What the words that are left come to."""

    names: list[Name]
    unread: tuple[str, ...]


def said(sentence: Sentence, known: Known) -> Left:
    """Names of the library among the words that are left, and runs of words that say something unknown."""
    tokens = [token for clause in list(sentence.clauses()) for token in sentence.tokens(*clause)]
    runs = _runs(sentence, tokens)
    grams = {
        " ".join(token.word for token in run[at : at + size])
        for run in runs
        for size in range(1, LONGEST_NAME + 1)
        for at in range(len(run) - size + 1)
    }
    written = {token.word for token in tokens if _like_a_name(sentence, token)}
    wanted = sorted(
        gram
        for gram in grams
        if (len(gram) > 2 or gram in written) and not all(map(says_nothing, gram.split()))
    )[:MOST_GRAMS]
    artists, genres = known.artists(wanted), known.genres(wanted)
    names: list[Name] = []
    unread: list[str] = []
    for run in runs:
        at = opened = 0
        while at < len(run):
            size = _size(run, at, {*artists, *genres})
            if size:
                unread += _told(sentence, run[opened:at])
                names.append(_name(sentence, run[at : at + size], artists, genres))
                opened = at + size
            at += size or 1
        unread += _told(sentence, run[opened:])
    return Left(names, tuple(dict.fromkeys(word for word in unread if word)))


def _like_a_name(sentence: Sentence, token: Token) -> bool:
    """Whether it has a digit, or alone a capital: two letters ("U2") are a name where they look like one."""
    capital = sentence.cased[token.start].isupper() and not sentence.cased.isupper()
    return capital or not token.word.isalpha()


def _size(run: Sequence[Token], at: int, known: set[str]) -> int:
    """How many words from here on are a name; 0 for none."""
    sizes = range(min(LONGEST_NAME, len(run) - at), 0, -1)
    return next((size for size in sizes if " ".join(t.word for t in run[at : at + size]) in known), 0)


def _name(
    sentence: Sentence, tokens: Sequence[Token], artists: dict[str, str], genres: dict[str, str]
) -> Name:
    name = " ".join(token.word for token in tokens)
    kind, written = ("sound", genres[name]) if name in genres else ("like", artists[name])
    return Name(kind, written, sentence.words(tokens[0].start, tokens[-1].end), tokens[0].start)


def _runs(sentence: Sentence, left: Sequence[Token]) -> list[list[Token]]:
    """Words that stood beside each other."""
    runs: list[list[Token]] = []
    for token in left:
        between = sentence.lower[runs[-1][-1].end : token.start] if runs else None
        if between is not None and len(between) <= 2 and not between.strip(" -'"):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _told(sentence: Sentence, tokens: Sequence[Token]) -> list[str]:
    """Runs of words that say something, as typed."""
    told, run = [], list[Token]()
    for token in [*tokens, None]:
        if token is not None and not says_nothing(token.word):
            run.append(token)
        elif run:
            told.append(sentence.words(run[0].start, run[-1].end)[:LONGEST_RUN])
            run = []
    return told
