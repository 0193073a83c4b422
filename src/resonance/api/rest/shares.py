"""Links to playlists: one's own, and what they open to whoever has them.

The token stands behind the # of the page's address, so no server writes it into a log. The page trades it
for a cookie that is only sent to the share's own addresses and opens nothing else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from resonance.api.answers import answer
from resonance.api.deps import CallerDep, services
from resonance.api.forwarded import client_key, is_https
from resonance.api.media import file_answer, passed_on_answer, transcode_answer
from resonance.api.pictures import REVALIDATED, picture_answer
from resonance.api.same_origin import check_origin
from resonance.api.shapes import many, one
from resonance.api.stream import ANSWERS
from resonance.core.errors import Invalid, NotFound
from resonance.model.lists import ShareDoor, ShareItem
from resonance.playback.remote import PassedOn
from resonance.playback.streams import File, Wanted
from resonance.playlists import shares
from resonance.settings import Settings

router = APIRouter(tags=["shares"])
Size = Annotated[int, Query(ge=1, le=4096)]
_COOKIE = "resonance_share"


class NewShare(BaseModel):
    """A link to make. Without `plays` it only shows the list; without `expires_at` it does not end."""

    label: str = ""
    plays: bool = True
    expires_at: datetime | None = None
    password: Annotated[str | None, Field(max_length=shares.LONGEST_PASSWORD)] = None


class ShareChange(BaseModel):
    """What to change; absent leaves as is, null takes the end or the password away."""

    label: str | None = None
    plays: bool | None = None
    expires_at: datetime | None = None
    password: Annotated[str | None, Field(max_length=shares.LONGEST_PASSWORD)] = None


class Knock(BaseModel):
    """What follows the # of a link, and its password where it asks for one."""

    token: Annotated[str, Field(max_length=200)]
    password: Annotated[str | None, Field(max_length=shares.LONGEST_PASSWORD)] = None


@router.get("/shares", responses=many(ShareItem))
def mine(request: Request, caller: CallerDep) -> Response:
    """The caller's links."""
    built = services(request)
    with built.db.read(caller.user_id) as uow:
        return answer({"items": built.shares.mine(uow, caller)})


@router.post("/playlists/{playlist_id}/shares", status_code=201, responses=one(ShareItem, 201))
def create(request: Request, caller: CallerDep, playlist_id: str, body: NewShare) -> Response:
    """Make a link to a playlist."""
    built = services(request)
    caller.must_write()
    hashed = built.shares.hashed(body.password)
    with built.db.write(caller.user_id) as uow:
        made = built.shares.create(
            uow,
            caller,
            playlist_id=playlist_id,
            label=body.label,
            plays=body.plays,
            expires_at=_ms(body.expires_at),
            password_hash=hashed,
        )
    return answer(made, 201)


@router.patch("/shares/{share_id}", responses=one(ShareItem))
def change(request: Request, caller: CallerDep, share_id: str, body: ShareChange) -> Response:
    """Change a link. With another password it opens no more for those who came with the old one."""
    built = services(request)
    caller.must_write()
    hashed = built.shares.hashed(body.password)
    with built.db.write(caller.user_id) as uow:
        changed = built.shares.change(
            uow,
            caller,
            share_id,
            label=body.label,
            plays=body.plays,
            expires_at=_ms(body.expires_at),
            for_ever="expires_at" in body.model_fields_set and body.expires_at is None,
            password_hash=hashed,
            without_password="password" in body.model_fields_set and not body.password,
        )
    return answer(changed)


@router.delete("/shares/{share_id}", status_code=204)
def end(request: Request, caller: CallerDep, share_id: str) -> Response:
    """End a link."""
    built = services(request)
    with built.db.write(caller.user_id) as uow:
        built.shares.end(uow, caller, share_id)
    return Response(status_code=204)


@router.post("/shared/open", responses=one(ShareDoor))
def open_(request: Request, body: Knock) -> Response:
    """What a link opens, without an account. The cookie that comes with it opens its pictures and tracks."""
    built, who = services(request), client_key(request)
    check_origin(request)
    built.accounts.limits.hit("share_open", who)
    if body.password:
        built.accounts.limits.hit("share_password", who, body.token[:64])
    door, pass_ = built.shares.open(body.token, body.password)
    response = answer(door)
    response.headers["Cache-Control"] = "no-store"
    if door.list is not None and pass_ is not None:
        settings: Settings = request.app.state.settings
        place = f"{settings.base_path}/api/v1/shared/{door.list.id}"
        response.set_cookie(
            _COOKIE,
            pass_,
            shares.PASS_MS // 1000,
            path=place,
            secure=is_https(request),
            httponly=True,
            samesite="lax",
        )
    return response


@router.head("/shared/{share_id}/stream/{track_id}", include_in_schema=False)
@router.get("/shared/{share_id}/stream/{track_id}", response_class=Response, responses=ANSWERS)
def stream(
    request: Request,
    share_id: str,
    track_id: str,
    format: Annotated[str | None, Query(max_length=20, description="mp3, opus, aac, flac or raw")] = None,
) -> Response:
    """The bytes of a track that the link opens, and of no other."""
    built = services(request)
    listener = built.shares.listener(share_id, _pass(request), track_id)
    opened = built.streams.open(listener, track_id, Wanted(format))
    if isinstance(opened, File):
        return file_answer(request, opened)
    if isinstance(opened, PassedOn):
        return passed_on_answer(request, opened)
    return transcode_answer(opened)


@router.get("/shared/{share_id}/cover", response_class=Response)
def cover(request: Request, share_id: str, size: Size = 320) -> Response:
    """The picture of the playlist."""
    built = services(request)
    viewer, playlist_id = built.shares.viewer(share_id, _pass(request), None)
    if playlist_id is None:
        raise NotFound("There is no such cover.")
    return picture_answer(request, built.artwork.playlist_cover(viewer, playlist_id, size), REVALIDATED)


@router.get("/shared/{share_id}/covers/{cover_id}", response_class=Response)
def track_cover(request: Request, share_id: str, cover_id: str, size: Size = 96) -> Response:
    """The cover of one of its tracks."""
    built = services(request)
    viewer, _ = built.shares.viewer(share_id, _pass(request), cover_id)
    return picture_answer(request, built.artwork.cover(viewer, cover_id, size), REVALIDATED)


def _pass(request: Request) -> str | None:
    services(request).accounts.limits.hit("share_bytes", client_key(request))
    return request.cookies.get(_COOKIE)


def _ms(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    try:
        return round(moment.timestamp() * 1000)
    except (OverflowError, ValueError, OSError) as fault:
        raise Invalid("This is no moment we know.", field="expires_at") from fault
