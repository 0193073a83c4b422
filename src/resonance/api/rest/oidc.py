"""Single sign-on: the browser leaves for the issuer and comes back."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from resonance.accounts.identities import Identities, Journey
from resonance.api import auth
from resonance.api.app_password_card import server_url
from resonance.api.deps import CallerDep, services
from resonance.api.forwarded import client_key, is_https
from resonance.api.rest.account_models import Items
from resonance.core.clock import iso
from resonance.core.errors import NotFound, ResonanceError
from resonance.settings import Settings

router = APIRouter(tags=["sign-in"])
COOKIE = "resonance_oidc"
COOKIE_S = 600


class LinkStart(BaseModel):
    url: str = Field(description="Where to send the browser")


class LinkBody(BaseModel):
    issuer: str
    created_at: str


@router.get("/auth/oidc/start", status_code=302, response_class=RedirectResponse)
def start(request: Request) -> Response:
    """Leave for the issuer."""
    try:
        services(request).accounts.limits.hit("oidc", client_key(request))
        journey = _oidc(request).depart(_callback(request))
    except ResonanceError as fault:
        return _back(request, f"/sign-in?error={fault.code}")
    answer = RedirectResponse(journey.url, 302)
    _remember(request, answer, journey)
    return answer


@router.get("/auth/oidc/callback", status_code=302, response_class=RedirectResponse)
def callback(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
    """Come back: signed in, linked, or told why not."""
    ticket = request.cookies.get(COOKIE)
    linking = False
    try:
        services(request).accounts.limits.hit("oidc", client_key(request))
        oidc = _oidc(request)
        linking = oidc.is_linking(ticket)
        device = auth.this_device(request, None, as_program=False)
        grant = oidc.arrive(ticket, state, "" if error else code, device)
    except ResonanceError as fault:
        answer = _back(request, f"{'/settings' if linking else '/sign-in'}?error={fault.code}")
    else:
        answer = _back(request, "/" if grant else "/settings?linked=oidc")
        if grant:
            auth.set_cookies(request, answer, grant)
    answer.delete_cookie(COOKIE, path=_path(request), secure=is_https(request), samesite="lax")
    return answer


@router.post("/me/oidc")
def link(request: Request, response: Response, caller: CallerDep) -> LinkStart:
    """Begin to link the own account; a change like any other, so no foreign page can begin it."""
    journey = _oidc(request).depart(_callback(request), link_to=caller)
    _remember(request, response, journey)
    return LinkStart(url=journey.url)


@router.get("/me/oidc")
def links(request: Request, caller: CallerDep) -> Items[LinkBody]:
    """What is linked to the own account."""
    with services(request).db.read(caller.user_id) as uow:
        found = _oidc(request).mine(uow, caller)
    return Items(items=[LinkBody(issuer=one.issuer, created_at=iso(one.created_at)) for one in found])


@router.delete("/me/oidc", status_code=204)
def unlink(request: Request, caller: CallerDep) -> Response:
    """Remove the links of the own account."""
    with services(request).db.write(caller.user_id) as uow:
        _oidc(request).unlink(uow, caller)
    return Response(status_code=204)


def _oidc(request: Request) -> Identities:
    oidc = services(request).accounts.oidc
    if oidc is None:
        raise NotFound("Single sign-on is not set up on this server.", code="oidc_off")
    return oidc


def _callback(request: Request) -> str:
    return server_url(request) + "/api/v1/auth/oidc/callback"


def _path(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return f"{settings.base_path}/api/v1/auth/oidc"


def _remember(request: Request, response: Response, journey: Journey) -> None:
    # Lax, not strict: the issuer's page sends the browser back.
    response.set_cookie(
        COOKIE,
        journey.ticket,
        COOKIE_S,
        path=_path(request),
        secure=is_https(request),
        httponly=True,
        samesite="lax",
    )


def _back(request: Request, path: str) -> RedirectResponse:
    settings: Settings = request.app.state.settings
    return RedirectResponse(settings.base_path + path, 302)
