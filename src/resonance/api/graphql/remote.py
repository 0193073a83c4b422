"""Music servers over GraphQL: for admins the servers, for everybody the own account on each."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.scalars import JSON

from resonance.api.graphql.context import Info
from resonance.api.graphql.limits import DEFAULT_LIMIT, page_size
from resonance.api.graphql.mirrors import field, mirror, mutation
from resonance.core.errors import NotFound
from resonance.library.remote import joining, record, requests, store
from resonance.library.remote.links import WANTS, LinkItem
from resonance.library.remote.servers import LibraryPart, MappingCheck, ServerFound, ServerItem


@strawberry.type(description="A folder of a server, and where the same files lie here.")
class FolderMapping:
    remote: str
    local: str


@strawberry.input(description="A folder of a server, and where the same files lie here.")
class FolderMappingInput:
    remote: str
    local: str


class ServerMore:
    @field()
    def mappings(self: Any) -> list[FolderMapping]:
        return [FolderMapping(remote=far, local=near) for far, near in self["mappings"]]

    @field()
    def last_run(self: Any) -> record.SyncRun | None:
        last: record.SyncRun | None = self["last_run"]
        return last


mirror(LibraryPart, name="ServerLibrary")
mirror(ServerItem, name="MusicServer", extra=ServerMore)
mirror(ServerFound)
mirror(MappingCheck)
mirror(LinkItem, name="LinkedServer")
mirror(record.SyncRun, instead={"counts": JSON, "people": JSON})
mirror(record.SyncNote, instead={"remote_id": str | None})


@strawberry.input(description="What a linked account does; what is left out stays.")
class LinkWants:
    likes: bool | None = None
    ratings: bool | None = None
    plays: bool | None = None
    playlists: bool | None = None
    scrobbles: bool | None = None

    def given(self) -> dict[str, bool]:
        """Those that are given."""
        return {name: value for name in WANTS if (value := getattr(self, name)) is not None}


@strawberry.type
class RemoteQueries:
    @field(description="All music servers. For admins.")
    def music_servers(self, info: Info) -> list[ServerItem]:
        context = info.context
        return context.services.servers.all(context.uow, context.caller)

    @field(description="The last syncs of a server, newest first. For admins.")
    def syncs(self, info: Info, server_id: strawberry.ID, limit: int = DEFAULT_LIMIT) -> list[record.SyncRun]:
        info.context.caller.must_be_admin()
        _must_exist(info, server_id)
        return record.runs(info.context.uow, server_id, min(page_size(limit), record.RUNS_KEPT))

    @field(description="What a sync did to which song, after line `after`. For admins.")
    def sync_notes(
        self,
        info: Info,
        server_id: strawberry.ID,
        run_id: strawberry.ID,
        after: int = -1,
        limit: int = DEFAULT_LIMIT,
        action: str | None = None,
    ) -> list[record.SyncNote]:
        info.context.caller.must_be_admin()
        _must_exist(info, server_id)
        how: dict[str, Any] = {"after": after, "limit": page_size(limit), "action": action}
        return record.notes(info.context.uow, server_id, run_id, **how)

    @field(description="Every music server, with your account on it.")
    def linked_servers(self, info: Info) -> list[LinkItem]:
        context = info.context
        return context.services.servers.links.all(context.uow, context.caller)


@strawberry.type
class RemoteMutations:
    @mutation(description="Sign in to a server, keep it and sync it. For admins.")
    def add_music_server(
        self,
        info: Info,
        url: str,
        username: str,
        password: str,
        name: str = "",
        everyone: bool = False,
        mappings: list[FolderMappingInput] | None = None,
    ) -> ServerItem:
        context = info.context
        servers, pairs = context.services.servers, [(one.remote, one.local) for one in mappings or ()]
        account: dict[str, Any] = {"url": url, "username": username, "password": password}
        server_id = servers.add(context.caller, name=name, everyone=everyone, mappings=pairs, **account)
        with context.write() as uow:
            requests.request(uow, context.services.jobs, server_id, reason="setup")
            return servers.one(uow, context.caller, server_id)

    @mutation(description="Change what is given; a new address needs its password. For admins.")
    def change_music_server(
        self,
        info: Info,
        id: strawberry.ID,
        name: str | None = None,
        url: str | None = None,
        username: str | None = None,
        password: str | None = None,
        everyone: bool | None = None,
        mappings: list[FolderMappingInput] | None = None,
    ) -> ServerItem:
        context = info.context
        servers = context.services.servers
        pairs = None if mappings is None else [(one.remote, one.local) for one in mappings]
        account: dict[str, Any] = {"url": url, "username": username, "password": password}
        servers.change(context.caller, id, name=name, everyone=everyone, mappings=pairs, **account)
        with context.write() as uow:
            return servers.one(uow, context.caller, id)

    @mutation(description="Sign in to a server and tell what it is; nothing is kept. For admins.")
    def test_music_server(self, info: Info, url: str, username: str, password: str) -> ServerFound:
        context = info.context
        return context.services.servers.test(context.caller, url, username, password)

    @mutation(description="How many of some songs would be found on this machine. For admins.")
    def check_mappings(
        self, info: Info, id: strawberry.ID, mappings: list[FolderMappingInput]
    ) -> MappingCheck:
        context = info.context
        pairs = [(one.remote, one.local) for one in mappings]
        return context.services.servers.check_mappings(context.caller, id, pairs)

    @mutation(description="Forget a server; tracks that also lie here stay. For admins.")
    def remove_music_server(self, info: Info, id: strawberry.ID) -> bool:
        info.context.services.servers.remove(info.context.caller, id)
        return True

    @mutation(description="Queue a sync: the job's id. For admins and people with an account there.")
    def sync_music_server(self, info: Info, id: strawberry.ID, full: bool = False) -> strawberry.ID:
        context = info.context
        with context.write() as uow:
            job = requests.start(uow, context.caller, context.services.jobs, id, full=full)
        return strawberry.ID(job)

    @mutation(description="Ask the sync at work to stop. For admins.")
    def cancel_sync(self, info: Info, id: strawberry.ID) -> bool:
        info.context.caller.must_be_admin()
        with info.context.write() as uow:
            return record.cancel(uow, id)

    @mutation(description="A song is not the track it was joined with: its own track. For admins.")
    def part_song(self, info: Info, server_id: strawberry.ID, remote_id: str) -> strawberry.ID:
        context = info.context
        context.caller.must_be_admin()
        with context.write() as uow:
            track_id = joining.part(uow, context.services.search, server_id, remote_id)
            requests.request(uow, context.services.jobs, server_id, reason="manual")
        return strawberry.ID(track_id)

    @mutation(description="Link your account on a server, after signing in with it.")
    def link_music_server(
        self, info: Info, id: strawberry.ID, username: str, password: str, wants: LinkWants | None = None
    ) -> LinkItem:
        context = info.context
        given = wants.given() if wants else {}
        context.services.servers.links.link(context.caller, id, username, password, given)
        with context.write() as uow:
            requests.start(uow, context.caller, context.services.jobs, id)
            return _mine(info, uow, id)

    @mutation(description="Turn parts of your link on and off.")
    def change_link(self, info: Info, id: strawberry.ID, wants: LinkWants) -> LinkItem:
        context = info.context
        with context.write() as uow:
            context.services.servers.links.change(uow, context.caller, id, wants.given())
            return _mine(info, uow, id)

    @mutation(description="Forget your account on a server.")
    def unlink_music_server(self, info: Info, id: strawberry.ID) -> bool:
        context = info.context
        with context.write() as uow:
            context.services.servers.links.unlink(uow, context.caller, id)
        return True


def _must_exist(info: Info, server_id: str) -> None:
    if store.server(info.context.uow, server_id) is None:
        raise NotFound("There is no such server.")


def _mine(info: Info, uow: Any, server_id: str) -> LinkItem:
    context = info.context
    return context.services.servers.links.one(uow, context.caller, server_id)
