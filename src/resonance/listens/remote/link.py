"""A linked account at work: where, for whom, and how what it took over is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from resonance.core.events import Event, EventBus
from resonance.db import changes
from resonance.db.engine import Database, UnitOfWork
from resonance.library.remote.ports import ItemKind, Remote
from resonance.listens import store

KINDS: tuple[ItemKind, ...] = ("track", "album", "artist")


@dataclass(slots=True)
class Link:
    """One account of one person, signed in."""

    db: Database
    events: EventBus
    server_id: str
    link_id: str
    user_id: str
    remote: Remote

    def tell(
        self,
        uow: UnitOfWork,
        what: Literal["likes", "ratings"],
        kind: ItemKind,
        ids: Sequence[str],
        more: dict[str, Any],
    ) -> None:
        """To open pages and to what follows personal data: part of the change itself."""
        if not ids:
            return
        store.touched(uow, self.user_id)
        if kind == "track":
            changes.note(uow, what, ids, self.user_id)
        event = Event("like.changed", {"kind": kind, "ids": list(ids), **more}, self.user_id)
        uow.after_commit(lambda: self.events.publish(event))


@dataclass(slots=True)
class Tally:
    """What one field did: taken from the server, sent there, known only there, changed on both sides."""

    taken: int = 0
    sent: int = 0
    unmatched: int = 0
    conflicts: int = 0

    def told(self) -> dict[str, int]:
        """For the report."""
        return asdict(self)
