"""Handlers: lists of albums and songs."""

from __future__ import annotations

from collections.abc import Callable

from resonance.api.subsonic import selections, shapes
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
from resonance.api.subsonic.selections import Page
from resonance.db.engine import UnitOfWork
from resonance.model.caller import Caller

MOST = 500

_ORDERS: dict[str, Callable[[UnitOfWork, Caller, Page], list[str]]] = {
    "random": selections.albums_random,
    "newest": selections.albums_newest,
    "highest": selections.albums_highest,
    "frequent": selections.albums_frequent,
    "recent": selections.albums_recent,
    "alphabeticalByName": selections.albums_by_name,
    "alphabeticalByArtist": selections.albums_by_artist,
    "starred": selections.albums_starred,
}


def get_album_list(call: Call, uow: UnitOfWork) -> Answer:
    """A page of albums as folders."""
    return Fragment("albumList", AlbumList(album=shapes.album_children(_albums(call, uow))))


def get_album_list2(call: Call, uow: UnitOfWork) -> Answer:
    """A page of albums."""
    return Fragment("albumList2", AlbumList2(album=_albums(call, uow)))


def _albums(call: Call, uow: UnitOfWork) -> list[AlbumID3]:
    params = call.params
    kind = params.required("type")
    page = Page(params.number("size", 10, high=MOST), params.number("offset", 0))
    viewer = call.viewer(uow)
    if kind in _ORDERS:
        ids = _ORDERS[kind](uow, viewer, page)
    elif kind == "byYear":
        first, last = params.required_number("fromYear"), params.required_number("toYear")
        ids = selections.albums_by_year(uow, viewer, page, first, last)
    elif kind == "byGenre":
        ids = selections.albums_by_genre(uow, viewer, page, params.required("genre"))
    else:
        raise SubsonicFault(Code.GENERIC, f"There is no list of type '{kind[:40]}'.")
    return shapes.albums(uow, viewer, ids)


def get_random_songs(call: Call, uow: UnitOfWork) -> Answer:
    """Songs at random, of a genre and of years where they are given."""
    params, viewer = call.params, call.viewer(uow)
    ids = selections.songs_random(
        uow,
        viewer,
        params.number("size", 10, high=MOST),
        params.text("genre"),
        params.optional_number("fromYear"),
        params.optional_number("toYear"),
    )
    return Fragment("randomSongs", Songs(song=shapes.songs(uow, viewer, ids)))


def get_songs_by_genre(call: Call, uow: UnitOfWork) -> Answer:
    """A page of the songs of one genre."""
    params, viewer = call.params, call.viewer(uow)
    page = Page(params.number("count", 10, high=MOST), params.number("offset", 0))
    ids = selections.songs_by_genre(uow, viewer, page, params.required("genre"))
    return Fragment("songsByGenre", Songs(song=shapes.songs(uow, viewer, ids)))


def get_starred(call: Call, uow: UnitOfWork) -> Answer:
    """What the caller likes, in the folder view."""
    found = _starred(call, uow)
    folder = SearchResult2(
        artist=shapes.folder_artists(found.artist),
        album=shapes.album_children(found.album),
        song=found.song,
    )
    return Fragment("starred", folder)


def get_starred2(call: Call, uow: UnitOfWork) -> Answer:
    """What the caller likes."""
    return Fragment("starred2", _starred(call, uow))


def _starred(call: Call, uow: UnitOfWork) -> SearchResult3:
    viewer = call.viewer(uow)
    everything = Page(selections.EVERYTHING)
    return SearchResult3(
        artist=shapes.artists(uow, viewer, selections.artists_starred(uow, viewer)),
        album=shapes.albums(uow, viewer, selections.albums_starred(uow, viewer, everything)),
        song=shapes.songs(uow, viewer, selections.songs_starred(uow, viewer)),
    )


def get_top_songs(call: Call, uow: UnitOfWork) -> Answer:
    """What the caller plays most of an artist. An artist nobody knows has no songs: the list is empty."""
    name = call.params.required("artist")
    size = call.params.number("count", 50, high=MOST)
    ids = selections.songs_top(uow, call.caller, name, size)
    return Fragment("topSongs", Songs(song=shapes.songs(uow, call.caller, ids)))


def get_similar_songs(call: Call, uow: UnitOfWork) -> Answer:
    """Empty while nothing has listened to the music: similarity is measured, never invented."""
    call.params.required("id")
    return Fragment("similarSongs", Songs(song=[]))


def get_similar_songs2(call: Call, uow: UnitOfWork) -> Answer:
    """As `get_similar_songs`."""
    call.params.required("id")
    return Fragment("similarSongs2", Songs(song=[]))
