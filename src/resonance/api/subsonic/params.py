"""Request parameters, from the query and from a form body. Reading them never fails with a crash.

Junk in a number means its default, as Navidrome does it; too large a number means the limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import Request

from resonance.api.subsonic.faults import Code, SubsonicFault, missing

MAX_BODY = 8 * 2**20  # a playlist of 100,000 songs fits
MAX_FIELDS = 200_000
MAX_INT = 2**53
_NUMBER = re.compile(r"[+-]?[0-9]{1,400}", re.ASCII)
_FORM = "application/x-www-form-urlencoded"
_TRUE = frozenset({"true", "1", "yes", "on"})
_FALSE = frozenset({"false", "0", "no", "off"})


class Params:
    """Parameters in the order they came; names are case-sensitive and may repeat."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            # PostgreSQL text cannot hold NUL, and no name of ours contains one.
            self._values.setdefault(name, []).append(value.replace("\0", ""))

    def text(self, name: str) -> str | None:
        """The first value, None where it is absent. May be empty."""
        values = self._values.get(name)
        return values[0] if values else None

    def required(self, name: str) -> str:
        """The first value; fault 10 where it is absent or empty."""
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def all(self, name: str) -> list[str]:
        """Every non-empty value of a repeated parameter."""
        return [value for value in self._values.get(name, ()) if value]

    def number(self, name: str, default: int, *, low: int = 0, high: int = MAX_INT) -> int:
        """A whole number within [low, high]."""
        found = self.optional_number(name)
        return default if found is None else min(max(found, low), high)

    def optional_number(self, name: str) -> int | None:
        """A whole number within the safe range of JSON, None where it is absent or junk."""
        return as_number(self.text(name))

    def required_number(self, name: str) -> int:
        """A whole number; fault 10 where it is absent, 0 where it is junk."""
        found = as_number(self.required(name))
        if found is None:
            raise SubsonicFault(Code.GENERIC, f"Parameter '{name}' must be a whole number.")
        return found

    def flag(self, name: str) -> bool | None:
        """A boolean, None where it is absent or junk."""
        word = (self.text(name) or "").strip().lower()
        return True if word in _TRUE else False if word in _FALSE else None


def as_number(text: str | None) -> int | None:
    """A whole number bounded to what JSON carries exactly, None for anything else."""
    text = (text or "").strip()
    if not _NUMBER.fullmatch(text):
        return None
    return min(max(int(text), -MAX_INT), MAX_INT)


async def read(request: Request) -> Params:
    """The parameters of a request; those of the query come before those of the form."""
    pairs = _parse(request.scope["query_string"])
    if request.method == "POST" and request.headers.get("content-type", "").lower().startswith(_FORM):
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                raise SubsonicFault(Code.GENERIC, "The form is too large.", http_status=413)
        pairs += _parse(bytes(body))
    return Params(pairs)


def _parse(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as fault:
        raise SubsonicFault(Code.GENERIC, "The request has too many parameters.", http_status=413) from fault
