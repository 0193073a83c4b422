"""`resonance library ...`: the folders that music comes from."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from resonance.model.caller import OPERATOR

app = typer.Typer(help="Folders with music.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("add")
def add(
    path: Annotated[Path, typer.Argument(help="Folder with music.")],
    name: Annotated[str, typer.Option("--name", help="The folder's name without it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add a library; scan it with: resonance scan."""
    from resonance import wiring

    with closing(wiring.for_command()) as built, built.db.write() as uow:
        library_id = built.libraries.add(uow, OPERATOR, name, str(path.expanduser().absolute()))
        item = built.libraries.one(uow, OPERATOR, library_id)
    print(
        json.dumps({"id": library_id, "number": item["number"], "name": item["name"]})
        if as_json
        else f"Added {item['name']} (number {item['number']})."
    )


@app.command("list")
def list_libraries(as_json: AsJson = False) -> None:
    """List the libraries."""
    from resonance import wiring

    with closing(wiring.for_command()) as built, built.db.read() as uow:
        items = built.libraries.all(uow, OPERATOR)
    if as_json:
        print(json.dumps(items))
        return
    for item in items:
        print(f"{item['number']:>3}  {item['name']:<24} {item['tracks']:>8} tracks  {item['path']}")


@app.command("remove")
def remove(
    wanted: Annotated[str, typer.Argument(metavar="LIBRARY", help="Name, number or id.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget a library with likes, plays and playlist entries of its tracks. No file is touched."""
    from resonance import wiring
    from resonance.core.errors import NotFound

    with closing(wiring.for_command()) as built:
        with built.db.read() as uow:
            items = built.libraries.all(uow, OPERATOR)
        item = next((i for i in items if wanted in (i["id"], i["name"], str(i["number"]))), None)
        if item is None:
            raise NotFound(f"There is no library {wanted}.")
        if not yes:
            typer.confirm(f"Forget {item['name']} and its {item['tracks']} tracks?", abort=True)
        with built.db.write() as uow:
            built.libraries.remove(uow, OPERATOR, item["id"])
    print(f"Forgot {item['name']}.")
