"""Accounts over a real database, with a clock that a test can move."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from resonance.accounts.accounts import Accounts
from resonance.accounts.passwords import Passwords
from resonance.accounts.records import Device, Grant, User
from resonance.accounts.secrets import Keys
from resonance.core.clock import now_ms
from resonance.core.events import Event
from resonance.db.engine import Database
from resonance.model.caller import OPERATOR, Caller, Role

PASSWORD = "correct horse"
WEB = Device("Firefox on Linux", "web")
SECOND, MINUTE, DAY = 1000, 60_000, 24 * 3600 * 1000


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = now_ms()

    def __call__(self) -> int:
        return self.now


@dataclass
class Published:
    """An event bus that remembers."""

    events: list[Event] = field(default_factory=list)

    def publish(self, event: Event) -> None:
        self.events.append(event)


class Kit:
    def __init__(self, db: Database, folder: Path) -> None:
        self.db, self.clock, self.events = db, Clock(), Published()
        self.folder = folder
        self.accounts = self.again("k" * 40)

    def again(self, secret: str) -> Accounts:
        """The same people as another process with this secret sees them."""
        # Real argon2id with a small cost: the real cost has a test of its own.
        passwords = Passwords(time_cost=1, memory_kib=64, lanes=1)
        return Accounts(
            self.db, Keys(secret), self.events, self.folder, passwords=passwords, clock=self.clock
        )

    def add(self, name: str, role: Role = Role.USER, libraries: list[str] | None = None) -> User:
        hashed = self.accounts.passwords.hash(PASSWORD)
        with self.db.write() as uow:
            return self.accounts.users.create(uow, OPERATOR, name, hashed, role, libraries)

    def sign_in(self, name: str, password: str = PASSWORD) -> Grant:
        return self.accounts.sign_in.with_password(name, password, WEB)

    def caller(self, grant: Grant) -> Caller:
        return self.accounts.sessions.caller(grant.access.text)

    def revoked(self) -> list[tuple[str | None, str]]:
        """(user, why) of each session.revoked event."""
        return [(e.user_id, e.data["why"]) for e in self.events.events if e.topic == "session.revoked"]
