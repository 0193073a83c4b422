"""The SQL of the matcher: from what an import says to the tracks that could be meant, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, artist, carrier, library, track, track_artist
from resonance.library import alike
from resonance.library.catalogue.access import chunks, mask, tested, track_seen
from resonance.model.caller import Caller

Found = dict[str, set[str]]  # what was asked for -> ids of tracks


@dataclass(frozen=True, slots=True)
class Known:
    """A track as the matcher compares it."""

    id: str
    title: alike.Title
    display: alike.Names
    credited: frozenset[str]
    album: str
    album_artist: alike.Names | None
    duration_s: float


def roots(uow: UnitOfWork, caller: Caller) -> list[tuple[str, str]]:
    """(path, id) of the libraries in sight, the deepest first."""
    rows = uow.execute(select(library.c.path, library.c.id)).all()
    seen = [
        (row.path.rstrip("/"), row.id)
        for row in rows
        if caller.libraries is None or row.id in caller.libraries
    ]
    return sorted(seen, key=lambda root: (-len(root[0]), root))


def by_column(uow: UnitOfWork, caller: Caller, column: Any, values: Iterable[str]) -> Found:
    """Tracks in sight whose `column` of the table `track` has one of these values."""
    found: Found = defaultdict(set)
    for some in chunks(list(dict.fromkeys(values))):
        statement = select(column, track.c.id).where(column.in_(some), *track_seen(caller))
        for value, track_id in uow.execute(statement):
            found[value].add(track_id)
    return found


def by_payload(uow: UnitOfWork, caller: Caller, payloads: Iterable[str]) -> Found:
    """Tracks in sight by what is heard."""
    found: Found = defaultdict(set)
    for some in chunks(list(dict.fromkeys(payloads))):
        statement = select(carrier.c.payload_id, carrier.c.track_id).where(
            carrier.c.payload_id.in_(some), *_carried(caller)
        )
        for payload, track_id in uow.execute(statement):
            found[payload].add(track_id)
    return found


def by_path(uow: UnitOfWork, caller: Caller, paths: Iterable[str], library_ids: Sequence[str]) -> Found:
    """Tracks in sight by a stored path; the keys are paths, or `library/path` where one library is meant."""
    found: Found = defaultdict(set)
    if not library_ids:
        return found
    for some in chunks(list(dict.fromkeys(paths))):
        statement = select(carrier.c.library_id, carrier.c.path, carrier.c.track_id).where(
            carrier.c.library_id.in_(library_ids), carrier.c.path.in_(some), *_present()
        )
        for library_id, path, track_id in uow.execute(statement):
            found[path].add(track_id)
            found[f"{library_id}/{path}"].add(track_id)
    return found


def by_file_name(uow: UnitOfWork, caller: Caller, wanted: Callable[[str], Iterable[str]]) -> Found:
    """Tracks in sight by the end of their path: reads every path once, `wanted` picks what it ends in."""
    picked: dict[str, set[str]] = defaultdict(set)
    for (path,) in uow.execute(select(carrier.c.path).where(*_carried(caller))):
        for end in wanted(path):
            picked[path].add(end)
    found: Found = defaultdict(set)
    ids = [root[1] for root in roots(uow, caller)]
    for path, tracks in by_path(uow, caller, picked, ids).items():
        for end in picked.get(path, ()):
            found[end] |= tracks
    return found


def by_title(uow: UnitOfWork, caller: Caller, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(id, title) of the tracks in sight of exactly one of these folded titles."""
    for some in chunks(list(dict.fromkeys(keys))):
        statement = select(track.c.id, track.c.title).where(track.c.title_folded.in_(some))
        yield from map(tuple, uow.execute(statement.where(*track_seen(caller))))


def by_title_start(uow: UnitOfWork, caller: Caller, heads: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(id, title) of the tracks in sight whose folded title begins so and goes on with another word."""
    # One range a statement: of many joined by OR, SQLite reads the whole table.
    begins = (track.c.title_folded >= bindparam("low"), track.c.title_folded < bindparam("high"))
    statement = select(track.c.id, track.c.title).where(*begins, *track_seen(caller))
    for head in dict.fromkeys(heads):
        yield from map(tuple, uow.execute(statement, {"low": f"{head} ", "high": f"{head}!"}))


def known(uow: UnitOfWork, ids: Iterable[str]) -> dict[str, Known]:
    """What is compared of these tracks."""
    listed = sorted(ids)
    credits: dict[str, set[str]] = defaultdict(set)
    rows: list[Any] = []
    for some in chunks(listed):
        rows += uow.execute(_FACTS.where(track.c.id.in_(some))).all()
        for track_id, folded in uow.execute(_CREDITS.where(track_artist.c.track_id.in_(some))):
            credits[track_id].add(alike.name(folded))
    return {
        row.id: Known(
            row.id,
            alike.title(row.title),
            alike.names(row.artist_display),
            frozenset(credits[row.id]),
            alike.title(row.album_title).plain if row.album_title else "",
            alike.names(row.album_artist) if row.album_artist else None,
            row.duration_s,
        )
        for row in rows
    }


_FACTS = select(
    track.c.id,
    track.c.title,
    track.c.artist_display,
    track.c.duration_s,
    album.c.title.label("album_title"),
    album.c.artist_display.label("album_artist"),
).join_from(track, album, album.c.id == track.c.album_id, isouter=True)
_CREDITS = (
    select(track_artist.c.track_id, artist.c.name_folded)
    .join_from(track_artist, artist, artist.c.id == track_artist.c.artist_id)
    .where(track_artist.c.role == "artist")
)


def _present() -> list[ColumnElement[bool]]:
    return [carrier.c.missing_at.is_(None)]


def _carried(caller: Caller) -> list[ColumnElement[bool]]:
    libraries = mask(caller)
    here = [] if libraries is None else [tested(carrier.c.library_id).in_(libraries)]
    return [*_present(), *here]
