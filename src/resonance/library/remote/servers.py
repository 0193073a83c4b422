"""Music servers and the accounts on them: added by an admin, linked by people.

Names and passwords are tried before they are kept, and kept sealed. No method answers one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any, NotRequired, TypedDict
from urllib.parse import urlsplit

from sqlalchemy import delete, func, insert, select

from resonance.accounts.vault import Vault
from resonance.core.clock import iso, now_ms
from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.core.events import EventBus
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.core.text import fold
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.library import carrier
from resonance.db.tables.remote import remote_link, remote_server, remote_song
from resonance.library.ports import NameIndex
from resonance.library.remote import mapping, record, store
from resonance.library.remote.ports import Connect, Credentials, Folder, Remote
from resonance.library.remote.record import Report
from resonance.library.remote.sync import Syncing
from resonance.library.sources import Libraries
from resonance.model.caller import OPERATOR, Caller

audit = logger("resonance.audit")

LONGEST = 500
MOST_SERVERS = 20
SAMPLE = 100  # songs that a mapping is tried with
# What a linked account does.
WANTS = ("likes", "ratings", "plays", "playlists", "scrobbles")


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
    last_run: dict[str, Any] | None


class LinkItem(TypedDict):
    """A server as a person sees it, with the own account there. Wants are absent without one."""

    server_id: str
    name: str
    kind: str
    url: str
    linked: bool
    username: NotRequired[str]
    likes: NotRequired[bool]
    ratings: NotRequired[bool]
    plays: NotRequired[bool]
    playlists: NotRequired[bool]
    scrobbles: NotRequired[bool]
    libraries: NotRequired[list[str]]
    last_sync_at: NotRequired[str | None]
    problem: NotRequired[str | None]
    report: NotRequired[dict[str, Any]]


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
    """Adds, edits, links and opens. Methods that ask a server open the database themselves, after it."""

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
        self._vault, self._connect = vault, connect
        self._articles = tuple(fold(word) for word in ignored_articles)

    # --- servers

    def all(self, uow: UnitOfWork, caller: Caller) -> list[ServerItem]:
        """Every server, for admins."""
        caller.must_be_admin()
        return [self._item(uow, row) for row in store.servers(uow)]

    def one(self, uow: UnitOfWork, caller: Caller, server_id: str) -> ServerItem:
        """One of them, or NotFound."""
        caller.must_be_admin()
        return self._item(uow, self._row(uow, server_id))

    def test(self, caller: Caller, url: str, username: str, password: str) -> ServerFound:
        """Sign in and look. Refused, Unavailable, Invalid."""
        caller.must_be_admin()
        with closing(self._connect(None, _given(url, username, password), patient=False)) as remote:
            remote.check()
            return {"kind": remote.kind, "libraries": [folder.name for folder in remote.folders()]}

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
        given = _given(url, username, password)
        mapped = mapping.checked(mappings)
        with closing(self._connect(None, given, patient=False)) as remote:
            remote.check()
            folders, kind, token = remote.folders(), remote.kind, remote.token
        server_id, now = new_id(), now_ms()
        shown = _name(name) if name.strip() else given.url.partition("://")[2]
        with self.db.write(caller.user_id) as uow:
            if uow.execute(select(func.count()).select_from(remote_server)).scalar_one() >= MOST_SERVERS:
                raise Conflict(f"There are {MOST_SERVERS} servers already.", code="too_many")
            if uow.execute(select(remote_server.c.id).where(remote_server.c.url == given.url)).first():
                raise Conflict("This server is there already.", code="known")
            values = self._sealed("remote_server", server_id, given, token)
            uow.execute(
                insert(remote_server).values(
                    id=server_id,
                    name=shown,
                    kind=kind,
                    url=given.url,
                    everyone=everyone,
                    mappings=store.encode(mapped),
                    created_at=now,
                    **values,
                )
            )
            for folder in folders or [Folder("1", shown)]:
                label = f"{shown}: {folder.name}" if len(folders) > 1 else shown
                store.add_library(uow, server_id, folder.id, new_id(), label[:200], kind, now)
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
            row = self._row(uow, server_id)
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = _name(name)
        if everyone is not None:
            values["everyone"] = everyone
        if mappings is not None:
            # Songs that are found by a mapping are looked at again.
            values |= {"mappings": store.encode(mapping.checked(mappings))}
        elsewhere = (url is not None and _address(url) != row.url) or (
            username or row.username
        ) != row.username
        if elsewhere and not password:
            raise Invalid("Give the password as well.", field="password")
        if password:
            given = _given(url or row.url, username or row.username, password)
            with closing(self._connect(row.kind, given, patient=False)) as remote:
                remote.check()
                token = remote.token
            values |= {"url": given.url, "problem": None}
            values |= self._sealed("remote_server", server_id, given, token)
            audit.info("server.changed", server_id=server_id, by=caller.user_id)
        if values:
            with self.db.write(caller.user_id) as uow:
                self._row(uow, server_id)
                store.change_server(uow, server_id, **values)
                if urlsplit(values.get("url", row.url)).hostname != urlsplit(row.url).hostname:
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
            self._row(uow, server_id)
            songs = store.sample(uow, server_id, SAMPLE)
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
            self._row(uow, server_id)
            for row in store.libraries(uow, server_id).values():
                self.libraries.remove(uow, OPERATOR, row.library_id)
            uow.execute(delete(remote_server).where(remote_server.c.id == server_id))
        audit.info("server.removed", server_id=server_id, by=caller.user_id)

    # --- linked accounts

    def mine(self, uow: UnitOfWork, caller: Caller) -> list[LinkItem]:
        """Every server, and the caller's account there."""
        links = {row.server_id: row for row in store.links(uow, user_id=caller.user_id)}
        return [self._link_item(uow, row, links.get(row.id)) for row in store.servers(uow)]

    def link(
        self,
        caller: Caller,
        server_id: str,
        username: str,
        password: str,
        wants: dict[str, bool] | None = None,
    ) -> str:
        """Link an account of the caller, or another one in place of the last; its id."""
        caller.must_write()
        with self.db.read(caller.user_id) as uow:
            server = self._row(uow, server_id)
        given = _given(server.url, username, password)
        with closing(self._connect(server.kind, given, patient=False)) as remote:
            remote.check()
            folders, token = remote.folders(), remote.token
        with self.db.write(caller.user_id) as uow:
            self._row(uow, server_id)
            before = store.link_of(uow, server_id, caller.user_id)
            if before is not None and before.username != given.username:
                # Another person's likes are not this one's.
                uow.execute(delete(remote_link).where(remote_link.c.id == before.id))
                before = None
            link_id = before.id if before else new_id()
            values = self._sealed("remote_link", link_id, given, token) | dict(wants or {})
            if before is None:
                ids = {"id": link_id, "server_id": server_id, "user_id": caller.user_id}
                uow.execute(insert(remote_link).values(**ids, created_at=now_ms(), **values))
            else:
                store.change_link(uow, link_id, problem=None, **values)
            self.give_sight(uow, server_id, link_id, folders)
        audit.info("server.linked", server_id=server_id, user_id=caller.user_id)
        return link_id

    def change_link(self, uow: UnitOfWork, caller: Caller, server_id: str, wants: dict[str, bool]) -> None:
        """Turn parts on and off."""
        caller.must_write()
        row = store.link_of(uow, server_id, caller.user_id)
        if row is None:
            raise NotFound("No account is linked there.")
        if wants:
            store.change_link(uow, row.id, **wants)

    def unlink(self, uow: UnitOfWork, caller: Caller, server_id: str) -> None:
        """Forget the caller's account there. Likes, ratings and playlists stay."""
        caller.must_write()
        row = store.link_of(uow, server_id, caller.user_id)
        if row is None:
            raise NotFound("No account is linked there.")
        uow.execute(delete(remote_link).where(remote_link.c.id == row.id))
        versions.bump(uow, "libraries")
        audit.info("server.unlinked", server_id=server_id, user_id=caller.user_id)

    def give_sight(self, uow: UnitOfWork, server_id: str, link_id: str, folders: Sequence[Folder]) -> None:
        """What the account may see there, the person may see here."""
        known = store.libraries(uow, server_id)
        seen = [known[folder.id].library_id for folder in folders if folder.id in known]
        store.set_link_libraries(uow, link_id, seen)

    # --- at work

    def open(self, row: Any) -> Remote:
        """The account that reads a server's catalogue. NotFound when the secret cannot be opened."""
        return self._connect(row.kind, self._credentials("remote_server", row, row.url))

    def open_link(self, server: Any, row: Any) -> Remote:
        """A linked account."""
        return self._connect(server.kind, self._credentials("remote_link", row, server.url))

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

    def keep_token(self, kind: str, row_id: str, remote: Remote) -> None:
        """Keep the sign-in that is good now. `kind` is remote_server or remote_link."""
        if remote.token is None:
            return
        sealed = self._vault().seal(remote.token, f"{kind}_token:{row_id}")
        change = store.change_server if kind == "remote_server" else store.change_link
        with self.db.write() as uow:
            change(uow, row_id, token=sealed)

    def _sealed(self, kind: str, row_id: str, given: Credentials, token: str | None) -> dict[str, Any]:
        vault = self._vault()
        return {
            "username": given.username,
            "secret": vault.seal(given.password, f"{kind}:{row_id}"),
            "token": vault.seal(token, f"{kind}_token:{row_id}") if token else None,
        }

    def _credentials(self, kind: str, row: Any, url: str) -> Credentials:
        vault = self._vault()
        password = vault.open(row.secret, f"{kind}:{row.id}")
        if password is None:
            raise Invalid("The stored password cannot be opened any more. Give it again.", code="secret_lost")
        token = vault.open(row.token, f"{kind}_token:{row.id}") if row.token else None
        return Credentials(url, row.username, password, token)

    def _row(self, uow: UnitOfWork, server_id: str) -> Any:
        row = store.server(uow, server_id)
        if row is None:
            raise NotFound("There is no such server.")
        return row

    def _item(self, uow: UnitOfWork, row: Any) -> ServerItem:
        query = (
            select(carrier.c.library_id, func.count())
            .join(remote_song, remote_song.c.carrier_id == carrier.c.id)
            .where(remote_song.c.server_id == row.id, carrier.c.missing_at.is_(None))
            .group_by(carrier.c.library_id)
        )
        counts: dict[str, int] = {found[0]: found[1] for found in uow.execute(query)}
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
                {"id": one.library_id, "name": one.name, "songs": counts.get(one.library_id, 0)}
                for one in parts
            ],
            "links": len(store.links(uow, server_id=row.id)),
            "last_sync_at": iso(row.last_sync_at) if row.last_sync_at else None,
            "problem": row.problem,
            "last_run": next(iter(record.runs(uow, row.id, 1)), None),
        }

    def _link_item(self, uow: UnitOfWork, server: Any, row: Any) -> LinkItem:
        item: LinkItem = {
            "server_id": server.id,
            "name": server.name,
            "kind": server.kind,
            "url": server.url,
            "linked": row is not None,
        }
        if row is None:
            return item
        names = {one.library_id: one.name for one in store.libraries(uow, server.id).values()}
        seen = [names[library_id] for library_id in store.link_libraries(uow, row.id) if library_id in names]
        told: LinkItem = {
            **item,
            "username": row.username,
            "likes": row.likes,
            "ratings": row.ratings,
            "plays": row.plays,
            "playlists": row.playlists,
            "scrobbles": row.scrobbles,
            "libraries": seen,
            "last_sync_at": iso(row.last_sync_at) if row.last_sync_at else None,
            "problem": row.problem,
            "report": json.loads(row.report or "{}"),
        }
        return told


def _given(url: str, username: str, password: str) -> Credentials:
    if not username.strip() or len(username) > LONGEST:
        raise Invalid("Give the name of the account.", field="username")
    if not password or len(password) > LONGEST:
        raise Invalid("Give the password of the account.", field="password")
    return Credentials(_address(url), username.strip(), password)


def _address(url: str) -> str:
    text = url.strip().rstrip("/")
    if not text.startswith(("http://", "https://")) or len(text) > LONGEST or not text.isprintable():
        raise Invalid("Give an address such as http://music.example.org:4533.", field="url")
    return text


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > 200 or not cleaned.isprintable():
        raise Invalid("Give the server a name of at most 200 characters.", field="name")
    return cleaned
