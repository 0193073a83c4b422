"""Errors in Subsonic's numbers: the one translator of this surface."""

from __future__ import annotations

from enum import IntEnum

from resonance.core.errors import (
    Forbidden,
    Invalid,
    NotFound,
    ResonanceError,
    TooMany,
    Unauthorized,
)


class Code(IntEnum):
    """What the specification calls error codes."""

    GENERIC = 0
    MISSING_PARAMETER = 10
    CLIENT_TOO_OLD = 20
    SERVER_TOO_OLD = 30
    WRONG_LOGIN = 40
    TOKEN_UNSUPPORTED = 41
    MECHANISM_UNSUPPORTED = 42
    CONFLICTING_MECHANISMS = 43
    WRONG_API_KEY = 44
    NOT_AUTHORISED = 50
    NOT_FOUND = 70


class SubsonicFault(Exception):
    """An answer with status "failed". `http_status` is 200 except where Navidrome's differs as well."""

    def __init__(
        self, code: Code, message: str, *, http_status: int = 200, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.http_status = http_status
        self.retry_after = retry_after


def missing(name: str) -> SubsonicFault:
    """A required parameter is absent."""
    return SubsonicFault(Code.MISSING_PARAMETER, f"Required parameter '{name}' is missing.")


def not_found(what: str) -> SubsonicFault:
    """There is no such thing, or the caller may not know that there is."""
    return SubsonicFault(Code.NOT_FOUND, f"{what} not found.")


# Services say more exactly what is wrong in `ResonanceError.code`.
_BY_WORD = {
    "missing_parameter": Code.MISSING_PARAMETER,
    "token_unsupported": Code.TOKEN_UNSUPPORTED,
    "conflicting_auth": Code.CONFLICTING_MECHANISMS,
    "bad_api_key": Code.WRONG_API_KEY,
}


def translate(fault: ResonanceError) -> SubsonicFault:
    """A service's error as Subsonic's."""
    if isinstance(fault, TooMany):
        return SubsonicFault(Code.GENERIC, fault.message, http_status=429, retry_after=fault.retry_after)
    if fault.code in _BY_WORD:
        return SubsonicFault(_BY_WORD[fault.code], fault.message)
    if isinstance(fault, NotFound):
        return SubsonicFault(Code.NOT_FOUND, fault.message)
    if isinstance(fault, Unauthorized):
        return SubsonicFault(Code.WRONG_LOGIN, fault.message)
    if isinstance(fault, Forbidden):
        return SubsonicFault(Code.NOT_AUTHORISED, fault.message)
    if isinstance(fault, Invalid) and fault.field:
        return SubsonicFault(Code.GENERIC, f"{fault.field}: {fault.message}")
    return SubsonicFault(Code.GENERIC, fault.message)
