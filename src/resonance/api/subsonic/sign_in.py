"""Who asks: every form of Subsonic authentication. The browser's cookie is never one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from resonance.accounts.subsonic import Credentials
from resonance.api.forwarded import client_key
from resonance.api.subsonic.params import Params
from resonance.model.caller import Caller

if TYPE_CHECKING:
    from resonance.services import Services


def caller(services: Services, request: Request, params: Params) -> Caller:
    """The signed-in caller. Unauthorized, Invalid or TooMany with the codes of `accounts.errors`."""
    given = Credentials(
        name=params.text("u"),
        password=params.text("p"),
        token=params.text("t"),
        salt=params.text("s"),
        api_key=params.text("apiKey"),
    )
    client = params.text("c") or ""
    return services.accounts.subsonic.caller(given, client=client, address=client_key(request))
