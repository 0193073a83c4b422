"""What every answer carries: a request id, security headers, one access log line."""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING

import structlog
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request

from resonance.api.bodies import CheckedBodies
from resonance.api.endpoint_limits import EndpointLimits, is_api
from resonance.api.forwarded import TrustedProxies
from resonance.api.problems import problem
from resonance.core.logs import logger

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from resonance.settings import Settings

log = logger("resonance.access")
_REQUEST_ID = re.compile(r"[\w.-]{8,64}")
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


class EveryAnswer:
    """Pure ASGI, so that streams are not buffered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        given = request.headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status = time.perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if is_api(scope["path"]):
                    # Personal unless a handler says otherwise: a shared cache must not keep it.
                    headers.setdefault("Cache-Control", "private, no-cache")
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                # PostgreSQL stores no NUL, and nothing of ours has one in its name.
                scope["query_string"] = scope["query_string"].replace(b"%00", b"")
                if "\0" in scope["path"]:
                    nothing = problem(request, 404, "not_found", "There is nothing here.")
                    await nothing(scope, receive, answer)
                else:
                    await self.app(scope, receive, answer)
            finally:
                # The path only: queries may carry credentials (Subsonic puts them there).
                log.info(
                    "request",
                    method=request.method,
                    path=request.url.path,
                    status=status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )


def install(app: FastAPI, settings: Settings) -> None:
    """Add what belongs around every request; the last one added is the outermost."""
    app.add_middleware(CheckedBodies)
    app.add_middleware(EndpointLimits)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["*"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "If-Match",
                "If-None-Match",
                "X-API-Key",
                "X-CSRF-Token",
            ],
            expose_headers=["ETag", "Retry-After", "X-Request-Id"],
            # Cookies only for origins that were named: a wildcard would open every account to every page.
            allow_credentials="*" not in settings.cors_origins,
        )
    app.add_middleware(EveryAnswer)
    app.add_middleware(TrustedProxies, trusted=settings.trusted_proxies, root_path=settings.base_path)
