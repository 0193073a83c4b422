"""The web player: built files, and index.html for every address the player routes itself."""

from __future__ import annotations

import html
import mimetypes
import secrets
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from resonance.api.security import CSP
from resonance.core.errors import NotFound

WEBAPP = Path(__file__).parent.parent / "webapp"
# Vite puts a hash of the content into the names below assets/.
FOREVER = "public, max-age=31536000, immutable"
# First path parts that belong to machines: an unknown address there is an error, not a page.
MACHINES = frozenset(
    {"api", "rest", "stream", "download", "graphql", "ws", "webhooks", "health", "metrics", "assets"}
)

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("font/woff2", ".woff2")

router = APIRouter(include_in_schema=False)


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
def page(request: Request, path: str) -> Response:
    """A built file where one has that name, else the player."""
    file = _built_file(path)
    if file is not None:
        forever = path.startswith("assets/")
        return FileResponse(file, headers={"Cache-Control": FOREVER if forever else "no-cache"})
    if path.partition("/")[0] in MACHINES:
        raise NotFound("There is nothing at this address.")
    return _index(request)


def _built_file(path: str) -> Path | None:
    if not path or path == "index.html" or "\x00" in path:
        return None
    file = (WEBAPP / path).resolve()
    return file if file.is_relative_to(WEBAPP) and file.is_file() else None


def _index(request: Request) -> Response:
    if not (WEBAPP / "index.html").is_file():
        text = "The web player is not built. Type: make setup"
        return Response(text, 503, media_type="text/plain")
    nonce = secrets.token_urlsafe(16)
    base = html.escape(request.app.state.settings.base_path + "/", quote=True)
    text = _template((WEBAPP / "index.html").stat().st_mtime_ns)
    text = text.replace('<base href="/"', f'<base href="{base}"', 1)
    text = text.replace('name="csp-nonce" content=""', f'name="csp-nonce" content="{nonce}"', 1)
    policy = CSP.replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
    return HTMLResponse(text, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _template(_changed: int) -> str:
    return (WEBAPP / "index.html").read_text(encoding="utf-8")
