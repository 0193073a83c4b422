"""Signing in through an OpenID Connect issuer.

An account belongs to an identity only by (issuer, subject), linked by its signed-in owner or made at the
first sign-in. An equal name or e-mail address links nothing: the issuer's users may choose theirs.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass

from resonance.accounts import credential_store, errors, names, store
from resonance.accounts.ports import Departure, Identity, IdentityProvider
from resonance.accounts.records import Device, Grant, User
from resonance.accounts.sessions import Sessions
from resonance.accounts.users import add
from resonance.accounts.vault import Vault
from resonance.core.errors import Conflict, Forbidden, NotFound, Unauthorized
from resonance.core.logs import logger
from resonance.db.engine import Database, UnitOfWork
from resonance.model.caller import Caller, Role

audit = logger("resonance.audit")
LIFETIME_MS = 10 * 60 * 1000
_CONTEXT = "oidc-journey"


@dataclass(frozen=True, slots=True)
class Journey:
    """`url` is where the browser goes; `ticket` is sealed and must be shown again on return."""

    url: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Link:
    """An identity that may sign in as the account."""

    issuer: str
    created_at: int


class Identities:
    """Present only where an issuer is configured. The issuer is never asked inside a transaction."""

    def __init__(
        self,
        db: Database,
        provider: IdentityProvider,
        vault: Vault,
        sessions: Sessions,
        clock: Callable[[], int],
        *,
        create_users: bool,
    ) -> None:
        self._db, self._provider, self._vault, self._sessions = db, provider, vault, sessions
        self._clock, self._create_users = clock, create_users

    @property
    def label(self) -> str:
        """The text of the button."""
        return self._provider.label

    def depart(self, redirect_uri: str, *, link_to: Caller | None = None) -> Journey:
        """Begin; with `link_to` the identity that comes back is linked to that account. Unavailable."""
        if link_to is not None:
            link_to.must_write()
        departure = self._provider.depart(redirect_uri)
        ticket = {
            "state": departure.state,
            "nonce": departure.nonce,
            "verifier": departure.verifier,
            "redirect_uri": redirect_uri,
            "link_to": link_to.user_id if link_to else None,
            "until": self._clock() + LIFETIME_MS,
        }
        return Journey(departure.url, self._vault.seal(json.dumps(ticket), _CONTEXT))

    def is_linking(self, ticket: str | None) -> bool:
        """Whether the journey began in the settings of a signed-in account."""
        opened = self._vault.open(ticket or "", _CONTEXT)
        return opened is not None and json.loads(opened)["link_to"] is not None

    def arrive(self, ticket: str | None, state: str, code: str, device: Device) -> Grant | None:
        """Finish: a session, or None when an identity was linked.

        Unauthorized `oidc_failed`, Forbidden `oidc_no_account`, Conflict `oidc_linked_elsewhere`.
        """
        opened = self._vault.open(ticket or "", _CONTEXT)
        if opened is None:
            raise _failed()
        kept = json.loads(opened)
        if kept["until"] < self._clock() or not hmac.compare_digest(kept["state"].encode(), state.encode()):
            raise _failed()
        departure = Departure("", kept["state"], kept["nonce"], kept["verifier"])
        identity = self._provider.arrive(code, kept["redirect_uri"], departure)
        with self._db.write() as uow:
            if kept["link_to"] is not None:
                self._link(uow, kept["link_to"], identity)
                return None
            who = self._owner(uow, identity)
            grant = self._sessions.open(uow, who, device)
        audit.info(
            "sign_in.done", user_id=who.id, session_id=grant.session_id, client=device.client, by="oidc"
        )
        return grant

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[Link]:
        """The caller's links."""
        rows = credential_store.identities(uow, caller.user_id)
        return [Link(row.issuer, row.created_at) for row in rows]

    def unlink(self, uow: UnitOfWork, caller: Caller) -> None:
        """Remove the caller's links; Conflict when nothing else would let them in again."""
        caller.must_write()
        if store.password_hash(uow, caller.user_id) is None:
            raise Conflict("Set a password first, or you could not sign in any more.", code="no_password")
        if credential_store.delete_identities(uow, caller.user_id) == 0:
            raise NotFound("Nothing is linked.")
        audit.info("identity.unlinked", user_id=caller.user_id)

    def _link(self, uow: UnitOfWork, user_id: str, identity: Identity) -> None:
        who = store.user_by_id(uow, user_id)
        if who is None or who.disabled_at is not None:
            raise errors.session_revoked()
        owner = credential_store.identity_owner(uow, identity.issuer, identity.subject)
        if owner == user_id:
            return
        if owner is not None:
            raise Conflict("That sign-in belongs to another account here.", code="oidc_linked_elsewhere")
        credential_store.insert_identity(uow, identity.issuer, identity.subject, user_id, self._clock())
        audit.info("identity.linked", user_id=user_id, issuer=identity.issuer)

    def _owner(self, uow: UnitOfWork, identity: Identity) -> User:
        store.lock_users(uow)
        owner = credential_store.identity_owner(uow, identity.issuer, identity.subject)
        if owner is not None:
            who = store.user_by_id(uow, owner)
            assert who is not None
            if who.disabled_at is not None:
                raise errors.account_disabled()
            return who
        # Before setup the first account must be the admin's.
        if not self._create_users or store.user_count(uow) == 0:
            audit.warning("sign_in.no_account", by="oidc")
            raise Forbidden("No account here is linked to that sign-in.", code="oidc_no_account")
        shown, folded = _free_name(uow, identity.name)
        who = add(uow, shown, folded, Role.USER, None, self._clock())
        credential_store.insert_identity(uow, identity.issuer, identity.subject, who.id, self._clock())
        return who


def _free_name(uow: UnitOfWork, wish: str) -> tuple[str, str]:
    base = names.plain(wish, names.LONGEST - 6) or "listener"
    shown, folded = names.user_name(base)
    number = 2
    while store.name_exists(uow, folded):
        shown, folded = names.user_name(f"{base} {number}")
        number += 1
    return shown, folded


def _failed() -> Unauthorized:
    return Unauthorized("That sign-in did not work or took too long. Try again.", code="oidc_failed")
