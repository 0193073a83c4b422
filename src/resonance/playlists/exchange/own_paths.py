"""Where the music lies on a person's other computer: rules kept once, for all exports and imports of theirs.

They stand in the person's preferences as `export_folders`: [{"from": "/music", "to": "D:/Music"}].
"""

from __future__ import annotations

from typing import Any

from resonance.accounts import store
from resonance.core.errors import Invalid
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.playlists.exchange.paths import MOST_RULES, Mapping, mapping

PREFERENCE = "export_folders"


def outwards(uow: UnitOfWork, caller: Caller) -> Mapping:
    """From this server's folders to theirs."""
    return _made(_pairs(uow, caller))


def inwards(uow: UnitOfWork, caller: Caller) -> Mapping:
    """From their folders to this server's."""
    return _made([(target, source) for source, target in _pairs(uow, caller)])


def _pairs(uow: UnitOfWork, caller: Caller) -> list[tuple[str, str]]:
    """What is no rule is passed over: preferences hold whatever a client put there."""
    if not caller.user_id:
        return []
    kept: Any = store.preferences(uow, caller.user_id).get(PREFERENCE)
    rules = kept if isinstance(kept, list) else []
    pairs = [(rule.get("from"), rule.get("to")) for rule in rules if isinstance(rule, dict)]
    return [
        (source, target)
        for source, target in pairs[:MOST_RULES]
        if isinstance(source, str) and isinstance(target, str) and source.strip() and target.strip()
    ]


def _made(pairs: list[tuple[str, str]]) -> Mapping:
    try:
        return mapping(pairs)
    except Invalid:
        return Mapping()
