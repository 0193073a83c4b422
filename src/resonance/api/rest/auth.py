"""Signing in, staying signed in, signing out, signing up."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.accounts import errors
from resonance.accounts.names import folded
from resonance.accounts.records import Grant
from resonance.api import auth
from resonance.api.deps import services
from resonance.api.forwarded import client_key
from resonance.api.rest.account_models import DeviceName, Name, Secret, SessionBody
from resonance.api.same_origin import check_origin
from resonance.core.errors import Unauthorized

router = APIRouter(prefix="/auth", tags=["sign-in"])


class SignInBody(BaseModel):
    name: Name
    password: Secret
    device_name: DeviceName | None = None
    token: bool = Field(False, description="Answer with tokens in the body instead of cookies, for programs")


class RefreshBody(BaseModel):
    refresh_token: str | None = Field(
        None, max_length=256, description="For programs; browsers send a cookie"
    )


class SignUpBody(BaseModel):
    name: Name
    password: Secret
    invitation: str | None = Field(None, max_length=64)
    device_name: DeviceName | None = None


@router.post("/sign-in")
def sign_in(request: Request, response: Response, body: SignInBody) -> SessionBody:
    """Open a session."""
    check_origin(request)
    accounts, address = services(request).accounts, client_key(request)
    device = auth.this_device(request, body.device_name, as_program=body.token)
    with accounts.limits.failures("sign_in_name", "sign_in_address", address, folded(body.name)):
        grant = accounts.sign_in.with_password(body.name, body.password, device)
    return _answer(request, response, grant, tokens=body.token)


@router.post("/refresh")
def refresh(request: Request, response: Response, body: RefreshBody | None = None) -> SessionBody:
    """Trade the refresh token for new tokens. The one traded in stays valid for 30 s."""
    accounts = services(request).accounts
    accounts.limits.hit("refresh", client_key(request))
    given = body.refresh_token if body else None
    token = given or request.cookies.get(auth.REFRESH)
    if not token:
        raise errors.not_signed_in()
    if given is None:
        with services(request).db.read() as uow:
            session_id = accounts.sessions.of_refresh_token(uow, token)
        if session_id is None:
            raise errors.session_expired()
        auth.require_csrf(request, session_id)
    return _answer(request, response, accounts.sessions.refresh(token), tokens=given is not None)


@router.post("/sign-out", status_code=204)
def sign_out(request: Request) -> Response:
    """End the session and clear the cookies. Also fine for a session that has ended."""
    session_id = _session_to_end(request)
    if session_id is not None:
        services(request).accounts.sessions.sign_out(session_id)
    response = Response(status_code=204)
    auth.clear_cookies(request, response)
    return response


@router.post("/sign-up")
def sign_up(request: Request, response: Response, body: SignUpBody) -> SessionBody:
    """Make an account where the server allows it, and sign in."""
    check_origin(request)
    accounts = services(request).accounts
    accounts.limits.hit("sign_up", client_key(request))
    device = auth.this_device(request, body.device_name, as_program=False)
    grant = accounts.sign_in.sign_up(body.name, body.password, device, invitation=body.invitation)
    return _answer(request, response, grant, tokens=False)


def _answer(request: Request, response: Response, grant: Grant, *, tokens: bool) -> SessionBody:
    response.headers["Cache-Control"] = "no-store"
    if not tokens:
        auth.set_cookies(request, response, grant)
    return SessionBody.of(grant, tokens=tokens)


def _session_to_end(request: Request) -> str | None:
    accounts = services(request).accounts
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return accounts.tokens.session_id(bearer.strip(), even_expired=True)
    session_id = None
    if refresh_token := request.cookies.get(auth.REFRESH):
        with services(request).db.read() as uow:
            session_id = accounts.sessions.of_refresh_token(uow, refresh_token)
    if session_id is None and (access_token := request.cookies.get(auth.ACCESS)):
        try:
            session_id = accounts.tokens.session_id(access_token, even_expired=True)
        except Unauthorized:
            return None
    if session_id is not None:
        auth.require_csrf(request, session_id)
    return session_id
