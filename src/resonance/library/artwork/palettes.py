"""The job after a scan: colours and placeholders of covers that have none yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from resonance.core.errors import Invalid, NotFound
from resonance.core.events import Event
from resonance.db import versions
from resonance.library.artwork import store as artwork_store

if TYPE_CHECKING:
    from resonance.core.events import EventBus
    from resonance.db.engine import Database, UnitOfWork
    from resonance.library.artwork import Artwork
    from resonance.library.artwork.sources import Source


JOB = "artwork.palettes"


class Progress(Protocol):
    """What the job needs of its context (a jobs.ports.JobContext is one)."""

    @property
    def cancelled(self) -> bool: ...
    def progress(self, fraction: float | None, text: str = "") -> None: ...


def needed(uow: UnitOfWork) -> bool:
    """Whether any cover lacks its palette."""
    return bool(artwork_store.without_palette(uow, "", 1))


def make_palettes(
    db: Database, artwork: Artwork, events: EventBus, context: Progress, *, batch: int = 25
) -> int:
    """Fill cover.palette and cover.placeholder where they lack; how many were filled.

    Safe to stop and run again at any time: what lacks is a query. Pictures that cannot be decoded get
    their problem recorded, unreachable ones are left for the next run.
    """
    with db.read() as uow:
        total = artwork_store.count_without_palette(uow)
    made = seen = 0
    last = ""
    while not context.cancelled:
        with db.read() as uow:
            some = artwork_store.without_palette(uow, last, batch)
        if not some:
            break
        last = some[-1][0]
        done, broken = _decode(artwork, some, context)
        with db.write() as uow:
            artwork_store.set_palettes(uow, done)
            for cover_id, problem in broken:
                artwork_store.set_problem(uow, cover_id, problem)
            if done:
                versions.bump(uow, "artwork")
        made, seen = made + len(done), seen + len(some)
        context.progress(min(1.0, seen / total) if total else None, f"{seen} of {total} covers")
    if made:
        with db.read() as uow:
            news = {"artwork": versions.current(uow, "artwork")}
        events.publish(Event("library.changed", {"versions": news}))
    return made


def _decode(
    artwork: Artwork, some: list[tuple[str, Source]], context: Progress
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    done: list[tuple[str, str, str]] = []
    broken: list[tuple[str, str]] = []
    for cover_id, source in some:
        if context.cancelled:
            break
        try:
            done.append((cover_id, *artwork.colours(source)))
        except Invalid as fault:
            broken.append((cover_id, fault.message))
        except NotFound:
            continue
    return done, broken
