"""Where a run takes its tracks from: the ids in turn, from a random place and once round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from resonance.analysis import claims
from resonance.analysis.claims import Wanted, Work
from resonance.analysis.patience import Patience
from resonance.core.ids import new_id

# Gives up to so many claimed tracks, perhaps none this time; None at the end.
Source = Callable[[int], list[Work] | None]


class Queue:
    """Looks for what is due in short reads, and claims it in short writes."""

    def __init__(
        self, patience: Patience, holder: str, versions: Mapping[str, int], only: frozenset[str]
    ) -> None:
        self._db, self._patience = patience.db, patience
        self._holder, self._versions, self._only = holder, versions, only
        self.without: set[str] = set()  # libraries that cannot be reached

    def begin(self) -> None:
        """Make what dead processes had in hand free again."""
        self._patience.write(claims.free_dead)

    def first(self, stage: str, count: int) -> list[str]:
        """Up to `count` tracks that are due, in the order of ids."""
        found: list[str] = []
        after: str | None = ""
        while after is not None and len(found) < count:
            with self._db.read() as uow:
                ids, after = claims.next_due(uow, self._wanted(stage), after, count - len(found))
            found += ids
        return found

    def open(self, stage: str, ids: Sequence[str] | None) -> Source:
        """These tracks, or all that are due."""
        return self._listed(stage, list(ids)) if ids is not None else self._round(stage)

    def claim(self, stage: str, ids: Sequence[str]) -> list[Work]:
        """Those of `ids` that can be had."""
        if not ids:
            return []
        wanted = self._wanted(stage)
        return self._patience.write(lambda uow: claims.claim(uow, wanted, ids, self._holder))

    def suspect(self) -> list[Work] | None:
        """One track that was in hand when a process ended; None when there is none."""
        with self._db.read() as uow:
            ids = claims.suspects(uow)
        return self.claim("whole", ids) if ids else None

    def _wanted(self, stage: str) -> Wanted:
        return Wanted(stage, self._versions, self._only, frozenset(self.without))

    def _listed(self, stage: str, ids: list[str]) -> Source:
        def some(count: int) -> list[Work] | None:
            if not ids:
                return None
            part = ids[:count]
            del ids[:count]
            return self.claim(stage, part)

        return some

    def _round(self, stage: str) -> Source:
        # Two processes that begin at one place would fight for the same tracks all the way.
        start = new_id()
        stretches = [(start, ""), ("", start)]
        after: str | None = None

        def some(count: int) -> list[Work] | None:
            nonlocal after
            if after is None:
                if not stretches:
                    return None
                after = stretches[0][0]
            until = stretches[0][1]
            with self._db.read() as uow:
                ids, after = claims.next_due(uow, self._wanted(stage), after, count, until)
            if after is None:
                stretches.pop(0)
            return self.claim(stage, ids)

        return some
