"""The map as one caller sees it: only their tracks, and names of regions made from those."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from resonance.core.clock import iso
from resonance.core.errors import Conflict, Invalid, NotFound
from resonance.library import catalogue
from resonance.library.catalogue.access import mask
from resonance.library.catalogue.cache import marks, remembered
from resonance.model.similar import MapPlace, MapRegion, MapState
from resonance.recommend import map as drawing
from resonance.recommend import map_store, store, tagged
from resonance.recommend.geometry import Floats
from resonance.recommend.map_store import Layout
from resonance.recommend.regions import Described, labels
from resonance.recommend.wishes import MAP
from resonance.search.vectors.facets import Ids, packed, places, unpacked
from resonance.search.vectors.ports import TIMBRE, VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.model.catalogue import TrackItem

MAGIC, FORMAT = b"RMAP", 1
UNKNOWN = 255
MOST_TRACKS, MOST_IDS = 500, 20_000


@dataclass(frozen=True)
class View:
    """The points of one set of libraries, in the order of track ids. `token` names exactly these bytes."""

    token: int
    ids: Ids
    xy: NDArray[np.uint16]  # (n, 2)
    body: bytes
    regions: list[MapRegion]

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.ids.nbytes + self.xy.nbytes + len(self.body)


def state(uow: UnitOfWork, caller: Caller, index: VectorIndex) -> MapState:
    """What there is to see."""
    layout = map_store.layout(uow)
    if layout is None:
        busy = map_store.drawing(uow, MAP)
        few = index.count(uow, TIMBRE) < drawing.FEWEST
        return MapState(0, "drawing" if busy and not few else "too_few" if few else "none", None, 0, None, [])
    view = _view(uow, caller, layout)
    known = "ready" if len(view.ids) else "too_few"
    return MapState(view.token, known, layout.space, len(view.ids), iso(layout.drawn_at), view.regions)


def body(uow: UnitOfWork, caller: Caller, token: int | None = None) -> bytes:
    """The points as bytes; see `_body`. Conflict when `token` is of other points."""
    return _current(uow, caller, token).body


def tracks(uow: UnitOfWork, caller: Caller, token: int, indexes: Sequence[int]) -> list[TrackItem | None]:
    """The tracks of points; None for those that went out of sight this moment."""
    ids = _picked(uow, caller, token, indexes, MOST_TRACKS)
    found = {track.id: track for track in catalogue.tracks_by_ids(uow, caller, ids)}
    return [found.get(item) for item in ids]


def ids(uow: UnitOfWork, caller: Caller, token: int, indexes: Sequence[int]) -> list[str]:
    """Track ids of points."""
    return _picked(uow, caller, token, indexes, MOST_IDS)


def place(uow: UnitOfWork, caller: Caller, track_id: str) -> MapPlace:
    """Where a track lies. NotFound when it has no place, or is out of sight."""
    catalogue.must_see(uow, caller, "track", [track_id])
    view = _current(uow, caller, None)
    row = int(places(view.ids, packed([track_id]))[0]) if len(view.ids) else -1
    if row < 0:
        raise NotFound("This track has no place on the map yet.")
    x, y = (float(one) / 65535 for one in view.xy[row])
    return MapPlace(view.token, row, round(x, 5), round(y, 5))


def _picked(uow: UnitOfWork, caller: Caller, token: int, indexes: Sequence[int], most: int) -> list[str]:
    if len(indexes) > most:
        raise Invalid(f"Up to {most} points can be asked for.", field="indexes")
    view = _current(uow, caller, token)
    if any(not 0 <= index < len(view.ids) for index in indexes):
        raise Invalid("There is no such point.", field="indexes")
    return unpacked(view.ids[np.array(indexes, np.int64)])


def _current(uow: UnitOfWork, caller: Caller, token: int | None) -> View:
    layout = map_store.layout(uow)
    if layout is None:
        raise NotFound("There is no map yet.")
    view = _view(uow, caller, layout)
    if token is not None and token != view.token:
        raise Conflict("The map has changed. Load it again.", code="map_changed")
    return view


def _view(uow: UnitOfWork, caller: Caller, layout: Layout) -> View:
    key = ("recommend", "map", mask(caller))
    version = marks(uow, "catalogue", "features", drawing.VERSION)
    return remembered(uow, key, version, lambda: _made(uow, caller, layout), lambda view: view.nbytes)


def _made(uow: UnitOfWork, caller: Caller, layout: Layout) -> View:
    ids: list[str] = []
    covers: list[str | None] = []
    numbers: list[Floats] = [np.empty((0, 5), np.float32)]
    for part in map_store.points(uow, caller):
        ids += [row[0] for row in part]
        covers += [row[6] for row in part]
        numbers.append(np.array([row[1:6] for row in part], np.float32))
    table = np.concatenate(numbers)
    xy = np.round(np.clip(table[:, :2], 0, 1) * 65535).astype("<u2")
    region = table[:, 2].astype(np.uint8)
    energy, bpm = table[:, 3], table[:, 4]
    told = _ranks(energy)
    order = packed(ids)
    token, data = _body(order, xy, region, told)
    described = Described(*_genres(uow, order), energy, bpm)
    return View(token, order, xy, data, _regions(xy, region, covers, labels(region, described)))


def _ranks(energy: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Where each stands among all, 0..254: what is measured fills only a part of the scale."""
    told = np.full(len(energy), UNKNOWN, np.uint8)
    known = ~np.isnan(energy)
    _, place, count = np.unique(energy[known], return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count + 1) / 2  # equal ones share the middle of their places
    told[known] = np.round(middle[place] / max(1, int(known.sum()) - 1) * 254)
    return told


def _body(
    ids: Ids, xy: NDArray[np.uint16], region: NDArray[np.uint8], energy: NDArray[np.uint8]
) -> tuple[int, bytes]:
    """Little endian: "RMAP", version, count and token (u32 each), all x, all y (u16), regions, energies (u8).

    Energies are ranks among these tracks, 0 the calmest, 254 the most energetic, 255 unknown.
    """
    columns = xy[:, 0].tobytes() + xy[:, 1].tobytes() + region.tobytes() + energy.tobytes()
    token = zlib.crc32(ids.tobytes(), zlib.crc32(columns)) or 1
    return token, struct.pack("<4sIII", MAGIC, FORMAT, len(ids), token) + columns


def _genres(uow: UnitOfWork, ids: Ids) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
    """(row, code) of each genre of these tracks, and names by code."""
    library = tagged.of_library(uow)
    names = store.genre_names(uow)
    where = np.full(len(library.ids), -1)
    at = places(library.ids, ids)
    where[at[at >= 0]] = np.flatnonzero(at >= 0)
    rows = where[library.genres.rows]
    here = rows >= 0
    codes = library.genres.codes[here].astype(np.int64)
    return rows[here], codes, [names.get(item, "") for item in library.genres.names]


def _regions(
    xy: NDArray[np.uint16],
    region: NDArray[np.uint8],
    covers: Sequence[str | None],
    names: dict[int, str],
) -> list[MapRegion]:
    """With the cover of the track nearest to the middle that has one."""
    found: list[MapRegion] = []
    for number, label in sorted(names.items()):
        rows = np.flatnonzero(region == number)
        middle = np.median(xy[rows], axis=0)
        away = ((xy[rows].astype(np.float32) - middle) ** 2).sum(axis=1)
        by_distance = rows[np.argsort(away, kind="stable")]
        x, y = (float(one) / 65535 for one in xy[by_distance[0]])
        near = list(dict.fromkeys(cover for row in by_distance[:200] if (cover := covers[row])))
        hue = int(np.degrees(np.arctan2(y - 0.5, x - 0.5))) % 360
        found.append(MapRegion(number, label, round(x, 4), round(y, 4), len(rows), hue, near[:3]))
    return found
