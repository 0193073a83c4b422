"""The terms of the library in memory, and which of them a misspelt word may have meant.

Comparing one word with 150,000 terms takes 14 ms even in rapidfuzz. Each term therefore also has a mask of
the letters it holds (one for the whole and one for each beginning): an edit changes at most two bits, so
counting the bits that differ leaves a few hundred terms to compare in earnest.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.search import store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LETTERS_SEEN = 24
LONGEST_PREFIX = 12
COMPLETION_COST = 0.25
FIRST_LETTER_COST = 0.1


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A term that may have been meant. `cost` is the number of edits plus fractions for less likely forms."""

    term: str
    cost: float
    documents: int


class Vocabulary:
    """A copy of search_term that follows the database by version; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = (-1, -1)
        self._terms: dict[str, int] = {}
        self._table = _Table([], [])

    def neighbours(
        self, uow: UnitOfWork, word: str, edits: int, *, prefix: bool, most: int
    ) -> list[Neighbour]:
        """At most `most` terms within `edits` (adjacent swaps count once), cheapest and commonest first.

        With `prefix` also terms that begin with something that close to `word`.
        """
        table = self._follow(uow)
        costs = table.whole(word, edits)
        if prefix:
            for term, cost in table.beginning(word, edits).items():
                if cost < costs.get(term, 99.0):
                    costs[term] = cost
        found = [Neighbour(term, cost, self._terms.get(term, 0)) for term, cost in costs.items()]
        found.sort(key=lambda n: (n.cost, -n.documents, n.term))
        return found[:most]

    def documents(self, uow: UnitOfWork, word: str) -> int:
        """About how many documents hold exactly this word."""
        self._follow(uow)
        return self._terms.get(word, 0)

    def _follow(self, uow: UnitOfWork) -> _Table:
        now = (versions.current(uow, store.REBUILT), versions.current(uow, store.TERMS))
        with self._lock:
            if now == self._known:
                return self._table
            again = now[0] != self._known[0] or now[1] < self._known[1]
            news = store.terms_since(uow, -1 if again else self._known[1])
            if again:
                self._terms = dict(news)
                self._table = _Table.of([term for term, _ in news])
            else:
                fresh = [term for term, _ in news if term not in self._terms]
                self._terms.update(news)
                if fresh:
                    self._table = self._table.with_more(fresh)
            self._known = now
            return self._table


class _Table:
    """Terms with their letter masks. Immutable: a query in another thread may still hold the last one."""

    def __init__(self, terms: list[str], blocks: list[_Masks]) -> None:
        self.terms = terms
        self.blocks = blocks

    @classmethod
    def of(cls, terms: list[str]) -> _Table:
        return cls(terms, [_Masks.of(terms)] if terms else [])

    def with_more(self, terms: list[str]) -> _Table:
        everything = self.terms + terms
        # Few blocks keep the comparison quick; a rebuild every 16 batches keeps appending cheap.
        if len(self.blocks) >= 16:
            return _Table.of(everything)
        return _Table(everything, [*self.blocks, _Masks.of(terms)])

    def whole(self, word: str, edits: int) -> dict[str, float]:
        """Terms within `edits` of the word."""
        return {term: cost for term, cost, _ in self._close(word, edits, None)}

    def beginning(self, word: str, edits: int) -> dict[str, float]:
        """Terms of which a beginning is within `edits` of the word."""
        costs: dict[str, float] = {}
        for length in range(max(2, len(word) - edits), min(len(word) + edits, LONGEST_PREFIX) + 1):
            for term, cost, start in self._close(word, edits, length):
                # "met" is one letter from "metl", yet says nothing about where the letter was wrong:
                # of shorter and longer beginnings only those count that end as the word does.
                if length != len(word) and start[-1] != word[-1]:
                    continue
                cost += COMPLETION_COST
                if cost < costs.get(term, 99.0):
                    costs[term] = cost
        return costs

    def _close(self, word: str, edits: int, length: int | None) -> list[tuple[str, float, str]]:
        import numpy as np
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cdist

        mask = _mask(word[:LETTERS_SEEN])
        candidates: list[str] = []
        offset = 0
        for block in self.blocks:
            near = block.near(mask, len(word), edits, length)
            candidates += [self.terms[offset + index] for index in near]
            offset += len(block.lengths)
        if not candidates:
            return []
        starts = candidates if length is None else [term[:length] for term in candidates]
        distances = cdist([word], starts, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8)[0]
        close: list[tuple[str, float, str]] = []
        for index in np.flatnonzero(distances <= edits).tolist():
            cost = float(distances[index])
            if starts[index][:1] != word[:1]:
                cost += FIRST_LETTER_COST
            close.append((candidates[index], cost, starts[index]))
        return close


@dataclass(frozen=True, slots=True)
class _Masks:
    """Per term: its length, and the letters in its first 1, 2, ... letters and in the whole."""

    lengths: NDArray[np.uint8]
    beginnings: NDArray[np.uint32]  # [length - 1, term]
    wholes: NDArray[np.uint32]

    @classmethod
    def of(cls, terms: list[str]) -> _Masks:
        import numpy as np

        codes = np.array(terms, dtype=f"U{LETTERS_SEEN}").view(np.uint32).reshape(len(terms), LETTERS_SEEN)
        bits = np.where(codes == 0, np.uint32(0), np.uint32(1) << (codes & np.uint32(31)))
        grown = np.bitwise_or.accumulate(bits, axis=1)
        lengths = np.fromiter((min(len(term), 255) for term in terms), dtype=np.uint8, count=len(terms))
        return cls(lengths, np.ascontiguousarray(grown[:, :LONGEST_PREFIX].T), grown[:, -1].copy())

    def near(self, mask: int, size: int, edits: int, length: int | None) -> list[int]:
        import numpy as np

        if length is None:
            low, high = max(1, size - edits), size + edits
            masks, fits = self.wholes, (self.lengths >= low) & (self.lengths <= high)
        else:
            masks, fits = self.beginnings[length - 1], self.lengths > length
        unlike = np.bitwise_count(masks ^ np.uint32(mask))
        found: list[int] = np.flatnonzero((unlike <= 2 * edits) & fits).tolist()
        return found


def _mask(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 31)
    return mask
