"""Invitations, for admins."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.api.deps import AdminDep, services
from resonance.api.rest.account_models import Items
from resonance.core.clock import iso
from resonance.model.caller import Role

router = APIRouter(prefix="/invitations", tags=["users"])


class NewInvitation(BaseModel):
    role: Role = Role.USER
    days: int = Field(7, ge=1, le=90)


class ListedInvitation(BaseModel):
    id: str
    role: Role
    created_at: str
    expires_at: str


class MadeInvitation(ListedInvitation):
    code: str = Field(description="Shown once")


@router.get("")
def invitations(request: Request, caller: AdminDep) -> Items[ListedInvitation]:
    """Those that can still be used, newest first."""
    with services(request).db.read(caller.user_id) as uow:
        found = services(request).accounts.invitations.open_ones(uow, caller)
    items = [
        ListedInvitation(id=i.id, role=i.role, created_at=iso(i.created_at), expires_at=iso(i.expires_at))
        for i in found
    ]
    return Items(items=items)


@router.post("", status_code=201)
def invite(request: Request, caller: AdminDep, body: NewInvitation) -> MadeInvitation:
    """Make an invitation for one person."""
    with services(request).db.write(caller.user_id) as uow:
        made, code = services(request).accounts.invitations.create(uow, caller, body.role, body.days)
    return MadeInvitation(
        id=made.id,
        role=made.role,
        created_at=iso(made.created_at),
        expires_at=iso(made.expires_at),
        code=code,
    )


@router.delete("/{invitation_id}", status_code=204)
def withdraw(request: Request, caller: AdminDep, invitation_id: str) -> Response:
    """Make an invitation useless."""
    with services(request).db.write(caller.user_id) as uow:
        services(request).accounts.invitations.withdraw(uow, caller, invitation_id)
    return Response(status_code=204)
