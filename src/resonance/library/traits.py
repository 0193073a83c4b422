"""Makes the rows of `trait`: what counts of a track, from its edit, its measurements and its tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, delete, or_, select

from resonance.db import versions
from resonance.db.engine import Database, UnitOfWork
from resonance.db.tables.analysis import features, track_edit, trait
from resonance.db.tables.library import track
from resonance.db.traits import TRUSTED, key_place
from resonance.db.upsert import upsert
from resonance.model import camelot

# Raised when the rule of what counts, or the reading of tags, changes: all rows are made again.
RULE = 1
_MARK = "traits.rule"
_AT_ONCE = 2000  # tracks a transaction
_CHUNK = 500  # tracks a statement

_SOURCES = (
    select(
        *(track.c.id, track.c.bpm_tag, track.c.key_tag),
        *(features.c.bpm, features.c.bpm_confidence, features.c.key_tonic, features.c.key_mode),
        *(features.c.key_strength, features.c.energy, features.c.track_id.label("measured")),
        *(track_edit.c.bpm.label("bpm_edit"), track_edit.c.key_tonic.label("tonic_edit")),
        track_edit.c.key_mode.label("mode_edit"),
    )
    .select_from(
        track.outerjoin(features, features.c.track_id == track.c.id).outerjoin(
            track_edit, track_edit.c.track_id == track.c.id
        )
    )
    .where(or_(track.c.bpm_tag.is_not(None), track.c.key_tag.is_not(None), features.c.track_id.is_not(None),
               track_edit.c.track_id.is_not(None)))
)  # fmt: skip
_NOTHING: dict[str, Any] = dict.fromkeys(column.name for column in trait.columns)


def refresh(uow: UnitOfWork, track_ids: Iterable[str]) -> None:
    """Make the rows of these tracks again."""
    ids = list(dict.fromkeys(track_ids))
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        rows = [_row(found) for found in uow.execute(_SOURCES.where(track.c.id.in_(part)))]
        _write(uow, part, [row for row in rows if len(row) > 1])


def ensure(db: Database) -> None:
    """Make all rows again where another rule made them: after an update of Resonance."""
    with db.read() as uow:
        if versions.current(uow, _MARK) == RULE:
            return
    after = ""
    while True:
        with db.write() as uow:
            some = select(track.c.id).where(track.c.id > after).order_by(track.c.id).limit(_AT_ONCE)
            ids = list(uow.execute(some).scalars())
            refresh(uow, ids)
            if not ids:
                while versions.current(uow, _MARK) < RULE:
                    versions.bump(uow, _MARK)
                versions.bump(uow, "features")
                return
            after = ids[-1]


def _row(found: Row[Any]) -> dict[str, Any]:
    """The values that are known, and the id."""
    row: dict[str, Any] = {"track_id": found.id}
    sure = found.bpm is not None and (found.bpm_confidence or 0.0) >= TRUSTED
    if found.bpm_edit is not None:
        row |= {"bpm": found.bpm_edit, "bpm_source": "user"}
    elif found.bpm_tag and found.bpm_tag > 0 and not sure:
        row |= {"bpm": found.bpm_tag, "bpm_source": "tag"}
    elif found.bpm is not None:
        row |= {"bpm": found.bpm, "bpm_source": "measured", "bpm_confidence": found.bpm_confidence}
    row |= _key(found)
    if found.energy is not None:
        row["energy"] = found.energy
    return row


def _key(found: Row[Any]) -> dict[str, Any]:
    known = found.key_tonic is not None and found.key_mode is not None
    sure = known and (found.key_strength or 0.0) >= TRUSTED
    tagged = None if sure else camelot.parse(found.key_tag)
    confidence: float | None = None
    if found.tonic_edit is not None:
        key, source = (found.tonic_edit, found.mode_edit), "user"
    elif tagged is not None:
        key, source = tagged, "tag"
    elif known:
        key, source, confidence = (found.key_tonic, found.key_mode), "measured", found.key_strength
    else:
        return {}
    names = {"key_tonic": key[0], "key_mode": key[1], "key_place": key_place(*key)}
    return {**names, "key_source": source, "key_confidence": confidence}


def _write(uow: UnitOfWork, ids: Sequence[str], rows: list[dict[str, Any]]) -> None:
    known = {row["track_id"] for row in rows}
    gone = [id_ for id_ in ids if id_ not in known]
    if gone:
        uow.execute(delete(trait).where(trait.c.track_id.in_(gone)))
    whole = [_NOTHING | row for row in rows]
    upsert(uow, trait, whole, keys=["track_id"], update=[name for name in _NOTHING if name != "track_id"])
