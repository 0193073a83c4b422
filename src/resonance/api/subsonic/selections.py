"""Which albums and songs stand in a list, and in what order: pages of ids."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from resonance.core.ids import new_id
from resonance.core.text import fold
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, artist, genre, track, track_artist, track_genre
from resonance.db.tables.listens import like, rating, track_stat
from resonance.library import catalogue_access as access
from resonance.model.caller import Caller

# Up to here a shuffle sorts everything; above it, runs of ids are drawn (ids are random themselves).
SHUFFLE_ALL = 2_000
RUNS = 10
EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """`size` ids after the first `offset`."""

    size: int
    offset: int = 0

    def of(self, wanted: Select[tuple[str]], uow: UnitOfWork) -> list[str]:
        """The ids of this page of `wanted`."""
        if self.size == 0:
            return []
        return list(uow.execute(wanted.limit(self.size).offset(self.offset)).scalars())


def albums_by_name(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """By title."""
    return page.of(_albums(viewer).order_by(album.c.title_sort, album.c.id), uow)


def albums_by_artist(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """By artist, then title."""
    return page.of(_albums(viewer).order_by(album.c.artist_sort, album.c.title_sort, album.c.id), uow)


def albums_newest(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """Last added first."""
    return page.of(_albums(viewer).order_by(album.c.added_at.desc(), album.c.id.desc()), uow)


def albums_random(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """Some, in no order."""
    return _draw(uow, _albums(viewer), album.c.id, page.size)


def albums_highest(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """What the user rated, best first."""
    mine = and_(
        rating.c.item_id == album.c.id, rating.c.item_kind == "album", rating.c.user_id == viewer.user_id
    )
    best = _albums(viewer).join(rating, mine)
    return page.of(best.order_by(rating.c.stars.desc(), album.c.title_sort, album.c.id), uow)


def albums_starred(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """What the user likes, last liked first."""
    liked = _albums(viewer).join(like, _liked("album", album.c.id, viewer))
    return page.of(liked.order_by(like.c.liked_at.desc(), album.c.id), uow)


def albums_frequent(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """Most played by the user first."""
    total = func.sum(track_stat.c.play_count)
    return page.of(_played(viewer).order_by(total.desc(), album.c.id), uow)


def albums_recent(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """Last played by the user first."""
    last = func.max(track_stat.c.last_played_at)
    return page.of(_played(viewer).having(last.is_not(None)).order_by(last.desc(), album.c.id), uow)


def albums_by_year(uow: UnitOfWork, viewer: Caller, page: Page, first: int, last: int) -> list[str]:
    """Of these years; `first` after `last` turns the order round."""
    within = _albums(viewer).where(album.c.year.between(min(first, last), max(first, last)))
    year = album.c.year.desc() if first > last else album.c.year
    return page.of(within.order_by(year, album.c.title_sort, album.c.id), uow)


def albums_by_genre(uow: UnitOfWork, viewer: Caller, page: Page, name: str) -> list[str]:
    """With a track of that genre, by title."""
    has = exists().where(track.c.album_id == album.c.id, track.c.missing_at.is_(None), _of_genre(name))
    return page.of(_albums(viewer).where(has).order_by(album.c.title_sort, album.c.id), uow)


def songs_by_title(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """Every song."""
    return page.of(_songs(viewer).order_by(track.c.title_sort, track.c.id), uow)


def songs_by_genre(uow: UnitOfWork, viewer: Caller, page: Page, name: str) -> list[str]:
    """Of that genre, by artist."""
    found = _songs(viewer).where(exists().where(_of_genre(name)))
    return page.of(found.order_by(track.c.artist_sort, track.c.title_sort, track.c.id), uow)


def songs_random(
    uow: UnitOfWork, viewer: Caller, size: int, name: str | None, first: int | None, last: int | None
) -> list[str]:
    """Some, of a genre and of years where they are given."""
    wanted = _songs(viewer)
    if name:
        wanted = wanted.where(exists().where(_of_genre(name)))
    if first is not None:
        wanted = wanted.where(track.c.year >= first)
    if last is not None:
        wanted = wanted.where(track.c.year <= last)
    if name or first is not None or last is not None:
        return list(uow.execute(wanted.order_by(func.random()).limit(size)).scalars())
    return _draw(uow, wanted, track.c.id, size)


def songs_starred(uow: UnitOfWork, viewer: Caller) -> list[str]:
    """What the user likes, last liked first."""
    liked = _songs(viewer).join(like, _liked("track", track.c.id, viewer))
    return list(uow.execute(liked.order_by(like.c.liked_at.desc(), track.c.id)).scalars())


def songs_top(uow: UnitOfWork, viewer: Caller, artist_name: str, size: int) -> list[str]:
    """The user's most played songs of an artist; those never played are not among them."""
    mine = and_(track_stat.c.track_id == track.c.id, track_stat.c.user_id == viewer.user_id)
    theirs = exists().where(
        track_artist.c.track_id == track.c.id,
        track_artist.c.role == "artist",
        track_artist.c.artist_id == artist.c.id,
        artist.c.name_folded == fold(artist_name),
    )
    found = _songs(viewer).join(track_stat, mine).where(theirs, track_stat.c.play_count > 0)
    return list(uow.execute(found.order_by(track_stat.c.play_count.desc(), track.c.id).limit(size)).scalars())


def artists_starred(uow: UnitOfWork, viewer: Caller) -> list[str]:
    """Whom the user likes, last liked first."""
    liked = select(artist.c.id).join(like, _liked("artist", artist.c.id, viewer))
    return list(uow.execute(liked.order_by(like.c.liked_at.desc(), artist.c.id)).scalars())


def artists_by_name(uow: UnitOfWork, viewer: Caller, page: Page) -> list[str]:
    """Everyone with an album of their own."""
    own = exists().where(
        album_artist.c.artist_id == artist.c.id,
        album.c.id == album_artist.c.album_id,
        *access.album_seen(viewer),
    )
    return page.of(select(artist.c.id).where(own).order_by(artist.c.name_sort, artist.c.id), uow)


def _albums(viewer: Caller) -> Select[tuple[str]]:
    return select(album.c.id).where(*access.album_seen(viewer))


def _songs(viewer: Caller) -> Select[tuple[str]]:
    return select(track.c.id).where(*access.track_seen(viewer))


def _played(viewer: Caller) -> Select[tuple[str]]:
    mine = and_(track_stat.c.track_id == track.c.id, track_stat.c.user_id == viewer.user_id)
    return (
        _albums(viewer)
        .join(track, track.c.album_id == album.c.id)
        .join(track_stat, mine)
        .where(track_stat.c.play_count > 0)
        .group_by(album.c.id)
    )


def _liked(kind: str, item_id: ColumnElement[str], viewer: Caller) -> ColumnElement[bool]:
    return and_(like.c.item_id == item_id, like.c.item_kind == kind, like.c.user_id == viewer.user_id)


def _of_genre(name: str) -> ColumnElement[bool]:
    return and_(
        track_genre.c.track_id == track.c.id,
        track_genre.c.genre_id == genre.c.id,
        genre.c.name_folded == fold(name),
    )


def _draw(uow: UnitOfWork, wanted: Select[tuple[str]], key: ColumnElement[str], size: int) -> list[str]:
    """`size` ids at random. Large libraries are not sorted for it: ids are random numbers already, so some
    runs of neighbours, begun at random places, are a fair draw.
    """
    few = list(uow.execute(wanted.limit(SHUFFLE_ALL + 1)).scalars())
    if len(few) <= SHUFFLE_ALL:
        return random.sample(few, min(size, len(few)))
    drawn: dict[str, None] = {}
    run = -(-size // RUNS)
    for _ in range(RUNS * 3):
        drawn.update(
            dict.fromkeys(uow.execute(wanted.where(key >= new_id()).order_by(key).limit(run)).scalars())
        )
        if len(drawn) >= size:
            break
    ids = list(drawn)
    random.shuffle(ids)
    return ids[:size]
