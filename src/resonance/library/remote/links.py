"""The accounts that people linked on music servers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

from resonance.core.clock import iso, now_ms
from resonance.core.errors import NotFound
from resonance.core.ids import new_id
from resonance.core.logs import logger
from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.library.remote import store
from resonance.library.remote.ports import Folder, Remote
from resonance.library.remote.signing import Signing, given
from resonance.model.caller import Caller

audit = logger("resonance.audit")

# What a linked account does.
WANTS = ("likes", "ratings", "plays", "playlists", "scrobbles")


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


class Links:
    """Links, changes and opens accounts of people. `link` asks the server and opens the database itself."""

    def __init__(self, db: Database, signing: Signing) -> None:
        self._db, self._signing = db, signing

    def all(self, uow: UnitOfWork, caller: Caller) -> list[LinkItem]:
        """Every server, and the caller's account there."""
        links = {row.server_id: row for row in store.links(uow, user_id=caller.user_id)}
        return [_item(uow, row, links.get(row.id)) for row in store.servers(uow)]

    def one(self, uow: UnitOfWork, caller: Caller, server_id: str) -> LinkItem:
        """One server, and the caller's account there. NotFound."""
        server = store.known_server(uow, server_id)
        return _item(uow, server, store.link_of(uow, server_id, caller.user_id))

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
        with self._db.read(caller.user_id) as uow:
            server = store.known_server(uow, server_id)
        account = given(server.url, username, password)
        tried = self._signing.tried(server.kind, account)
        with self._db.write(caller.user_id) as uow:
            store.known_server(uow, server_id)
            before = store.link_of(uow, server_id, caller.user_id)
            if before is not None and before.username != account.username:
                # Another person's likes are not this one's.
                store.delete_link(uow, before.id)
                before = None
            link_id = before.id if before else new_id()
            values = self._signing.sealed("remote_link", link_id, account, tried.token) | dict(wants or {})
            if before is None:
                ids = {"id": link_id, "server_id": server_id, "user_id": caller.user_id}
                store.add_link(uow, **ids, created_at=now_ms(), **values)
            else:
                store.change_link(uow, link_id, problem=None, **values)
            self.give_sight(uow, server_id, link_id, tried.folders)
        audit.info("server.linked", server_id=server_id, user_id=caller.user_id)
        return link_id

    def change(self, uow: UnitOfWork, caller: Caller, server_id: str, wants: dict[str, bool]) -> None:
        """Turn parts on and off."""
        caller.must_write()
        row = _own(uow, caller, server_id)
        if wants:
            store.change_link(uow, row.id, **wants)

    def unlink(self, uow: UnitOfWork, caller: Caller, server_id: str) -> None:
        """Forget the caller's account there. Likes, ratings and playlists stay."""
        caller.must_write()
        store.delete_link(uow, _own(uow, caller, server_id).id)
        versions.bump(uow, "libraries")
        audit.info("server.unlinked", server_id=server_id, user_id=caller.user_id)

    def give_sight(self, uow: UnitOfWork, server_id: str, link_id: str, folders: Sequence[Folder]) -> None:
        """What the account may see there, the person may see here."""
        known = store.libraries(uow, server_id)
        seen = [known[folder.id].library_id for folder in folders if folder.id in known]
        store.set_link_libraries(uow, link_id, seen)

    def shut_out(self, uow: UnitOfWork, server_id: str, link_id: str, why: str) -> None:
        """An account that is not let in sees nothing there, so neither does its person here."""
        row = store.link(uow, link_id)
        if row is None:
            return
        # What it may see is asked anew when it is let in again.
        cursor = {name: value for name, value in store.cursor(row).items() if name != "visible"}
        store.change_link(uow, link_id, problem=why, token=None, cursor=store.encode(cursor))
        self.give_sight(uow, server_id, link_id, [])

    def open(self, server: Any, row: Any) -> Remote:
        """The account, for work. Invalid when its password cannot be opened."""
        return self._signing.open("remote_link", row, server.kind, server.url)

    def keep_token(self, link_id: str, remote: Remote) -> None:
        """Keep the sign-in that is good now."""
        if remote.token is not None:
            token = self._signing.sealed_token("remote_link", link_id, remote.token)
            with self._db.write() as uow:
                store.change_link(uow, link_id, token=token)


def _own(uow: UnitOfWork, caller: Caller, server_id: str) -> Any:
    row = store.link_of(uow, server_id, caller.user_id)
    if row is None:
        raise NotFound("No account is linked there.")
    return row


def _item(uow: UnitOfWork, server: Any, row: Any) -> LinkItem:
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
