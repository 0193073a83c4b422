"""The SQL of sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, case, delete, distinct, func, or_, select, update

from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import mood, trait
from resonance.db.tables.dj_sets import dj_set, dj_set_version
from resonance.library.catalogue.access import chunks
from resonance.model.moods import SOURCES

KEPT_VERSIONS = 20
MOST_SETS = 1000


def owned(uow: UnitOfWork, user_id: str) -> Sequence[Row[Any]]:
    """All sets of a person, by name."""
    mine = select(dj_set).where(dj_set.c.owner_id == user_id)
    return uow.execute(mine.order_by(dj_set.c.name_sort, dj_set.c.id)).all()


def count(uow: UnitOfWork, user_id: str) -> int:
    """How many sets a person has."""
    mine = select(func.count()).where(dj_set.c.owner_id == user_id)
    return int(uow.execute(mine).scalar_one())


def one(uow: UnitOfWork, user_id: str, set_id: str) -> Any:
    """A set of this person, or None."""
    mine = select(dj_set).where(dj_set.c.id == set_id, dj_set.c.owner_id == user_id)
    return uow.execute(mine).one_or_none()


def locked(uow: UnitOfWork, user_id: str, set_id: str) -> Any:
    """A set of this person about to be changed, or None; nobody else changes it until the commit."""
    mine = select(dj_set).where(dj_set.c.id == set_id, dj_set.c.owner_id == user_id)
    return uow.execute(mine.with_for_update()).one_or_none()


def insert(uow: UnitOfWork, row: dict[str, Any]) -> None:
    """A new set."""
    uow.execute(dj_set.insert(), row)


def change(uow: UnitOfWork, set_id: str, **columns: Any) -> None:
    """Set columns."""
    uow.execute(update(dj_set).where(dj_set.c.id == set_id).values(**columns))


def remove(uow: UnitOfWork, set_id: str) -> None:
    """Delete a set with its versions."""
    uow.execute(delete(dj_set).where(dj_set.c.id == set_id))


def keep_version(uow: UnitOfWork, row: dict[str, Any]) -> None:
    """Keep a state, and forget those beyond the last few."""
    uow.execute(dj_set_version.insert(), row)
    old = and_(
        dj_set_version.c.set_id == row["set_id"],
        dj_set_version.c.version <= row["version"] - KEPT_VERSIONS,
    )
    uow.execute(delete(dj_set_version).where(old))


def history(uow: UnitOfWork, set_id: str) -> Sequence[Row[Any]]:
    """The states that are kept, newest first, without their documents."""
    columns = [column for column in dj_set_version.c if column.name != "document"]
    mine = select(*columns).where(dj_set_version.c.set_id == set_id)
    return uow.execute(mine.order_by(dj_set_version.c.version.desc())).all()


def version(uow: UnitOfWork, set_id: str, number: int) -> Any:
    """One kept state, or None."""
    mine = and_(dj_set_version.c.set_id == set_id, dj_set_version.c.version == number)
    return uow.execute(select(dj_set_version).where(mine)).one_or_none()


def well_known(uow: UnitOfWork) -> set[str]:
    """All tracks whose tempo and key are known."""
    known = select(trait.c.track_id).where(trait.c.bpm.is_not(None), trait.c.key_tonic.is_not(None))
    return set(uow.execute(known).scalars())


def mood_values(uow: UnitOfWork, user_id: str, name: str, track_ids: Sequence[str]) -> dict[str, float]:
    """How much of a mood tracks have, by the most believed source; a person's own word comes first."""
    ranks = {source: place for place, source in enumerate(SOURCES)}
    rank = case(ranks, value=mood.c.source, else_=len(SOURCES))
    statement = (
        select(mood.c.track_id, mood.c.value)
        .where(mood.c.mood == name, or_(mood.c.source != "user", mood.c.user_id == user_id))
        .order_by(rank.desc(), mood.c.track_id)
    )
    found: dict[str, float] = {}
    for some in chunks(track_ids):
        rows = uow.execute(statement.where(mood.c.track_id.in_(some)))
        found.update({row.track_id: row.value for row in rows})
    return found


def known_levels(uow: UnitOfWork, user_id: str, track_ids: Sequence[str]) -> Counter[str]:
    """Of how many tracks energy is known, and of how many each mood."""
    energy = select(func.count()).where(trait.c.energy.is_not(None))
    moods = (
        select(mood.c.mood, func.count(distinct(mood.c.track_id)))
        .where(or_(mood.c.source != "user", mood.c.user_id == user_id))
        .group_by(mood.c.mood)
    )
    found: Counter[str] = Counter()
    for some in chunks(track_ids):
        found["energy"] += uow.execute(energy.where(trait.c.track_id.in_(some))).scalar_one()
        for name, count in uow.execute(moods.where(mood.c.track_id.in_(some))):
            found[name] += count
    return found


def values(uow: UnitOfWork, user_id: str, of: str, track_ids: Sequence[str]) -> list[float]:
    """What tracks have of what a curve is about: energy or a mood; nothing of those that have none."""
    if of != "energy":
        return list(mood_values(uow, user_id, of, track_ids).values())
    found: list[float] = []
    known = select(trait.c.energy).where(trait.c.energy.is_not(None))
    for some in chunks(track_ids):
        found += uow.execute(known.where(trait.c.track_id.in_(some))).scalars()
    return found
