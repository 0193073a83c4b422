"""What resolvers share during one operation: the caller, one snapshot of the database, the loaders.

An operation runs in a thread of its own on a small event loop of its own (see endpoint.py), so resolvers read
the database directly; the server's event loop is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import strawberry

from resonance.api.graphql.loaders import Loaders
from resonance.model.caller import Caller

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.services import Services


class Context:
    """The context of one operation. `socket` is set where only subscriptions are served."""

    def __init__(self, services: Services, caller: Caller, *, socket: bool = False) -> None:
        self.services = services
        self.caller = caller
        self.socket = socket
        self._open = ExitStack()
        self._reading: UnitOfWork | None = None
        self.loaders = Loaders(self)

    @property
    def uow(self) -> UnitOfWork:
        """The snapshot that all resolvers read."""
        if self._reading is None:
            self._reading = self._open.enter_context(self.services.db.read(self.caller.user_id))
        return self._reading

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """A transaction of one mutation. What is read afterwards sees it."""
        self.close()
        with self.services.db.write(self.caller.user_id) as uow:
            yield uow

    def close(self) -> None:
        """Give the snapshot back and forget what was loaded from it."""
        self._open.close()
        self._reading = None
        self.loaders = Loaders(self)


Info = strawberry.Info[Context, None]
