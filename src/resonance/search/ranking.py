"""Which candidate is meant: the name itself, names that begin so, names that hold the words, the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from resonance.search.ports import Row
from resonance.search.terms import Word
from resonance.search.text import Hit

PREFIX_COST = 0.2
MISSING_COST = 3.0
PER_EDIT = 9.0
_KIND_BONUS = {"artist": 3.0, "album": 1.5, "track": 0.0}
_KIND_ORDER = {"artist": 0, "album": 1, "track": 2}


@dataclass(frozen=True, slots=True)
class Meant:
    """A query word and the terms it may have meant, with the cost of assuming so."""

    word: Word
    neighbours: Mapping[str, float] = field(default_factory=dict)


def rank(rows: list[Row], folded: str, meant: list[Meant], limit: int) -> list[Hit]:
    """The best `limit` of each kind, best first; equal ones by weight, then shorter and earlier names."""
    order = sorted(
        ((-_score(row, folded, meant), -row.weight, len(row.title), row.title, row) for row in rows),
        key=lambda entry: (*entry[:4], _KIND_ORDER[entry[4].kind], entry[4].item_id),
    )
    taken = dict.fromkeys(_KIND_BONUS, 0)
    hits: list[Hit] = []
    for negative, *_, row in order:
        if taken[row.kind] < limit:
            taken[row.kind] += 1
            hits.append(Hit(row.kind, row.item_id, round(-negative, 3)))
    return hits


def _score(row: Row, folded: str, meant: list[Meant]) -> float:
    return _match(row, folded, meant) + _KIND_BONUS[row.kind]


def _match(row: Row, folded: str, meant: list[Meant]) -> float:
    title = row.title
    bare = title.removeprefix("the ")
    if title == folded or title.replace(" ", "") == folded.replace(" ", ""):
        return 100.0
    if bare == folded:
        return 97.0
    if title.startswith(folded):
        return 85.0 if title[len(folded)] == " " else 80.0
    if bare.startswith(folded):
        return 78.0
    names, more = row.name_terms.split(), row.more_terms.split()
    in_name, total = 0, 0.0
    for one in meant:
        own, other = _cost(one, names), _cost(one, more)
        in_name += own <= other and own < MISSING_COST
        total += min(own, other)
    strict = total < 1
    if in_name == len(meant):
        if strict:
            return 70.0 if f" {folded}" in title else 62.0
        words = title.split()
        base = 60.0  # with one edit always behind a name that holds the words as typed
        if len(words) == len(meant):
            base = 69.0
        elif words and _cost(meant[0], words[:1]) < MISSING_COST:
            base = 66.0
        return base - PER_EDIT * total
    share = in_name / len(meant)
    return (40.0 if strict else 35.0) + 10.0 * share - (0.0 if strict else PER_EDIT * total)


def _cost(meant: Meant, terms: list[str]) -> float:
    word = meant.word
    if word.text in terms or all(part in terms for part in word.parts):
        return 0.0
    if word.prefix and (
        any(term.startswith(word.text) for term in terms)
        or (
            all(part in terms for part in word.parts[:-1])
            and any(term.startswith(word.parts[-1]) for term in terms)
        )
    ):
        return PREFIX_COST
    known = meant.neighbours
    return min((known[term] for term in terms if term in known), default=MISSING_COST)
