"""How much each track sounds like something: what "sounds like" in a rule means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from resonance.db.tables.library import track, track_artist
from resonance.library.catalogue.access import track_seen
from resonance.recommend import near
from resonance.recommend.geometry import unit
from resonance.search.filters import EVERYTHING, TrackFilter
from resonance.search.hybrid import MOST
from resonance.search.vectors.ports import TIMBRE, VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.recommend.geometry import Floats
    from resonance.search.hybrid import Hybrid
    from resonance.search.meaning.asking import Embedders

LOOKED_AT = 500  # tracks of an album or artist whose middle is compared


class Likeness:
    """The port of playlists.ports. What it needs is built when first asked."""

    def __init__(
        self,
        index: Callable[[], VectorIndex],
        hybrid: Callable[[], Hybrid],
        embedders: Callable[[], Embedders],
    ) -> None:
        self._index, self._hybrid, self._embedders = index, hybrid, embedders

    def like_item(
        self, uow: UnitOfWork, caller: Caller, kind: str, item_id: str, at_least: float
    ) -> dict[str, float]:
        """By timbre; of an album or artist by the middle of its tracks."""
        index = self._index()
        seeds = _tracks_of(uow, caller, kind, item_id)
        own = list(index.vectors(uow, TIMBRE, seeds).values())
        if not own:
            return {}
        middle: Floats = unit(np.mean(np.stack(own), axis=0, dtype=np.float32))
        ids, rows = index.matrix(uow, TIMBRE, near.heard(caller, EVERYTHING))
        if not ids:
            return {}
        degrees = np.clip((1.0 + rows @ middle) / 2, 0.0, 1.0)
        return {ids[at]: float(degrees[at]) for at in np.flatnonzero(degrees >= at_least)}

    def like_words(self, uow: UnitOfWork, caller: Caller, text: str, at_least: float) -> dict[str, float]:
        """The best ones of a search by meaning."""
        asked = self._embedders().ask(text)
        where = TrackFilter(libraries=caller.libraries)
        found = self._hybrid().search(uow, asked, where, user_id=caller.user_id or None, limit=MOST)
        return {one.track_id: one.score for one in found.items if one.score >= at_least}


def _tracks_of(uow: UnitOfWork, caller: Caller, kind: str, item_id: str) -> list[str]:
    found = select(track.c.id).where(*track_seen(caller))
    if kind == "artist":
        credit = track_artist.c.track_id == track.c.id
        found = found.join(track_artist, credit).where(
            track_artist.c.artist_id == item_id, track_artist.c.role == "artist"
        )
    else:
        found = found.where((track.c.id if kind == "track" else track.c.album_id) == item_id)
    return list(uow.execute(found.order_by(track.c.id).limit(LOOKED_AT)).scalars())
