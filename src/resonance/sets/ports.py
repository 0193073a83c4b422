"""What this room asks of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller


class Rules(Protocol):
    """Who finds the tracks of a rule."""

    def track_ids(self, uow: UnitOfWork, caller: Caller, rule: dict[str, Any]) -> list[str]:
        """The ids in the rule's order, only what the caller may hear. Invalid for a rule that is none."""
