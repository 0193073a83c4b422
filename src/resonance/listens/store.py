"""The SQL of listening: rows per user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from resonance.db import versions
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import track
from resonance.db.tables.listens import like, play, play_queue, rating, track_note, track_stat, track_tag
from resonance.db.upsert import insert_new, upsert
from resonance.library.catalogue.access import chunks, track_known
from resonance.library.catalogue.cache import personal
from resonance.library.catalogue.pages import Sort
from resonance.model.caller import Caller

NEWEST_PLAYS = Sort((play.c.started_at, play.c.id))


def touched(uow: UnitOfWork, user_id: str) -> None:
    """Say that what this user sees beside the music has changed."""
    versions.bump(uow, personal(user_id))


def durations(uow: UnitOfWork, caller: Caller, ids: Iterable[str]) -> dict[str, float]:
    """Seconds of each known track the caller may hear, files missing or not."""
    found: dict[str, float] = {}
    for some in chunks(list(dict.fromkeys(ids))):
        statement = select(track.c.id, track.c.duration_s).where(track.c.id.in_(some), *track_known(caller))
        found.update((row.id, row.duration_s) for row in uow.execute(statement))
    return found


def add_plays(uow: UnitOfWork, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Insert plays; those that were new."""
    new = insert_new(uow, play, rows, key="id")
    return [row for row in rows if row["id"] in new]


def count_play(uow: UnitOfWork, user_id: str, track_id: str, started_at: int) -> None:
    """Add one to the totals of a track."""
    row = {"user_id": user_id, "track_id": track_id}
    upsert(uow, track_stat, [row], keys=["user_id", "track_id"], update=[])
    last = func.coalesce(track_stat.c.last_played_at, 0)
    statement = update(track_stat).where(track_stat.c.user_id == user_id, track_stat.c.track_id == track_id)
    uow.execute(statement.values(play_count=track_stat.c.play_count + 1))
    uow.execute(statement.where(last < started_at).values(last_played_at=started_at))


def set_like(uow: UnitOfWork, user_id: str, kind: str, ids: Sequence[str], at: int) -> None:
    """Like; a like that stands keeps its time."""
    rows = [{"user_id": user_id, "item_kind": kind, "item_id": id_, "liked_at": at} for id_ in ids]
    upsert(uow, like, rows, keys=["user_id", "item_kind", "item_id"], update=[])


def unset_like(uow: UnitOfWork, user_id: str, kind: str, ids: Sequence[str]) -> None:
    """Take likes back."""
    for some in chunks(ids):
        uow.execute(
            delete(like).where(like.c.user_id == user_id, like.c.item_kind == kind, like.c.item_id.in_(some))
        )


def set_rating(uow: UnitOfWork, user_id: str, kind: str, item_id: str, stars: int, at: int) -> None:
    """Rate, or take the rating back with 0 stars."""
    if stars == 0:
        uow.execute(
            delete(rating).where(
                rating.c.user_id == user_id, rating.c.item_kind == kind, rating.c.item_id == item_id
            )
        )
        return
    row = {"user_id": user_id, "item_kind": kind, "item_id": item_id, "stars": stars, "rated_at": at}
    upsert(uow, rating, [row], keys=["user_id", "item_kind", "item_id"], update=["stars", "rated_at"])


def ratings(uow: UnitOfWork, user_id: str, kind: str, ids: Sequence[str]) -> dict[str, int]:
    """The user's stars of those items that have any."""
    found: dict[str, int] = {}
    for some in chunks(ids):
        of_them = (rating.c.item_kind == kind, rating.c.item_id.in_(some))
        statement = select(rating.c.item_id, rating.c.stars).where(rating.c.user_id == user_id, *of_them)
        found.update((row.item_id, row.stars) for row in uow.execute(statement))
    return found


def set_tags(uow: UnitOfWork, user_id: str, track_id: str, tags: Sequence[str]) -> None:
    """Replace the tags of a track."""
    uow.execute(delete(track_tag).where(track_tag.c.user_id == user_id, track_tag.c.track_id == track_id))
    if tags:
        rows = [{"user_id": user_id, "track_id": track_id, "tag": tag} for tag in tags]
        uow.execute(track_tag.insert(), rows)


def set_note(uow: UnitOfWork, user_id: str, track_id: str, note: str, at: int) -> None:
    """Replace the note of a track; an empty one is removed."""
    if not note:
        uow.execute(
            delete(track_note).where(track_note.c.user_id == user_id, track_note.c.track_id == track_id)
        )
        return
    row = {"user_id": user_id, "track_id": track_id, "note": note, "updated_at": at}
    upsert(uow, track_note, [row], keys=["user_id", "track_id"], update=["note", "updated_at"])


def tag_counts(uow: UnitOfWork, user_id: str) -> list[tuple[str, int]]:
    """The user's tags with the number of tracks each is on."""
    statement = (
        select(track_tag.c.tag, func.count().label("tracks"))
        .where(track_tag.c.user_id == user_id)
        .group_by(track_tag.c.tag)
        .order_by(track_tag.c.tag)
    )
    return [(row.tag, row.tracks) for row in uow.execute(statement)]


def plays(user_id: str) -> Select[Any]:
    """The user's plays, for a page of them."""
    columns = (play.c.id, play.c.track_id, play.c.started_at, play.c.played_s, play.c.client)
    return select(*columns).where(play.c.user_id == user_id)


def queue(uow: UnitOfWork, user_id: str) -> Any:
    """The row of the user's queue, or None."""
    return uow.execute(select(play_queue).where(play_queue.c.user_id == user_id)).one_or_none()


def put_queue(uow: UnitOfWork, row: dict[str, Any]) -> None:
    """The user's queue, in place of the one before."""
    upsert(uow, play_queue, [row], keys=["user_id"], update=[name for name in row if name != "user_id"])
