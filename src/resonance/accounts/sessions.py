"""Sessions of browsers and API clients: open, refresh, list, end.

A refresh token is used once. Its predecessor stays valid for 30 s after the rotation, because two tabs may
refresh at once and an answer may get lost; any later use means that a copy is about, and ends the session.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from resonance.accounts import errors, session_store, store
from resonance.accounts.last_seen import LastSeen
from resonance.accounts.records import Device, Grant, Session, User
from resonance.accounts.tokens import Tokens, digest, new_secret
from resonance.core.errors import NotFound, Unauthorized
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")
LIFETIME_MS = 30 * 24 * 3600 * 1000
GRACE_MS = 30_000


class Sessions:
    """Everything about sessions except how a person proves who they are."""

    def __init__(
        self, db: Database, tokens: Tokens, seen: LastSeen, events: EventBus, clock: Callable[[], int]
    ) -> None:
        self._db, self._tokens, self._seen = db, tokens, seen
        self._events, self._clock = events, clock

    def open(self, uow: UnitOfWork, who: User, device: Device) -> Grant:
        """A new session of `who`."""
        now, session_id = self._clock(), new_id()
        session_store.delete_dead(uow, who.id, now, now - LIFETIME_MS)
        made = Session(session_id, who.id, device.name, device.client, now, now)
        session_store.insert_session(uow, made, now + LIFETIME_MS)
        return self._grant(uow, who, session_id)

    def caller(self, access_token: str) -> Caller:
        """Who holds this access token; Unauthorized when expired, ended or disabled. One indexed read."""
        session_id = self._tokens.session_id(access_token)
        with self._db.read() as uow:
            row = session_store.caller(uow, session_id)
            if row is None or row.revoked_at is not None:
                raise errors.session_revoked()
            if row.disabled_at is not None:
                raise errors.account_disabled()
            sight = {"all_libraries": row.all_libraries, "servers": row.servers}
            libraries = store.seen_libraries(uow, row.id, row.role, **sight)
        self._seen.note("session", session_id, row.last_seen_at)
        return Caller(row.id, row.name, Role(row.role), libraries, session_id, row.client)

    def refresh(self, token: str) -> Grant:
        """Trade a refresh token for a new pair; Unauthorized `session_expired` or `session_revoked`."""
        with self._db.write() as uow:
            outcome = self._refresh(uow, token)
        # Raised only here: an exception inside would roll the revocation back.
        if isinstance(outcome, Unauthorized):
            raise outcome
        return outcome

    def _refresh(self, uow: UnitOfWork, token: str) -> Grant | Unauthorized:
        now, token_hash = self._clock(), digest(token)
        row = session_store.of_token(uow, token_hash)
        if row is None or row.expires_at <= now:
            return errors.session_expired()
        if row.revoked_at is not None:
            return errors.session_revoked()
        if row.replaced_at is not None and now - row.replaced_at > GRACE_MS:
            self._end(uow, "token_reuse", session_id=row.id)
            audit.warning("refresh.reused", user_id=row.user_id, session_id=row.id)
            return errors.session_revoked()
        who = store.user_by_id(uow, row.user_id)
        if who is None or who.disabled_at is not None:
            return errors.account_disabled()
        if row.replaced_at is None:
            session_store.replace_token(uow, token_hash, now)
        session_store.delete_old_tokens(uow, row.id, now - LIFETIME_MS)
        session_store.prolong(uow, row.id, now, now + LIFETIME_MS)
        return self._grant(uow, who, row.id)

    def of_refresh_token(self, uow: UnitOfWork, token: str) -> str | None:
        """The session that a refresh token belongs to, whatever its state."""
        row = session_store.of_token(uow, digest(token))
        return None if row is None else row.id

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[Session]:
        """The caller's live sessions, latest first."""
        return session_store.live(uow, caller.user_id, self._clock())

    def revoke(self, uow: UnitOfWork, caller: Caller, session_id: str) -> None:
        """End one of the caller's sessions; NotFound for anybody else's."""
        if not self._end(uow, "signed_out", session_id=session_id, user_id=caller.user_id):
            raise NotFound("There is no such session.")

    def revoke_others(self, uow: UnitOfWork, caller: Caller) -> int:
        """End all of the caller's sessions but the one that asks; the number ended."""
        return self.revoke_all(uow, caller.user_id, "signed_out", keep=caller.session_id)

    def revoke_all(self, uow: UnitOfWork, user_id: str, why: str, *, keep: str | None = None) -> int:
        """End the sessions of a user, except `keep`; the number ended."""
        return self._end(uow, why, user_id=user_id, keep=keep)

    def sign_out(self, session_id: str) -> None:
        """End a session whose token was shown. Fine when it has ended already."""
        with self._db.write() as uow:
            self._end(uow, "signed_out", session_id=session_id)

    def _end(self, uow: UnitOfWork, why: str, **which: str | None) -> int:
        ended = session_store.end(uow, why, self._clock(), **which)
        for row in ended:
            audit.info("session.revoked", user_id=row.user_id, session_id=row.id, why=why)
            event = Event("session.revoked", {"id": row.id, "why": why}, row.user_id)
            uow.after_commit(partial(self._events.publish, event))
        return len(ended)

    def _grant(self, uow: UnitOfWork, who: User, session_id: str) -> Grant:
        now, token = self._clock(), new_secret("rsr_")
        session_store.insert_token(uow, digest(token), session_id, now)
        return Grant(
            user=who,
            session_id=session_id,
            access=self._tokens.access(who.id, session_id, who.role),
            refresh_token=token,
            refresh_expires_at=now + LIFETIME_MS,
            csrf_token=self._tokens.csrf(session_id),
        )
