"""How loud music is where its tags do not say: gains and peaks by the loudness that was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features
from resonance.db.tables.library import track

REFERENCE_LUFS = -18.0  # of ReplayGain 2.0: what tags mean by a gain of 0 dB


_ROWS = select(
    *(track.c.duration_s, features.c.loudness_version, features.c.lufs_i, features.c.true_peak_dbtp)
).select_from(track.outerjoin(features, features.c.track_id == track.c.id))


@dataclass(frozen=True, slots=True)
class Level:
    """`gain_db` brings the music to REFERENCE_LUFS; `peak` is linear, 1.0 being full scale."""

    gain_db: float
    peak: float


def of_track(uow: UnitOfWork, track_id: str) -> Level | None:
    """None until the track was measured, and for silence."""
    return _level(uow.execute(_ROWS.where(track.c.id == track_id)).all())


def of_album(uow: UnitOfWork, album_id: str) -> Level | None:
    """By the mean power of its tracks, each as long as it is; None until all present ones were measured."""
    own = (track.c.album_id == album_id, track.c.missing_at.is_(None))
    return _level(uow.execute(_ROWS.where(*own)).all())


def _level(rows: Sequence[Any]) -> Level | None:
    if not all(row.loudness_version for row in rows):
        return None
    # Silence, and what cannot be decoded, is as loud as anything.
    heard = [row for row in rows if row.lufs_i is not None and row.true_peak_dbtp is not None]
    seconds = sum(row.duration_s for row in heard)
    if seconds <= 0:
        return None
    power = sum(row.duration_s * 10 ** (row.lufs_i / 10) for row in heard) / seconds
    peak = max(row.true_peak_dbtp for row in heard)
    return Level(round(REFERENCE_LUFS - 10 * math.log10(power), 2), round(10 ** (peak / 20), 6))
