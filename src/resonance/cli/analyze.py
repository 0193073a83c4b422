"""`resonance analyze`: measure what the music sounds like."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from resonance.analysis.progress import Status
    from resonance.analysis.run import Analyser, Summary


def analyze(
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Analyse at most so many tracks.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Measure again what was measured before.")] = False,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", help="tempo, key, timbre or loudness; may be repeated. All without it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure tempo, key, timbre and loudness of tracks that lack them, beside a running server or without.

    Pause and hours that are set on the server do not hold this command up. Ctrl-C ends it; what was
    measured until then stays.
    """
    from resonance import wiring
    from resonance.analysis.run import Wish
    from resonance.audio.ear.versions import ALL, VERSIONS
    from resonance.core.errors import Invalid

    if unknown := set(group or ()) - set(VERSIONS):
        raise Invalid(f"There is no group {min(unknown)}. There are {', '.join(VERSIONS)}.", field="group")
    groups = frozenset(group or ALL)
    with closing(wiring.for_command()) as built, _interruptible() as interrupted:
        analyser = built.analyser
        ids = _again(analyser, groups, limit) if force else None
        wish = Wish(groups=groups, ids=ids, limit=limit, obey=False)
        with _shown(quiet=as_json) as show:
            summary = analyser.run(wish, cancelled=interrupted, told=show)
        remaining = _remaining(built)
    if as_json:
        print(json.dumps({**asdict(summary), **remaining}))
    else:
        print(_words(summary, remaining))
    if summary.ended == "cancelled":
        raise typer.Exit(130)


def _again(analyser: Analyser, groups: frozenset[str], limit: int | None) -> list[str] | None:
    """Make tracks due again; those of a limited run by id."""
    from resonance.analysis import store
    from resonance.core.clock import now_ms

    now = now_ms()
    if limit is None:
        analyser.redo(groups, now)
        return None
    with analyser.db.read() as uow:
        ids = store.oldest(uow, limit)
    analyser.redo(groups, now, ids)
    return ids


def _remaining(built: Any) -> dict[str, int]:
    from resonance.model.caller import OPERATOR

    with built.db.read() as uow:
        status = built.analyser.status(uow, OPERATOR)
    return {
        "tracks": status.tracks,
        "quick_done": status.quick_done,
        "full_done": status.full_done,
        "failed_in_all": status.failed,
    }


def _words(summary: Summary, remaining: dict[str, int]) -> str:
    parts = [f"{max(summary.quick, summary.full)} analysed", f"{summary.failed} failed"]
    if summary.put_off:
        parts.append(f"{summary.put_off} not readable now")
    if summary.ended != "done":
        parts.append(summary.ended.replace("_", " "))
    done = f"{remaining['full_done']} of {remaining['tracks']} complete"
    return f"{', '.join(parts)} in {summary.seconds:.1f} s; {done}"


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl-C and SIGTERM ask to stop; a second one ends the process."""
    asked = threading.Event()
    before: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ask(number: int, _frame: Any) -> None:
        asked.set()
        signal.signal(number, before[number])

    for number in before:
        signal.signal(number, ask)
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _shown(*, quiet: bool) -> Iterator[Callable[[Status], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _status: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[speed]}"), console=Console(stderr=True)) as bar:
        task = bar.add_task("Analysing", total=None, speed="")

        def show(status: Status) -> None:
            done = status.quick_done if status.stage == "quick" else status.full_done
            speed = "" if status.per_minute is None else f"{status.per_minute:.0f}/min"
            left = "" if status.eta_s is None else f", {_duration(status.eta_s)} left"
            bar.update(
                task,
                description=f"Analysing ({status.stage})",
                completed=done,
                total=max(1, status.tracks - status.failed),
                speed=speed + left,
            )

        yield show


def _duration(seconds: int) -> str:
    hours, minutes = divmod(-(-seconds // 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
