"""The accounts of a server: what wiring builds and surfaces call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from resonance.accounts.api_keys import ApiKeys
from resonance.accounts.app_passwords import AppPasswords
from resonance.accounts.identities import Identities
from resonance.accounts.invitations import Invitations
from resonance.accounts.last_seen import LastSeen
from resonance.accounts.password_change import PasswordChange
from resonance.accounts.passwords import Passwords
from resonance.accounts.ports import IdentityProvider
from resonance.accounts.rate_limits import RateLimits
from resonance.accounts.secrets import Keys
from resonance.accounts.sessions import Sessions
from resonance.accounts.setup import Setup
from resonance.accounts.sign_in import SignIn
from resonance.accounts.subsonic import SubsonicSignIn
from resonance.accounts.tokens import Tokens
from resonance.accounts.users import Users
from resonance.accounts.vault import Vault
from resonance.core.clock import now_ms
from resonance.core.events import EventBus
from resonance.db.engine import Database


class Accounts:
    """One attribute a subject; each has the verbs of its file."""

    def __init__(
        self,
        db: Database,
        keys: Keys,
        events: EventBus,
        data_dir: Path,
        *,
        limits: RateLimits | None = None,
        passwords: Passwords | None = None,
        provider: IdentityProvider | None = None,
        oidc_create_users: bool = False,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self.clock = clock
        self.keys = keys
        self.limits = limits or RateLimits()
        self.passwords = passwords or Passwords()
        self.tokens = Tokens(keys, clock)
        self.seen = LastSeen(db, clock)
        self.sessions = Sessions(db, self.tokens, self.seen, events, clock)
        self.users = Users(self.sessions, clock)
        self.setup = Setup(db, self.passwords, self.sessions, data_dir, clock)
        self.sign_in = SignIn(db, self.passwords, self.sessions, clock)
        self.password_change = PasswordChange(db, self.passwords, self.sessions, clock)
        self.api_keys = ApiKeys(db, self.seen, clock)
        self.invitations = Invitations(clock)
        self.vault = Vault(keys.derive("vault"))
        self.app_passwords = AppPasswords(self.vault, clock)
        self.subsonic = SubsonicSignIn(
            db, keys, self.vault, self.passwords, self.api_keys, self.seen, self.limits, clock
        )
        self.oidc: Identities | None = None
        if provider is not None:
            self.oidc = Identities(
                db, provider, self.vault, self.sessions, clock, create_users=oidc_create_users
            )

    def close(self) -> None:
        """Write what is still only noted."""
        self.seen.flush()
