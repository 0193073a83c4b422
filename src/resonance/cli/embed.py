"""`resonance embed`: vectors of words for tracks that have none or whose facts changed."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import asdict
from typing import Annotated

import typer


def embed(
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="So many tracks at most.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make what the search by meaning needs. The server does so by itself after scans and analyses."""
    from resonance import wiring

    quiet = as_json or not sys.stderr.isatty()

    def tell(_fraction: float | None, text: str) -> None:
        print(f"\r{text}  ", end="", file=sys.stderr)

    with closing(wiring.for_command()) as built:
        done = built.embedding.run(limit=limit, progress=None if quiet else tell)
    if not quiet:
        print(file=sys.stderr)
    if as_json:
        print(json.dumps(asdict(done)))
        return
    print(f"{done.read} tracks read, {done.written} new vectors")
    if done.problem:
        print(f"The configured embedder stopped: {done.problem}", file=sys.stderr)
