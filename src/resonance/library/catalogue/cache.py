"""What is worth keeping between requests: ordered id lists, totals, indexes.

Every entry is marked with the version rows it was made from, so that neither another process nor a command
beside the server can leave it stale. One memory per database engine.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from resonance.core.ids import LENGTH
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import version
from resonance.model.caller import Caller

T = TypeVar("T")
CAPACITY = 48 * 2**20  # bytes, roughly; a list of 200,000 ids takes 4.4 million
ENTRY_COST = 512


class Ids:
    """An ordered list of ids in one string: a tenth of the memory of a list."""

    __slots__ = ("_packed",)

    def __init__(self, ids: Iterable[str]) -> None:
        self._packed = "".join(ids)

    def __len__(self) -> int:
        return len(self._packed) // LENGTH

    def at(self, index: int) -> str:
        """The id at `index`; "" past the end."""
        return self._packed[index * LENGTH : (index + 1) * LENGTH] if index >= 0 else ""

    def slice(self, start: int, count: int) -> list[str]:
        """Up to `count` ids from `start` on."""
        start = max(start, 0)
        return [self.at(index) for index in range(start, min(start + max(count, 0), len(self)))]

    def find(self, item: str) -> int | None:
        """Where `item` stands, None when it is gone."""
        place = self._packed.find(item)
        while place >= 0 and place % LENGTH:
            place = self._packed.find(item, place + 1)
        return place // LENGTH if place >= 0 else None

    @property
    def cost(self) -> int:
        """Bytes held."""
        return len(self._packed)


class Memory:
    """Least recently used entries go first once `capacity` is reached."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[Hashable, tuple[Hashable, Any, int]] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def recall(self, key: Hashable, mark: Hashable) -> Any | None:
        """What is kept under `key` if it was made from `mark`."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or entry[0] != mark:
                return None
            self._entries.move_to_end(key)
            return entry[1]

    def keep(self, key: Hashable, mark: Hashable, value: Any, cost: int) -> None:
        """Replace what is under `key`."""
        cost += ENTRY_COST
        with self._lock:
            self._held += cost - (self._entries.pop(key)[2] if key in self._entries else 0)
            self._entries[key] = (mark, value, cost)
            while self._held > self._capacity and len(self._entries) > 1:
                self._held -= self._entries.popitem(last=False)[1][2]


_memories: WeakKeyDictionary[Engine, Memory] = WeakKeyDictionary()
_guard = threading.Lock()


def remembered(
    uow: UnitOfWork,
    key: Hashable,
    mark: Hashable,
    make: Callable[[], T],
    cost: Callable[[T], int] = lambda _: 0,
) -> T:
    """`make()`, or what it gave before for the same key and mark.

    Inside a writing unit of work nothing is kept: its versions may yet be rolled back.
    """
    held = recall(uow, key, mark)
    if held is not None:
        return held  # type: ignore[no-any-return]
    made = make()
    keep(uow, key, mark, made, cost(made))
    return made


def recall(uow: UnitOfWork, key: Hashable, mark: Hashable) -> Any | None:
    """What is remembered under `key` if it was made from `mark`, else None."""
    return None if uow.writes else _memory(uow).recall(key, mark)


def keep(uow: UnitOfWork, key: Hashable, mark: Hashable, value: Any, cost: int = 0) -> None:
    """Remember `value`, except inside a writing unit of work."""
    if not uow.writes:
        _memory(uow).keep(key, mark, value, cost)


def _memory(uow: UnitOfWork) -> Memory:
    engine = uow.connection.engine
    with _guard:
        memory = _memories.get(engine)
        if memory is None:
            memory = _memories[engine] = Memory()
        return memory


def personal(user_id: str) -> str:
    """The name of the version row that grows with each like, rating, play, tag or note of a user."""
    return f"personal:{user_id}"


def marks(uow: UnitOfWork, *names: str) -> tuple[int, ...]:
    """Several version counters in one query."""
    rows = uow.execute(select(version.c.name, version.c.value).where(version.c.name.in_(names)))
    held = {row.name: row.value for row in rows}
    return tuple(held.get(name, 0) for name in names)


def catalogue_mark(uow: UnitOfWork) -> tuple[int, ...]:
    """What lists of the catalogue depend on."""
    return marks(uow, "catalogue")


def list_mark(uow: UnitOfWork, caller: Caller, *, own: bool, heard: bool = False) -> tuple[int, ...]:
    """What a list depends on: `own` adds the caller's likes, ratings and plays, `heard` the analysis."""
    names = ["catalogue", *([personal(caller.user_id)] if own else []), *(["features"] if heard else [])]
    return marks(uow, *names)


def own_mark(uow: UnitOfWork, caller: Caller) -> tuple[int, ...]:
    """What lists depend on that also show the caller's likes, ratings and plays."""
    return marks(uow, "catalogue", personal(caller.user_id))
