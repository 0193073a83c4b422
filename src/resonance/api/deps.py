"""What handlers ask for: the services and the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from resonance.model.caller import Caller

if TYPE_CHECKING:
    from resonance.services import Services


def services(request: Request) -> Services:
    """The services the app was built with."""
    built: Services = request.app.state.services
    return built


def _caller(request: Request) -> Caller:
    from resonance.api import auth

    return auth.caller(request)


def _admin(request: Request) -> Caller:
    caller = _caller(request)
    caller.must_be_admin()
    return caller


CallerDep = Annotated[Caller, Depends(_caller)]
AdminDep = Annotated[Caller, Depends(_admin)]
