"""Sessions of browsers and API clients: open, refresh, list, end.

A refresh token is used once. Its predecessor stays valid for 30 s after the rotation, because two tabs may
refresh at once and an answer may get lost; any later use means that a copy is about, and ends the session.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import ColumnElement, delete, insert, select, update

from resonance.accounts import errors, store
from resonance.accounts.last_seen import LastSeen
from resonance.accounts.records import Device, Grant, Session, User
from resonance.accounts.tokens import Tokens, digest, new_secret
from resonance.core.errors import NotFound, Unauthorized
from resonance.core.events import Event, EventBus
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.accounts import refresh_token, session, user
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")
LIFETIME_MS = 30 * 24 * 3600 * 1000
GRACE_MS = 30_000

_CALLER = (
    select(
        user.c.id,
        user.c.name,
        user.c.role,
        user.c.all_libraries,
        user.c.disabled_at,
        session.c.client,
        session.c.revoked_at,
        session.c.expires_at,
        session.c.last_seen_at,
    )
    .select_from(session)
    .join(user, user.c.id == session.c.user_id)
)


class Sessions:
    """Everything about sessions except how a person proves who they are."""

    def __init__(
        self, db: Database, tokens: Tokens, seen: LastSeen, events: EventBus, clock: Callable[[], int]
    ) -> None:
        self._db, self._tokens, self._seen = db, tokens, seen
        self._events, self._clock = events, clock

    def open(self, uow: UnitOfWork, who: User, device: Device) -> Grant:
        """A new session of `who`."""
        now = self._clock()
        session_id = new_id()
        row = {
            "id": session_id,
            "user_id": who.id,
            "device_name": device.name,
            "client": device.client,
            "created_at": now,
            "last_seen_at": now,
            "expires_at": now + LIFETIME_MS,
        }
        uow.execute(insert(session).values(**row))
        dead = (session.c.expires_at < now) | (session.c.revoked_at < now - LIFETIME_MS)
        uow.execute(delete(session).where(session.c.user_id == who.id, dead))
        return self._grant(uow, who, session_id)

    def caller(self, access_token: str) -> Caller:
        """Who holds this access token; Unauthorized when expired, ended or disabled. One indexed read."""
        session_id = self._tokens.session_id(access_token)
        with self._db.read() as uow:
            row = uow.execute(_CALLER.where(session.c.id == session_id)).first()
            if row is None or row.revoked_at is not None:
                raise errors.session_revoked()
            if row.disabled_at is not None:
                raise errors.account_disabled()
            libraries = None if row.all_libraries else frozenset(store.libraries_of(uow, row.id))
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
        statement = (
            select(
                refresh_token.c.replaced_at,
                session.c.id,
                session.c.user_id,
                session.c.revoked_at,
                session.c.expires_at,
            )
            .join(session, session.c.id == refresh_token.c.session_id)
            .where(refresh_token.c.token_hash == token_hash)
            .with_for_update()  # PostgreSQL: two refreshes of one token go one after the other
        )
        row = uow.execute(statement).first()
        if row is None or row.expires_at <= now:
            return errors.session_expired()
        if row.revoked_at is not None:
            return errors.session_revoked()
        if row.replaced_at is not None and now - row.replaced_at > GRACE_MS:
            self._end(uow, session.c.id == row.id, "token_reuse")
            audit.warning("refresh.reused", user_id=row.user_id, session_id=row.id)
            return errors.session_revoked()
        who = store.user_by_id(uow, row.user_id)
        if who is None or who.disabled_at is not None:
            return errors.account_disabled()
        if row.replaced_at is None:
            replaced = update(refresh_token).where(refresh_token.c.token_hash == token_hash)
            uow.execute(replaced.values(replaced_at=now))
        old = (refresh_token.c.session_id == row.id) & (refresh_token.c.issued_at < now - LIFETIME_MS)
        uow.execute(delete(refresh_token).where(old))
        seen = {"last_seen_at": now, "expires_at": now + LIFETIME_MS}
        uow.execute(update(session).where(session.c.id == row.id).values(**seen))
        return self._grant(uow, who, row.id)

    def of_refresh_token(self, uow: UnitOfWork, token: str) -> str | None:
        """The session that a refresh token belongs to, whatever its state."""
        statement = select(refresh_token.c.session_id).where(refresh_token.c.token_hash == digest(token))
        found: str | None = uow.execute(statement).scalar()
        return found

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[Session]:
        """The caller's live sessions, latest first."""
        columns = (
            session.c.id,
            session.c.user_id,
            session.c.device_name,
            session.c.client,
            session.c.created_at,
            session.c.last_seen_at,
        )
        live = session.c.revoked_at.is_(None) & (session.c.expires_at > self._clock())
        statement = select(*columns).where(session.c.user_id == caller.user_id, live)
        rows = uow.execute(statement.order_by(session.c.last_seen_at.desc(), session.c.id))
        return [Session(**row._mapping) for row in rows]

    def revoke(self, uow: UnitOfWork, caller: Caller, session_id: str) -> None:
        """End one of the caller's sessions; NotFound for anybody else's."""
        mine = (session.c.id == session_id) & (session.c.user_id == caller.user_id)
        if not self._end(uow, mine, "signed_out"):
            raise NotFound("There is no such session.")

    def revoke_others(self, uow: UnitOfWork, caller: Caller) -> int:
        """End all of the caller's sessions but the one that asks; the number ended."""
        return self.revoke_all(uow, caller.user_id, "signed_out", keep=caller.session_id)

    def revoke_all(self, uow: UnitOfWork, user_id: str, why: str, *, keep: str | None = None) -> int:
        """End the sessions of a user, except `keep`; the number ended."""
        which = session.c.user_id == user_id
        return self._end(uow, which if keep is None else which & (session.c.id != keep), why)

    def sign_out(self, session_id: str) -> None:
        """End a session whose token was shown. Fine when it has ended already."""
        with self._db.write() as uow:
            self._end(uow, session.c.id == session_id, "signed_out")

    def _end(self, uow: UnitOfWork, which: ColumnElement[bool], why: str) -> int:
        live = which & session.c.revoked_at.is_(None)
        ended = uow.execute(select(session.c.id, session.c.user_id).where(live)).all()
        now = self._clock()
        uow.execute(update(session).where(live).values(revoked_at=now, revoked_why=why))
        for row in ended:
            audit.info("session.revoked", user_id=row.user_id, session_id=row.id, why=why)
            event = Event("session.revoked", {"id": row.id, "why": why}, row.user_id)
            uow.after_commit(partial(self._events.publish, event))
        return len(ended)

    def _grant(self, uow: UnitOfWork, who: User, session_id: str) -> Grant:
        now, token = self._clock(), new_secret("rsr_")
        row = {"token_hash": digest(token), "session_id": session_id, "issued_at": now}
        uow.execute(insert(refresh_token).values(**row))
        return Grant(
            user=who,
            session_id=session_id,
            access=self._tokens.access(who.id, session_id, who.role),
            refresh_token=token,
            refresh_expires_at=now + LIFETIME_MS,
            csrf_token=self._tokens.csrf(session_id),
        )
