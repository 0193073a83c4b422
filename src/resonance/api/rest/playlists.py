"""Playlists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Concatenate, ParamSpec

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer, versioned
from resonance.api.deps import CallerDep, services
from resonance.api.shapes import many, one
from resonance.core.errors import Invalid
from resonance.core.events import EventBus
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller
from resonance.model.playlist import PlaylistDetail, PlaylistItem
from resonance.playlists import playlists, smart_words

router = APIRouter(prefix="/playlists", tags=["playlists"])
Said = ParamSpec("Said")
TrackIds = Annotated[list[str], Field(max_length=playlists.MOST_ENTRIES)]


def _version(if_match: Annotated[str | None, Header()] = None) -> int | None:
    """The version the client has seen, from If-Match: 7, "7" or W/"7"."""
    if if_match is None or if_match.strip() == "*":
        return None
    number = if_match.strip().removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Invalid("If-Match takes the version of a playlist.", field="If-Match")
    return int(number)


SeenVersion = Annotated[int | None, Depends(_version)]


def edited(
    request: Request,
    caller: Caller,
    playlist_id: str,
    verb: Callable[Concatenate[UnitOfWork, EventBus, Caller, str, Said], PlaylistItem],
    *said: Said.args,
    **more: Said.kwargs,
) -> Response:
    """The playlist after an edit, which is a transaction of its own."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        after = verb(uow, built.events, caller, playlist_id, *said, **more)
    return answer(after)


class NewPlaylist(BaseModel):
    """A playlist to make: of these tracks, or one that follows a rule, as JSON or as it is typed."""

    name: str
    comment: str = ""
    public: bool = False
    track_ids: TrackIds = []
    rule: dict[str, Any] | None = None
    text: Annotated[str | None, Field(max_length=10_000)] = None


class PlaylistChange(BaseModel):
    """What to change; absent leaves as is."""

    name: str | None = None
    comment: str | None = None
    public: bool | None = None


class Added(BaseModel):
    """Tracks to put in, before the entry at `position` or at the end."""

    track_ids: TrackIds
    position: Annotated[int | None, Field(ge=0)] = None


class Removed(BaseModel):
    """Entries to take out."""

    entry_ids: TrackIds


class Moved(BaseModel):
    """Entries to put before another one, or at the end."""

    entry_ids: TrackIds
    before: str | None = None


class Replaced(BaseModel):
    """The tracks to have instead of those before."""

    track_ids: TrackIds


class Copied(BaseModel):
    """How to call the copy; absent: as the original."""

    name: str | None = None


@router.get("", responses=many(PlaylistItem))
def list_playlists(request: Request, caller: CallerDep) -> Response:
    """The caller's own and everybody's public playlists."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: {"items": playlists.readable(uow, caller)})


@router.post("", status_code=201, responses=one(PlaylistItem, 201))
def create(request: Request, caller: CallerDep, body: NewPlaylist) -> Response:
    """Make a playlist."""
    built = services(request)
    if body.rule is not None or body.text is not None:
        if body.track_ids:
            raise Invalid("A playlist follows a rule or has tracks of its own.", field="track_ids")
        rule, _ = smart_words.given(rule=body.rule, typed=body.text)
        smart = built.smart.create(caller, body.name, rule, comment=body.comment, public=body.public)
        return answer(smart, 201)
    with built.db.write(caller.user_id) as uow:
        made = playlists.create(
            uow,
            built.events,
            caller,
            body.name,
            comment=body.comment,
            public=body.public,
            track_ids=body.track_ids,
        )
    return answer(made, 201)


@router.get("/{playlist_id}", responses=one(PlaylistDetail))
def get_playlist(request: Request, caller: CallerDep, playlist_id: str) -> Response:
    """One playlist with its entries."""
    with services(request).db.read(caller.user_id) as uow:
        return versioned(request, uow, caller, lambda: playlists.detail(uow, caller, playlist_id))


@router.patch("/{playlist_id}", responses=one(PlaylistItem))
def change(
    request: Request, caller: CallerDep, playlist_id: str, body: PlaylistChange, seen: SeenVersion
) -> Response:
    """Rename, describe or publish a playlist."""
    words = {"name": body.name, "comment": body.comment}
    return edited(request, caller, playlist_id, playlists.change, **words, public=body.public, version=seen)


@router.delete("/{playlist_id}", status_code=204)
def delete(request: Request, caller: CallerDep, playlist_id: str, seen: SeenVersion) -> Response:
    """Delete a playlist."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        playlists.delete(uow, built.events, caller, playlist_id, version=seen)
    return Response(status_code=204)


@router.post("/{playlist_id}/entries", responses=one(PlaylistItem))
def add(request: Request, caller: CallerDep, playlist_id: str, body: Added, seen: SeenVersion) -> Response:
    """Put tracks in."""
    place = body.position
    return edited(request, caller, playlist_id, playlists.add, body.track_ids, position=place, version=seen)


@router.delete("/{playlist_id}/entries", responses=one(PlaylistItem))
def remove(
    request: Request, caller: CallerDep, playlist_id: str, body: Removed, seen: SeenVersion
) -> Response:
    """Take entries out."""
    return edited(request, caller, playlist_id, playlists.remove, entry_ids=body.entry_ids, version=seen)


@router.put("/{playlist_id}/entries", responses=one(PlaylistItem))
def replace(
    request: Request, caller: CallerDep, playlist_id: str, body: Replaced, seen: SeenVersion
) -> Response:
    """Give the playlist exactly these tracks."""
    return edited(request, caller, playlist_id, playlists.replace, body.track_ids, version=seen)


@router.post("/{playlist_id}/move", responses=one(PlaylistItem))
def move(request: Request, caller: CallerDep, playlist_id: str, body: Moved, seen: SeenVersion) -> Response:
    """Put entries elsewhere."""
    return edited(
        request, caller, playlist_id, playlists.move, body.entry_ids, before=body.before, version=seen
    )


@router.post("/{playlist_id}/duplicate", status_code=201, responses=one(PlaylistItem, 201))
def duplicate(request: Request, caller: CallerDep, playlist_id: str, body: Copied) -> Response:
    """Make a private copy."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        made = playlists.duplicate(uow, built.events, caller, playlist_id, name=body.name)
    return answer(made, 201)
