"""JSON bodies before anybody parses them: bounded, and nothing in them that cannot be stored or answered.

Python's parser takes NUL, halves of surrogate pairs, NaN and any depth; PostgreSQL, UTF-8 and the next
parser do not. The REST and GraphQL doors refuse these once, so that no room has to think of them.
"""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from resonance.api.problems import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 8 * 2**20  # a playlist of 100,000 tracks fits
DEEPEST = 64

_GUARDED = re.compile(r"/(api/v1(?!/imports$)|graphql)(/|$)")  # an import is a file: its handler counts
_JSON = re.compile(r"application/([\w.+-]+\+)?json\s*(;|$)", re.IGNORECASE)
# A number with an exponent of three digits may be infinite.
_SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|NaN|Infinity|\d[eE]\+?\d{3}")
_TOO_DEEP = "This is nested too deeply."
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class CheckedBodies:
    """Pure ASGI; refuses with a problem, else hands the body on as it came."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] in ("GET", "HEAD")
            or not _GUARDED.search(scope["path"])
        ):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        body = await _read(request, receive)
        if body is None:
            await problem(request, 413, "too_large", "This request is too large.")(scope, receive, send)
            return
        if _JSON.match(request.headers.get("content-type", "")) and (fault := _fault(body)):
            await problem(request, 422, "invalid", fault[0], field=fault[1])(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)


async def _read(request: Request, receive: Receive) -> bytes | None:
    """The whole body, None when it is larger than MOST_BYTES. A client that leaves ends it early."""
    said = request.headers.get("content-length", "0")
    if said.isascii() and said.isdigit() and (len(said) > 12 or int(said) > MOST_BYTES):
        return None
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _fault(body: bytes) -> tuple[str, str | None] | None:
    """What is wrong with the body and where; None also for what the parser will refuse with better words."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return "JSON must be in UTF-8.", None
    if b"\0" in body:
        return "JSON must be in UTF-8 and without NUL.", None
    if not _SUSPICIOUS.search(body) and body.count(b"[") + body.count(b"{") <= DEEPEST:
        return None
    try:
        return _fault_inside(json.loads(body))
    except RecursionError:
        return _TOO_DEEP, None
    except ValueError:
        return None


def _fault_inside(value: Any) -> tuple[str, str | None] | None:
    level: list[tuple[str, Any]] = [("", value)]
    for _ in range(DEEPEST + 1):
        deeper: list[tuple[str, Any]] = []
        for path, item in level:
            if isinstance(item, str) and _UNSTORABLE.search(item):
                return "Text must be without NUL and halves of surrogate pairs.", path or None
            if isinstance(item, float) and not isfinite(item):
                return "Numbers must be finite.", path or None
            if isinstance(item, dict):
                deeper += [(path, name) for name in item]
                deeper += [(f"{path}.{name}" if path else name, part) for name, part in item.items()]
            elif isinstance(item, list):
                deeper += [(f"{path}.{number}", part) for number, part in enumerate(item)]
        if not deeper:
            return None
        level = deeper
    return _TOO_DEEP, None
