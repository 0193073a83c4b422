"""Which tracks are behind, and who has them in hand.

The tables are the queue: a track is behind where `features` lacks a group, has an older version of it, or is
of a file that is no longer there. A claim is a row in `analysis_claim` with a lease, so two processes never
take one track, and with attempts that are counted before a track is handed out, so a file that ends whole
processes is found out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, false, or_, select, update

from resonance.analysis.sound import etag_of
from resonance.core.clock import now_ms
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import analysis_claim, features
from resonance.db.tables.library import carrier, library, track
from resonance.db.upsert import insert_new
from resonance.library.catalogue.access import chunks
from resonance.library.scanning import lease
from resonance.model.quality import soundness

LEASE_MS = 120_000
MOST_ATTEMPTS = 3
# A file that could not be read is looked at again after so long.
DEFER_MS = 30 * 60_000
# Tracks looked at by one statement: bounds how long it may take, whatever is behind.
STRETCH = 2000

# Carriers that can be heard: files, and songs of music servers, which are fetched.
KINDS = ("file", "remote")
# The groups that each pass is due for. The quick one also gives a first key, where there is none.
PASSES: dict[str, frozenset[str]] = {
    "quick": frozenset({"tempo", "timbre"}),
    "full": frozenset({"loudness", "key"}),
    "whole": frozenset({"tempo", "timbre", "loudness", "key"}),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: one of PASSES, the present versions, and the groups it is limited to.

    Files of the libraries in `without` are left alone.
    """

    stage: str
    versions: Mapping[str, int]
    only: frozenset[str]
    without: frozenset[str] = frozenset()

    @property
    def groups(self) -> frozenset[str]:
        """The groups that make a track due."""
        return PASSES[self.stage] & self.only


@dataclass(frozen=True, slots=True)
class Work:
    """One track's best file, and the groups to measure of it. Size in bytes, duration in seconds."""

    track_id: str
    carrier_id: str
    library_id: str
    root: str
    path: str
    format: str
    codec: str
    size: int
    mtime_ns: int
    payload_id: str | None
    duration_s: float
    stage: str
    groups: frozenset[str]
    attempts: int = 1
    kind: str = "file"

    @property
    def etag(self) -> str:
        """Names the bytes, as the table `sound` does."""
        return etag_of(self.size, self.mtime_ns)


def next_due(
    uow: UnitOfWork, wanted: Wanted, after: str, count: int, until: str = ""
) -> tuple[list[str], str | None]:
    """Up to `count` tracks that are due and in nobody's hand, of the ids after `after` (up to `until`).

    Looks at STRETCH tracks at most. The second is where to go on, None when the ids are at their end.
    """
    present = select(track.c.id).where(track.c.missing_at.is_(None), track.c.id > after)
    if until:
        present = present.where(track.c.id <= until)
    edge = uow.execute(present.order_by(track.c.id).offset(STRETCH - 1).limit(1)).scalar()
    if edge is not None:
        present = present.where(track.c.id <= edge)
    stretch = present.subquery()
    due = (
        select(stretch.c.id)
        .outerjoin(features, features.c.track_id == stretch.c.id)
        .where(_behind(wanted, stretch.c.id), ~_in_hand(stretch.c.id))
        .order_by(stretch.c.id)
        .limit(count)
    )
    ids = list(uow.execute(due).scalars())
    return ids, ids[-1] if len(ids) == count else edge


def due_among(uow: UnitOfWork, wanted: Wanted, ids: Sequence[str]) -> list[str]:
    """Those of `ids` that are due, in their order."""
    found: set[str] = set()
    for part in chunks(ids):
        statement = (
            select(track.c.id)
            .outerjoin(features, features.c.track_id == track.c.id)
            .where(track.c.id.in_(part), track.c.missing_at.is_(None), _behind(wanted, track.c.id))
        )
        found.update(uow.execute(statement).scalars())
    return [id_ for id_ in ids if id_ in found]


def suspects(uow: UnitOfWork, limit: int = 1) -> list[str]:
    """Tracks that were in hand when a process ended, and are in nobody's hand now."""
    free = (analysis_claim.c.attempts > 0, analysis_claim.c.lease_until <= now_ms())
    order = (analysis_claim.c.attempts, analysis_claim.c.track_id)
    return list(
        uow.execute(select(analysis_claim.c.track_id).where(*free).order_by(*order).limit(limit)).scalars()
    )


def claim(uow: UnitOfWork, wanted: Wanted, ids: Sequence[str], holder: str) -> list[Work]:
    """Take those of `ids` that are due and free, with one attempt more than they had.

    Those of which no file can be had are let go of again.
    """
    until = now_ms() + LEASE_MS
    taken: dict[str, int] = {}
    for part in chunks(ids):
        mine = {"stage": wanted.stage, "holder": holder, "lease_until": until}
        rows = [{"track_id": id_, **mine, "attempts": 1} for id_ in part]
        taken |= dict.fromkeys(insert_new(uow, analysis_claim, rows, key="track_id"), 1)
        free = analysis_claim.c.track_id.in_([id_ for id_ in part if id_ not in taken])
        again = (
            update(analysis_claim)
            .where(free, analysis_claim.c.lease_until <= now_ms())
            .values(**mine, attempts=analysis_claim.c.attempts + 1)
            .returning(analysis_claim.c.track_id, analysis_claim.c.attempts)
        )
        taken |= {row.track_id: row.attempts for row in uow.execute(again)}
    # Another process may have done them between the look and the claim.
    due = due_among(uow, wanted, list(taken))
    works = _works(uow, wanted, due, taken)
    forget(uow, set(taken) - {work.track_id for work in works})
    return works


def forget(uow: UnitOfWork, ids: Collection[str]) -> None:
    """These tracks are done, or nothing can be done."""
    for part in chunks(sorted(ids)):
        uow.execute(delete(analysis_claim).where(analysis_claim.c.track_id.in_(part)))


def give_back(uow: UnitOfWork, ids: Collection[str], holder: str, *, defer_ms: int = 0) -> None:
    """Tracks that were not tried after all: the attempt does not count."""
    for part in chunks(sorted(ids)):
        ours = and_(analysis_claim.c.track_id.in_(part), analysis_claim.c.holder == holder)
        if not defer_ms:
            uow.execute(delete(analysis_claim).where(ours, analysis_claim.c.attempts <= 1))
        values = {
            "attempts": case((analysis_claim.c.attempts > 0, analysis_claim.c.attempts - 1), else_=0),
            "holder": "",
            "lease_until": now_ms() + defer_ms if defer_ms else 0,
        }
        uow.execute(update(analysis_claim).where(ours).values(values))


def release(uow: UnitOfWork, ids: Collection[str], holder: str) -> None:
    """Tracks that ended a process: anybody may try again, and the attempt counts."""
    for part in chunks(sorted(ids)):
        ours = and_(analysis_claim.c.track_id.in_(part), analysis_claim.c.holder == holder)
        uow.execute(update(analysis_claim).where(ours).values(holder="", lease_until=0))


def pardon(uow: UnitOfWork, ids: Collection[str]) -> None:
    """Forget attempts at tracks that nobody has in hand."""
    for part in chunks(sorted(ids)):
        idle = and_(analysis_claim.c.track_id.in_(part), analysis_claim.c.lease_until <= now_ms())
        put_off = and_(analysis_claim.c.track_id.in_(part), analysis_claim.c.holder == "")
        uow.execute(delete(analysis_claim).where(or_(idle, put_off)))


def renew(uow: UnitOfWork, holder: str) -> None:
    """Keep what is in this holder's hand."""
    ours = analysis_claim.c.holder == holder
    uow.execute(update(analysis_claim).where(ours).values(lease_until=now_ms() + LEASE_MS))


def free_dead(uow: UnitOfWork) -> None:
    """End the leases of processes of this machine that are no more."""
    held = select(analysis_claim.c.holder).where(analysis_claim.c.lease_until > now_ms()).distinct()
    dead = [holder for holder in uow.execute(held).scalars() if holder and lease.is_dead(holder)]
    if dead:
        gone = analysis_claim.c.holder.in_(dead)
        uow.execute(update(analysis_claim).where(gone).values(holder="", lease_until=0))


def hands(uow: UnitOfWork) -> str | None:
    """The pass that living processes are at, None when nobody works."""
    at_work = (analysis_claim.c.lease_until > now_ms(), analysis_claim.c.holder != "")
    rows = uow.execute(select(analysis_claim.c.holder, analysis_claim.c.stage).where(*at_work).distinct())
    return next((row.stage for row in rows if not lease.is_dead(row.holder)), None)


def _in_hand(track_id: Any) -> ColumnElement[bool]:
    """Held, put off, or under suspicion."""
    taken = or_(analysis_claim.c.lease_until > now_ms(), analysis_claim.c.attempts > 0)
    return exists().where(analysis_claim.c.track_id == track_id, taken)


def _behind(wanted: Wanted, track_id: Any) -> ColumnElement[bool]:
    """On a statement that joins `features` as an outer join."""
    here = exists().where(
        carrier.c.track_id == track_id,
        carrier.c.missing_at.is_(None),
        carrier.c.kind.in_(KINDS),
        or_(
            carrier.c.payload_id == features.c.payload_id,
            and_(carrier.c.payload_id.is_(None), carrier.c.id == features.c.carrier_id),
        ),
    )
    old = [_version(group) < wanted.versions[group] for group in sorted(wanted.groups)]
    if wanted.stage != "quick" and "key" in wanted.groups:
        old.append(and_(features.c.key_window == "excerpt", features.c.problem.is_(None)))
    behind = or_(features.c.track_id.is_(None), *old, ~here)
    if not wanted.groups:
        return false()
    if not wanted.without:
        return behind
    reached = exists().where(
        carrier.c.track_id == track_id,
        carrier.c.missing_at.is_(None),
        carrier.c.library_id.not_in(sorted(wanted.without)),
    )
    return and_(behind, reached)


def _version(group: str) -> ColumnElement[int]:
    column: ColumnElement[int] = features.c[f"{group}_version"]
    return column


def _works(uow: UnitOfWork, wanted: Wanted, ids: Sequence[str], attempts: Mapping[str, int]) -> list[Work]:
    works: list[Work] = []
    for part in chunks(ids):
        known = {row.track_id: row for row in uow.execute(_KNOWN.where(features.c.track_id.in_(part)))}
        files: dict[str, Any] = {}
        mine = _FILES.where(carrier.c.track_id.in_(part), carrier.c.library_id.not_in(sorted(wanted.without)))
        for row in uow.execute(mine.order_by(carrier.c.id)):
            best = files.get(row.track_id)
            if best is None or _rank(row) > _rank(best):
                files[row.track_id] = row
        for id_ in part:
            if (file := files.get(id_)) is not None:
                groups = _groups(wanted, known.get(id_), file)
                about: dict[str, Any] = {name: getattr(file, name) for name in _ABOUT}
                works.append(Work(**about, stage=wanted.stage, groups=groups, attempts=attempts[id_]))
    return works


def _groups(wanted: Wanted, known: Any, file: Any) -> frozenset[str]:
    """What of the pass is to be measured of this file."""
    first_key = "key" in wanted.only
    if known is None or known.payload_id != file.payload_id:
        groups = wanted.groups
    else:
        groups = frozenset(g for g in wanted.groups if getattr(known, f"{g}_version") < wanted.versions[g])
        if wanted.stage != "quick" and "key" in wanted.groups and known.key_window == "excerpt":
            groups |= {"key"}
        first_key = first_key and known.key_version == 0
        # Its best file is another one now, but the one that was measured is still there: one pass is enough.
        groups = groups or wanted.groups
    return groups | {"key"} if wanted.stage == "quick" and first_key else groups


def _rank(row: Any) -> tuple[bool, bool, int, int, int]:
    """A file here goes before a song that must be fetched."""
    heard = soundness(row.codec, row.bit_rate_kbps, row.sample_rate_hz, row.bit_depth)
    return (row.kind == "file", *heard)


_KNOWN = select(
    *(features.c.track_id, features.c.payload_id, features.c.key_window),
    *(features.c[f"{group}_version"] for group in sorted(PASSES["whole"])),
)
_ABOUT = (
    *("track_id", "carrier_id", "library_id", "root", "path", "format", "codec"),
    *("size", "mtime_ns", "payload_id", "duration_s", "kind"),
)
_FILES = (
    select(
        *(
            carrier.c.track_id,
            carrier.c.id.label("carrier_id"),
            carrier.c.library_id,
            library.c.path.label("root"),
        ),
        *(carrier.c.path, carrier.c.format, carrier.c.codec, carrier.c.size, carrier.c.mtime_ns),
        *(carrier.c.payload_id, carrier.c.duration_s, carrier.c.kind),
        *(carrier.c.bit_rate_kbps, carrier.c.sample_rate_hz, carrier.c.bit_depth),
    )
    .join(library, library.c.id == carrier.c.library_id)
    .where(carrier.c.missing_at.is_(None), carrier.c.kind.in_(KINDS))
)
