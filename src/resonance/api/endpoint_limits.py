"""How many requests a minute one address may make, by class of endpoint.

Generous: a first sync of a Subsonic app asks for thousands of covers. Counted in this process and without
locks or timers, because it is on the way of every request; accounts/rate_limits.py guards the passwords.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from starlette.requests import Request

from resonance.api.forwarded import client_key, is_from_here
from resonance.api.problems import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

WINDOW_S = 60
PER_WINDOW = {"api": 3_000, "media": 12_000}
_MEDIA = re.compile(
    r"/(stream|download|api/v1/(artwork|artist-images|seg))/"
    r"|/rest/(stream|download|getCoverArt|getAvatar|hls)(\.view|\.m3u8)?$"
)
_API = re.compile(r"/(api/v1|rest|graphql)(/|$)")
# Beyond that somebody owns a botnet or an IPv6 network, and memory matters more than fairness.
_MOST_ADDRESSES = 50_000


class EndpointLimits:
    """Pure ASGI; fixed windows. Requests from this machine itself are not counted."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._window = 0
        self._counts: dict[tuple[str, str], int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (kind := _kind(scope["path"])) is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if is_from_here(request) or self._allows(kind, client_key(request)):
            await self.app(scope, receive, send)
            return
        wait = max(1, WINDOW_S - int(time.monotonic() % WINDOW_S))
        answer = problem(request, 429, "too_many_requests", f"Too many requests. Wait {wait} seconds.")
        answer.headers["Retry-After"] = str(wait)
        await answer(scope, receive, send)

    def _allows(self, kind: str, address: str) -> bool:
        window = int(time.monotonic() // WINDOW_S)
        if window != self._window or len(self._counts) > _MOST_ADDRESSES:
            self._window, self._counts = window, {}
        count = self._counts[kind, address] = self._counts.get((kind, address), 0) + 1
        return count <= PER_WINDOW[kind]


def is_api(path: str) -> bool:
    """Whether a path belongs to one of the programming interfaces, media aside."""
    return _kind(path) == "api"


def _kind(path: str) -> str | None:
    if _MEDIA.search(path):
        return "media"
    return "api" if _API.search(path) else None
