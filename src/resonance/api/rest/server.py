"""What a client must know before anybody is signed in, and the switches of the server."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel

from resonance import __version__
from resonance.accounts.sign_in import SignUp
from resonance.api.deps import AdminDep, services
from resonance.api.forwarded import is_from_here
from resonance.api.rest.account_models import SignUpPolicy
from resonance.db.engine import UnitOfWork

router = APIRouter(prefix="/server", tags=["server"])


class Oidc(BaseModel):
    label: str


class Server(BaseModel):
    """The server as anybody may see it."""

    name: str
    version: str
    setup_required: bool
    setup_code_required: bool
    sign_up: SignUpPolicy
    oidc: Oidc | None
    lyrics_search: bool


class ServerChange(BaseModel):
    sign_up: SignUpPolicy


@router.get("")
def server(request: Request) -> Server:
    """Name, version, and which ways in are open."""
    with services(request).db.read() as uow:
        return _server(request, uow)


@router.patch("")
def change(request: Request, caller: AdminDep, body: ServerChange) -> Server:
    """Say who may make an account."""
    with services(request).db.write(caller.user_id) as uow:
        services(request).accounts.sign_in.set_policy(uow, caller, SignUp(body.sign_up))
        return _server(request, uow)


def _server(request: Request, uow: UnitOfWork) -> Server:
    accounts = services(request).accounts
    setup_required = accounts.setup.required(uow)
    return Server(
        name="Resonance",
        version=__version__,
        setup_required=setup_required,
        setup_code_required=setup_required and not is_from_here(request),
        sign_up=accounts.sign_in.policy(uow).value,
        oidc=Oidc(label=accounts.oidc.label) if accounts.oidc else None,
        lyrics_search=services(request).lyrics.enabled,
    )
