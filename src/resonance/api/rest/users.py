"""Accounts, for admins."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from resonance.accounts.users import UNCHANGED
from resonance.api.deps import AdminDep, services
from resonance.api.rest.account_models import Items, ListedUser, Name, Secret
from resonance.core.errors import Invalid
from resonance.model.caller import Role

router = APIRouter(prefix="/users", tags=["users"])
Libraries = list[str] | None


class NewUser(BaseModel):
    name: Name
    password: Secret
    role: Role = Role.USER
    libraries: Libraries = Field(None, max_length=1000, description="Ids the account may see; null is all")


class UserChange(BaseModel):
    role: Role | None = None
    disabled: bool | None = None
    libraries: Libraries = Field(None, max_length=1000, description="null gives all; leave it out to keep")


class PasswordReset(BaseModel):
    password: Secret


@router.get("")
def users(request: Request, caller: AdminDep) -> Items[ListedUser]:
    """All accounts by name."""
    with services(request).db.read(caller.user_id) as uow:
        found = services(request).accounts.users.everyone(uow, caller)
    return Items(items=[ListedUser.of(user) for user in found])


@router.post("", status_code=201)
def create(request: Request, caller: AdminDep, body: NewUser) -> ListedUser:
    """Make an account."""
    accounts = services(request).accounts
    password_hash = accounts.passwords.hash(body.password)
    with services(request).db.write(caller.user_id) as uow:
        made = accounts.users.create(uow, caller, body.name, password_hash, body.role, body.libraries)
    return ListedUser.of(made)


@router.patch("/{user_id}")
def change(request: Request, caller: AdminDep, user_id: str, body: UserChange) -> ListedUser:
    """Change role or library access, disable or enable."""
    if not body.model_fields_set:
        raise Invalid("Nothing to change was given.")
    libraries = body.libraries if "libraries" in body.model_fields_set else UNCHANGED
    with services(request).db.write(caller.user_id) as uow:
        changed = services(request).accounts.users.change(
            uow, caller, user_id, role=body.role, disabled=body.disabled, libraries=libraries
        )
    return ListedUser.of(changed)


@router.delete("/{user_id}", status_code=204)
def remove(request: Request, caller: AdminDep, user_id: str) -> Response:
    """Delete an account with its likes, plays and playlists."""
    with services(request).db.write(caller.user_id) as uow:
        services(request).accounts.users.remove(uow, caller, user_id)
    return Response(status_code=204)


@router.post("/{user_id}/password", status_code=204)
def reset_password(request: Request, caller: AdminDep, user_id: str, body: PasswordReset) -> Response:
    """Set somebody's password; their sessions end."""
    services(request).accounts.password_change.reset(caller, user_id, body.password)
    return Response(status_code=204)
