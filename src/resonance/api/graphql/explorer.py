"""A small explorer at /graphql, off unless GRAPHQL_EXPLORER is set. Strawberry's own loads from a CDN."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, PlainTextResponse

from resonance.api.deps import CallerDep
from resonance.core.errors import NotFound

if TYPE_CHECKING:
    from resonance.settings import Settings

FILES = Path(__file__).parent / "explorer"


def _must_be_on(request: Request) -> None:
    settings: Settings = request.app.state.settings
    if not settings.graphql_explorer:
        raise NotFound("The explorer is off. GRAPHQL_EXPLORER=true turns it on.")


router = APIRouter(prefix="/graphql", include_in_schema=False, dependencies=[Depends(_must_be_on)])


@router.get("")
def page() -> FileResponse:
    """The page."""
    return FileResponse(FILES / "index.html", media_type="text/html; charset=utf-8")


@router.get("/explorer.js")
def script() -> FileResponse:
    """Its script."""
    return FileResponse(FILES / "explorer.js", media_type="text/javascript")


@router.get("/explorer.css")
def style() -> FileResponse:
    """Its style."""
    return FileResponse(FILES / "explorer.css", media_type="text/css")


@router.get("/schema.graphql")
def schema(_caller: CallerDep) -> PlainTextResponse:
    """The schema in its own language."""
    from resonance.api.graphql.schema import printed

    return PlainTextResponse(printed())
