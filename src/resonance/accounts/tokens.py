"""What a session carries: a short access token (JWT), a refresh token, a CSRF token."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import jwt

from resonance.accounts import errors
from resonance.accounts.secrets import Keys
from resonance.model.caller import Role

ACCESS_LIFETIME_MS = 15 * 60 * 1000
_ISSUER = "resonance"
_CLAIMS = ("iss", "sub", "sid", "exp")


@dataclass(frozen=True, slots=True)
class AccessToken:
    """`text` goes to the client; it is valid until `expires_at` (ms)."""

    text: str
    expires_at: int


class Tokens:
    """Makes and reads tokens. Whether the session still stands is for `sessions` to say."""

    def __init__(self, keys: Keys, clock: Callable[[], int]) -> None:
        self._access_key = keys.derive("access-token")
        self._csrf_key = keys.derive("csrf")
        self._clock = clock

    def access(self, user_id: str, session_id: str, role: Role) -> AccessToken:
        """A fresh access token. `role` is for the client's eyes: the server reads it from the account."""
        now = self._clock()
        expires_at = now + ACCESS_LIFETIME_MS
        claims = {
            "iss": _ISSUER,
            "sub": user_id,
            "sid": session_id,
            "role": role.value,
            "iat": now // 1000,
            "exp": expires_at // 1000,
        }
        return AccessToken(jwt.encode(claims, self._access_key, algorithm="HS256"), expires_at)

    def session_id(self, access_token: str, *, even_expired: bool = False) -> str:
        """The session of an access token; Unauthorized `bad_token` or `session_expired`."""
        try:
            claims = jwt.decode(
                access_token,
                self._access_key,
                algorithms=["HS256"],
                issuer=_ISSUER,
                # Times are checked below, by the same clock that everything else here goes by.
                options={"require": list(_CLAIMS), "verify_exp": False, "verify_iat": False},
            )
            session_id, expires_s = str(claims["sid"]), int(claims["exp"])
        except (jwt.InvalidTokenError, ValueError, TypeError) as fault:
            raise errors.bad_token() from fault
        if not even_expired and expires_s * 1000 <= self._clock():
            raise errors.session_expired()
        return session_id

    def csrf(self, session_id: str) -> str:
        """The CSRF token of a session: nobody else can compute or plant it."""
        return hmac.new(self._csrf_key, session_id.encode(), hashlib.sha256).hexdigest()

    def csrf_matches(self, session_id: str, given: str) -> bool:
        """Whether `given` is the session's CSRF token."""
        return hmac.compare_digest(self.csrf(session_id).encode(), given.encode())


def new_secret(prefix: str) -> str:
    """A random token of 256 bits."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a random token. It has enough entropy that a plain sha256 cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
