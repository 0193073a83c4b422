"""Who asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from resonance.core.errors import Forbidden


class Role(StrEnum):
    """admin runs the server; user has a library life of their own; guest listens and changes nothing."""

    ADMIN = "admin"
    USER = "user"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Caller:
    """The person (or the server itself) on whose behalf a service works.

    `libraries` are the ids the caller may see; None means all of them.
    `session_id` is set for a browser or token session, `client` names the program ("web", "Strawberry").
    """

    user_id: str
    name: str
    role: Role
    libraries: frozenset[str] | None = None
    session_id: str | None = None
    client: str = ""

    @property
    def is_admin(self) -> bool:
        """Whether the caller runs this server."""
        return self.role is Role.ADMIN

    def must_be_admin(self) -> None:
        """Forbidden unless admin."""
        if not self.is_admin:
            raise Forbidden("Only an admin can do this.")

    def must_write(self) -> None:
        """Forbidden for guests, who may listen but keep nothing."""
        if self.role is Role.GUEST:
            raise Forbidden("Guests can listen but not change anything.")


# Who has a shell on the machine runs the server: commands act as this admin, who has no account.
OPERATOR = Caller(user_id="", name="command line", role=Role.ADMIN, client="command line")
