"""`resonance sync navidrome`: bring the songs of music servers, and what linked people did, in step."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from resonance.library.remote.record import Report
    from resonance.wiring import Wiring

app = typer.Typer(no_args_is_help=True, help="Bring music servers in step.")


@app.callback()
def _group() -> None:
    """Bring music servers in step."""


@app.command("navidrome")
def navidrome(
    server: Annotated[
        str | None, typer.Option("--server", help="Name, address or id; all servers without it.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Read all songs, not only what changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Sync Navidrome and OpenSubsonic servers that were added."""
    from resonance import wiring
    from resonance.core.errors import ResonanceError
    from resonance.worker import remote_sync

    began = time.perf_counter()
    failed: ResonanceError | None = None
    results: list[dict[str, Any]] = []
    with closing(wiring.for_command()) as built:
        for server_id, name in _chosen(built, server):
            try:
                with _shown(name, quiet=as_json) as show:
                    report = remote_sync.sync(built, server_id, reason="command", full=full, progress=show)
                results.append({"name": name, **asdict(report)})
            except ResonanceError as fault:
                failed = fault
                results.append(
                    {"name": name, "server_id": server_id, "state": "failed", "error": fault.message}
                )
            if not as_json:
                print(_line(results[-1]))
    if as_json:
        print(json.dumps({"servers": results, "seconds": round(time.perf_counter() - began, 3)}))
    if failed is not None:
        if as_json:
            raise typer.Exit(4 if failed.status == 503 else 1)
        raise failed


def _line(result: dict[str, Any]) -> str:
    name, state = result["name"], result["state"]
    if "counts" not in result:
        return f"{name}: {state}: {result['error']}"
    counts = result["counts"]
    words = ("added", "updated", "joined", "removed", "unmatched")
    told = ", ".join(f"{counts[word]} {word}" for word in words if counts[word]) or "nothing to do"
    lines = [f"{name}: {state}, {told} ({counts['requests']} requests, {result['seconds']:.2f} s)"]
    lines += [f"  {person['username']}: {_person(person)}" for person in result["people"]]
    return "\n".join(lines)


def _person(person: dict[str, Any]) -> str:
    if "problem" in person:
        return str(person["problem"])
    parts = []
    for name in ("likes", "ratings", "plays", "playlists"):
        tally = person.get(name) or {}
        if tally.get("taken") or tally.get("sent"):
            parts.append(f"{name} {tally.get('taken', 0)} taken, {tally.get('sent', 0)} sent")
    sent = (person.get("scrobbles") or {}).get("sent", 0)
    if sent:
        parts.append(f"{sent} plays sent")
    return "; ".join(parts) or "in step"


def _chosen(built: Wiring, wanted: str | None) -> list[tuple[str, str]]:
    """(id, name) of the servers to sync. NotFound when there is none."""
    from resonance.core.errors import NotFound
    from resonance.library.remote import store

    with built.db.read() as uow:
        rows = store.servers(uow)
    found = [(row.id, row.name) for row in rows if wanted is None or wanted in (row.id, row.name, row.url)]
    if not found:
        raise NotFound(
            f"There is no server {wanted}."
            if wanted
            else "There is no server yet. An admin adds one in the web app, under Admin, Servers."
        )
    return found


@contextmanager
def _shown(name: str, *, quiet: bool) -> Iterator[Callable[[Report], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Syncing {name}", total=None)
        yield lambda report: bar.update(task, completed=report.counts.seen, total=report.counts.total or None)
