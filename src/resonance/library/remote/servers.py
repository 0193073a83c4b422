"""Music servers: added, changed and taken out by admins, opened for work.

Names and passwords are tried before they are kept, and kept sealed. No method answers one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from resonance.accounts.vault import Vault
from resonance.core.clock import iso, now_ms
from resonance.core.errors import Conflict, Invalid
from resonance.core.events import EventBus
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.core.text import fold
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.library.ports import NameIndex
from resonance.library.remote import mapping, record, signing, song_store, store
from resonance.library.remote.links import Links
from resonance.library.remote.ports import Connect, Folder, Remote
from resonance.library.remote.record import Report
from resonance.library.remote.signing import Signing, given
from resonance.library.remote.sync import Syncing
from resonance.library.sources import Libraries
from resonance.model.caller import OPERATOR, Caller

audit = logger("resonance.audit")

MOST_SERVERS = 20
SAMPLE = 100  # songs that a mapping is tried with


class LibraryPart(TypedDict):
    """A library of a server."""

    id: str
    name: str
    songs: int


class ServerItem(TypedDict):
    """A server as an admin sees it; `problem` says why the last sync failed."""

    id: str
    name: str
    kind: str
    url: str
    username: str
    everyone: bool
    mappings: list[list[str]]
    libraries: list[LibraryPart]
    links: int
    last_sync_at: str | None
    problem: str | None
    last_run: record.SyncRun | None


class ServerFound(TypedDict):
    """What a test of an address and account found."""

    kind: str
    libraries: list[str]


class MappingCheck(TypedDict):
    """Songs that were looked for and found; `missed` is the path of one that was not."""

    tried: int
    found: int
    missed: str | None


class Servers:
    """Adds, edits and opens. Methods that ask a server open the database themselves, after it."""

    def __init__(
        self,
        db: Database,
        events: EventBus,
        index: NameIndex,
        libraries: Libraries,
        vault: Callable[[], Vault],
        connect: Connect,
        *,
        ignored_articles: Sequence[str] = (),
    ) -> None:
        self.db, self.events, self.index, self.libraries = db, events, index, libraries
        self.signing = Signing(vault, connect)
        self.links = Links(db, self.signing)
        self._articles = tuple(fold(word) for word in ignored_articles)

    def all(self, uow: UnitOfWork, caller: Caller) -> list[ServerItem]:
        """Every server, for admins."""
        caller.must_be_admin()
        return [_item(uow, row) for row in store.servers(uow)]

    def one(self, uow: UnitOfWork, caller: Caller, server_id: str) -> ServerItem:
        """One of them, or NotFound."""
        caller.must_be_admin()
        return _item(uow, store.known_server(uow, server_id))

    def test(self, caller: Caller, url: str, username: str, password: str) -> ServerFound:
        """Sign in and look. Refused, Unavailable, Invalid."""
        caller.must_be_admin()
        tried = self.signing.tried(None, given(url, username, password))
        return {"kind": tried.kind, "libraries": [folder.name for folder in tried.folders]}

    def add(
        self,
        caller: Caller,
        *,
        name: str,
        url: str,
        username: str,
        password: str,
        everyone: bool = False,
        mappings: Sequence[mapping.Mapping] = (),
    ) -> str:
        """A new server with its libraries; its id. Refused, Unavailable, Invalid, Conflict."""
        caller.must_be_admin()
        account = given(url, username, password)
        mapped = mapping.checked(mappings)
        tried = self.signing.tried(None, account)
        server_id, now = new_id(), now_ms()
        shown = _name(name) if name.strip() else account.url.partition("://")[2]
        with self.db.write(caller.user_id) as uow:
            known = store.servers(uow)
            if len(known) >= MOST_SERVERS:
                raise Conflict(f"There are {MOST_SERVERS} servers already.", code="too_many")
            if any(one.url == account.url for one in known):
                raise Conflict("This server is there already.", code="known")
            values = self.signing.sealed("remote_server", server_id, account, tried.token)
            values |= {"name": shown, "kind": tried.kind, "url": account.url, "everyone": everyone}
            store.add_server(uow, id=server_id, mappings=store.encode(mapped), created_at=now, **values)
            for folder in tried.folders or [Folder("1", shown)]:
                label = f"{shown}: {folder.name}" if len(tried.folders) > 1 else shown
                store.add_library(uow, server_id, folder.id, new_id(), label[:200], tried.kind, now)
        audit.info("server.added", server_id=server_id, by=caller.user_id)
        return server_id

    def change(
        self,
        caller: Caller,
        server_id: str,
        *,
        name: str | None = None,
        url: str | None = None,
        username: str | None = None,
        password: str | None = None,
        everyone: bool | None = None,
        mappings: Sequence[mapping.Mapping] | None = None,
    ) -> None:
        """Change what is given. A new address or account needs its password: no old one goes elsewhere."""
        caller.must_be_admin()
        with self.db.read(caller.user_id) as uow:
            row = store.known_server(uow, server_id)
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = _name(name)
        if everyone is not None:
            values["everyone"] = everyone
        if mappings is not None:
            # Songs that are found by a mapping are looked at again.
            values |= {"mappings": store.encode(mapping.checked(mappings))}
        moved = url is not None and signing.address(url) != row.url
        if (moved or (username or row.username) != row.username) and not password:
            raise Invalid("Give the password as well.", field="password")
        if password:
            account = given(url or row.url, username or row.username, password)
            tried = self.signing.tried(row.kind, account)
            values |= {"url": account.url, "problem": None}
            values |= self.signing.sealed("remote_server", server_id, account, tried.token)
            audit.info("server.changed", server_id=server_id, by=caller.user_id)
        if values:
            self._keep(caller, server_id, row.url, values)

    def _keep(self, caller: Caller, server_id: str, url: str, values: Mapping[str, Any]) -> None:
        """Write what changed of a server that was at `url`."""
        with self.db.write(caller.user_id) as uow:
            store.known_server(uow, server_id)
            store.change_server(uow, server_id, **values)
            if not signing.same_server(url, values.get("url", url)):
                # People gave their passwords to another address.
                words = "The server has a new address. Give the password again."
                for linked in store.links(uow, server_id=server_id):
                    store.change_link(uow, linked.id, secret="", token=None, problem=words)
            versions.bump(uow, "libraries")

    def check_mappings(
        self, caller: Caller, server_id: str, mappings: Sequence[mapping.Mapping]
    ) -> MappingCheck:
        """How many of some songs are found by these mappings, and where one that is not was looked for."""
        caller.must_be_admin()
        pairs = mapping.checked(mappings)
        with self.db.read(caller.user_id) as uow:
            store.known_server(uow, server_id)
            songs = song_store.sample(uow, server_id, SAMPLE)
        found, missed = 0, None
        for song in songs:
            near = mapping.local_path(pairs, song.root, song.path)
            if mapping.present(near, pairs, song.size) is not None:
                found += 1
            elif missed is None:
                missed = str(near) if near else f"{song.root.rstrip('/')}/{song.path}"
        return {"tried": len(songs), "found": found, "missed": missed}

    def remove(self, caller: Caller, server_id: str) -> None:
        """Forget a server with its libraries. Tracks that also lie in a folder here stay."""
        caller.must_be_admin()
        with self.db.write(caller.user_id) as uow:
            store.known_server(uow, server_id)
            for row in store.libraries(uow, server_id).values():
                self.libraries.remove(uow, OPERATOR, row.library_id)
            store.delete_server(uow, server_id)
        audit.info("server.removed", server_id=server_id, by=caller.user_id)

    def open(self, row: Any) -> Remote:
        """The account that reads a server's catalogue. Invalid when its password cannot be opened."""
        return self.signing.open("remote_server", row, row.kind, row.url)

    def syncing(
        self,
        remote: Remote,
        server_id: str,
        *,
        reason: str = "manual",
        full: bool = False,
        progress: Callable[[Report], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Syncing:
        """A sync to be entered by `with`."""
        return Syncing(
            *(self.db, self.events, self.index, self._articles, remote, server_id),
            reason=reason,
            full=full,
            progress=progress,
            cancelled=cancelled,
        )

    def keep_token(self, server_id: str, remote: Remote) -> None:
        """Keep the sign-in that is good now."""
        if remote.token is not None:
            token = self.signing.sealed_token("remote_server", server_id, remote.token)
            with self.db.write() as uow:
                store.change_server(uow, server_id, token=token)


def _item(uow: UnitOfWork, row: Any) -> ServerItem:
    counts = song_store.counts(uow, row.id)
    parts = store.libraries(uow, row.id).values()
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "url": row.url,
        "username": row.username,
        "everyone": row.everyone,
        "mappings": [list(pair) for pair in mapping.decode(row.mappings)],
        "libraries": [
            {"id": one.library_id, "name": one.name, "songs": counts.get(one.library_id, 0)} for one in parts
        ],
        "links": len(store.links(uow, server_id=row.id)),
        "last_sync_at": iso(row.last_sync_at) if row.last_sync_at else None,
        "problem": row.problem,
        "last_run": next(iter(record.runs(uow, row.id, 1)), None),
    }


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 200 or not cleaned.isprintable():
        raise Invalid("Give the server a name of at most 200 characters.", field="name")
    return cleaned
