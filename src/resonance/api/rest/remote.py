"""Music servers: for admins the servers themselves, for everybody the own account on each."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import AdminDep, CallerDep, services
from resonance.api.shapes import many, one
from resonance.core.errors import NotFound
from resonance.library.remote import joining, record, requests, store
from resonance.library.remote.links import WANTS, LinkItem
from resonance.library.remote.servers import MappingCheck, ServerFound, ServerItem

router = APIRouter(tags=["servers"])

Id = Annotated[str, Path(max_length=100)]
Text = Annotated[str, Field(max_length=500)]
REFUSALS: dict[int | str, dict[str, Any]] = {
    422: {"description": "Malformed, or the server does not take the name and password"},
    503: {"description": "The server does not answer"},
}


class Mapping(BaseModel):
    """A folder of the server and where the same files lie here."""

    remote: Annotated[str, Field(max_length=4096)]
    local: Annotated[str, Field(max_length=4096)]


class Address(BaseModel):
    url: Text
    username: Text
    password: Text


class NewServer(Address):
    name: Annotated[str, Field(max_length=200)] = ""
    everyone: bool = Field(False, description="People without a linked account see its music as well")
    mappings: Annotated[list[Mapping], Field(max_length=20)] = []


class ServerChange(BaseModel):
    name: Annotated[str, Field(max_length=200)] | None = None
    url: Text | None = None
    username: Text | None = None
    password: Text | None = None
    everyone: bool | None = None
    mappings: Annotated[list[Mapping], Field(max_length=20)] | None = None


class MappingList(BaseModel):
    mappings: Annotated[list[Mapping], Field(max_length=20)]


class SyncWish(BaseModel):
    full: bool = Field(False, description="Read all songs instead of what changed")


class Wants(BaseModel):
    """What a linked account does; what is not given stays."""

    likes: bool | None = None
    ratings: bool | None = None
    plays: bool | None = None
    playlists: bool | None = None
    scrobbles: bool | None = None

    def given(self) -> dict[str, bool]:
        """Those that are given."""
        return {name: value for name in WANTS if (value := getattr(self, name)) is not None}


class NewLink(Wants):
    username: Text
    password: Text


class Queued(TypedDict):
    """A sync that waits or runs."""

    job_id: str


class Parted(TypedDict):
    """The track that the song has for itself now."""

    track_id: str


@router.get("/servers", responses=many(ServerItem))
def list_servers(request: Request, caller: AdminDep) -> Response:
    """All music servers."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.servers.all(uow, caller), "next": None})


@router.post("/servers", status_code=201, responses=one(ServerItem, 201) | REFUSALS)
def add_server(request: Request, caller: AdminDep, body: NewServer) -> Response:
    """Sign in there, keep it, and sync it."""
    built = services(request)
    server_id = built.servers.add(
        caller,
        name=body.name,
        url=body.url,
        username=body.username,
        password=body.password,
        everyone=body.everyone,
        mappings=_pairs(body.mappings),
    )
    with built.db.write(caller.user_id) as uow:
        requests.request(uow, built.jobs, server_id, reason="setup")
        return answer(built.servers.one(uow, caller, server_id), 201)


@router.post("/servers/test", responses=one(ServerFound) | REFUSALS)
def test_server(request: Request, caller: AdminDep, body: Address) -> Response:
    """Sign in there and tell what it is; nothing is kept."""
    return answer(services(request).servers.test(caller, body.url, body.username, body.password))


@router.patch("/servers/{server_id}", responses=one(ServerItem) | REFUSALS)
def change_server(request: Request, caller: AdminDep, server_id: Id, body: ServerChange) -> Response:
    """Change what is given; a new address or account needs its password."""
    built = services(request)
    built.servers.change(
        caller,
        server_id,
        name=body.name,
        url=body.url,
        username=body.username,
        password=body.password,
        everyone=body.everyone,
        mappings=None if body.mappings is None else _pairs(body.mappings),
    )
    with built.db.read(caller.user_id) as uow:
        return answer(built.servers.one(uow, caller, server_id))


@router.post("/servers/{server_id}/mappings/check", responses=one(MappingCheck) | REFUSALS)
def check_mappings(request: Request, caller: AdminDep, server_id: Id, body: MappingList) -> Response:
    """How many of some songs would be found on this machine; nothing is kept."""
    return answer(services(request).servers.check_mappings(caller, server_id, _pairs(body.mappings)))


@router.delete("/servers/{server_id}", status_code=204)
def remove_server(request: Request, caller: AdminDep, server_id: Id) -> Response:
    """Forget it and its libraries; tracks that lie here as well stay."""
    services(request).servers.remove(caller, server_id)
    return Response(status_code=204)


@router.post("/servers/{server_id}/sync", status_code=202, responses=one(Queued, 202))
def sync_server(request: Request, caller: AdminDep, server_id: Id, body: SyncWish | None = None) -> Response:
    """Queue a sync."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        full = body is not None and body.full
        return answer({"job_id": requests.start(uow, caller, built.jobs, server_id, full=full)}, 202)


@router.post("/servers/{server_id}/cancel", status_code=204)
def cancel_sync(request: Request, caller: AdminDep, server_id: Id) -> Response:
    """Ask the sync at work to stop; what it wrote stays. NotFound when none runs."""
    with services(request).db.write(caller.user_id) as uow:
        if not record.cancel(uow, server_id):
            raise NotFound("No sync is running.")
    return Response(status_code=204)


@router.get("/servers/{server_id}/runs", responses=many(record.SyncRun))
def list_runs(
    request: Request, caller: AdminDep, server_id: Id, limit: Annotated[int, Query(ge=1, le=50)] = 20
) -> Response:
    """The last syncs, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        store.known_server(uow, server_id)
        return answer({"items": record.runs(uow, server_id, limit), "next": None})


@router.get("/servers/{server_id}/runs/{run_id}/notes", responses=many(record.SyncNote))
def list_notes(
    request: Request,
    caller: AdminDep,
    server_id: Id,
    run_id: Id,
    after: Annotated[int, Query(ge=-1, le=2**31 - 1)] = -1,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
    action: Annotated[str | None, Query(max_length=20)] = None,
) -> Response:
    """What happened to which song, in order; `next` is the number to go on after."""
    with services(request).db.read(caller.user_id) as uow:
        store.known_server(uow, server_id)
        found = record.notes(uow, server_id, run_id, after=after, limit=limit, action=action)
    following = str(found[-1]["number"]) if len(found) == limit else None
    return answer({"items": found, "next": following})


@router.post("/servers/{server_id}/songs/{remote_id}/part", responses=one(Parted))
def part_song(request: Request, caller: AdminDep, server_id: Id, remote_id: Id) -> Response:
    """Say that a song is not the track of the file it was joined with; it stays apart from then on."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        store.known_server(uow, server_id)
        track_id = joining.part(uow, built.search, server_id, remote_id)
        requests.request(uow, built.jobs, server_id, reason="manual")
        return answer({"track_id": track_id})


@router.get("/me/servers", responses=many(LinkItem))
def my_servers(request: Request, caller: CallerDep) -> Response:
    """Every server, and the caller's account on it."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.servers.links.all(uow, caller), "next": None})


@router.put("/me/servers/{server_id}", responses=one(LinkItem) | REFUSALS)
def link_account(request: Request, caller: CallerDep, server_id: Id, body: NewLink) -> Response:
    """Link the caller's account, after signing in with it."""
    built = services(request)
    built.servers.links.link(caller, server_id, body.username, body.password, body.given())
    with built.db.write(caller.user_id) as uow:
        requests.start(uow, caller, built.jobs, server_id)
        return answer(built.servers.links.one(uow, caller, server_id))


@router.patch("/me/servers/{server_id}", responses=one(LinkItem))
def change_account(request: Request, caller: CallerDep, server_id: Id, body: Wants) -> Response:
    """Turn parts of the link on and off."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        built.servers.links.change(uow, caller, server_id, body.given())
        return answer(built.servers.links.one(uow, caller, server_id))


@router.delete("/me/servers/{server_id}", status_code=204)
def unlink_account(request: Request, caller: CallerDep, server_id: Id) -> Response:
    """Forget the account; what was taken over from there stays."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        built.servers.links.unlink(uow, caller, server_id)
    return Response(status_code=204)


@router.post("/me/servers/{server_id}/sync", status_code=202, responses=one(Queued, 202))
def sync_account(request: Request, caller: CallerDep, server_id: Id) -> Response:
    """Queue a sync, for people with an account there."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        return answer({"job_id": requests.start(uow, caller, built.jobs, server_id)}, 202)


def _pairs(mappings: list[Mapping]) -> list[tuple[str, str]]:
    return [(one.remote, one.local) for one in mappings]
