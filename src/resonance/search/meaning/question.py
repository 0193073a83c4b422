"""From what somebody typed to what they mean: directions in the space, conditions, words that are names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from resonance.core.text import fold
from resonance.search.meaning import feelings, genres
from resonance.search.meaning.conditions import FIRST_YEAR, LAST_YEAR, Condition, conditions
from resonance.search.meaning.feelings import BUT, EMPTY, NOT, OR, SLIGHTLY, TOO, VERY

MOST_WORDS = 60
NOT_TOO = -0.6
PLAIN, STRONGLY, A_LITTLE = 1.0, 1.5, 0.6
_MODES = {1.0: "major", -1.0: "minor"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for. `weight` is negative for what is not wanted; `genre` as the table spells it."""

    words: str
    directions: tuple[tuple[str, float], ...]
    weight: float = PLAIN
    genre: str | None = None

    @property
    def means(self) -> str:
        """For people: the dimensions it leads to."""
        told = self.genre or ", ".join(
            f"{'' if weight > 0 else 'low '}{name.split(':')[-1]}"
            for name, weight in self.directions
            if abs(weight) >= 0.5 and not (weight < 0 and ":" in name)
        )
        if not told:
            told = "medium " + self.directions[0][0]
        return f"not {told}" if self.weight < 0 else told


@dataclass(frozen=True, slots=True)
class Question:
    """What was understood. `names` are words that mean nothing else; `themes` may stand in names, too."""

    text: str
    parts: tuple[Part, ...] = ()
    conditions: tuple[Condition, ...] = ()
    names: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    twins: tuple[Part, ...] = ()  # what means the same as one of the parts

    @property
    def years(self) -> tuple[int, int] | None:
        """The years asked for, all of them together ("70s and 80s")."""
        ranges = [c.years for c in self.conditions if c.years]
        lows = [low for low, _ in ranges if low != FIRST_YEAR]
        highs = [high for _, high in ranges if high != LAST_YEAR]
        if not ranges:
            return None
        closed = len(lows) == len(highs) == len(ranges)
        if closed:
            return min(lows), max(highs)
        # "after 1970 and before 1980": what is open on one side bounds the other
        low, high = max(lows, default=FIRST_YEAR), min(highs, default=LAST_YEAR)
        return (low, high) if low <= high else (min(low, high), max(low, high))

    @property
    def tempo(self) -> tuple[float, float] | None:
        """The tempo asked for, in BPM; several meet where they can."""
        ranges = [c.tempo for c in self.conditions if c.tempo]
        if not ranges:
            return None
        low, high = max(r[0] for r in ranges), min(r[1] for r in ranges)
        return (low, high) if low <= high else (min(r[0] for r in ranges), max(r[1] for r in ranges))

    @property
    def keys(self) -> frozenset[tuple[int, str]]:
        """Any of these keys; empty: not asked for."""
        return frozenset(key for c in self.conditions for key in c.keys or ())


def understand(text: str) -> Question:
    """Read a question in any of the seven languages. Never fails; what is not understood is a name."""
    found, rest = conditions(text)
    reading = _Reading(fold(rest).split()[:MOST_WORDS])
    reading.read()
    parts: list[Part] = []
    for part in reading.parts:
        condition = _as_condition(part)
        if condition is None:
            parts.append(part)
        else:
            found.append(condition)
    kept = _without_twins(parts)
    twins = tuple(part for part in parts if not any(part is one for one in kept))
    return Question(text, tuple(kept), tuple(found), tuple(reading.names), tuple(reading.themes), twins)


class _Reading:
    """One walk over the words, longest phrases first."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.parts: list[Part] = []
        self.names: list[str] = []
        self.themes: list[str] = []
        self._factor = PLAIN
        self._denied = False

    def read(self) -> None:
        at = 0
        while at < len(self._words):
            size = self._phrase(at)
            if not size:
                self._word(self._words[at])
            at += size or 1

    def _phrase(self, at: int) -> int:
        for size in range(min(feelings.LONGEST, len(self._words) - at), 0, -1):
            words = self._words[at : at + size]
            if size == 1 and words[0] in EMPTY | NOT:
                return 0
            phrase = " ".join(words)
            if (sense := feelings.sense_of(phrase)) or not (genre := _genre(words)):
                sense = sense or feelings.like_sense_of(phrase)
                if sense is None:
                    continue
                self._add(Part(phrase, sense.directions))
                if sense.name and self.parts[-1].weight > 0:
                    self.themes.append(phrase)
            else:
                named = tuple((f"genre:{family}", weight) for family, weight in genre.families)
                self._add(Part(phrase, named, genre=genre.name))
            return size
        return 0

    def _add(self, part: Part) -> None:
        if self._factor < 0 and not self._denied:
            self._factor = PLAIN  # a denial ends with what it denies: "not too loud, relaxed"
        self.parts.append(replace(part, weight=self._factor))
        if not self._denied:
            self._factor = PLAIN
        else:
            self._denied = False  # one thing is denied, and what is joined to it

    def _word(self, word: str) -> None:
        if word in NOT:
            self._factor, self._denied = -PLAIN, True
        elif self._factor < 0 and self._denied and word in TOO:
            self._factor = NOT_TOO
        elif word in VERY and self._factor > 0:
            self._factor = STRONGLY
        elif word in SLIGHTLY and self._factor > 0:
            self._factor = A_LITTLE
        elif word in BUT:
            self._factor, self._denied = PLAIN, False
        elif word in OR:
            # "no drums or vocals": the next thing is denied, too
            self._denied = self._factor < 0
        elif word not in EMPTY:
            if not self._denied:
                self._factor = PLAIN
            if self._factor > 0:
                self.names.append(word)


def _genre(words: list[str]) -> genres.Genre | None:
    if words[0] in genres.JOINTS or words[-1] in genres.JOINTS:
        return None
    key = genres.key(" ".join(words))
    if key in genres.ELSEWHERE:
        return None
    found = genres.GENRES.get(key)
    if found is None and len(words) == 1 and len(stemmed := feelings.stem(key)) > 4:
        return genres.GENRES.get(stemmed)  # "elektronischer"
    return found


def _as_condition(part: Part) -> Condition | None:
    """ "in a minor key" is exact."""
    if len(part.directions) != 1 or part.directions[0][0] != "mode" or abs(part.weight) < PLAIN:
        return None
    mode = _MODES[part.directions[0][1] * (1 if part.weight > 0 else -1)]
    return Condition(part.words, f"{mode} key", keys=frozenset((tonic, mode) for tonic in range(12)))


def _without_twins(parts: list[Part]) -> list[Part]:
    """Words that mean the same count once."""
    kept: dict[tuple[object, ...], Part] = {}
    for part in parts:
        kept.setdefault((part.directions, part.genre, part.weight > 0), part)
    return list(kept.values())
