"""The faults of signing in. `code` is what surfaces map: problem+json shows it, Subsonic numbers it."""

from __future__ import annotations

from resonance.core.errors import Conflict, Forbidden, Invalid, Unauthorized


def wrong_credentials() -> Unauthorized:
    """The same words for an unknown name and a wrong password. Subsonic 40."""
    return Unauthorized("The name or the password is wrong.", code="wrong_credentials")


def account_disabled() -> Unauthorized:
    """Only said to somebody who has proved to be that person. Subsonic 40."""
    return Unauthorized("This account is disabled. Ask an admin of this server.", code="account_disabled")


def not_signed_in() -> Unauthorized:
    """No credentials at all."""
    return Unauthorized("Sign in first.", code="not_signed_in")


def session_expired() -> Unauthorized:
    """A refresh may help."""
    return Unauthorized("Your session has expired. Sign in again.", code="session_expired")


def session_revoked() -> Unauthorized:
    """A refresh will not help."""
    return Unauthorized("This session was ended. Sign in again.", code="session_revoked")


def bad_token() -> Unauthorized:
    """A bearer token that this server never made."""
    return Unauthorized("The access token is not valid.", code="bad_token")


def bad_api_key() -> Unauthorized:
    """Unknown or revoked API key. Subsonic 44."""
    return Unauthorized("The API key is not valid.", code="bad_api_key")


def token_unsupported() -> Unauthorized:
    """Subsonic's md5 token needs an app password, and this user has none. Subsonic 41."""
    return Unauthorized(
        "This app needs an app password. Make one in the settings of your account.", code="token_unsupported"
    )


def conflicting_auth() -> Invalid:
    """Two Subsonic credentials at once. Subsonic 43."""
    return Invalid("Send either an API key, a token or a password.", code="conflicting_auth")


def missing_parameter(name: str) -> Invalid:
    """A Subsonic credential lacks a part. Subsonic 10."""
    return Invalid(f"Required parameter {name} is missing.", field=name, code="missing_parameter")


def name_taken() -> Conflict:
    """Names are compared folded, so Ada and adá are one."""
    return Conflict("This name is taken.", code="name_taken")


def already_set_up() -> Conflict:
    """The first admin exists."""
    return Conflict("This server is already set up. Sign in instead.", code="already_set_up")


def last_admin() -> Conflict:
    """A server without admin could never be repaired in the browser."""
    return Conflict("This is the last admin. Make somebody else admin first.", code="last_admin")


def csrf_failed(message: str) -> Forbidden:
    """A change asked with a cookie, but not by our own page."""
    return Forbidden(message, code="csrf_failed")
