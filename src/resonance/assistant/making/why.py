"""One true reason for each track of a list: what it was asked for by, and how it stands where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resonance.assistant.making.ruling import HARD
from resonance.search.meaning import documents
from resonance.search.meaning.question import Question
from resonance.search.meaning.reasons import Reason, reasons

if TYPE_CHECKING:
    from resonance.assistant.making.pool import Wishes
    from resonance.assistant.plan import Plan
    from resonance.db.engine import UnitOfWork
    from resonance.sequencing.items import Item, Joint

MOST = 3
_EXACT = {"years": "year", "tempo": "tempo", "key": "key", "energy": "energy", "genre": "genre"}
_RELATIONS = {
    "same": "same key as before",
    "relative": "relative key",
    "up_one": "neighbour key",
    "down_one": "neighbour key",
}
NEAR_LEVEL = 0.12


def whys(
    uow: UnitOfWork,
    plan: Plan,
    wanted: Wishes,
    order: Sequence[Item],
    joints: Sequence[Joint],
    levels: Sequence[tuple[float | None, float]],
    user_id: str | None,
) -> list[list[str]]:
    """For each track the reasons, the most telling first, at least one where anything is known."""
    exact = [name for kind, name in _EXACT.items() if plan.of(kind)]
    known = {one.track_id: one for one in documents.documents(uow, [i.id for i in order], user_id=user_id)}
    found = []
    for place, item in enumerate(order):
        document = known.get(item.id)
        texts: list[str] = []
        if document is not None:
            question = _asked(wanted, place, len(order))
            told = reasons(document, question, exact=exact)
            texts = [one.text for one in _telling(told)]
        course = _course(item, *levels[place], place, len(order))
        step = _step(joints[place - 1]) if place else None
        first = [course] if place in (0, len(order) - 1) else []
        texts = list(dict.fromkeys(text for text in (*first, *texts[:MOST], course, step) if text))
        found.append(texts or [_else(plan, wanted)])
    return found


def _else(plan: Plan, wanted: Wishes) -> str:
    """Of a track of which nothing else is known."""
    if wanted.any:
        return "fills the length"
    return "fits the rules" if any(piece.kind in HARD for piece in plan.pieces) else "chosen by chance"


def _asked(wanted: Wishes, place: int, count: int) -> Question:
    """The wish of the half in which the track stands."""
    return wanted.start if not wanted.changes or place * 2 < count else wanted.end


def _telling(told: Sequence[Reason]) -> list[Reason]:
    """What says something of the music before what only says that a rule holds."""
    return sorted(told, key=lambda reason: {"meaning": 0, "name": 1, "filter": 2}[reason.kind])


def _course(item: Item, level: float | None, asked: float, place: int, count: int) -> str | None:
    """How it follows the curve; only where it does."""
    if item.energy is None or level is None or abs(level - asked) > NEAR_LEVEL:
        return None
    if place == 0:
        return f"starts {_word(asked)} for this list: energy {item.energy:.2f}"
    if place == count - 1:
        return f"ends {_word(asked)} for this list: energy {item.energy:.2f}"
    return f"energy {item.energy:.2f}, on the curve"


def _word(level: float) -> str:
    return "calm" if level < 0.34 else "energetic" if level > 0.66 else "medium"


def _step(joint: Joint) -> str | None:
    """How it follows the track before."""
    told = _RELATIONS.get(joint.relation or "")
    change = joint.tempo_change_pct
    if told is None:
        return "same tempo as before" if change is not None and abs(change) <= 1.5 else None
    if change is not None and abs(change) <= 6:
        return f"{told}, near in tempo"
    return told
