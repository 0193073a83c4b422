"""What a list is chosen from: of the tracks that may be taken those that fit best, a little by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from resonance.assistant import store
from resonance.assistant.plan import Plan
from resonance.assistant.reading.meaning import understood
from resonance.search.hybrid import MODEL_SHARE
from resonance.search.meaning.builtin import question_vector
from resonance.search.meaning.question import Part, Question
from resonance.search.meaning.space import WORDS
from resonance.search.vectors.facets import packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.search.filters import TrackFilter
    from resonance.search.hybrid import Hybrid
    from resonance.search.meaning.asking import Asked

    Floats = NDArray[np.float64]

CHANCE = 0.12  # how much of a fit the seed may outweigh: another take is another list
UNREAD = -0.2  # the fit of a track of which no vector says anything


@dataclass(frozen=True)
class Wishes:
    """What it is to be like at the beginning and at the end; `like` are artists to sound like.

    `asked` are both as the model of the search reads them, where one is set up.
    """

    start: Question
    end: Question
    like: tuple[str, ...]
    asked: tuple[Asked, Asked] | None = None

    @property
    def changes(self) -> bool:
        """Whether it leads from one thing to another."""
        return self.start.parts != self.end.parts

    @property
    def any(self) -> bool:
        """Whether anything is wished for."""
        return bool(self.start.parts or self.end.parts or self.like)


@dataclass(frozen=True)
class Pool:
    """Candidates, best first: their ids, and how well each fits at the beginning and at the end (-1..1),
    the seed having its say.

    `passing` are all tracks that may be taken, by id; `unread` that descriptions told nothing.
    """

    track_ids: list[str]
    at_start: Floats
    at_end: Floats
    passing: list[str]
    unread: bool


def wishes(plan: Plan, ask: Callable[[str], Asked] | None = None) -> Wishes:
    """The descriptions of a plan. `ask` reads a text as the search does, and may wait for a model."""
    whole = [value["text"] for value in plan.of("sound")]
    sides = []
    for kinds in (("from", "start"), ("to", "end")):
        own = [value["text"] for kind in kinds for value in plan.of(kind) if value.get("text")]
        sides.append(_question([*own, *whole]))
    start, end = sides
    if not start.parts or not end.parts:
        start = end = start if start.parts else end
    wanted = Wishes(start, end, tuple(value["text"] for value in plan.of("like")))
    if ask is None or not start.parts:
        return wanted
    first = ask(start.text)
    return replace(wanted, asked=(first, ask(end.text) if wanted.changes else first))


def _question(texts: Sequence[str]) -> Question:
    parts: dict[tuple[object, ...], Part] = {}
    for text in texts:
        for part in understood(text).parts:
            parts.setdefault((part.directions, part.genre, part.weight > 0), part)
    return Question(", ".join(texts), tuple(parts.values()))


def gather(
    uow: UnitOfWork,
    caller: Caller,
    hybrid: Hybrid,
    wanted: Wishes,
    where: TrackFilter,
    *,
    seed: int,
    size: int,
    always: Sequence[str] = (),
) -> Pool:
    """Up to `size` candidates; `always` are among them where they may be taken."""
    passing = hybrid.vectors.passing(uow, where)
    kept = [id_ for id_ in always if id_ in frozenset(passing)] if always else []
    if len(passing) <= size:
        found = passing
    else:
        found = _near(uow, caller, hybrid, wanted, where, size) if wanted.any else []
        found = list(dict.fromkeys((*kept, *found)))
        if len(found) < size:
            found += _by_chance(passing, seed, size, frozenset(found))
    first, last, unread = _fits(uow, caller, hybrid, wanted, found)
    luck = chance(found, seed) * CHANCE
    first, last = first + luck, last + luck
    chosen = _chosen(found, first, last, size, frozenset(kept), changes=wanted.changes)
    return Pool([found[at] for at in chosen], first[chosen], last[chosen], passing, unread)


def _near(
    uow: UnitOfWork, caller: Caller, hybrid: Hybrid, wanted: Wishes, where: TrackFilter, size: int
) -> list[str]:
    questions = [wanted.start, wanted.end] if wanted.changes else [wanted.start]
    each = size if len(questions) == 1 else size * 2 // 3
    found = [id_ for one in questions if one.parts for id_ in hybrid.pool(uow, one, where, size=each)]
    queries = [vector for name in wanted.like if (vector := _middle(uow, caller, hybrid, name)) is not None]
    if wanted.changes:
        between = question_vector(wanted.start) + question_vector(wanted.end)
        queries.append(between.astype(np.float32))
    for asked in (wanted.asked or ())[: len(questions)]:
        if (towards := _towards(uow, hybrid, asked)) is not None:
            hits_ = hybrid.vectors.nearest(uow, towards[0], towards[1], each, where)
            found += [hit.track_id for hit in hits_]
    if queries:
        hits = hybrid.vectors.nearest_many(uow, WORDS.name, np.stack(queries), each, where)
        found += [hit.track_id for own in hits for hit in own]
    return found


def _middle(uow: UnitOfWork, caller: Caller, hybrid: Hybrid, name: str) -> NDArray[np.float32] | None:
    """What an artist's tracks have in common."""
    own = hybrid.vectors.vectors(uow, WORDS.name, store.tracks_of_artist(uow, caller, name))
    return np.mean(np.stack([own[id_] for id_ in sorted(own)]), axis=0, dtype=np.float32) if own else None


def _fits(
    uow: UnitOfWork, caller: Caller, hybrid: Hybrid, wanted: Wishes, found: Sequence[str]
) -> tuple[Floats, Floats, bool]:
    """How well each fits at both ends, and whether nothing could be told."""
    none = np.zeros(len(found))
    if not wanted.any or not found:
        return none, none, False
    first = _meant(uow, caller, hybrid, wanted.start, found)
    last = _meant(uow, caller, hybrid, wanted.end, found) if wanted.changes else first
    if wanted.asked is not None:
        first = _with_model(uow, hybrid, wanted.asked[0], found, first)
        last = _with_model(uow, hybrid, wanted.asked[1], found, last)
    close = _alike(uow, caller, hybrid, wanted.like, found)
    if close is not None:
        first = close if first is None else (first + close) / 2
        last = close if last is None else (last + close) / 2
    if first is None or last is None:
        return none, none, True
    return first, last, bool((first == UNREAD).all())


def _meant(
    uow: UnitOfWork, caller: Caller, hybrid: Hybrid, question: Question, found: Sequence[str]
) -> Floats | None:
    if not question.parts:
        return None
    scores = hybrid.meant(uow, question, found, caller.user_id or None)
    return np.array([scores.get(id_, UNREAD) for id_ in found])


def _towards(uow: UnitOfWork, hybrid: Hybrid, asked: Asked) -> tuple[str, NDArray[np.float32]] | None:
    """The model's space and what is asked for in it; None unless the tracks' vectors are of that model."""
    if asked.space is None or asked.vector is None:
        return None
    present = hybrid.vectors.space(uow, asked.space.name)
    if present is None or present.version != asked.space.version:
        return None
    return asked.space.name, asked.vector


def _with_model(
    uow: UnitOfWork, hybrid: Hybrid, asked: Asked, found: Sequence[str], fits: Floats | None
) -> Floats | None:
    """Half by the words, half by the model, as in the search; by the words alone where it read nothing."""
    towards = _towards(uow, hybrid, asked)
    if towards is None or fits is None:
        return fits
    known = hybrid.vectors.vectors(uow, towards[0], found)
    close = np.array(
        [
            float(known[id_] @ towards[1]) if id_ in known else fit
            for id_, fit in zip(found, fits, strict=True)
        ]
    )
    return (1 - MODEL_SHARE) * fits + MODEL_SHARE * close


def _alike(
    uow: UnitOfWork, caller: Caller, hybrid: Hybrid, names: Sequence[str], found: Sequence[str]
) -> Floats | None:
    """The nearness to the nearest of these artists."""
    middles = [vector for name in names if (vector := _middle(uow, caller, hybrid, name)) is not None]
    if not middles:
        return None
    known = hybrid.vectors.vectors(uow, WORDS.name, found)
    towards = np.stack(middles)
    towards /= np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-9)
    return np.array([float((towards @ known[id_]).max()) if id_ in known else UNREAD for id_ in found])


def _by_chance(passing: Sequence[str], seed: int, size: int, but: frozenset[str]) -> list[str]:
    order = np.argsort(chance(passing, seed), kind="stable")
    found: list[str] = []
    for at in order:
        if len(found) + len(but) >= size:
            break
        if passing[at] not in but:
            found.append(passing[at])
    return found


def _chosen(
    found: Sequence[str], first: Floats, last: Floats, size: int, always: frozenset[str], *, changes: bool
) -> NDArray[np.int64]:
    """Places of the best, or of the best at each end and between in turn."""
    fits = [first, last, (first + last) / 2] if changes else [first]
    orders = [np.argsort(-np.round(fit, 6), kind="stable") for fit in fits]
    ranked = [at for at, id_ in enumerate(found) if id_ in always]
    ranked += [int(at) for turn in zip(*orders, strict=True) for at in turn]
    return np.array(list(dict.fromkeys(ranked))[:size], np.int64)


def chance(track_ids: Sequence[str], seed: int) -> Floats:
    """0..1 for each id and seed, alike on every machine."""
    if not len(track_ids):
        return np.zeros(0)
    wide = packed(track_ids).astype("S24")
    words = np.frombuffer(wide.tobytes(), "<u8").reshape(-1, 3)
    mixed = np.full(len(track_ids), (seed * 0x9E3779B97F4A7C15 + 1) % 2**64, np.uint64)
    for column in range(3):
        mixed = (mixed ^ words[:, column]) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53
