"""Handlers: lists of albums and songs. The catalogue keeps every order as ids; here are pages of them."""

from __future__ import annotations

from resonance.api.subsonic import shapes
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import Code, SubsonicFault
from resonance.api.subsonic.model import (
    AlbumID3,
    AlbumList,
    AlbumList2,
    SearchResult2,
    SearchResult3,
    Songs,
)
from resonance.api.subsonic.params import Params
from resonance.db.engine import UnitOfWork
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery, AlbumSort, Order, TrackQuery
from resonance.library.catalogue.lists import sample
from resonance.model.caller import Caller

MOST = 500
ALL = 1_000_000

_ORDERS: dict[str, AlbumSort] = {
    "random": "random",
    "newest": "added",
    "highest": "rating",
    "frequent": "most_played",
    "recent": "recently_played",
    "alphabeticalByName": "title",
    "alphabeticalByArtist": "artist",
    "starred": "liked",
}


def get_album_list(call: Call, uow: UnitOfWork) -> Answer:
    """A page of albums as folders."""
    return Fragment("albumList", AlbumList(album=shapes.album_children(_albums(call, uow))))


def get_album_list2(call: Call, uow: UnitOfWork) -> Answer:
    """A page of albums."""
    return Fragment("albumList2", AlbumList2(album=_albums(call, uow)))


def _albums(call: Call, uow: UnitOfWork) -> list[AlbumID3]:
    params = call.params
    query = _album_query(uow, params)
    if query is None:
        return []
    viewer = call.viewer(uow)
    size, offset = params.number("size", 10, high=MOST), params.number("offset", 0)
    ids = catalogue.album_ids(uow, viewer, query)
    some = sample(ids, size) if query.sort == "random" else ids.slice(offset, size)
    return shapes.albums(uow, viewer, some)


def _album_query(uow: UnitOfWork, params: Params) -> AlbumQuery | None:
    """None stands for a genre that nothing has."""
    kind = params.required("type")
    if kind in _ORDERS:
        return AlbumQuery(_ORDERS[kind])
    if kind == "byYear":
        first, last = params.required_number("fromYear"), params.required_number("toYear")
        order: Order = "desc" if first > last else "asc"
        return AlbumQuery("year", order, year_from=year(min(first, last)), year_to=year(max(first, last)))
    if kind == "byGenre":
        genre_id = catalogue.genre_named(uow, params.required("genre"))
        return AlbumQuery("title", genre_id=genre_id) if genre_id else None
    raise SubsonicFault(Code.GENERIC, f"There is no list of type '{kind[:40]}'.")


def year(number: int) -> int:
    """A year that the database's integers can hold."""
    return min(max(number, -9999), 9999)


def get_random_songs(call: Call, uow: UnitOfWork) -> Answer:
    """Songs at random, of a genre and of years where they are given."""
    params, viewer = call.params, call.viewer(uow)
    genre = params.text("genre")
    genre_id = catalogue.genre_named(uow, genre) if genre else None
    if genre and genre_id is None:
        return Fragment("randomSongs", Songs(song=[]))
    first, last = params.optional_number("fromYear"), params.optional_number("toYear")
    query = TrackQuery(
        "random",
        genre_id=genre_id,
        year_from=None if first is None else year(first),
        year_to=None if last is None else year(last),
    )
    ids = sample(catalogue.track_ids(uow, viewer, query), params.number("size", 10, high=MOST))
    return Fragment("randomSongs", Songs(song=shapes.songs(uow, viewer, ids)))


def get_songs_by_genre(call: Call, uow: UnitOfWork) -> Answer:
    """A page of the songs of one genre, by artist."""
    params, viewer = call.params, call.viewer(uow)
    count, offset = params.number("count", 10, high=MOST), params.number("offset", 0)
    genre_id = catalogue.genre_named(uow, params.required("genre"))
    query = TrackQuery("artist", genre_id=genre_id)
    ids = catalogue.track_ids(uow, viewer, query).slice(offset, count) if genre_id else []
    return Fragment("songsByGenre", Songs(song=shapes.songs(uow, viewer, ids)))


def get_starred(call: Call, uow: UnitOfWork) -> Answer:
    """What the caller likes, in the folder view."""
    found = _starred(uow, call.viewer(uow))
    return Fragment("starred", folder_view(found))


def get_starred2(call: Call, uow: UnitOfWork) -> Answer:
    """What the caller likes, last liked first."""
    return Fragment("starred2", _starred(uow, call.viewer(uow)))


def _starred(uow: UnitOfWork, viewer: Caller) -> SearchResult3:
    artists = [artist.id for artist in catalogue.liked_artists(uow, viewer)]
    albums = catalogue.album_ids(uow, viewer, AlbumQuery("liked")).slice(0, ALL)
    songs = catalogue.track_ids(uow, viewer, TrackQuery("liked")).slice(0, ALL)
    return SearchResult3(
        artist=shapes.artists(uow, viewer, artists),
        album=shapes.albums(uow, viewer, albums),
        song=shapes.songs(uow, viewer, songs),
    )


def folder_view(found: SearchResult3) -> SearchResult2:
    """Artists, albums and songs as folder clients know them."""
    return SearchResult2(
        artist=shapes.folder_artists(found.artist),
        album=shapes.album_children(found.album),
        song=found.song,
    )
