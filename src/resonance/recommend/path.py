"""The sonic path: tracks that lead from one to another in small steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from resonance.core.errors import Invalid
from resonance.library import catalogue
from resonance.model import camelot
from resonance.model.similar import PathStep, SonicPath
from resonance.recommend import near, reasons, store, walk
from resonance.recommend.walk import Limits, Pool
from resonance.recommend.wishes import LONGEST, SHORTEST, PathWish
from resonance.search.vectors.ports import TIMBRE, VectorIndex

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller
    from resonance.recommend.store import Facts

CANDIDATES = 48  # for each point of the way; fewer for long ways
WIDE = 3  # as many more where steps must keep tempo or key
_KEY_NUMBER = {key: number for number, key in enumerate(camelot.KEYS)}


def find(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, from_id: str, to_id: str, wish: PathWish
) -> SonicPath:
    """The way, ends included. NotFound for a track out of sight; Invalid for wishes out of range."""
    if not SHORTEST <= wish.length <= LONGEST:
        raise Invalid(f"A path has {SHORTEST} to {LONGEST} tracks.", field="length")
    if from_id == to_id:
        raise Invalid("A path leads from one track to another one.", field="to_id")
    catalogue.must_see(uow, caller, "track", [from_id, to_id])
    ends = index.vectors(uow, TIMBRE, [from_id, to_id])
    if len(ends) < 2:
        order: list[str] = [from_id, to_id]
        note: str | None = _unheard(from_id in ends, to_id in ends)
    else:
        order, note = _way(uow, caller, index, (from_id, to_id), wish)
    return SonicPath(_shown(uow, caller, index, order), note)


def _unheard(start: bool, end: bool) -> str:
    which = "Neither track has" if not (start or end) else f"The {'last' if start else 'first'} track has not"
    return f"{which} been listened to yet, so there is no way between them."


def _way(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, ends: tuple[str, str], wish: PathWish
) -> tuple[list[str], str | None]:
    vectors = index.vectors(uow, TIMBRE, ends)
    straight = walk.straight_way(vectors[ends[0]], vectors[ends[1]], wish.length - 2)
    where = near.heard(caller, wish.filters, ends)
    limited = wish.bpm_step is not None or wish.keys_mix
    count = max(CANDIDATES, 2400 // wish.length if wish.length < 50 else 0) * (WIDE if limited else 1)
    hits = index.nearest_many(uow, TIMBRE, straight, min(count, 240), where)
    ids = [*ends, *sorted({hit.track_id for row in hits for hit in row})]
    known = store.facts(uow, ids)
    ids = [item for item in ids if item in known]
    place = {item: number for number, item in enumerate(ids)}
    layers = [
        np.array([place[hit.track_id] for hit in row if hit.track_id in place], np.int64) for row in hits
    ]
    pool = _pool(uow, index, ids, known)
    limits = Limits(wish.per_artist, wish.bpm_step, _mixing() if wish.keys_mix else None)
    steps = walk.walk(pool, layers, straight, (0, 1), limits)
    return [ids[step] for step in steps], _note(steps, walk.breaks(pool, steps, limits), wish)


def _note(steps: Sequence[int], broken: Sequence[int], wish: PathWish) -> str | None:
    parts = []
    if len(steps) < wish.length:
        parts.append(f"Only {len(steps)} tracks keep to what was asked for; {wish.length} were wanted.")
    if broken:
        jumps = "a jump" if len(broken) == 1 else f"{len(broken)} jumps"
        parts.append(f"There is {jumps} in tempo or key: no track leads over within the limits.")
    return " ".join(parts) or None


def _pool(uow: UnitOfWork, index: VectorIndex, ids: Sequence[str], known: dict[str, Facts]) -> Pool:
    people: dict[str, int] = {}
    artist = [people.setdefault(known[item].artist_id or f"?{item}", len(people)) for item in ids]
    tempi = [known[item].bpm or np.nan for item in ids]
    keys = [walk.NO_KEY if (key := known[item].key) is None else _KEY_NUMBER[key] for item in ids]
    return Pool(
        near.rows_of(index.vectors(uow, TIMBRE, ids), ids),
        np.array(artist, np.int64),
        np.array(near.recording_numbers(uow, index, ids), np.int64),
        np.array(tempi, np.float32),
        np.array(keys, np.int64),
    )


def _mixing() -> NDArray[np.bool_]:
    table = np.zeros((len(camelot.KEYS), len(camelot.KEYS)), np.bool_)
    for number, key in enumerate(camelot.KEYS):
        table[number, [_KEY_NUMBER[other] for other in camelot.compatible_with(key)]] = True
    return table


def _shown(uow: UnitOfWork, caller: Caller, index: VectorIndex, order: Sequence[str]) -> list[PathStep]:
    known = store.facts(uow, order)
    vectors = index.vectors(uow, TIMBRE, order)
    items: list[PathStep] = []
    before: str | None = None
    for track in catalogue.tracks_by_ids(uow, caller, order):
        step = _cosine(vectors, before, track.id) if before else None
        why = reasons.between(known[before], known[track.id], step) if before else []
        shown = None if step is None else round(near.share(step), 4)
        start = _cosine(vectors, order[0], track.id)
        whole = 0.0 if start is None else round(near.share(start), 4)
        items.append(PathStep(track, shown, whole, why))
        before = track.id
    return items


def _cosine(vectors: dict[str, NDArray[np.float32]], one: str, other: str) -> float | None:
    if one == other:
        return 1.0
    return float(vectors[one] @ vectors[other]) if one in vectors and other in vectors else None
