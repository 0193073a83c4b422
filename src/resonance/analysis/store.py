"""SQL of `features`: what was measured of a track's best file, or why nothing could be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, and_, select, update

from resonance.analysis import claims, sound
from resonance.analysis.claims import Work
from resonance.audio.ear.features import TIMBRE_DIMENSIONS, Features
from resonance.audio.ear.versions import ANALYSER, GROUPS, VERSIONS
from resonance.core.clock import now_ms
from resonance.db import changes, versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import features, trait
from resonance.db.tables.library import carrier, track
from resonance.db.upsert import upsert
from resonance.library import traits
from resonance.library.catalogue.access import chunks
from resonance.search.vectors.ports import TIMBRE, Space

if TYPE_CHECKING:
    from resonance.search.vectors.ports import VectorIndex

VERSION_ROW = "features"
DETAIL_LENGTH = 300
_UNKNOWN: dict[str, Any] = {
    name: None for names in GROUPS.values() for name in names if name in features.columns
} | {f"{group}_version": 0 for group in VERSIONS}


@dataclass(frozen=True, slots=True)
class Done:
    """A pass over a file that ended: what was found, or the problem (a stable word) and its words."""

    work: Work
    found: Features | None = None
    problem: str | None = None
    detail: str = ""
    sound: sound.Sound | None = None


def keep(
    uow: UnitOfWork,
    ended: Sequence[Done],
    vectors: Callable[[], VectorIndex] | None,
    present: Mapping[str, int] = VERSIONS,
) -> None:
    """Write what was found, let go of the claims, and say that the features changed.

    Of a file with other bytes than those measured before nothing of the old facts stays.
    """
    # The scanner may have taken tracks and files away meanwhile.
    tracks = _present(uow, track.c.id, [done.work.track_id for done in ended])
    files = _present(uow, carrier.c.id, [done.work.carrier_id for done in ended])
    ended = [done for done in ended if done.work.track_id in tracks]
    before = _before(uow, [done.work.track_id for done in ended])
    by_shape: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for done in ended:
        row = _row(done, before.get(done.work.track_id), present)
        row["carrier_id"] = done.work.carrier_id if done.work.carrier_id in files else None
        by_shape[tuple(row)].append(row)
    for names, rows in by_shape.items():
        upsert(uow, features, rows, keys=["track_id"], update=[name for name in names if name != "track_id"])
    _keep_sounds(uow, [done.sound for done in ended if done.sound and done.sound.carrier_id in files])
    if vectors is not None:
        _keep_timbre(uow, ended, vectors)
    ids = [done.work.track_id for done in ended]
    traits.refresh(uow, ids)
    changes.note(uow, "features", ids)
    claims.forget(uow, ids)
    versions.bump(uow, VERSION_ROW)


def measured(uow: UnitOfWork, after: str, before: int, limit: int = 2000) -> list[str]:
    """Tracks measured before a time (ms), in the order of ids from `after` on."""
    earlier = (features.c.track_id > after, features.c.analysed_at < before)
    statement = select(features.c.track_id).where(*earlier).order_by(features.c.track_id).limit(limit)
    return list(uow.execute(statement).scalars())


def oldest(uow: UnitOfWork, count: int) -> list[str]:
    """The tracks whose measurements are oldest."""
    statement = (
        select(features.c.track_id)
        .join(track, track.c.id == features.c.track_id)
        .where(track.c.missing_at.is_(None))
        .order_by(features.c.analysed_at, features.c.track_id)
        .limit(count)
    )
    return list(uow.execute(statement).scalars())


def redo(uow: UnitOfWork, ids: Sequence[str], groups: frozenset[str], before: int) -> int:
    """Make these groups of these tracks due again where they were measured before a time (ms).

    The present values stay until then. How many tracks.
    """
    values: dict[str, Any] = {f"{group}_version": 0 for group in groups}
    count = 0
    for part in chunks(ids):
        theirs = and_(features.c.track_id.in_(part), features.c.analysed_at < before)
        count += uow.execute(update(features).where(theirs).values(**values, problem=None)).rowcount
        claims.pardon(uow, part)
    return count


def facts(uow: UnitOfWork, track_id: str) -> Row[Any] | None:
    """The row of `features` of a track."""
    return uow.execute(select(features).where(features.c.track_id == track_id)).one_or_none()


def traits_of(uow: UnitOfWork, track_id: str) -> Row[Any] | None:
    """The row of `trait` of a track."""
    return uow.execute(select(trait).where(trait.c.track_id == track_id)).one_or_none()


def _present(uow: UnitOfWork, column: Any, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for part in chunks(ids):
        found.update(uow.execute(select(column).where(column.in_(part))).scalars())
    return found


def _before(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, Row[Any]]:
    wanted = (features.c.track_id, features.c.payload_id, features.c.etag, features.c.cpu_ms)
    levels = [features.c[f"{group}_version"] for group in VERSIONS]
    found: dict[str, Row[Any]] = {}
    for part in chunks(ids):
        rows = uow.execute(select(*wanted, *levels).where(features.c.track_id.in_(part)))
        found.update((row.track_id, row) for row in rows)
    return found


def _row(done: Done, before: Row[Any] | None, present: Mapping[str, int]) -> dict[str, Any]:
    work = done.work
    same = before is not None and before.payload_id == work.payload_id
    row: dict[str, Any] = {
        "track_id": work.track_id,
        "carrier_id": None,
        "etag": work.etag,
        "payload_id": work.payload_id,
        "analyser": ANALYSER,
        "problem": done.problem,
        "problem_detail": done.detail[:DETAIL_LENGTH] if done.problem else None,
        "cpu_ms": before.cpu_ms if before is not None and same else 0,
        "analysed_at": now_ms(),
        **({} if same else _UNKNOWN),
    }
    if done.found is not None:
        row |= done.found.columns()
        row |= {f"{group}_version": present[group] for group in done.found.groups if group in present}
        row["cpu_ms"] += done.found.cpu_ms
    else:
        # Not tried again until the bytes, or the version of a group, change.
        levels = {group: getattr(before, f"{group}_version") if same else 0 for group in present}
        row |= {f"{group}_version": max(levels[group], version) for group, version in present.items()}
    return row


def _keep_sounds(uow: UnitOfWork, sounds: Sequence[sound.Sound]) -> None:
    for found in sounds:
        known = sound.known(uow, found.carrier_id, found.etag)
        if known is None or known.state != "ready":
            sound.keep(uow, found)


def _keep_timbre(uow: UnitOfWork, ended: Sequence[Done], vectors: Callable[[], VectorIndex]) -> None:
    rows = [
        (done.work.track_id, done.found.timbre, done.work.payload_id or done.work.etag)
        for done in ended
        if done.found is not None and done.found.timbre is not None
    ]
    if rows:
        space = Space(TIMBRE, str(VERSIONS["timbre"]), TIMBRE_DIMENSIONS, "built-in")
        vectors().put(uow, space, rows)
