"""Sixty prompts, written before the search that answers them, over 300 tracks of which everything is known.

tests/golden/prompts.json is never edited: a prompt that fails is a fault of the search. Precision is that of
the first five answers, or of as many as there are right ones.
"""

from __future__ import annotations

import pytest

from resonance.adapters.memory_vectors import MemoryVectors
from resonance.db import migrate
from resonance.db.engine import Database
from resonance.search.engine import IndexedSearch
from resonance.search.filters import TrackFilter
from resonance.search.hybrid import Hybrid
from resonance.search.meaning.asking import Embedders
from tests.fixtures.prompt_library import embed, fill
from tests.fixtures.prompt_truth import Truth
from tests.fixtures.prompts import is_right, prompts

GOAL = 0.8
FIRST = 5


class Answers:
    """Both ways of asking the library, and what is true of it."""

    def __init__(self, database: Database, truths: dict[str, Truth], names: IndexedSearch) -> None:
        self.database, self.truths, self.names = database, truths, names
        self.vectors = MemoryVectors()
        self.embedders: Embedders = embed(database, self.vectors)
        self.hybrid = Hybrid(names, self.vectors)

    def meant(self, text: str) -> list[str]:
        with self.database.read() as uow:
            asked = self.embedders.ask(text)
            answer = self.hybrid.search(uow, asked, TrackFilter(), limit=FIRST)
        return [item.track_id for item in answer.items]

    def named(self, text: str) -> list[str]:
        with self.database.read() as uow:
            return [hit.item_id for hit in self.names.query(uow, text, kinds=("track",), limit=FIRST)]

    def precision(self, found: list[str], right: set[str]) -> float:
        first = min(FIRST, len(right))
        return len([id_ for id_ in found[:first] if id_ in right]) / first


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    from resonance.adapters.fts5 import Fts5Index

    database = Database(f"sqlite:///{tmp_path_factory.mktemp('prompts') / 'resonance.db'}")
    migrate.upgrade(database)
    names = IndexedSearch(Fts5Index())
    return Answers(database, fill(database, names), names)


def test_the_prompts_are_answered(answers: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    lines, sums = [], [0.0, 0.0]
    for prompt in prompts():
        right = {id_ for id_, truth in answers.truths.items() if is_right(truth, prompt["right"])}
        assert right, prompt["text"]
        both = (
            answers.precision(answers.meant(prompt["text"]), right),
            answers.precision(answers.named(prompt["text"]), right),
        )
        sums = [total + one for total, one in zip(sums, both, strict=True)]
        lines.append(f"{both[0]:.2f} {both[1]:.2f} {len(right):3} {prompt['text']}")
    meaning, names = (total / len(lines) for total in sums)
    with capsys.disabled():
        print("\nmeaning names right prompt", *lines, sep="\n")
        print(
            f"precision@{FIRST}: by meaning {meaning:.3f}, by names alone {names:.3f}, {len(lines)} prompts"
        )
    assert len(lines) == 60
    assert meaning >= GOAL
    assert names < meaning
