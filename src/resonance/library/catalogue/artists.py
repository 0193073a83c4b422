"""Artists: pages, the whole index, one with albums and best loved tracks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Select, func, select

from resonance.core.text import index_letter
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import album, album_artist, artist, track, track_artist
from resonance.db.tables.listens import like, rating, track_stat
from resonance.library.catalogue import store
from resonance.library.catalogue.access import (
    album_seen,
    artist_seen,
    chunks,
    mask,
    not_found,
    track_seen,
)
from resonance.library.catalogue.album_pages import Order, starts_with
from resonance.library.catalogue.albums import albums_by_ids
from resonance.library.catalogue.cache import catalogue_mark, remembered
from resonance.library.catalogue.pages import Sort, page
from resonance.library.catalogue.tracks import tracks_by_ids
from resonance.model.caller import Caller
from resonance.model.catalogue import ArtistDetail, ArtistIndex, ArtistItem, CataloguePage, TrackItem

ArtistSort = Literal["name", "albums", "added"]
TOP_TRACKS = 10

ARTISTS: Select[Any] = select(
    artist.c.id,
    artist.c.name,
    artist.c.name_sort,
    artist.c.album_count,
    artist.c.track_count,
    artist.c.image_path,
    artist.c.mbid,
    like.c.liked_at,
    rating.c.stars,
).select_from(
    artist.outerjoin(like, store.own_like("artist", artist.c.id)).outerjoin(
        rating, store.own_rating("artist", artist.c.id)
    )
)
_KEYSETS: dict[str, Sort] = {
    "name": Sort((artist.c.name_sort, artist.c.id)),
    "albums": Sort((artist.c.album_count, artist.c.name_sort, artist.c.id)),
    "added": Sort((artist.c.added_at, artist.c.id)),
}


@dataclass(frozen=True, slots=True)
class ArtistQuery:
    """Which artists, and in which order; `order` None runs most and newest first, names upwards."""

    sort: ArtistSort = "name"
    order: Order | None = None
    letter: str | None = None
    liked: bool | None = None

    @property
    def descending(self) -> bool:
        """Whether the order runs downwards."""
        return self.order == "desc" if self.order else self.sort != "name"


def artists(
    uow: UnitOfWork, caller: Caller, query: ArtistQuery, *, cursor: str | None = None, limit: int = 100
) -> CataloguePage:
    """A page of artists. Invalid for a cursor of another list or a limit outside 1..500."""
    conditions = artist_seen(caller)
    if query.letter is not None:
        conditions.append(starts_with(artist.c.name_sort, query.letter))
    if query.liked is not None:
        mine = select(like.c.item_id).where(like.c.user_id == store.ME, like.c.item_kind == "artist")
        conditions.append(artist.c.id.in_(mine) if query.liked else artist.c.id.not_in(mine))
    rows, following = page(
        uow,
        ARTISTS.where(*conditions),
        _KEYSETS[query.sort],
        name=f"artists.{query.sort}",
        descending=query.descending,
        cursor=cursor,
        limit=limit,
        parameters={"me": caller.user_id},
    )
    total = None if query.liked is not None else _total(uow, caller, query.letter, conditions)
    return CataloguePage(artist_items(uow, caller, rows), following, total)


def artists_by_ids(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> list[ArtistItem]:
    """The artists of `ids` in that order; those the caller cannot see are left out."""
    return artist_items(
        uow, caller, store.rows_by_ids(uow, caller, ARTISTS, artist.c.id, artist_seen(caller), ids)
    )


def liked_artists(uow: UnitOfWork, caller: Caller) -> list[ArtistItem]:
    """What the caller liked, newest first."""
    mine = ARTISTS.where(like.c.liked_at > 0, *artist_seen(caller))
    rows = uow.execute(mine.order_by(like.c.liked_at.desc(), artist.c.id), {"me": caller.user_id}).all()
    return artist_items(uow, caller, rows)


def artist_detail(uow: UnitOfWork, caller: Caller, artist_id: str) -> ArtistDetail:
    """One artist. NotFound when nothing of theirs is in the caller's sight."""
    found = artists_by_ids(uow, caller, [artist_id])
    if not found:
        raise not_found("artist")
    newest = (album.c.year.is_(None), album.c.year.desc(), album.c.title_sort, album.c.id)
    own = (
        select(album.c.id)
        .join(album_artist, album_artist.c.album_id == album.c.id)
        .where(album_artist.c.artist_id == artist_id, *album_seen(caller))
        .order_by(*newest)
    )
    guest = (
        select(album.c.id)
        .where(
            album.c.id.in_(_albums_with(artist_id)),
            album.c.id.not_in(select(album_artist.c.album_id).where(album_artist.c.artist_id == artist_id)),
            *album_seen(caller),
        )
        .order_by(*newest)
    )
    return ArtistDetail(
        **msgspec.structs.asdict(found[0]),
        albums=albums_by_ids(uow, caller, list(uow.execute(own).scalars())),
        appears_on=albums_by_ids(uow, caller, list(uow.execute(guest).scalars())),
        top_tracks=top_tracks(uow, caller, artist_id, count=TOP_TRACKS),
    )


def top_tracks(uow: UnitOfWork, caller: Caller, artist_id: str, *, count: int) -> list[TrackItem]:
    """What the caller plays most by an artist, filled up with what anybody here plays, then by title."""
    own_plays = (
        select(track_stat.c.play_count)
        .where(track_stat.c.track_id == track.c.id, track_stat.c.user_id == caller.user_id)
        .scalar_subquery()
    )
    all_plays = (
        select(func.sum(track_stat.c.play_count)).where(track_stat.c.track_id == track.c.id).scalar_subquery()
    )
    statement = (
        select(track.c.id)
        .join(track_artist, track_artist.c.track_id == track.c.id)
        .where(track_artist.c.artist_id == artist_id, track_artist.c.role == "artist", *track_seen(caller))
        .order_by(
            func.coalesce(own_plays, 0).desc(),
            func.coalesce(all_plays, 0).desc(),
            track.c.title_sort,
            track.c.id,
        )
        .limit(count)
    )
    return tracks_by_ids(uow, caller, list(uow.execute(statement).scalars()))


def artist_index(uow: UnitOfWork, caller: Caller) -> list[ArtistIndex]:
    """Every album artist under its letter (# first, then A to Z), remembered per catalogue version."""

    def make() -> dict[str, ArtistItem]:
        conditions = [*artist_seen(caller), artist.c.id.in_(select(album_artist.c.artist_id))]
        bare = ARTISTS.where(*conditions).order_by(artist.c.name_sort, artist.c.id)
        rows = uow.execute(bare, {"me": ""}).all()
        return {item.id: item for item in artist_items(uow, caller, rows) if item.album_count}

    bare = remembered(uow, ("artist index", mask(caller)), catalogue_mark(uow), make, lambda m: 800 * len(m))
    marked = ARTISTS.where((like.c.liked_at > 0) | (rating.c.stars > 0))
    everyone = dict(bare)
    for row in uow.execute(marked, {"me": caller.user_id}):
        if row.id in everyone:
            everyone[row.id] = msgspec.structs.replace(everyone[row.id], **_own(row))
    ordered = sorted(everyone.values(), key=lambda item: item.letter)  # stable: names stay in order
    return [
        ArtistIndex(letter, list(members))
        for letter, members in groupby(ordered, key=lambda item: item.letter)
    ]


def artist_items(uow: UnitOfWork, caller: Caller, rows: Sequence[Any]) -> list[ArtistItem]:
    """Rows of ARTISTS as items; counts are those of the caller's libraries."""
    ids = [row.id for row in rows]
    covers = _covers(uow, caller, ids)
    counts = None if caller.libraries is None else _counts(uow, caller, ids)
    return [
        ArtistItem(
            id=row.id,
            name=row.name,
            sort_name=row.name_sort,
            letter=index_letter(row.name_sort),
            album_count=row.album_count if counts is None else counts[0].get(row.id, 0),
            track_count=row.track_count if counts is None else counts[1].get(row.id, 0),
            image_id=row.id if row.image_path else None,
            cover_id=covers.get(row.id),
            mbid=row.mbid,
            **_own(row),
        )
        for row in rows
    ]


def _own(row: Any) -> dict[str, Any]:
    return {
        "liked": row.liked_at is not None,
        "liked_at": store.when(row.liked_at),
        "rating": row.stars or 0,
    }


def _covers(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> dict[str, str]:
    """For each artist the cover of their newest album that has one."""
    covers: dict[str, str] = {}
    for some in chunks(ids):
        statement = (
            select(album_artist.c.artist_id, album.c.cover_id)
            .join(album, album.c.id == album_artist.c.album_id)
            .where(album_artist.c.artist_id.in_(some), album.c.cover_id.is_not(None), *album_seen(caller))
            .order_by(func.coalesce(album.c.year, 0), album.c.id)
        )
        covers.update((row.artist_id, row.cover_id) for row in uow.execute(statement))
    return covers


def _counts(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    albums: dict[str, int] = {}
    tracks: dict[str, int] = {}
    for some in chunks(ids):
        by_album = (
            select(album_artist.c.artist_id, func.count().label("n"))
            .join(album, album.c.id == album_artist.c.album_id)
            .where(album_artist.c.artist_id.in_(some), *album_seen(caller))
            .group_by(album_artist.c.artist_id)
        )
        by_track = (
            select(track_artist.c.artist_id, func.count().label("n"))
            .join(track, track.c.id == track_artist.c.track_id)
            .where(track_artist.c.artist_id.in_(some), track_artist.c.role == "artist", *track_seen(caller))
            .group_by(track_artist.c.artist_id)
        )
        albums.update((row.artist_id, row.n) for row in uow.execute(by_album))
        tracks.update((row.artist_id, row.n) for row in uow.execute(by_track))
    return albums, tracks


def _albums_with(artist_id: str) -> Select[Any]:
    return (
        select(track.c.album_id)
        .join(track_artist, track_artist.c.track_id == track.c.id)
        .where(
            track_artist.c.artist_id == artist_id,
            track_artist.c.role == "artist",
            track.c.missing_at.is_(None),
            track.c.album_id.is_not(None),
        )
    )


def _total(uow: UnitOfWork, caller: Caller, letter: str | None, conditions: list[ColumnElement[bool]]) -> int:
    def count() -> int:
        return int(uow.execute(select(func.count()).select_from(artist).where(*conditions)).scalar_one())

    return remembered(uow, ("artist total", letter, mask(caller)), catalogue_mark(uow), count)
