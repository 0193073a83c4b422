"""`resonance export-openapi` and `resonance export-graphql`: the schemas, without a running server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[Path | None, typer.Argument(help="File to write; standard output without it.")]


def _write(text: str, out: Path | None) -> None:
    if out is None:
        print(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")


def openapi(out: Out = None) -> None:
    """Write the REST API's OpenAPI document."""
    from resonance.api.app import create_app
    from resonance.settings import Settings
    from resonance.wiring import Wiring

    settings = Settings()
    _write(json.dumps(create_app(Wiring(settings), settings).openapi(), indent=2, sort_keys=True), out)


def graphql(out: Out = None) -> None:
    """Write the GraphQL schema."""
    from resonance.api.graphql import schema

    _write(schema.printed(), out)
