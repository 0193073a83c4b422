"""Pages of albums in every order and with every filter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from resonance.core.errors import Invalid
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, genre, track, track_genre
from resonance.db.tables.listens import like, rating, track_stat
from resonance.library.catalogue import store
from resonance.library.catalogue.access import album_seen, mask
from resonance.library.catalogue.albums import albums_by_ids
from resonance.library.catalogue.cache import Ids, catalogue_mark, own_mark, remembered
from resonance.library.catalogue.lists import list_page, ordered_ids, random_page, sample
from resonance.library.catalogue.pages import Sort, page
from resonance.model.caller import Caller
from resonance.model.catalogue import AlbumItem, CataloguePage

AlbumSort = Literal[
    "title", "artist", "year", "added", "random", "recently_played", "most_played", "rating", "liked"
]
Order = Literal["asc", "desc"]
# Above this many albums a genre is tested row by row along the order, below it is looked up and then sorted.
BROAD = 400

_KEYSETS: dict[str, Sort] = {
    "title": Sort((album.c.title_sort, album.c.id)),
    "artist": Sort((album.c.artist_sort, album.c.title_sort, album.c.id)),
    "added": Sort((album.c.added_at, album.c.id)),
    "year": Sort(
        (album.c.year, album.c.title_sort, album.c.id),
        present=album.c.year.is_not(None),
        rest=album.c.year.is_(None),
        rest_keys=(album.c.title_sort, album.c.id),
    ),
}
_NEWEST_FIRST = frozenset({"added", "recently_played", "most_played", "rating", "liked"})


@dataclass(frozen=True, slots=True)
class AlbumQuery:
    """Which albums, and in which order.

    "recently_played", "most_played", "rating" and "liked" list only what the caller has played, rated, liked.
    `order` None is the natural one: newest and most first, names and years ascending. `letter` is A-Z or #,
    of the title, or of the artist where that is the order.
    """

    sort: AlbumSort = "title"
    order: Order | None = None
    genre_id: str | None = None
    artist_id: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    liked: bool | None = None
    letter: str | None = None

    @property
    def descending(self) -> bool:
        """Whether the order runs downwards."""
        return self.order == "desc" if self.order else self.sort in _NEWEST_FIRST

    @property
    def own(self) -> bool:
        """Whether the caller's likes, ratings or plays decide what is listed."""
        return self.liked is not None or self.sort in ("recently_played", "most_played", "rating", "liked")


def albums(
    uow: UnitOfWork, caller: Caller, query: AlbumQuery, *, cursor: str | None = None, limit: int = 100
) -> CataloguePage:
    """A page of albums. Invalid for a cursor of another list or a limit outside 1..500."""
    name = f"albums.{query.sort}"
    if query.sort in _KEYSETS:
        rows, following = page(
            uow,
            store.ALBUMS.where(*_conditions(uow, caller, query)),
            _KEYSETS[query.sort],
            name=name,
            descending=query.descending,
            cursor=cursor,
            limit=limit,
            parameters={"me": caller.user_id},
        )
        return CataloguePage(store.album_items(uow, rows), following, album_total(uow, caller, query))
    ids = album_ids(uow, caller, query)
    part = (random_page if query.sort == "random" else list_page)(ids, name=name, cursor=cursor, limit=limit)
    return CataloguePage(albums_by_ids(uow, caller, part.ids), part.next, len(ids))


def album_ids(uow: UnitOfWork, caller: Caller, query: AlbumQuery) -> Ids:
    """All ids of a query in order, remembered: for offset pages and random picks."""
    key = ("album", replace(query, order="desc" if query.descending else "asc"))
    return ordered_ids(uow, caller, key, own=query.own, select=lambda: _id_select(uow, caller, query))


def albums_at(
    uow: UnitOfWork, caller: Caller, query: AlbumQuery, *, offset: int, count: int
) -> list[AlbumItem]:
    """The albums from `offset` on, for clients that know no cursors. Random ones are sampled."""
    ids = album_ids(uow, caller, query)
    picked = sample(ids, count) if query.sort == "random" else ids.slice(offset, count)
    return albums_by_ids(uow, caller, picked)


def album_total(uow: UnitOfWork, caller: Caller, query: AlbumQuery) -> int:
    """How many albums a query has, whatever its order."""
    unordered = replace(query, sort="title", order=None, letter=query.letter and _letter_key(query))
    mark = own_mark(uow, caller) if unordered.own else catalogue_mark(uow)

    def count() -> int:
        statement = select(func.count()).select_from(album).where(*_conditions(uow, caller, query))
        return int(uow.execute(statement, {"me": caller.user_id}).scalar_one())

    key = ("album total", unordered, mask(caller), caller.user_id if unordered.own else None)
    return remembered(uow, key, mark, count)


def _letter_key(query: AlbumQuery) -> str:
    return f"{query.letter}:{'artist' if query.sort == 'artist' else 'title'}"


def _id_select(uow: UnitOfWork, caller: Caller, query: AlbumQuery) -> Select[Any]:
    statement = select(album.c.id).where(*_conditions(uow, caller, query))
    if query.sort == "random":
        return statement.order_by(album.c.id)
    down = query.descending

    def ordered(statement: Select[Any], *keys: Any) -> Select[Any]:
        return statement.order_by(*(key.desc() if down else key.asc() for key in keys))

    if query.sort in ("recently_played", "most_played"):
        played = statement.join(track, track.c.album_id == album.c.id).join(
            track_stat, and_(track_stat.c.track_id == track.c.id, track_stat.c.user_id == store.ME)
        )
        played = played.where(track.c.missing_at.is_(None)).group_by(album.c.id)
        last, plays = func.max(track_stat.c.last_played_at), func.sum(track_stat.c.play_count)
        keys = (plays, last, album.c.id) if query.sort == "most_played" else (last, album.c.id)
        return ordered(played, *keys)
    if query.sort == "rating":
        rated = statement.join(rating, store.own_rating("album", album.c.id))
        return ordered(rated, rating.c.stars, rating.c.rated_at, album.c.id)
    if query.sort == "liked":
        liked = statement.join(like, store.own_like("album", album.c.id))
        return ordered(liked, like.c.liked_at, album.c.id)
    sort = _KEYSETS[query.sort]
    if sort.rest is None:
        return ordered(statement, *sort.keys)
    return ordered(statement.order_by(sort.keys[0].is_(None)), *sort.keys)


def _conditions(uow: UnitOfWork, caller: Caller, query: AlbumQuery) -> list[ColumnElement[bool]]:
    conditions = album_seen(caller)
    if query.genre_id is not None:
        conditions.append(_of_genre(uow, query.genre_id))
    if query.artist_id is not None:
        theirs = select(album_artist.c.album_id).where(album_artist.c.artist_id == query.artist_id)
        conditions.append(album.c.id.in_(theirs))
    if query.year_from is not None:
        conditions.append(album.c.year >= query.year_from)
    if query.year_to is not None:
        conditions.append(album.c.year <= query.year_to)
    if query.liked is not None:
        mine = select(like.c.item_id).where(like.c.user_id == store.ME, like.c.item_kind == "album")
        conditions.append(album.c.id.in_(mine) if query.liked else album.c.id.not_in(mine))
    if query.letter is not None:
        conditions.append(
            starts_with(album.c.artist_sort if query.sort == "artist" else album.c.title_sort, query.letter)
        )
    return conditions


def _of_genre(uow: UnitOfWork, genre_id: str) -> ColumnElement[bool]:
    size = uow.execute(select(genre.c.album_count).where(genre.c.id == genre_id)).scalar()
    if size is not None and size > BROAD:
        # Nested, so that SQLite goes from the album to its tracks and not through the whole genre each time.
        fits = exists().where(track_genre.c.track_id == track.c.id, track_genre.c.genre_id == genre_id)
        return exists().where(track.c.album_id == album.c.id, track.c.missing_at.is_(None), fits)
    within = select(track.c.album_id).join(track_genre, track_genre.c.track_id == track.c.id)
    return album.c.id.in_(within.where(track_genre.c.genre_id == genre_id, track.c.missing_at.is_(None)))


def starts_with(column: ColumnElement[str], letter: str) -> ColumnElement[bool]:
    """Whether a sort key stands under the heading `letter`, A-Z or #. Invalid for anything else."""
    if letter == "#":
        return or_(column < "a", column >= "{")  # "{" follows "z"
    folded = letter.lower()
    if len(folded) != 1 or not "a" <= folded <= "z":
        raise Invalid("A letter is A to Z, or #.", field="letter")
    return and_(column >= folded, column < chr(ord(folded) + 1))
