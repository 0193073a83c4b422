"""What every kind of likeness needs: whom a caller may hear, and one encoding of each recording."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from resonance.model import camelot
from resonance.recommend import store
from resonance.recommend.geometry import Floats
from resonance.recommend.recordings import Material, numbered, same_recordings
from resonance.recommend.store import Facts
from resonance.recommend.walk import tempo_apart
from resonance.search.filters import TrackFilter
from resonance.search.vectors.ports import TIMBRE, VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller

SOUND = 0.82  # of a score; the rest is tempo, key and energy where they are known of both
_MIXING = {"same": 1.0, "relative": 0.8, "up_one": 0.8, "down_one": 0.8, "diagonal": 0.4, "energy_boost": 0.4}


def heard(caller: Caller, filters: TrackFilter, without: Collection[str] = ()) -> TrackFilter:
    """The filter, narrowed to what the caller may hear and to tracks other than those of `without`."""
    return replace(filters, libraries=caller.libraries, without=frozenset(filters.without) | set(without))


def one_encoding_each(
    uow: UnitOfWork, index: VectorIndex, ranked: Sequence[str], seeds: Sequence[str]
) -> list[str]:
    """`ranked` without other encodings of `seeds`, and with the first encoding of each recording only."""
    every = sorted({*ranked, *seeds})
    number = dict(zip(every, recording_numbers(uow, index, every), strict=True))
    taken = {number[seed] for seed in seeds}
    kept: list[str] = []
    for item in ranked:
        if number[item] not in taken:
            taken.add(number[item])
            kept.append(item)
    return kept


def recording_numbers(uow: UnitOfWork, index: VectorIndex, track_ids: Sequence[str]) -> list[int]:
    """A number for each track that all encodings of one recording share; a track that is gone has its own."""
    traces = {trace.track_id: trace for trace in store.traces(uow, track_ids)}
    present = [item for item in track_ids if item in traces]
    vectors = rows_of(index.vectors(uow, TIMBRE, present), present)
    material = Material([traces[item] for item in present], vectors, lambda ids: store.waves(uow, ids))
    number = numbered(len(present), same_recordings(material))
    known = dict(zip(present, (int(one) for one in number), strict=True))
    return [known.get(item, len(present) + place) for place, item in enumerate(track_ids)]


def rows_of(vectors: dict[str, Floats], track_ids: Sequence[str]) -> Floats:
    """Vectors as rows in the order of ids; 0 for those without one."""
    size = len(next(iter(vectors.values()))) if vectors else 1
    rows = np.zeros((len(track_ids), size), np.float32)
    for row, item in enumerate(track_ids):
        if item in vectors:
            rows[row] = vectors[item]
    return rows


def share(cosine: float) -> float:
    """A cosine as 0..1: 1 for the same sound, a half for unrelated ones, 0 for opposites."""
    return min(max((1.0 + cosine) / 2, 0.0), 1.0)


def sound_score(one: Facts, other: Facts, likeness: float) -> float:
    """0..1 of the cosine of two sounds and of how near tempo, key and energy are, where both are known."""
    sound = share(likeness)
    known: list[float] = []
    if one.bpm and other.bpm:
        apart = float(tempo_apart(one.bpm, np.array([other.bpm], np.float32))[0])
        known.append(1 - min(apart / 0.15, 1.0))
    if one.key and other.key:
        known.append(_MIXING.get(camelot.relation(one.key, other.key), 0.0))
    if one.energy is not None and other.energy is not None:
        known.append(1 - min(abs(one.energy - other.energy) / 0.3, 1.0))
    if not known:
        return sound
    return SOUND * sound + (1 - SOUND) * sum(known) / len(known)
