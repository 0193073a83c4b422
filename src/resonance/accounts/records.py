"""Rows of this room as other parts see them. No record carries a secret that could be shown by mistake."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from resonance.accounts.tokens import AccessToken
from resonance.model.caller import Role


@dataclass(frozen=True, slots=True)
class User:
    """An account. `libraries` are ids; they count only when `all_libraries` is False. Times in ms."""

    id: str
    name: str
    role: Role
    created_at: int
    disabled_at: int | None
    all_libraries: bool
    libraries: tuple[str, ...] = ()
    preferences: dict[str, Any] = field(default_factory=dict)
    has_password: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in device."""

    id: str
    user_id: str
    device_name: str
    client: str
    created_at: int
    last_seen_at: int


@dataclass(frozen=True, slots=True)
class Grant:
    """What a successful sign-in or refresh hands to the client."""

    user: User
    session_id: str
    access: AccessToken
    refresh_token: str
    refresh_expires_at: int
    csrf_token: str


@dataclass(frozen=True, slots=True)
class Device:
    """Who is asking for a session: the name shown in the list, the kind of client."""

    name: str
    client: str


@dataclass(frozen=True, slots=True)
class AppPassword:
    """One device's Subsonic password, without the password."""

    id: str
    label: str
    created_at: int
    last_used_at: int | None
    last_client: str | None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One API key, known only by its last characters."""

    id: str
    label: str
    hint: str
    created_at: int
    last_used_at: int | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be used."""

    id: str
    role: Role
    created_at: int
    expires_at: int
