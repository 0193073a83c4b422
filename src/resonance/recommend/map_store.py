"""The SQL of the map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select

from resonance.db.bulk import insert_rows
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import trait
from resonance.db.tables.jobs import job
from resonance.db.tables.library import album, track
from resonance.db.tables.vectors import map_layout, map_point
from resonance.db.upsert import upsert
from resonance.library.catalogue.access import chunks, track_seen
from resonance.model.caller import Caller

Point = tuple[str, Sequence[float], int]  # track id, (x, y), region
BATCH = 5000
_FIELDS = ("track_id", "x", "y", "region", "layout")


@dataclass(frozen=True)
class Layout:
    """One drawing. `drawn` tracks were in it; `centres` of its regions by number."""

    number: int
    space: str
    version: str
    drawn_at: int
    drawn: int
    centres: list[list[float]]


def layout(uow: UnitOfWork) -> Layout | None:
    """The present drawing."""
    row = uow.execute(select(map_layout).order_by(map_layout.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    kept = json.loads(row.regions)
    return Layout(row.number, row.space, row.version, row.drawn_at, kept["drawn"], kept["centres"])


def places(uow: UnitOfWork) -> dict[str, tuple[float, float]]:
    """Every place there is."""
    rows = uow.execute(select(map_point.c.track_id, map_point.c.x, map_point.c.y))
    return {track_id: (x, y) for track_id, x, y in rows}


def present(uow: UnitOfWork) -> int:
    """How many present tracks have a place."""
    joined = select(func.count()).join_from(map_point, track, track.c.id == map_point.c.track_id)
    return int(uow.execute(joined.where(track.c.missing_at.is_(None))).scalar_one())


def replace(uow: UnitOfWork, made: Layout, points: Iterable[Point]) -> None:
    """A new drawing instead of the old one."""
    uow.execute(delete(map_point))
    uow.execute(delete(map_layout))
    row = {
        "number": made.number,
        "space": made.space,
        "version": made.version,
        "drawn_at": made.drawn_at,
        "regions": json.dumps({"drawn": made.drawn, "centres": made.centres}),
    }
    uow.execute(insert(map_layout).values(row))
    rows = list(_rows(made.number, points))
    there = _there(uow, [row["track_id"] for row in rows])
    rows = [row for row in rows if row["track_id"] in there]
    for start in range(0, len(rows), BATCH):
        insert_rows(uow, map_point, rows[start : start + BATCH])


def add(uow: UnitOfWork, number: int, points: Iterable[Point]) -> None:
    """Places of newcomers."""
    rows = list(_rows(number, points))
    there = _there(uow, [row["track_id"] for row in rows])
    kept = [row for row in rows if row["track_id"] in there]
    upsert(uow, map_point, kept, keys=["track_id"], update=[])


def _there(uow: UnitOfWork, track_ids: Sequence[str]) -> set[str]:
    """A purge may have taken tracks while the map was drawn."""
    found: set[str] = set()
    for some in chunks(track_ids):
        found.update(uow.execute(select(track.c.id).where(track.c.id.in_(some))).scalars())
    return found


def _rows(number: int, points: Iterable[Point]) -> Iterator[dict[str, Any]]:
    for track_id, (x, y), region in points:
        yield dict(zip(_FIELDS, (track_id, float(x), float(y), int(region), number), strict=True))


def points(uow: UnitOfWork, caller: Caller) -> Iterator[Sequence[Any]]:
    """(track_id, x, y, region, energy, bpm, cover_id) of what the caller may hear, by id, in runs."""
    cover = func.coalesce(track.c.cover_id, album.c.cover_id)
    statement = (
        select(
            map_point.c.track_id,
            map_point.c.x,
            map_point.c.y,
            map_point.c.region,
            trait.c.energy,
            trait.c.bpm,
            cover,
        )
        .join(track, track.c.id == map_point.c.track_id)
        .outerjoin(album, album.c.id == track.c.album_id)
        .outerjoin(trait, trait.c.track_id == map_point.c.track_id)
        .where(*track_seen(caller))
        .order_by(map_point.c.track_id)
    )
    return uow.execute(statement.execution_options(yield_per=BATCH)).partitions()


def drawing(uow: UnitOfWork, name: str) -> bool:
    """Whether a job of that name waits or runs."""
    busy = select(job.c.id).where(job.c.name == name, job.c.state.in_(("queued", "running"))).limit(1)
    return uow.execute(busy).scalar() is not None
