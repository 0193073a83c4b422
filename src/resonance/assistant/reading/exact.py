"""Years, tempo and keys of a sentence, as search/meaning reads them, as pieces."""

# ruff: noqa: SIM905 - a table reads best as words

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from resonance.assistant.kinds import FIRST_YEAR, LAST_YEAR
from resonance.assistant.reading.phrases import Said
from resonance.assistant.reading.sentence import Sentence
from resonance.model import camelot
from resonance.search.meaning import conditions as meaning
from resonance.search.meaning.conditions import Condition
from resonance.search.meaning.feelings import NOT

_FROM = frozenset("from the of in aus den der die das any music songs musik".split())
_DID_NOT = re.compile(
    r"(?<!\w)(?:i|we|you)\s+(?:haven't|havent|have not|didn't|didnt|have never|never)\s[^,;.]*$"
)
_NOT_DONE = re.compile(r"\s+(?:nicht|nie)(?:\s+mehr)?\s+\w+(?:\s+(?:habe|haben))?(?!\w)")
_BETWEEN = frozenset("and or und oder to bis the den der early late - &".split())


def said(sentence: Sentence) -> Iterator[Said]:
    """The exact conditions, taken out of the sentence. Ranges of years that go together are one piece."""
    found, _ = meaning.conditions(sentence.cased)
    whole = sentence.lower
    places: list[tuple[int, int, Condition]] = []
    for condition in found:
        start = sentence.lower.find(condition.words.lower())
        if start >= 0:
            places.append((start, start + len(condition.words), condition))
            # Marked so that the same words further on are found at their own place.
            end = start + len(condition.words)
            sentence.lower = sentence.lower[:start] + "\0" * (end - start) + sentence.lower[end:]
    places.sort(key=lambda place: place[:2])
    for group in _together(sentence, places):
        start, end = group[0][0], group[-1][1]
        value = _value([condition for _, _, condition in group])
        if value is None:
            continue
        kind, body = value
        before = _denied(sentence, start)
        if (kind == "tempo" and before is not None and len(body) != 1) or _of_hearing(whole, start, end):
            # There is no piece for "not 120 BPM": the words stay.
            sentence.lower = sentence.lower[:start] + whole[start:end] + sentence.lower[end:]
            continue
        if kind == "years" and before is not None:
            start, body = before, _outside(body)
        elif kind == "tempo" and before is not None:
            start, body = before, {"to" if "from" in body else "from": next(iter(body.values()))}
        yield Said(kind, body, sentence.take(start, end), start)


def _of_hearing(lower: str, start: int, end: int) -> bool:
    """Whether "since 2019" says when somebody did something, and not how old the music is."""
    if not lower.startswith(("since", "seit"), start):
        return False
    return bool(_DID_NOT.search(lower, 0, start) or _NOT_DONE.match(lower, end))


def _outside(value: dict[str, Any]) -> dict[str, Any]:
    """What is not within: of one open range the other side, "nothing before 1990" is from 1990 on."""
    if len(value["ranges"]) == 1:
        low, high = value["ranges"][0]
        if low is None:
            return {"ranges": [[high + 1, None]]}
        if high is None:
            return {"ranges": [[None, low - 1]]}
    return {**value, "not": True}


def _together(
    sentence: Sentence, places: list[tuple[int, int, Condition]]
) -> list[list[tuple[int, int, Condition]]]:
    groups: list[list[tuple[int, int, Condition]]] = []
    for before, place in pairwise([None, *places]):
        assert place is not None
        if (
            before is not None
            and before[2].years
            and place[2].years
            and _joined(sentence, before[1], place[0])
        ):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _joined(sentence: Sentence, start: int, end: int) -> bool:
    between = sentence.lower[start:end].replace(",", " ").split()
    return len(between) <= 3 and all(word in _BETWEEN for word in between)


def _denied(sentence: Sentence, start: int) -> int | None:
    """Where a "not" before the place stands, with nothing but "from the" between."""
    clause = max((begin for begin, end in sentence.clauses() if begin <= start < end), default=0)
    for token in reversed(sentence.tokens(clause, start)):
        if token.word in NOT or token.word == "nothing" or token.word == "nichts":
            return token.start
        if token.word not in _FROM:
            return None
    return None


def _value(conditions: list[Condition]) -> tuple[str, dict[str, Any]] | None:
    first = conditions[0]
    if first.years:
        ranges = [_years(one.years) for one in conditions if one.years]
        return "years", {"ranges": _merged([pair for pair in ranges if pair])}
    if first.tempo:
        low, high = first.tempo
        ends = {"from": low if low > 1 else None, "to": high if high < 999 else None}
        return "tempo", {name: end for name, end in ends.items() if end is not None}
    if first.keys:
        return "key", {"keys": [camelot.camelot(key) for key in first.keys]}
    return None


def _years(pair: tuple[int, int]) -> list[int | None]:
    low, high = pair
    first = None if low <= meaning.FIRST_YEAR else max(low, FIRST_YEAR)
    last = None if high >= meaning.LAST_YEAR else min(high, LAST_YEAR)
    return [first, last]


def _merged(ranges: list[list[int | None]]) -> list[list[int | None]]:
    """Neighbouring closed ranges as one: the 70s and 80s are 1970 to 1989; open ones meet."""
    opened = [pair for pair in ranges if None in pair]
    closed = sorted([low, high] for low, high in ranges if low is not None and high is not None)
    if len(opened) > 1:
        low = max((pair[0] for pair in opened if pair[0] is not None), default=None)
        high = min((pair[1] for pair in opened if pair[1] is not None), default=None)
        opened = [[low, high]] if low is None or high is None or low <= high else opened[:1]
    made: list[list[int | None]] = []
    for low, high in closed:
        held = made[-1][1] if made else None
        if held is not None and low <= held + 1:
            made[-1][1] = max(held, high)
        else:
            made.append([low, high])
    return made + opened
