"""Whether a browser's request was made by our own page.

`Sec-Fetch-Site` says it outright but is only sent to secure addresses; on a plain-HTTP LAN the `Origin`
header is compared with the host that was asked for. A program that is no browser sends neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from resonance.accounts.errors import csrf_failed
from resonance.core.errors import Forbidden

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from resonance.settings import Settings

_SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def check_origin(connection: HTTPConnection, *, must_say: bool = False) -> None:
    """Forbidden `csrf_failed` for requests of foreign pages. `must_say`: a missing Origin is foreign too."""
    origin = connection.headers.get("origin")
    site = connection.headers.get("sec-fetch-site")
    if origin is None:
        if site not in (None, "same-origin", "none") or must_say:
            raise _foreign("")
        return
    if site == "same-origin" or _is_ours(connection, origin):
        return
    raise _foreign(origin)


def _is_ours(connection: HTTPConnection, origin: str) -> bool:
    settings: Settings = connection.app.state.settings
    if origin in settings.cors_origins or origin == public_origin(settings):
        return True
    asked = _place(f"{connection.scope['scheme']}://{connection.headers.get('host', '')}")
    page = _place(origin)
    if asked is None or page is None:
        return False
    # A proxy that is not in TRUSTED_PROXIES hides that the page came by https. A page that came by http
    # must not speak to a server that knows it was asked by https.
    return asked[1:] == page[1:] and not (asked[0] == "https" and page[0] == "http")


def public_origin(settings: Settings) -> str | None:
    """The origin in BASE_URL, None where it is only a path."""
    parts = urlsplit(settings.base_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def _place(origin: str) -> tuple[str, str, int | None] | None:
    """(scheme, host, port unless it is one that addresses leave out)."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or parts.scheme not in _SCHEMES:
        return None
    return _SCHEMES[parts.scheme], parts.hostname.lower(), None if port in (80, 443) else port


def _foreign(origin: str) -> Forbidden:
    named = f" ({origin[:200]})" if origin else ""
    return csrf_failed(
        f"This request came from another site{named}. Behind a reverse proxy, pass the Host header on "
        "or set BASE_URL to the public address."
    )
