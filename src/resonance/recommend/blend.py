"""Like A and B, not like C: sounds added and subtracted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from resonance.core.errors import Invalid
from resonance.library import catalogue
from resonance.model.similar import SimilarTrack, SimilarTracks
from resonance.recommend import near, reasons, store
from resonance.recommend.geometry import Floats, unit
from resonance.recommend.spacing import spaced
from resonance.search.filters import EVERYTHING, TrackFilter
from resonance.search.vectors.ports import TIMBRE, VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller

MOST_SEEDS = 50
AWAY = 0.6  # what likeness to an unwanted track takes off
UNHEARD = "None of the tracks to go by has been listened to yet."
SOME_UNHEARD = "Tracks that have not been listened to yet were left out of the account."


def tracks(
    uow: UnitOfWork,
    caller: Caller,
    index: VectorIndex,
    like: Sequence[str],
    unlike: Sequence[str] = (),
    *,
    limit: int = 50,
    per_artist: int | None = None,
    filters: TrackFilter = EVERYTHING,
) -> SimilarTracks:
    """Tracks near all of `like` and far from each of `unlike`. NotFound for a track out of sight."""
    if not like:
        raise Invalid("Name at least one track to go by.", field="like")
    if len(like) + len(unlike) > MOST_SEEDS:
        raise Invalid(f"Up to {MOST_SEEDS} tracks can be blended.", field="like")
    if set(like) & set(unlike):
        raise Invalid("A track cannot be wanted and unwanted.", field="unlike")
    seeds = list(dict.fromkeys([*like, *unlike]))
    catalogue.must_see(uow, caller, "track", seeds)
    vectors = index.vectors(uow, TIMBRE, seeds)
    wanted = [item for item in dict.fromkeys(like) if item in vectors]
    unwanted = [item for item in dict.fromkeys(unlike) if item in vectors]
    if not wanted:
        return SimilarTracks([], "sound", UNHEARD)
    plus, minus = near.rows_of(vectors, wanted), near.rows_of(vectors, unwanted)
    where = near.heard(caller, filters, seeds)
    scores = _scores(uow, index, plus, minus, where, limit * 8 + 100)
    order = near.one_encoding_each(uow, index, list(scores), seeds)
    known = store.facts(uow, [*order, *wanted])
    order = spaced(
        [item for item in order if item in known],
        lambda item: known[item].artist_id,
        limit=limit,
        per_artist=per_artist,
    )
    found = index.vectors(uow, TIMBRE, order)
    items = []
    for track in catalogue.tracks_by_ids(uow, caller, order):
        cosines = plus @ found[track.id]
        closest = int(cosines.argmax())
        why = reasons.between(known[wanted[closest]], known[track.id], float(cosines[closest]))
        items.append(SimilarTrack(track, round(scores[track.id], 4), why))
    return SimilarTracks(items, "sound", SOME_UNHEARD if len(wanted) + len(unwanted) < len(seeds) else None)


def _scores(
    uow: UnitOfWork, index: VectorIndex, plus: Floats, minus: Floats, where: TrackFilter, count: int
) -> dict[str, float]:
    """Best first: the mean likeness to what is wanted, less the greatest one to what is not."""
    direction = plus.mean(axis=0)
    queries = [unit(direction)]
    if len(minus):
        queries.append(unit(direction - AWAY * minus.mean(axis=0)))
    hits = index.nearest_many(uow, TIMBRE, np.stack(queries), count, where)
    candidates = sorted({hit.track_id for row in hits for hit in row})
    vectors = near.rows_of(index.vectors(uow, TIMBRE, candidates), candidates)
    if not candidates:
        return {}
    # The weakest likeness counts too: near A alone is not near A and B.
    towards = vectors @ plus.T
    total = (towards.mean(axis=1) + towards.min(axis=1)) / 2
    if len(minus):
        total = total - AWAY * np.maximum((vectors @ minus.T).max(axis=1), 0)
    best = np.argsort(-total, kind="stable")
    return {candidates[place]: near.share(float(total[place])) for place in best}
