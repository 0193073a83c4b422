"""Lists and libraries of other programs brought here: playlists, cues, ratings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Any, BinaryIO, cast, get_args

from msgspec import Struct

from resonance.core.errors import Invalid
from resonance.core.events import EventBus
from resonance.db.engine import Database
from resonance.model.caller import Caller
from resonance.playlists import reports as kept_reports
from resonance.playlists.exchange.crate import Crate, Entry, listings
from resonance.playlists.exchange.formats import Format, found_by, named
from resonance.playlists.exchange.planning import Choice, Conflict, CueCounts, Marks, Plan, StarCounts, Stars
from resonance.playlists.exchange.report import ListReport
from resonance.playlists.exchange.shelf import Lists, Reports, Shelf
from resonance.playlists.matching import match_entries

__all__ = ["Choice", "Conflict", "Imported", "Marks", "Stars", "choice", "read", "run"]
_AT_ONCE = 4000  # entries; for each lot that lacks a track every path here is read once


def choice(lists: str, cues: str, stars: str, **more: Any) -> Choice:
    """The same from words that somebody typed. Invalid for others than those."""
    for field, word, words in (("lists", lists, Lists), ("cues", cues, Marks), ("ratings", stars, Stars)):
        if word not in get_args(words):
            raise Invalid(f"{field} is one of {', '.join(get_args(words))}.", field=field)
    return Choice(lists=cast(Lists, lists), cues=cast(Marks, cues), stars=cast(Stars, stars), **more)


class Imported(Struct, frozen=True, kw_only=True):
    """What an import did, or would do (`dry_run`).

    `tracks` of the file concern playlists, cues or ratings; `matched` of them are here. `conflicts` has the
    first few hundred. A playlist's `playlist_id` is null in a trial, and where nothing was made of it. Under
    `report_id` the playlists' part is kept.
    """

    format: str
    dry_run: bool
    tracks: int
    matched: int
    playlists: list[ListReport]
    cues: CueCounts
    ratings: StarCounts
    conflicts: list[Conflict]
    report_id: str | None = None


def read(file: BinaryIO, *, name: str = "", format: str | None = None) -> tuple[Format, Crate]:
    """What a file holds. Invalid when it is of no format we read; `name` helps to find that out."""
    found = named(format) if format else found_by(name, file)
    if not found.reads:
        raise Invalid(f"{found.label} is only written, not read.", field="format")
    return found, found.read(file)


def run(
    db: Database,
    events: EventBus,
    caller: Caller,
    format: Format,
    crate: Crate,
    choice: Choice,
    *,
    name: str = "",
) -> Imported:
    """Bring a crate in. `name` is for a playlist that has none of its own."""
    caller.must_write()
    kept_as = name or format.label
    lists = list(listings(crate.playlists)) if choice.lists != "skip" else []
    listed = {key for _, listing in lists for key in listing.keys}
    plan = Plan(caller, format.clock if choice.program_times else None, choice)
    with db.read(caller.user_id) as uow:
        reports = Reports(listed, name, kept_reports.chosen_before(uow, caller, kept_as, format.name))
        for some in _batches(crate.tracks, listed, choice):
            found = match_entries(uow, caller, some, mapping=choice.mapping)
            plan.take(uow, some, reports.take(some, found))
    report_id: str | None = None
    if choice.dry_run:
        made = [reports.of(folders, listing) for folders, listing in lists]
    else:
        with db.write(caller.user_id) as uow:
            plan.write(uow, events)
            shelf = Shelf(uow, events, caller, choice.lists)
            made = [shelf.put(reports.of(folders, listing), listing.comment) for folders, listing in lists]
            shelf.settle()
            report_id = kept_reports.keep(uow, caller, kept_as, format.name, made) if made else None
    return Imported(
        format=format.name,
        dry_run=choice.dry_run,
        tracks=reports.tracks,
        matched=reports.matched,
        playlists=made,
        cues=plan.cue_counts(),
        ratings=plan.star_counts(),
        conflicts=plan.conflicts,
        report_id=report_id,
    )


def _batches(tracks: Iterable[Entry], listed: Set[str], choice: Choice) -> Iterator[list[Entry]]:
    """The entries that anything is to be done with, some thousands at a time."""
    concerned = (
        entry
        for entry in tracks
        if entry.key in listed
        or (choice.cues != "skip" and entry.cues)
        or (choice.stars != "skip" and entry.stars > 0)
    )
    while some := list(islice(concerned, _AT_ONCE)):
        yield some
