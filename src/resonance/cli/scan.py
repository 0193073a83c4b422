"""`resonance scan`: bring the catalogue in step with the music folders."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from resonance.library.scanning.runs import ScanCounts
    from resonance.wiring import Wiring

# A scan makes many objects and few cycles: looking for them every 700 objects was a tenth of its work.
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
_SUMS = ("files", "added", "updated", "unchanged", "missing", "broken")


def scan(
    library: Annotated[
        str | None, typer.Option("--library", help="Name, number or id; all libraries without it.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Read every file again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Scan the libraries. The first one is made from MUSIC_LIBRARY_PATH."""
    from resonance import wiring
    from resonance.playlists import watched

    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    began = time.perf_counter()
    totals: dict[str, Any] = {**dict.fromkeys(_SUMS, 0), "scan_seconds": 0.0}
    with closing(wiring.for_command()) as built:
        for library_id, name in _chosen(built, library):
            with _shown(name, quiet=as_json) as show:
                counts = built.scanner.scan(library_id, full=full, progress=show)
            music_came = counts.added > 0 or counts.updated > 0
            watched.sync(built.db, built.events, library_id, music_came=music_came)
            for key in _SUMS:
                totals[key] += getattr(counts, key)
            totals["scan_seconds"] = round(totals["scan_seconds"] + counts.seconds, 3)
    totals["seconds"] = round(time.perf_counter() - began, 3)
    if as_json:
        print(json.dumps(totals))
        return
    print(", ".join(f"{totals[key]} {key}" for key in _SUMS) + f" in {totals['seconds']:.2f} s")


def _chosen(built: Wiring, wanted: str | None) -> list[tuple[str, str]]:
    """(id, name) of the libraries to scan. NotFound when there is none."""
    from resonance.core.errors import NotFound
    from resonance.model.caller import OPERATOR

    with built.db.write() as uow:
        built.libraries.ensure(uow, built.settings.music_library_path)
    with built.db.read() as uow:
        every = built.libraries.all(uow, OPERATOR)
    folders = [(one["id"], one["name"], str(one["number"])) for one in every if one["kind"] == "folder"]
    found = [(words[0], words[1]) for words in folders if wanted is None or wanted in words]
    if not found:
        raise NotFound(
            f"There is no library {wanted}."
            if wanted
            else "There is no library yet. Set MUSIC_LIBRARY_PATH, or use: resonance library add PATH"
        )
    return found


@contextmanager
def _shown(name: str, *, quiet: bool) -> Iterator[Callable[[ScanCounts], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Scanning {name}", total=None)
        yield lambda counts: bar.update(task, completed=counts.seen, total=counts.files or None)
