"""Who asks: the session cookie of a browser, or the bearer token or API key of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resonance.accounts import errors
from resonance.accounts.names import device, plain
from resonance.accounts.records import Device
from resonance.api.forwarded import client_key, is_https
from resonance.api.same_origin import check_origin
from resonance.core.errors import Unauthorized

if TYPE_CHECKING:
    from fastapi import Response
    from starlette.requests import HTTPConnection, Request

    from resonance.accounts.accounts import Accounts
    from resonance.accounts.records import Grant
    from resonance.model.caller import Caller
    from resonance.settings import Settings

ACCESS, REFRESH, CSRF = "resonance_access", "resonance_refresh", "resonance_csrf"
CSRF_HEADER = "X-CSRF-Token"
_READING = {"GET", "HEAD", "OPTIONS"}


def caller(request: HTTPConnection) -> Caller:
    """The signed-in caller, found once per request. Unauthorized, or Forbidden `csrf_failed`.

    Credentials in a header count alone: when they are wrong, a cookie does not help.
    """
    found: Caller | None = getattr(request.state, "caller", None)
    if found is None:
        found = _by_header(request) or _by_cookie(request)
        request.state.caller = found
    return found


def socket_caller(socket: HTTPConnection) -> Caller:
    """The caller of a WebSocket upgrade. With a cookie the page's Origin must be ours."""
    by_header = _by_header(socket)
    if by_header is not None:
        return by_header
    check_origin(socket, must_say=True)
    return _by_cookie(socket)


def accounts(request: HTTPConnection) -> Accounts:
    """The accounts of the app's services."""
    found: Accounts = request.app.state.services.accounts
    return found


def this_device(request: HTTPConnection, name: str | None, *, as_program: bool) -> Device:
    """How the session about to be opened is called in the list of sessions."""
    agent = request.headers.get("user-agent", "")
    client = (plain(agent, 120) or "api") if as_program else "web"
    return Device(device(name, agent), client)


def require_csrf(request: HTTPConnection, session_id: str) -> None:
    """Forbidden unless our own page sent this change of the session."""
    check_origin(request)
    given = request.headers.get(CSRF_HEADER, "")
    if not given or not accounts(request).tokens.csrf_matches(session_id, given):
        raise errors.csrf_failed(f"The {CSRF_HEADER} header is missing or wrong. Reload the page.")


def set_cookies(request: Request, response: Response, grant: Grant) -> None:
    """Hand a grant to the browser. Secure only over https, so that a plain-HTTP LAN works."""
    settings: Settings = request.app.state.settings
    root, secure = settings.base_path or "/", is_https(request)
    now = accounts(request).clock()
    short = max(1, round((grant.access.expires_at - now) / 1000))
    long = max(1, round((grant.refresh_expires_at - now) / 1000))
    for name, value, age, path in (
        (ACCESS, grant.access.text, short, root),
        (REFRESH, grant.refresh_token, long, _refresh_path(settings)),
        (CSRF, grant.csrf_token, long, root),
    ):
        readable = name == CSRF  # our page sends it back in a header
        response.set_cookie(name, value, age, path=path, secure=secure, httponly=not readable, samesite="lax")


def clear_cookies(request: Request, response: Response) -> None:
    """Forget the browser's session."""
    settings: Settings = request.app.state.settings
    root = settings.base_path or "/"
    for name, path in ((ACCESS, root), (REFRESH, _refresh_path(settings)), (CSRF, root)):
        response.delete_cookie(name, path=path, secure=is_https(request), samesite="lax")


def _refresh_path(settings: Settings) -> str:
    return f"{settings.base_path}/api/v1/auth"


def _by_header(request: HTTPConnection) -> Caller | None:
    key = request.headers.get("x-api-key")
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if key is None and scheme.lower() == "bearer":
        credentials = credentials.strip()
        if not credentials.startswith("rsk_"):
            return accounts(request).sessions.caller(credentials)
        key = credentials
    if key is None:
        return None
    return _by_api_key(request, key)


def _by_api_key(request: HTTPConnection, key: str) -> Caller:
    limits, address = accounts(request).limits, client_key(request)
    limits.check("api_key_address", address)
    try:
        return accounts(request).api_keys.caller(
            key, client=plain(request.headers.get("user-agent", ""), 120)
        )
    except Unauthorized:
        limits.count("api_key_address", address)
        raise


def _by_cookie(request: HTTPConnection) -> Caller:
    token = request.cookies.get(ACCESS)
    if not token:
        # The browser drops the short cookie by itself; the longer one tells that there was a session.
        raise errors.session_expired() if CSRF in request.cookies else errors.not_signed_in()
    try:
        found = accounts(request).sessions.caller(token)
    except Unauthorized as fault:
        if fault.code != "bad_token":
            raise
        # Signed under an earlier JWT_SECRET: for the person that is an expired session.
        raise errors.session_expired() from fault
    if request.scope["type"] == "http" and request.scope["method"] not in _READING:
        assert found.session_id is not None
        require_csrf(request, found.session_id)
    return found
