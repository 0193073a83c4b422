"""A plan as a rule that a playlist can follow."""

from __future__ import annotations

from msgspec import Struct

from resonance.assistant import store
from resonance.assistant.making import ruling
from resonance.assistant.making.length import length_of
from resonance.assistant.plan import Plan
from resonance.core.errors import Invalid
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.model.playlist import PlaylistItem
from resonance.rules.tree import All, Any, Condition, Like, Limit, Node, Rule, Sort
from resonance.search.meaning import documents

ALIKE_WORDS = 0.4  # of a search's scores: most of what was asked for
ALIKE_ARTIST = 0.75
# What a rule cannot say: where in the list something stands.
COURSE = ("start", "end", "curve", "per_artist", "apart")


class PromptSaved(Struct, frozen=True):
    """A list kept. `left_out` are the kinds of pieces that a rule cannot follow."""

    playlist: PlaylistItem
    live: bool
    left_out: list[str]


def rule_of(uow: UnitOfWork, caller: Caller, plan: Plan, seed: int) -> tuple[Rule, list[str]]:
    """The rule, and the kinds that it leaves out. Invalid for a plan of which nothing can be followed."""
    names = [name for _, name in documents.genre_names(uow)] if plan.of("genre") else []
    held: list[Node] = ruling.nodes(plan, names)
    held += [_like("text", value["text"], ALIKE_WORDS) for value in plan.of("sound")]
    ways = [_like("text", value["text"], ALIKE_WORDS) for kind in ("from", "to") for value in plan.of(kind)]
    if ways:
        held.append(Any(tuple(ways)))
    artists = [id_ for value in plan.of("like") if (id_ := store.artist_id(uow, caller, value["text"]))]
    if artists:
        held.append(Any(tuple(_like("artist", id_, ALIKE_ARTIST) for id_ in artists)))
    if not held:
        raise Invalid("There is no rule in this that a playlist could follow.", field="live")
    length = length_of(plan)
    limit = Limit("tracks", length.tracks) if length.tracks else Limit("minutes", length.minutes or 0)
    left = [kind for kind in COURSE if plan.of(kind)]
    rule = Rule(All(tuple(held)), (Sort("random"),), limit if length.said else None, seed=seed)
    return rule, left + (["pins"] if plan.pins else []) + (["without"] if plan.without else [])


def _like(of: str, value: str, enough: float) -> Condition:
    return Condition("sounds_like", "is", Like(of, value, enough))  # type: ignore[arg-type]
