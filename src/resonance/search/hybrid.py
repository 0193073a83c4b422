"""Tracks by name, by meaning and by conditions in one ranking, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from msgspec import Struct

from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.search import store
from resonance.search.filters import TrackFilter
from resonance.search.meaning import documents, genres
from resonance.search.meaning.asking import Asked
from resonance.search.meaning.builtin import part_vectors, question_vector
from resonance.search.meaning.conditions import FIRST_YEAR, LAST_YEAR
from resonance.search.meaning.documents import ExactFacts
from resonance.search.meaning.ports import Answered
from resonance.search.meaning.question import Part, Question
from resonance.search.meaning.reasons import Reason, reasons
from resonance.search.meaning.space import AT, LENGTH, WORDS
from resonance.search.text import Kind, TextSearch
from resonance.search.vectors.ports import VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

MOST = 500  # ranked for one question
POOL = 200  # nearest ones that are looked at closely
GENRE_POOL = 100  # of each genre asked for, so that a rare one is among them
NAMED = 200  # hits of the names
PASSING = 1000  # tracks that pass exact conditions, where nothing else was asked for
NAME_WISH = 0.6  # what a name among words of meaning counts: about as a wish ("love songs by ...")
NAME_BONUS = 0.12  # what a word counts that means something by itself and also stands in the name: "rain"
UNLIKE = 0.2  # of that, where the name is only spelt alike
NEVER_LESS = 0.25  # how much the least fulfilled wish counts beside the mean of all
OF_FAMILY = 0.7  # a genre of the family but not the one asked for
MODEL_SHARE = 0.5
_TRACKS: tuple[Kind, ...] = ("track",)


class Understood(Struct, frozen=True):
    """A word of the question and what was made of it."""

    word: str
    means: str


@dataclass(frozen=True, slots=True)
class Found:
    """A track, 0..1, and why. The best one of names stands before the best one of meaning."""

    track_id: str
    score: float
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Answer:
    """A part of the ranking from `offset` on; `total` tracks were ranked, at most MOST."""

    items: list[Found]
    understood: list[Understood]
    by: Answered
    total: int


@dataclass(slots=True)
class _Ranking:
    """Track ids with their scores; `closeness` is the model's, -1..1."""

    scores: dict[str, float] = field(default_factory=dict)
    closeness: dict[str, float] = field(default_factory=dict)
    by: Answered | None = None


@dataclass(frozen=True, slots=True)
class Hybrid:
    """The search over names and vectors. It has no state of its own."""

    names: TextSearch
    vectors: VectorIndex

    def search(
        self,
        uow: UnitOfWork,
        asked: Asked,
        where: TrackFilter,
        *,
        user_id: str | None = None,
        exact: Sequence[str] = (),
        offset: int = 0,
        limit: int = 50,
    ) -> Answer:
        """Rank the tracks that pass `where` and what the question says exactly.

        `exact` names the facts that `where` asks for, to be told as reasons: year, tempo, key, energy, genre.
        Raises Invalid when the filter contradicts itself.
        """
        question = asked.question
        ranking = self._rank(uow, asked, where, user_id)
        best = sorted(ranking.scores.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        page = best[offset : offset + limit]
        known = documents.documents(uow, [id_ for id_, _ in page], user_id=user_id)
        scores = dict(page)
        items = [
            Found(
                document.track_id,
                round(max(0.0, min(1.0, scores[document.track_id])), 3),
                reasons(document, question, exact=exact, closeness=ranking.closeness.get(document.track_id)),
            )
            for document in known
        ]
        return Answer(items, understood(question), ranking.by or asked.answered, len(best))

    def _rank(self, uow: UnitOfWork, asked: Asked, where: TrackFilter, user_id: str | None) -> _Ranking:
        question = asked.question
        narrowed = narrow(where, question)
        same, named = self._named(uow, question, where, narrowed)
        ranking = _Ranking()
        if asked.vector is not None and asked.space is not None:
            self._by_model(uow, asked, narrowed, ranking)
        if question.parts:
            pool = self.pool(uow, question, narrowed) + self._said(uow, question, narrowed, user_id)
            pool = list(dict.fromkeys((*pool, *ranking.closeness, *named)))
            meant = self.meant(uow, question, pool, user_id)
            for id_, score in meant.items():
                close = ranking.closeness.get(id_)
                share = 0.0 if not ranking.closeness else MODEL_SHARE
                ranking.scores[id_] = (1 - share) * score + share * (close if close is not None else 0.0)
        elif ranking.closeness:
            ranking.scores = dict(ranking.closeness)
        elif (
            not named
            and not question.names
            and not question.themes
            and narrowed != TrackFilter(libraries=where.libraries)
        ):
            ranking.scores = self._fitting(uow, question, narrowed)
        for id_, score in named.items():
            ranking.scores[id_] = ranking.scores.get(id_, 0.0) + score
        for id_ in same:
            ranking.scores[id_] = 2.0 + ranking.scores.get(id_, 0.0)  # before all others; told as 1
        return ranking

    def _by_model(self, uow: UnitOfWork, asked: Asked, where: TrackFilter, ranking: _Ranking) -> None:
        assert asked.vector is not None and asked.space is not None
        present = self.vectors.space(uow, asked.space.name)
        if present is None or present.version != asked.space.version:
            why = f"{asked.answered.embedder} has read no tracks yet"
            ranking.by = Answered(WORDS.label, why)
            return
        hits = self.vectors.nearest(uow, asked.space.name, asked.vector, POOL, where)
        ranking.closeness = {hit.track_id: hit.score for hit in hits}

    def _named(
        self, uow: UnitOfWork, question: Question, where: TrackFilter, narrowed: TrackFilter
    ) -> tuple[dict[str, float], dict[str, float]]:
        """(what is called as was typed, what the words that may be names add to the score of others)."""
        libraries = where.libraries
        if not question.parts and not question.conditions:
            hits = self.names.query(uow, question.text, kinds=_TRACKS, libraries=libraries, limit=NAMED)
            return {}, self._passing(uow, {hit.item_id: hit.score / 100 for hit in hits}, where)
        added: dict[str, float] = {}
        for words, most in ((question.names, NAME_WISH), (question.themes, NAME_BONUS)):
            if words:
                text = " ".join(words)
                for hit in self.names.query(uow, text, kinds=_TRACKS, libraries=libraries, limit=NAMED):
                    share = 1.0 if _literally(hit.score) else UNLIKE * hit.score / 100
                    added[hit.item_id] = added.get(hit.item_id, 0.0) + most * share
        # A title as typed is found though its words also say something: "1999", "Slow Hands".
        typed = fold(question.text)
        rows = store.by_title(uow, typed, "track", libraries=libraries, cap=NAMED) if typed else ()
        same = {row.item_id: 1.0 for row in rows if row.title == typed or row.title.startswith(f"{typed} ")}
        return self._passing(uow, same, where), self._passing(uow, added, narrowed)

    def _passing(self, uow: UnitOfWork, scores: dict[str, float], where: TrackFilter) -> dict[str, float]:
        if not scores:
            return {}
        chosen = None if where.among is None else frozenset(where.among)
        among = [id_ for id_ in scores if chosen is None or id_ in chosen]
        return {id_: scores[id_] for id_ in self.vectors.passing(uow, replace(where, among=among))}

    def pool(self, uow: UnitOfWork, question: Question, where: TrackFilter, *, size: int = POOL) -> list[str]:
        """Tracks that may be meant: the nearest ones and, so that a rare one is among them, of each genre."""
        query = question_vector(question)
        found = [hit.track_id for hit in self.vectors.nearest(uow, WORDS.name, query, size, where)]
        if not where.genres:
            for part in question.parts:
                if part.genre is not None and part.weight > 0:
                    ids = frozenset(_library_genres(uow, part.genre))
                    asked = replace(where, genres=ids)
                    hits = self.vectors.nearest(uow, WORDS.name, query, GENRE_POOL, asked) if ids else ()
                    found += [hit.track_id for hit in hits]
        return found

    def _said(
        self, uow: UnitOfWork, question: Question, where: TrackFilter, user_id: str | None
    ) -> list[str]:
        """What the person asking said has the moods that are asked for: the shared vectors do not know it."""
        wanted = [
            name.removeprefix("mood:")
            for part in question.parts
            for name, weight in part.directions
            if name.startswith("mood:") and weight * part.weight > 0
        ]
        said = documents.said_by(uow, user_id, wanted, POOL) if user_id and wanted else []
        return list(self._passing(uow, dict.fromkeys(said, 0.0), where))

    def meant(
        self, uow: UnitOfWork, question: Question, pool: Sequence[str], user_id: str | None
    ) -> dict[str, float]:
        """How well each track of the pool does what is asked, -1..1: the mean wish, and the worst."""
        import numpy as np

        known = self.vectors.vectors(uow, WORDS.name, pool)
        if not known:
            return {}
        ids = list(known)
        values: Matrix = np.stack(list(known.values())) * np.float32(LENGTH)
        if user_id:
            _own_moods(uow, ids, values, user_id)
        matches: Matrix = values @ part_vectors(question).T
        for column, part in enumerate(question.parts):
            if part.genre is not None:
                _of_genre(uow, part, ids, matches[:, column])
        weights = np.array([abs(part.weight) for part in question.parts], dtype=np.float32)
        mean = matches.sum(axis=1) / weights.sum()
        worst = (matches / weights).min(axis=1)
        scores = (1 - NEVER_LESS) * mean + NEVER_LESS * worst
        return dict(zip(ids, scores.tolist(), strict=True))

    def _fitting(self, uow: UnitOfWork, question: Question, where: TrackFilter) -> dict[str, float]:
        """What passes exact conditions, the surest first."""
        ids = self.vectors.passing(uow, where)[:PASSING]
        return {facts.track_id: _fit(facts, question) for facts in documents.exact_facts(uow, ids)}


def narrow(where: TrackFilter, question: Question) -> TrackFilter:
    """The filter with the question's own conditions; where both speak, the filter given from outside wins."""
    changes: dict[str, object] = {}
    if question.years and where.year_from is None and where.year_to is None:
        low, high = question.years
        changes["year_from"] = low if low != FIRST_YEAR else None
        changes["year_to"] = high if high != LAST_YEAR else None
    if question.tempo and where.bpm_min is None and where.bpm_max is None:
        changes["bpm_min"], changes["bpm_max"] = question.tempo
    if question.keys and not where.keys:
        changes["keys"] = question.keys
    return replace(where, **changes) if changes else where  # type: ignore[arg-type]


def understood(question: Question) -> list[Understood]:
    """What was made of the words, in the order in which they were found."""
    told = [Understood(c.words, c.means) for c in question.conditions]
    told += [Understood(part.words, part.means) for part in question.parts]
    return told + [Understood(name, "a name") for name in question.names]


def _library_genres(uow: UnitOfWork, asked: str) -> list[str]:
    return [id_ for id_, name in documents.genre_names(uow) if genres.same(asked, name)]


def _of_genre(uow: UnitOfWork, part: Part, ids: Sequence[str], matches: NDArray[np.float32]) -> None:
    """The asked genre itself counts fully, others of its family less."""
    assert part.genre is not None
    own = documents.of_genres(uow, ids, _library_genres(uow, part.genre))
    for row, id_ in enumerate(ids):
        if id_ in own:
            matches[row] = part.weight
        elif matches[row] * part.weight > 0:
            matches[row] *= OF_FAMILY


def _own_moods(uow: UnitOfWork, ids: Sequence[str], values: Matrix, user_id: str) -> None:
    """A person's own word on a mood wins for that person."""
    moods = documents.own_moods(uow, ids, user_id)
    at = {id_: row for row, id_ in enumerate(ids)}
    for id_, name, value in moods:
        values[at[id_], AT[f"mood:{name}"]] = 2 * value - 1


def _literally(score: float) -> bool:
    """Whether a hit of the text search holds the words as typed, in its name or its artist's and album's."""
    return score >= 62 or 40 <= score <= 50


def _fit(facts: ExactFacts, question: Question) -> float:
    sure = [0.5]
    if question.tempo and facts.bpm:
        low, high = question.tempo
        middle, half = (low + high) / 2, max((high - low) / 2, 0.5)
        near = 1 - min(1.0, abs(facts.bpm - middle) / half) if high - low < 20 else 0.5
        sure.append((0.5 + 0.5 * near) * _trust(facts.bpm_confidence))
    if question.keys:
        sure.append(_trust(facts.key_confidence))
    return sum(sure) / len(sure)


def _trust(confidence: float | None) -> float:
    return 0.9 if confidence is None else confidence
