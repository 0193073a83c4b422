"""Tracks like a track: by sound, by tags, or by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from resonance.library import catalogue
from resonance.model.similar import SimilarTrack, SimilarTracks
from resonance.recommend import near, reasons, store, tagged
from resonance.recommend.spacing import spaced
from resonance.search.filters import EVERYTHING, TrackFilter
from resonance.search.vectors.facets import packed, places, unpacked
from resonance.search.vectors.ports import TIMBRE, VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.recommend.store import Facts

By = Literal["sound", "tags", "mixed"]
WORDS = "words"
RANK = 60.0  # of reciprocal rank fusion: how slowly lower ranks lose weight
TAGS_ONLY = "This track has not been listened to yet, so only its tags were compared."
NO_TAGS = "This track has neither been listened to nor tagged, so nothing can be compared yet."


@dataclass(frozen=True)
class Ranked:
    """Track ids by score, best first, and the likeness of their sound where both have one."""

    scores: dict[str, float]
    likeness: dict[str, float]


def tracks(
    uow: UnitOfWork,
    caller: Caller,
    index: VectorIndex,
    track_id: str,
    *,
    by: By = "mixed",
    limit: int = 50,
    per_artist: int | None = None,
    filters: TrackFilter = EVERYTHING,
    apart: bool = True,
) -> SimilarTracks:
    """Tracks like this one that the caller may hear, never itself in another encoding. NotFound.

    Without `apart` strictly best first, whoever performs them.
    """
    catalogue.must_see(uow, caller, "track", [track_id])
    seed = store.facts(uow, [track_id])[track_id]
    where = near.heard(caller, filters, [track_id])
    wide = limit * 5 + 40
    sound = by_sound(uow, index, seed, where, wide) if by != "tags" else None
    tags = by_tags(uow, index, seed, where, wide) if by != "sound" or sound is None else None
    note = None
    used: By = by
    if sound is None and by != "tags":
        used, note = "tags", TAGS_ONLY
    ranked = fused(sound, tags) if sound and tags else sound or tags
    if ranked is None:
        return SimilarTracks([], used, NO_TAGS)
    items = _shown(uow, caller, index, seed, ranked, limit, per_artist, apart)
    return SimilarTracks(items, used, note)


def _shown(
    uow: UnitOfWork,
    caller: Caller,
    index: VectorIndex,
    seed: Facts,
    ranked: Ranked,
    limit: int,
    per_artist: int | None,
    apart: bool,
) -> list[SimilarTrack]:
    order = near.one_encoding_each(uow, index, list(ranked.scores), [seed.track_id])
    known = store.facts(uow, order)
    order = [item for item in order if item in known]
    if apart or per_artist is not None:
        order = spaced(
            order,
            lambda item: known[item].artist_id,
            limit=limit,
            per_artist=per_artist,
            before=seed.artist_id,
        )
    likeness = ranked.likeness or similarities(uow, index, seed.track_id, order[:limit])
    return [
        SimilarTrack(
            track,
            round(ranked.scores[track.id], 4),
            reasons.between(seed, known[track.id], likeness.get(track.id)),
        )
        for track in catalogue.tracks_by_ids(uow, caller, order[:limit])
    ]


def by_sound(
    uow: UnitOfWork, index: VectorIndex, seed: Facts, where: TrackFilter, count: int
) -> Ranked | None:
    """The nearest in timbre, tempo, key and energy weighed in; None for a track without timbre."""
    own = index.vectors(uow, TIMBRE, [seed.track_id]).get(seed.track_id)
    if own is None:
        return None
    hits = index.nearest(uow, TIMBRE, own, count, where)
    likeness = {hit.track_id: hit.score for hit in hits}
    known = store.facts(uow, likeness)
    scores = {
        item: near.sound_score(seed, known[item], cosine)
        for item, cosine in likeness.items()
        if item in known
    }
    return Ranked(_sorted(scores), likeness)


def by_tags(
    uow: UnitOfWork, index: VectorIndex, seed: Facts, where: TrackFilter, count: int
) -> Ranked | None:
    """Those that share genres, time and performers, and whose words say alike; None where nothing is told."""
    library = tagged.of_library(uow)
    row = library.place(seed.track_id)
    shared = library.likeness(row) if row >= 0 else np.zeros(len(library.ids), np.float32)
    words = _words(uow, index, seed.track_id, where, count)
    if not shared.any() and not words:
        return None
    open_to = np.zeros(len(library.ids), np.bool_)
    at = places(library.ids, packed(index.passing(uow, where)))
    open_to[at[at >= 0]] = True
    shared = np.where(open_to, shared, 0)
    best = np.argsort(-shared, kind="stable")[:count]
    best = best[shared[best] > 0]
    scores = dict(zip(unpacked(library.ids[best]), (float(one) for one in shared[best]), strict=True))
    if words:
        at = places(library.ids, packed(list(words)))
        shares = {item: float(shared[row]) if row >= 0 else 0.0 for item, row in zip(words, at, strict=True)}
        lowest = min(words.values())
        every = {**shares, **scores}
        scores = {item: (share + words.get(item, lowest / 2)) / 2 for item, share in every.items()}
    return Ranked(_sorted(scores), {})


def _words(
    uow: UnitOfWork, index: VectorIndex, track_id: str, where: TrackFilter, count: int
) -> dict[str, float]:
    own = index.vectors(uow, WORDS, [track_id]).get(track_id)
    if own is None:
        return {}
    hits = index.nearest(uow, WORDS, own, count, where)
    return {hit.track_id: max(hit.score, 0.0) for hit in hits}


def fused(sound: Ranked, tags: Ranked) -> Ranked:
    """Both lists by reciprocal ranks: what stands high in both comes first, whatever their scales."""
    scores: dict[str, float] = {}
    for ranked in (sound, tags):
        for rank, item in enumerate(ranked.scores):
            scores[item] = scores.get(item, 0.0) + (RANK + 1) / (RANK + 1 + rank) / 2
    return Ranked(_sorted(scores), sound.likeness)


def similarities(
    uow: UnitOfWork, index: VectorIndex, track_id: str, others: Sequence[str]
) -> dict[str, float]:
    """The cosine of the sound of `others` to that of a track, of those that have one."""
    vectors = index.vectors(uow, TIMBRE, [track_id, *others])
    own = vectors.get(track_id)
    if own is None:
        return {}
    return {item: float(own @ vectors[item]) for item in others if item in vectors}


def _sorted(scores: dict[str, float]) -> dict[str, float]:
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
