"""The SQL of what mixes well: tracks of surely known tempo and key that lie in a track's windows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from resonance.db import traits
from resonance.db.tables.analysis import trait
from resonance.db.tables.library import track
from resonance.db.traits import TRUSTED
from resonance.library.catalogue.access import chunks, track_seen
from resonance.model import camelot

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller


def in_windows(
    uow: UnitOfWork,
    caller: Caller,
    *,
    bpm: float | None,
    near_pct: float,
    key: tuple[int, str] | None,
    among: Collection[str] | None,
) -> list[Row[Any]]:
    """(track_id, bpm, key_tonic, key_mode, energy) of all near a tempo (half and double count) and in a key
    that goes with one; None for either asks nothing of it. `among` None: the whole library.
    """
    asked: list[ColumnElement[bool]] = [*track_seen(caller)]
    if bpm is not None:
        by = 1 + near_pct / 100
        asked.append(traits.within(bpm / by, bpm * by, half_double=True)(traits.BPM))
        asked.append(_sure(trait.c.bpm_source, trait.c.bpm_confidence))
    if key is not None:
        asked.append(traits.in_keys(camelot.compatible_with(key))(traits.KEY_PLACE))
        asked.append(_sure(trait.c.key_source, trait.c.key_confidence))
    columns = (trait.c.track_id, trait.c.bpm, trait.c.key_tonic, trait.c.key_mode, trait.c.energy)
    joined = select(*columns).join(track, track.c.id == trait.c.track_id).where(*asked)
    if among is None:
        return list(uow.execute(joined))
    rows: list[Row[Any]] = []
    for some in chunks(sorted(set(among))):
        rows += uow.execute(joined.where(trait.c.track_id.in_(some)))
    return rows


def _sure(source: ColumnElement[Any], confidence: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(source != "measured", func.coalesce(confidence, 0) >= TRUSTED)
