"""Tracks of the library as what `sequencing` puts in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resonance.recommend import store
from resonance.search.vectors.ports import TIMBRE, VectorIndex
from resonance.sequencing.items import Item

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.recommend.store import Facts

# What sequencing takes. A tag may say anything; what lies outside counts as unknown.
_BPM = (10.0, 1000.0)
_LONGEST_S = 7 * 86_400.0


def items(uow: UnitOfWork, track_ids: Sequence[str], index: VectorIndex | None = None) -> list[Item]:
    """What is known of these tracks, in this order, each once; those that are gone are left out.

    Tempo, key and energy are the effective ones (edited, else surely measured, else tagged); what is not
    known, or not sure, is None. `artist` and `album` are ids. Without an `index` sound is not compared.
    Access is the caller's business.
    """
    wanted = list(dict.fromkeys(track_ids))
    known = store.facts(uow, wanted)
    edges = store.edges(uow, wanted)
    vectors = {} if index is None else index.vectors(uow, TIMBRE, wanted)
    made = []
    for id_ in wanted:
        if id_ in known:
            intro, outro = edges.get(id_, (None, None))
            vector = vectors.get(id_)
            made.append(_item(known[id_], intro, outro, None if vector is None else vector.tolist()))
    return made


def _item(facts: Facts, intro: float | None, outro: float | None, vector: list[float] | None) -> Item:
    return Item(
        id=facts.track_id,
        artist=facts.artist_id or None,
        album=facts.album_id,
        bpm=_within(facts.bpm, *_BPM),
        key=facts.key,
        energy=_within(facts.energy, 0.0, 1.0),
        duration_s=_within(facts.duration_s, 0.001, _LONGEST_S),
        vector=vector,
        intro_end_s=_within(intro, 0.0, _LONGEST_S),
        outro_start_s=_within(outro, 0.0, _LONGEST_S),
    )


def _within(value: float | None, low: float, high: float) -> float | None:
    return value if value is not None and low <= value <= high else None
