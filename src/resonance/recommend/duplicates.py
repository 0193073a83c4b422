"""Recordings that are there more than once, in whatever encoding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resonance.core.errors import Invalid
from resonance.core.paging import decode_keys, encode_cursor
from resonance.core.text import fold
from resonance.library import catalogue
from resonance.library.catalogue.cache import marks, remembered
from resonance.model.quality import LOSSLESS
from resonance.model.similar import Duplicate, DuplicatePage, FileQuality, RecordingCopy
from resonance.recommend import near, store
from resonance.recommend.recordings import Material, numbered, same_recordings
from resonance.search.vectors.ports import TIMBRE, VectorIndex
from resonance.search.vectors.store import counter, removals

if TYPE_CHECKING:
    from resonance.db.engine import UnitOfWork
    from resonance.model.caller import Caller

MOST = 200
KIND = "same_recording"
_CURSOR = "duplicates"


@dataclass(frozen=True)
class Group:
    """Tracks of one recording; the least likeness that joins them."""

    similarity: float
    track_ids: tuple[str, ...]


def page(
    uow: UnitOfWork, caller: Caller, index: VectorIndex, *, cursor: str | None = None, limit: int = 50
) -> DuplicatePage:
    """Recordings of which the caller may hear two tracks or more. Invalid for a stale cursor or limit."""
    if not 1 <= limit <= MOST:
        raise Invalid(f"A page has 1 to {MOST} items.", field="limit")
    start = 0
    if cursor is not None:
        label, offset = decode_keys(cursor, str, int)
        if label != _CURSOR or not isinstance(offset, int) or offset < 0:
            raise Invalid("That page no longer exists.", field="cursor")
        start = offset
    mine = _visible(uow, caller, groups(uow, index))
    some = mine[start : start + limit]
    following = encode_cursor(_CURSOR, start + limit) if start + limit < len(mine) else None
    return DuplicatePage(_shown(uow, caller, some), following, len(mine), _note(uow, index))


def groups(uow: UnitOfWork, index: VectorIndex) -> list[Group]:
    """All there are, whoever may hear them; looked for once for each state of the library."""
    state = marks(uow, "catalogue", "features", counter(TIMBRE), removals(TIMBRE))
    return remembered(uow, ("recommend", "duplicates"), state, lambda: _found(uow, index), _cost)


def _cost(found: list[Group]) -> int:
    return sum(120 * len(group.track_ids) for group in found)


def _found(uow: UnitOfWork, index: VectorIndex) -> list[Group]:
    traces = store.traces(uow)
    ids, vectors = index.matrix(uow, TIMBRE)
    rows = near.rows_of(dict(zip(ids, vectors, strict=True)), [trace.track_id for trace in traces])
    del ids, vectors
    pairs = same_recordings(Material(traces, rows, lambda some: store.waves(uow, some)))
    number = numbered(len(traces), pairs)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place in sorted({place for pair in pairs for place in (pair.one, pair.other)}):
        members[int(number[place])].append(place)
    least: dict[int, float] = {}
    for pair in pairs:
        group = int(number[pair.one])
        least[group] = min(least.get(group, 1.0), pair.similarity)
    order = sorted(members, key=lambda group: (fold(traces[group].title), traces[group].track_id))
    return [Group(least[group], tuple(traces[place].track_id for place in members[group])) for group in order]


def _visible(uow: UnitOfWork, caller: Caller, found: list[Group]) -> list[Group]:
    seen = catalogue.visible(uow, caller, "track", (item for group in found for item in group.track_ids))
    narrowed = [
        Group(group.similarity, tuple(item for item in group.track_ids if item in seen)) for group in found
    ]
    return [group for group in narrowed if len(group.track_ids) > 1]


def _shown(uow: UnitOfWork, caller: Caller, some: Sequence[Group]) -> list[Duplicate]:
    ids = [item for group in some for item in group.track_ids]
    tracks = {track.id: track for track in catalogue.tracks_by_ids(uow, caller, ids)}
    files: defaultdict[str, list[Any]] = defaultdict(list)
    for file in store.files(uow, ids, caller.libraries):
        files[file.track_id].append(file)
    shown = []
    for group in some:
        there = [file for item in group.track_ids if item in tracks for file in files[item]]
        there.sort(key=_worth, reverse=True)
        copies = [
            RecordingCopy(
                track=tracks[file.track_id],
                quality=_quality(file),
                best=place == 0,
                path=file.path if caller.is_admin else None,
            )
            for place, file in enumerate(there)
        ]
        shown.append(Duplicate(round(group.similarity, 4), KIND, copies))
    return shown


def _worth(file: Any) -> tuple[bool, int, int, int, float, str]:
    """Larger is better: lossless, finer, wider, denser, longer."""
    return (
        file.codec in LOSSLESS,
        file.bit_depth or 0,
        file.sample_rate_hz or 0,
        file.bit_rate_kbps or 0,
        file.duration_s,
        file.id,
    )


def _quality(file: Any) -> FileQuality:
    return FileQuality(
        format=file.format,
        codec=file.codec,
        lossless=file.codec in LOSSLESS,
        bit_depth=file.bit_depth,
        sample_rate_hz=file.sample_rate_hz,
        bit_rate_kbps=file.bit_rate_kbps,
        channels=file.channels,
        size=file.size,
        duration_s=file.duration_s,
    )


def _note(uow: UnitOfWork, index: VectorIndex) -> str | None:
    heard = index.count(uow, TIMBRE)
    if heard == 0:
        return "No track has been listened to yet: only equal files are found."
    space = index.space(uow, TIMBRE)
    behind = index.stale(uow, space, 1) if space is not None else []
    return "Some tracks have not been listened to yet and may be missing here." if behind else None
