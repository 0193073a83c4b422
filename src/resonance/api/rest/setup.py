"""First run: the first admin."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api import auth
from resonance.api.deps import services
from resonance.api.forwarded import client_key, is_from_here
from resonance.api.rest.account_models import DeviceName, Name, Secret, SessionBody
from resonance.api.same_origin import check_origin

router = APIRouter(prefix="/setup", tags=["server"])


class SetupBody(BaseModel):
    name: Name
    password: Secret
    setup_code: str | None = Field(
        None, max_length=64, description="Printed by the server; not needed on its machine"
    )
    device_name: DeviceName | None = None


@router.post("")
def setup(request: Request, response: Response, body: SetupBody) -> SessionBody:
    """Make the first admin and sign in."""
    check_origin(request)
    accounts = services(request).accounts
    accounts.limits.hit("setup", client_key(request))
    grant = accounts.setup.run(
        body.name,
        body.password,
        auth.this_device(request, body.device_name, as_program=False),
        code=body.setup_code,
        from_here=is_from_here(request),
    )
    auth.set_cookies(request, response, grant)
    response.headers["Cache-Control"] = "no-store"
    return SessionBody.of(grant)
