"""What a person needs to set an app up: the server's address, and a QR code of it all."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from resonance.api.same_origin import public_origin

if TYPE_CHECKING:
    from starlette.requests import Request

    from resonance.settings import Settings


def server_url(request: Request) -> str:
    """The address that apps reach this server under: BASE_URL where it is whole, else as the browser came."""
    settings: Settings = request.app.state.settings
    origin = public_origin(settings) or f"{request.scope['scheme']}://{request.headers.get('host', '')}"
    return origin + settings.base_path


def card(request: Request, name: str, password: str) -> tuple[str, str]:
    """(server address, SVG). Subsonic has no form for this, so the code holds three lines to copy."""
    import segno

    url, drawing = server_url(request), io.BytesIO()
    code = segno.make(f"{url}\n{name}\n{password}", error="m", micro=False)
    code.save(drawing, kind="svg", xmldecl=False, scale=4, border=4, dark="#000", light="#fff")
    return url, drawing.getvalue().decode()
