"""The families of errors. Every surface translates these and nothing else.

`code` is a stable machine word, `message` a sentence for a person, `status` the HTTP status of the family.
"""

from __future__ import annotations


class ResonanceError(Exception):
    """Base of every error that Resonance raises on purpose."""

    code = "error"
    status = 500

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class NotFound(ResonanceError):
    """The thing does not exist, or the caller may not know that it does."""

    code, status = "not_found", 404


class Conflict(ResonanceError):
    """The request contradicts the present state (a name is taken, a version is stale)."""

    code, status = "conflict", 409


class Unauthorized(ResonanceError):
    """Nobody is signed in, or the credentials are wrong or expired."""

    code, status = "unauthorized", 401


class Forbidden(ResonanceError):
    """The caller is known but may not do this."""

    code, status = "forbidden", 403


class Invalid(ResonanceError):
    """The input is malformed. `field` names the offending part where there is one."""

    code, status = "invalid", 422

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.field = field


class TooMany(ResonanceError):
    """A rate or concurrency limit was hit. `retry_after` is in seconds."""

    code, status = "too_many_requests", 429

    def __init__(self, message: str, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(ResonanceError):
    """A part we depend on does not answer. `retry_after` is in seconds, None when unknown."""

    code, status = "unavailable", 503

    def __init__(self, service: str, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.service = service
        self.retry_after = retry_after
