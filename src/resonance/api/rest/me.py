"""The caller's own account: preferences, password, sessions, app passwords, API keys."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.accounts import records
from resonance.api.app_password_card import card
from resonance.api.deps import CallerDep, services
from resonance.api.forwarded import client_key
from resonance.api.rest.account_models import Items, ListedSession, Secret, UserBody, iso_or_none
from resonance.core.clock import iso

router = APIRouter(prefix="/me", tags=["me"])


class MeChange(BaseModel):
    preferences: dict[str, Any] = Field(description="Merged into what is kept; null removes a key")


class PasswordChange(BaseModel):
    current: Secret = ""
    new: Secret


class LabelBody(BaseModel):
    label: str = Field(max_length=256)


class AppPasswordBody(BaseModel):
    id: str
    label: str
    created_at: str
    last_used_at: str | None
    last_client: str | None

    @classmethod
    def of(cls, one: records.AppPassword) -> AppPasswordBody:
        return cls(
            id=one.id,
            label=one.label,
            created_at=iso(one.created_at),
            last_used_at=iso_or_none(one.last_used_at),
            last_client=one.last_client,
        )


class NewAppPassword(BaseModel):
    """Shown once."""

    id: str
    label: str
    password: str
    server_url: str = Field(description="What to enter as server address in the app")
    qr_svg: str = Field(description="An SVG picture with address, name and password on three lines")


class ApiKeyBody(BaseModel):
    id: str
    label: str
    hint: str
    created_at: str
    last_used_at: str | None

    @classmethod
    def of(cls, one: records.ApiKey) -> ApiKeyBody:
        return cls(
            id=one.id,
            label=one.label,
            hint=one.hint,
            created_at=iso(one.created_at),
            last_used_at=iso_or_none(one.last_used_at),
        )


class NewApiKey(BaseModel):
    """Shown once."""

    id: str
    label: str
    key: str


@router.get("")
def me(request: Request, caller: CallerDep) -> UserBody:
    """Who am I."""
    with services(request).db.read(caller.user_id) as uow:
        return UserBody.of(services(request).accounts.users.me(uow, caller))


@router.patch("")
def change(request: Request, caller: CallerDep, body: MeChange) -> UserBody:
    """Merge preferences."""
    with services(request).db.write(caller.user_id) as uow:
        return UserBody.of(services(request).accounts.users.set_preferences(uow, caller, body.preferences))


@router.post("/password", status_code=204)
def password(request: Request, caller: CallerDep, body: PasswordChange) -> Response:
    """Change the own password; other sessions end."""
    accounts = services(request).accounts
    accounts.limits.hit("sign_in_name", client_key(request), caller.user_id)
    accounts.password_change.own(caller, body.current, body.new)
    accounts.limits.forget("sign_in_name", client_key(request), caller.user_id)
    return Response(status_code=204)


@router.get("/sessions")
def sessions(request: Request, caller: CallerDep) -> Items[ListedSession]:
    """Signed-in devices, latest first."""
    with services(request).db.read(caller.user_id) as uow:
        found = services(request).accounts.sessions.mine(uow, caller)
    return Items(items=[ListedSession.of(session, caller.session_id) for session in found])


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(request: Request, caller: CallerDep, session_id: str) -> Response:
    """Sign one device out."""
    with services(request).db.write(caller.user_id) as uow:
        services(request).accounts.sessions.revoke(uow, caller, session_id)
    return Response(status_code=204)


@router.delete("/sessions", status_code=204)
def end_other_sessions(request: Request, caller: CallerDep) -> Response:
    """Sign all other devices out."""
    with services(request).db.write(caller.user_id) as uow:
        services(request).accounts.sessions.revoke_others(uow, caller)
    return Response(status_code=204)


@router.get("/app-passwords")
def app_passwords(request: Request, caller: CallerDep) -> Items[AppPasswordBody]:
    """Passwords of Subsonic apps, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        found = services(request).accounts.app_passwords.mine(uow, caller)
    return Items(items=[AppPasswordBody.of(one) for one in found])


@router.post("/app-passwords", status_code=201)
def new_app_password(
    request: Request, response: Response, caller: CallerDep, body: LabelBody
) -> NewAppPassword:
    """Make a password for one Subsonic app."""
    with services(request).db.write(caller.user_id) as uow:
        made, secret = services(request).accounts.app_passwords.create(uow, caller, body.label)
    url, qr_svg = card(request, caller.name, secret)
    response.headers["Cache-Control"] = "no-store"
    return NewAppPassword(id=made.id, label=made.label, password=secret, server_url=url, qr_svg=qr_svg)


@router.delete("/app-passwords/{app_password_id}", status_code=204)
def revoke_app_password(request: Request, caller: CallerDep, app_password_id: str) -> Response:
    """Lock one app out."""
    with services(request).db.write(caller.user_id) as uow:
        services(request).accounts.app_passwords.revoke(uow, caller, app_password_id)
    return Response(status_code=204)


@router.get("/api-keys")
def api_keys(request: Request, caller: CallerDep) -> Items[ApiKeyBody]:
    """API keys, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        found = services(request).accounts.api_keys.mine(uow, caller)
    return Items(items=[ApiKeyBody.of(one) for one in found])


@router.post("/api-keys", status_code=201)
def new_api_key(request: Request, response: Response, caller: CallerDep, body: LabelBody) -> NewApiKey:
    """Make a key for a program."""
    with services(request).db.write(caller.user_id) as uow:
        made, key = services(request).accounts.api_keys.create(uow, caller, body.label)
    response.headers["Cache-Control"] = "no-store"
    return NewApiKey(id=made.id, label=made.label, key=key)


@router.delete("/api-keys/{api_key_id}", status_code=204)
def revoke_api_key(request: Request, caller: CallerDep, api_key_id: str) -> Response:
    """Remove a key."""
    with services(request).db.write(caller.user_id) as uow:
        services(request).accounts.api_keys.revoke(uow, caller, api_key_id)
    return Response(status_code=204)
