"""Accounts on music servers: tried before they are kept, sealed while they are kept, opened for work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from resonance.accounts.vault import Vault
from resonance.core.errors import Invalid
from resonance.library.remote.ports import Connect, Credentials, Folder, Kind, Remote

LONGEST = 500
# The table whose row holds the account: what is sealed for one row cannot be opened for another.
Table = Literal["remote_server", "remote_link"]


@dataclass(frozen=True, slots=True)
class Tried:
    """An account that was let in: what the server is, what the account may see, the sign-in that is good."""

    kind: Kind
    folders: list[Folder]
    token: str | None


class Signing:
    """Tries, seals and opens accounts. No method answers a name or password."""

    def __init__(self, vault: Callable[[], Vault], connect: Connect) -> None:
        self._vault, self.connect = vault, connect

    def tried(self, kind: Kind | None, given: Credentials) -> Tried:
        """Sign in and look. Refused, Unavailable."""
        with closing(self.connect(kind, given, patient=False)) as remote:
            remote.check()
            return Tried(remote.kind, remote.folders(), remote.token)

    def sealed(self, table: Table, row_id: str, given: Credentials, token: str | None) -> dict[str, Any]:
        """The columns of the row."""
        secret = self._vault().seal(given.password, f"{table}:{row_id}")
        return {
            "username": given.username,
            "secret": secret,
            "token": self.sealed_token(table, row_id, token),
        }

    def sealed_token(self, table: Table, row_id: str, token: str | None) -> str | None:
        """The column of the sign-in that is good now."""
        return self._vault().seal(token, f"{table}_token:{row_id}") if token else None

    def open(self, table: Table, row: Any, kind: Kind, url: str) -> Remote:
        """The account of a row. Invalid (code secret_lost) when its password cannot be opened."""
        vault = self._vault()
        password = vault.open(row.secret, f"{table}:{row.id}")
        if password is None:
            words = "The stored password cannot be opened any more. Give it again."
            raise Invalid(words, code="secret_lost")
        token = vault.open(row.token, f"{table}_token:{row.id}") if row.token else None
        return self.connect(kind, Credentials(url, row.username, password, token))


def given(url: str, username: str, password: str) -> Credentials:
    """What a person typed. Invalid."""
    if not username.strip() or len(username) > LONGEST:
        raise Invalid("Give the name of the account.", field="username")
    if not password or len(password) > LONGEST:
        raise Invalid("Give the password of the account.", field="password")
    return Credentials(address(url), username.strip(), password)


def address(url: str) -> str:
    """The address of a server as it is kept: without a slash at its end. Invalid."""
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or len(text) > LONGEST or not text.isprintable() or " " in text:
        raise Invalid("Give an address such as http://music.example.org:4533.", field="url")
    if parts.username is not None or parts.query or parts.fragment:
        raise Invalid("Give the address without a name, password or question mark.", field="url")
    return text


def same_server(mine: str, other: str) -> bool:
    """Whether an address is of the server of `mine`, or of the same one behind https."""
    try:
        one, two = urlsplit(mine), urlsplit(other)
        if not one.hostname or one.hostname != two.hostname or two.scheme not in ("http", "https"):
            return False
        upgraded = one.scheme == "http" and two.scheme == "https"
        return upgraded or (one.scheme, one.port) == (two.scheme, two.port)
    except ValueError:
        return False
