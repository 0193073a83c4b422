"""What this room needs from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send the browser, and what must be remembered until it comes back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom an OpenID Connect issuer vouches for. `name` is a wish, never a proof."""

    issuer: str
    subject: str
    name: str


class IdentityProvider(Protocol):
    """Signing in elsewhere: authorization code with PKCE."""

    @property
    def label(self) -> str: ...

    def depart(self, redirect_uri: str) -> Departure:
        """Begin; Unavailable when the issuer does not answer."""
        ...

    def arrive(self, code: str, redirect_uri: str, departure: Departure) -> Identity:
        """Trade the code; Unauthorized `oidc_failed` when anything about the answer is wrong."""
        ...
