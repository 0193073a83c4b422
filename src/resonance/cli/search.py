"""`resonance search`: tracks by name and by meaning, with reasons."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Annotated

import typer

from resonance.model.caller import OPERATOR


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help='"slow warm piano for rain"')],
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="So many tracks at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find tracks by name and by what they are like."""
    import msgspec

    from resonance import wiring
    from resonance.library.ask import Wish, ask

    with closing(wiring.for_command()) as built:
        asked = built.embedders.ask(" ".join(words))
        with built.db.read() as uow:
            found = ask(uow, OPERATOR, built.hybrid, asked, Wish(), limit=limit)
    if as_json:
        print(json.dumps(msgspec.to_builtins(found)))
        return
    for item in found.items:
        why = ", ".join(reason.text for reason in item.reasons)
        print(f"{item.score:.2f}  {item.track.artist} - {item.track.title}" + (f"  ({why})" if why else ""))
    if found.by.fallback:
        print(f"Answered by the {found.by.embedder} embedder: {found.by.fallback}")
