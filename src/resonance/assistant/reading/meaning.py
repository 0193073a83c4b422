"""What words say of the music, as search/meaning reads them, with the denials of whole requests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from resonance.assistant.reading import spelling
from resonance.assistant.reading.sentence import Sentence, Token, span_of
from resonance.assistant.reading.smalltalk import ONLY, SHAPING, says_nothing
from resonance.core.text import fold
from resonance.search.meaning import feelings
from resonance.search.meaning.question import Part, Question, understand

# "nothing aggressive" denies as "no" does, and so does "anything but"; a question for tracks never says so.
_DENIALS = re.compile(
    r"(?<!\w)(?:(?:anything|everything|all) (?:but|except)|alles (?:ausser|außer)|nothing|avoid|skip|except"
    r"|excluding|nichts|keinerlei|nix)(?!\w)",
    re.IGNORECASE,
)
_GERMAN = frozenset({"alles", "nichts", "keinerlei", "nix"})
AT_ONCE = 40  # words that are read together: a question has an end of its own


@lru_cache(maxsize=2048)
def understood(text: str) -> Question:
    """The question in these words."""
    return understand(_DENIALS.sub("no", text))


class Meant(NamedTuple):
    """One thing said of the music: `kind` is "sound" or "genre", `value` a piece's."""

    kind: str
    value: dict[str, object]
    words: str
    start: int
    sure: bool


def said(sentence: Sentence) -> Iterator[Meant]:
    """What each clause says of the music, taken out of the sentence."""
    for start, end in list(sentence.clauses()):
        only = -1  # where a row of "only jazz and blues" goes on
        no = "no"  # what denied the thing before: "not too fast or loud"
        for part, span, typed in _parts(sentence, start, end):
            words = sentence.take(*span)
            one = _meant(part, span[0], words, typed, joined=only >= 0 and _joins(sentence, only, span[0]))
            if one.kind == "sound" and part.weight < 0:
                one = one._replace(value={"text": _denied(str(one.value["text"]), len(typed.split()), no)})
                no = " ".join(str(one.value["text"]).split()[: -len(typed.split())])
            only = span[1] if one.kind == "genre" and not one.value.get("not") else -1
            yield one


def _denied(text: str, size: int, no: str) -> str:
    """The text with a denial that the search knows, too, before its last words; `no` where it has none."""
    own, shaping = _last(text, size), fold(" ".join(text.split()[:-size])).split()
    if any(word in feelings.NOT for word in shaping):
        return text
    if _DENIALS.search(" ".join(shaping)):
        no = "kein" if any(word in _GERMAN for word in shaping) else "no"
    return f"{no} {own}"


def _joins(sentence: Sentence, start: int, end: int) -> bool:
    between = fold(sentence.lower[start:end]).split()
    return bool(between) and all(word in feelings.OR for word in between)


def _parts(sentence: Sentence, start: int, end: int) -> list[tuple[Part, tuple[int, int], str]]:
    """The parts of a clause with their places, what shapes them included, and their words spelt rightly."""
    tokens = sentence.tokens(start, end)
    found, after = [], start
    for at in range(0, len(tokens), AT_ONCE):
        some = _spelt(tokens[at : at + AT_ONCE])
        question = understood(" ".join(token.word for token in some))
        for part in (*question.parts, *question.twins):
            span = span_of(some, part.words, after) or span_of(some, part.words)
            if span is not None:
                found.append((part, _widened(some, span, denied=part.weight < 0), part.words))
                after = max(after, span[1])
    found.sort(key=lambda one: one[1])
    # Of a word that is made of two, both are one thing.
    return [
        (own[0][0], span, " ".join(one[2] for one in own))
        for span, group in groupby(found, key=lambda one: one[1])
        if (own := list(group))
    ]


def _spelt(tokens: Sequence[Token]) -> list[Token]:
    """Of words that mean nothing: one wrong letter put right, what is two words in one as two."""
    unknown = frozenset(understood(" ".join(token.word for token in tokens)).names)
    made: list[Token] = []
    for token in tokens:
        strange = token.word in unknown and not says_nothing(token.word)
        both = spelling.apart(token.word) if strange else None
        one = spelling.corrected(token.word) if strange and both is None else None
        made += [replace(token, word=word) for word in both or (one or token.word,)]
    return made


def _widened(tokens: Sequence[Token], span: tuple[int, int], *, denied: bool) -> tuple[int, int]:
    """With the words before that shape it: "not too", "very", "only", "anything but", "skip the"."""
    before = [token for token in tokens if token.end <= span[0]]
    shaped = len(before)
    while shaped and before[shaped - 1].word in SHAPING:
        shaped -= 1
    begin = shaped - _denying(before[:shaped])
    if denied and begin == shaped and not any(_denying([token]) for token in before[shaped:]):
        at = shaped
        while at and not _denying(before[:at]) and before[at - 1].word in feelings.EMPTY:
            at -= 1
        if size := _denying(before[:at]):
            begin = at - size
    return (before[begin].start if begin < len(before) else span[0]), span[1]


def _denying(tokens: Sequence[Token]) -> int:
    """How many of the last words deny what follows."""
    if tokens and tokens[-1].word in feelings.NOT:
        return 1
    match = re.search(rf"{_DENIALS.pattern}$", " ".join(token.word for token in tokens[-2:]))
    return len(match[0].split()) if match else 0


def _meant(part: Part, start: int, words: str, spelt: str, *, joined: bool) -> Meant:
    folded = fold(words).split()
    only = bool(folded) and folded[0] in ONLY
    wrong = not f" {' '.join(folded)} ".endswith(f" {spelt} ")  # a letter was put right
    own = spelt if wrong else _last(words, len(spelt.split()))
    if part.genre is not None and (part.weight <= -1 or only or joined):
        value: dict[str, object] = {"names": [part.genre if wrong else own]}
        return Meant("genre", value | ({"not": True} if part.weight <= -1 else {}), words, start, not wrong)
    text = (
        own if only and part.weight > 0 else f"{words.removesuffix(_last(words, 1))}{own}" if wrong else words
    )
    sense = feelings.sense_of(part.words)
    return Meant("sound", {"text": text}, words, start, not wrong and (sense is None or not sense.name))


def _last(words: str, count: int) -> str:
    """So many of the last words, as typed."""
    return " ".join(words.split()[-count:])
