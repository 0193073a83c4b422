"""JSON forms of accounts, shared by the files that answer with them."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from resonance.accounts import records
from resonance.core.clock import iso
from resonance.model.caller import Role

T = TypeVar("T")
# Bounds only against abuse: the real rules, with words for people, are in the accounts room.
Name = Annotated[str, Field(max_length=256)]
Secret = Annotated[str, Field(max_length=4096)]
DeviceName = Annotated[
    str, Field(max_length=256, description="How this device is called in the list of sessions")
]


class Items(BaseModel, Generic[T]):
    """A whole list; these are short enough to need no pages."""

    items: list[T]


class UserBody(BaseModel):
    """An account."""

    id: str
    name: str
    role: Role
    created_at: str
    preferences: dict[str, Any]
    all_libraries: bool
    libraries: list[str]
    has_password: bool

    @classmethod
    def of(cls, user: records.User) -> UserBody:
        return cls(
            id=user.id,
            name=user.name,
            role=user.role,
            created_at=iso(user.created_at),
            preferences=user.preferences,
            all_libraries=user.all_libraries,
            libraries=list(user.libraries),
            has_password=user.has_password,
        )


class ListedUser(UserBody):
    """An account as admins see it."""

    disabled_at: str | None

    @classmethod
    def of(cls, user: records.User) -> ListedUser:
        # What somebody set for themselves is nobody else's business.
        common = UserBody.of(user).model_dump() | {"preferences": {}}
        return cls(**common, disabled_at=iso(user.disabled_at) if user.disabled_at else None)


class SessionBody(BaseModel):
    """The answer to signing in. Tokens are in it only when they were asked for; else they are cookies."""

    user: UserBody
    expires_at: str = Field(description="When the access token ends; refresh before or after")
    csrf_token: str = Field(description="Send as X-CSRF-Token with every change")
    access_token: str | None = None
    refresh_token: str | None = None

    @classmethod
    def of(cls, grant: records.Grant, *, tokens: bool = False) -> SessionBody:
        return cls(
            user=UserBody.of(grant.user),
            expires_at=iso(grant.access.expires_at),
            csrf_token=grant.csrf_token,
            access_token=grant.access.text if tokens else None,
            refresh_token=grant.refresh_token if tokens else None,
        )


class ListedSession(BaseModel):
    """A signed-in device."""

    id: str
    device_name: str
    client: str
    created_at: str
    last_seen_at: str
    current: bool

    @classmethod
    def of(cls, session: records.Session, current: str | None) -> ListedSession:
        return cls(
            id=session.id,
            device_name=session.device_name,
            client=session.client,
            created_at=iso(session.created_at),
            last_seen_at=iso(session.last_seen_at),
            current=session.id == current,
        )


SignUpPolicy = Literal["closed", "invitation", "open"]


def iso_or_none(ms: int | None) -> str | None:
    """A time that may never have been."""
    return None if ms is None else iso(ms)
