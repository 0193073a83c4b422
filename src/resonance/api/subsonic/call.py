"""What a handler is given, and what the route table says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from resonance.api.subsonic import store
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import not_found
from resonance.api.subsonic.params import Params, as_number
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller

if TYPE_CHECKING:
    from resonance.services import Services


@dataclass(frozen=True, slots=True)
class Call:
    """One signed-in request."""

    services: Services
    request: Request
    params: Params
    caller: Caller

    @property
    def user_id(self) -> str:
        """Who asks."""
        return self.caller.user_id

    def viewer(self, uow: UnitOfWork) -> Caller:
        """The caller, narrowed to the libraries of `musicFolderId` where it is given."""
        numbers = {
            number for number in map(as_number, self.params.all("musicFolderId")) if number is not None
        }
        if not numbers:
            return self.caller
        visible = store.libraries(uow, self.caller)
        chosen = frozenset(row.id for row in visible if row.number in numbers)
        if not chosen:
            raise not_found("Music folder")
        if self.caller.libraries is None and len(chosen) == len(visible):
            return self.caller
        return replace(self.caller, libraries=chosen)


# None is the empty success. A Response (bytes, a file) is sent as it is.
Answer = Fragment | Response | None


@dataclass(frozen=True, slots=True)
class Reads:
    """A handler in a reading unit of work."""

    handler: Callable[[Call, UnitOfWork], Answer]


@dataclass(frozen=True, slots=True)
class Writes:
    """A handler in a writing unit of work, committed before the answer is sent."""

    handler: Callable[[Call, UnitOfWork], Answer]


@dataclass(frozen=True, slots=True)
class Alone:
    """A handler that opens what it needs itself: bytes flow long after a unit of work must be closed."""

    handler: Callable[[Call], Answer]


Endpoint = Reads | Writes | Alone
