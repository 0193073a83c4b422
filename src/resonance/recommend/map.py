"""The music map: where each track lies, kept from drawing to drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from resonance.core.clock import now_ms
from resonance.db import versions
from resonance.recommend import map_store, projection
from resonance.recommend.geometry import Floats, nearest_rows
from resonance.recommend.map_store import Layout
from resonance.recommend.regions import divided
from resonance.search.vectors.ports import TIMBRE, Space, VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import Database, UnitOfWork

VERSION = "map"  # the version row that grows when places change
FEWEST = 20  # tracks that make a map
GROWN = 1.5  # times as many tracks as were drawn: time for a new drawing
HOSTS = 5  # neighbours beside which a newcomer is placed
Told = Callable[[float, str], None]


class Stopped(Exception):
    """Somebody cancelled the drawing."""


@dataclass(frozen=True)
class Drawn:
    """What a run did: "drawn", "placed", "kept" or "too_few", and how many tracks have places now."""

    action: str
    tracks: int


def draw(
    db: Database,
    index: VectorIndex,
    *,
    force: bool = False,
    told: Told = lambda _fraction, _text: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Drawn:
    """Bring the map up to date: newcomers are placed beside their neighbours; a new drawing is made when
    asked for, when vectors have another version, or when the library has grown by half. Raises Stopped."""
    with db.read() as uow:
        space = index.space(uow, TIMBRE)
        ids, rows = index.matrix(uow, TIMBRE)
        layout = map_store.layout(uow)
        before = map_store.places(uow)
    if space is None or len(ids) < FEWEST:
        return Drawn("too_few", len(before))
    if force or layout is None or layout.version != space.version or len(ids) > GROWN * layout.drawn:
        return _draw(db, space, (ids, rows), layout, before, told, cancelled)
    return _place(db, layout, ids, rows, before)


def _draw(
    db: Database,
    space: Space,
    vectors: tuple[list[str], Floats],
    layout: Layout | None,
    before: dict[str, tuple[float, float]],
    told: Told,
    cancelled: Callable[[], bool],
) -> Drawn:
    ids, rows = vectors
    nowhere = (np.nan, np.nan)
    known = np.array([before.get(item, nowhere) for item in ids], np.float32)
    text = f"{len(ids)} tracks"

    def step(fraction: float) -> None:
        if cancelled():
            raise Stopped
        told(fraction, text)

    places = projection.project(rows, start=known if before else None, told=step)
    places = projection.squared(projection.aligned(places, known) if before else places)
    number = layout.number + 1 if layout else 1
    region, centres = divided(places, number)
    step(0.95)
    made = Layout(number, space.name, space.version, now_ms(), len(ids), centres.tolist())
    with db.write() as uow:
        map_store.replace(uow, made, zip(ids, places.tolist(), region.tolist(), strict=True))
        versions.bump(uow, VERSION)
    return Drawn("drawn", len(ids))


def _place(
    db: Database, layout: Layout, ids: Sequence[str], rows: Floats, before: dict[str, tuple[float, float]]
) -> Drawn:
    """Newcomers beside their nearest neighbours; whoever has a place keeps it."""
    here = np.array([item in before for item in ids])
    if here.all() or not here.any():
        return Drawn("kept", len(before))
    laid = np.array([before[item] for item, known in zip(ids, here, strict=True) if known], np.float32)
    hosts, likeness = nearest_rows(rows[~here], rows[here], HOSTS)
    dice = np.random.default_rng(projection.SEED + len(before))
    places = np.clip(projection.beside(hosts, likeness, laid, dice), 0, 1)
    centres = np.array(layout.centres, np.float32)
    region = ((places[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
    newcomers = [item for item, known in zip(ids, here, strict=True) if not known]
    with db.write() as uow:
        now = map_store.layout(uow)
        if now is None or now.number != layout.number:
            return Drawn("kept", len(before))  # drawn anew by somebody else meanwhile
        map_store.add(uow, layout.number, zip(newcomers, places.tolist(), region.tolist(), strict=True))
        versions.bump(uow, VERSION)
    return Drawn("placed", len(before) + len(newcomers))


def stale(uow: UnitOfWork, index: VectorIndex) -> bool:
    """Whether a run of the job would change something."""
    count = index.count(uow, TIMBRE)
    space, layout = index.space(uow, TIMBRE), map_store.layout(uow)
    if space is None or count < FEWEST:
        return False
    return layout is None or layout.version != space.version or count > map_store.present(uow)
