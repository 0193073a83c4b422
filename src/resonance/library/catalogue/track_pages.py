"""Pages of tracks in every order and with every filter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Select, case, func, select

from resonance.db import traits
from resonance.db.engine import UnitOfWork
from resonance.db.tables.analysis import trait
from resonance.db.tables.library import album, track
from resonance.db.tables.listens import like, rating, track_stat
from resonance.library.catalogue import store
from resonance.library.catalogue.access import mask
from resonance.library.catalogue.cache import Ids, list_mark, remembered
from resonance.library.catalogue.lists import list_page, ordered_ids, random_page
from resonance.library.catalogue.pages import Sort, page
from resonance.library.catalogue.track_query import TrackQuery, conditions, source
from resonance.library.catalogue.tracks import tracks_by_ids
from resonance.model.caller import Caller
from resonance.model.catalogue import CataloguePage

_BY_TITLE = (track.c.title_sort, track.c.id)


def _by_trait(column: Any) -> Sort:
    # "> 0" for the reason given at play_count; no tempo is 0, and energy of 0 is told from no energy.
    present = column > 0 if column is not traits.ENERGY else column >= 0
    return Sort((column, trait.c.track_id), present=present, rest=column.is_(None), rest_keys=_BY_TITLE)


_KEYSETS: dict[str, Sort] = {
    "title": Sort(_BY_TITLE),
    "artist": Sort((track.c.artist_sort, *_BY_TITLE)),
    "added": Sort((track.c.added_at, track.c.id)),
    "duration": Sort((track.c.duration_s, track.c.id)),
    "year": Sort(
        (track.c.year, *_BY_TITLE),
        present=track.c.year.is_not(None),
        rest=track.c.year.is_(None),
        rest_keys=_BY_TITLE,
    ),
    # "> 0", not "is not null": only then does SQLite see an inner join here and follow its index.
    "play_count": Sort(
        (track_stat.c.play_count, track_stat.c.track_id),
        present=track_stat.c.play_count > 0,
        rest=func.coalesce(track_stat.c.play_count, 0) == 0,
        rest_keys=_BY_TITLE,
        rest_is_zero=True,
    ),
    "rating": Sort(
        (rating.c.stars, rating.c.item_id),
        present=rating.c.stars > 0,
        rest=rating.c.stars.is_(None),
        rest_keys=_BY_TITLE,
        rest_is_zero=True,
    ),
    "bpm": _by_trait(traits.BPM),
    "key": _by_trait(traits.KEY_PLACE),
    "energy": _by_trait(traits.ENERGY),
}


def tracks(
    uow: UnitOfWork, caller: Caller, query: TrackQuery, *, cursor: str | None = None, limit: int = 100
) -> CataloguePage:
    """A page of tracks. Invalid for a cursor of another list or a limit outside 1..500."""
    name = f"tracks.{query.sort}"
    if query.sort in _KEYSETS:
        rows, following = page(
            uow,
            store.TRACKS.where(*conditions(uow, caller, query)),
            _KEYSETS[query.sort],
            name=name,
            descending=query.descending,
            cursor=cursor,
            limit=limit,
            parameters={"me": caller.user_id},
        )
        return CataloguePage(store.track_items(uow, caller, rows), following, track_total(uow, caller, query))
    ids = track_ids(uow, caller, query)
    part = (random_page if query.sort == "random" else list_page)(ids, name=name, cursor=cursor, limit=limit)
    return CataloguePage(tracks_by_ids(uow, caller, part.ids), part.next, len(ids))


def track_ids(uow: UnitOfWork, caller: Caller, query: TrackQuery) -> Ids:
    """All ids of a query in order, remembered: for offset pages and random picks."""
    key = ("track", replace(query, order="desc" if query.descending else "asc"))
    return ordered_ids(
        uow, caller, key, own=query.own, heard=query.heard, select=lambda: _id_select(uow, caller, query)
    )


def tracks_from(
    uow: UnitOfWork, caller: Caller, query: TrackQuery, *, offset: int, limit: int
) -> CataloguePage:
    """A page of tracks by its place, for who jumps far into a list. Not for random ones."""
    picked = track_ids(uow, caller, query).slice(offset, limit)
    return CataloguePage(tracks_by_ids(uow, caller, picked), None, track_total(uow, caller, query))


def track_total(uow: UnitOfWork, caller: Caller, query: TrackQuery) -> int:
    """How many tracks a query has, whatever its order."""
    if query.sort in ("random", "liked", "album"):
        return len(track_ids(uow, caller, query))
    unordered = replace(query, sort="title", order=None)
    mark = list_mark(uow, caller, own=unordered.own, heard=unordered.heard)

    def count() -> int:
        statement = select(func.count()).select_from(source(unordered))
        statement = statement.where(*conditions(uow, caller, unordered))
        return int(uow.execute(statement, {"me": caller.user_id}).scalar_one())

    key = ("track total", unordered, mask(caller), caller.user_id if unordered.own else None)
    return remembered(uow, key, mark, count)


def _id_select(uow: UnitOfWork, caller: Caller, query: TrackQuery) -> Select[Any]:
    statement = select(track.c.id).select_from(source(query)).where(*conditions(uow, caller, query))
    down = query.descending

    def turned(*keys: Any) -> list[Any]:
        return [key.desc() if down else key.asc() for key in keys]

    if query.sort == "random":
        return statement.order_by(track.c.id)
    if query.sort == "liked":
        liked = statement.join(like, store.own_like("track", track.c.id))
        return liked.order_by(*turned(like.c.liked_at, track.c.id))
    if query.sort == "album":
        # Albums run up or down, but each is played from its first track; loose tracks come last.
        joined = statement.outerjoin(album, album.c.id == track.c.album_id)
        return joined.order_by(
            album.c.id.is_(None), *turned(album.c.title_sort, album.c.id), *store.ALBUM_ORDER
        )
    if query.sort == "play_count":
        statement = statement.outerjoin(track_stat, store.own_stat())
        plays = func.coalesce(track_stat.c.play_count, 0)
        return statement.order_by(*turned(plays, *_BY_TITLE))
    if query.sort == "rating":
        statement = statement.outerjoin(rating, store.own_rating("track", track.c.id))
        return statement.order_by(*turned(func.coalesce(rating.c.stars, 0), *_BY_TITLE))
    sort = _KEYSETS[query.sort]
    if query.sort in ("bpm", "key", "energy"):
        value, last = sort.keys
        # A row may know the key and no tempo: then it stands among those that know nothing.
        placed = (value, case((value.is_not(None), last)), *sort.rest_keys)
        return statement.order_by(value.is_(None), *turned(*placed))
    if sort.rest is not None:
        statement = statement.order_by(sort.keys[0].is_(None))
    return statement.order_by(*turned(*sort.keys))
