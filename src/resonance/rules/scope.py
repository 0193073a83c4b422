"""Whom a rule is asked for, and what it needs from rooms that the rules know nothing of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from resonance.rules.tree import Condition, Like, Rule, conditions


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """What the SQL cannot tell: how much tracks sound like something, or which ones a playlist has.

    `of` and `value` say what: a track, artist or album by id, words, or a playlist by id.
    """

    of: Literal["track", "artist", "album", "text", "playlist"]
    value: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """The texts that fit a condition, as they are stored; with `others` those that do not: the fewer."""

    values: Collection[str]
    others: bool = False


Texts = Mapping[Condition, Fitting]


@dataclass(frozen=True, eq=False)
class Scope:
    """Whose likes, plays and libraries count (`libraries` None: all), and when it is.

    `resolved` answers every one of `needs(rule)`: {track id: degree 0..1} for what sounds alike, ids of
    tracks for a playlist (none for one that the person may not see). `compile.prepare` fills `texts`.
    """

    user_id: str
    libraries: frozenset[str] | None
    now_ms: int
    resolved: Mapping[Need, Mapping[str, float] | Collection[str]] = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)


def need_of(condition: Condition) -> Need | None:
    """What one condition needs from above."""
    if isinstance(condition.value, Like):
        return Need(condition.value.of, condition.value.value)
    if condition.field == "playlist":
        return Need("playlist", str(condition.value))
    return None


def needs(rule: Rule) -> list[Need]:
    """What must be in `Scope.resolved`, each once."""
    found = (need_of(condition) for condition in conditions(rule.match))
    return list(dict.fromkeys(need for need in found if need is not None))
