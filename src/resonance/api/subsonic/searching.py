"""Handlers: search. A query of nothing, or of two quotation marks, means everything: clients sync with it."""

from __future__ import annotations

from resonance.api.subsonic import artist_index, lists, shapes
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.model import SearchResult3
from resonance.db.engine import UnitOfWork
from resonance.library import catalogue
from resonance.library.catalogue import AlbumQuery, TrackQuery
from resonance.model.caller import Caller
from resonance.search.text import Kind

MOST = 500
MOST_FOUND = 2_000  # how deep pages of a search go


def search2(call: Call, uow: UnitOfWork) -> Answer:
    """Search in the folder view."""
    return Fragment("searchResult2", lists.folder_view(_search(call, uow)))


def search3(call: Call, uow: UnitOfWork) -> Answer:
    """Search."""
    return Fragment("searchResult3", _search(call, uow))


def _search(call: Call, uow: UnitOfWork) -> SearchResult3:
    viewer = call.viewer(uow)
    query = (call.params.text("query") or "").strip().strip('"').strip()
    # Old clients end words with an asterisk, as Lucene had it; the last word is a prefix here anyway.
    find = _Everything(uow, viewer) if query in ("", "*") else _Found(call, uow, viewer, query)
    return SearchResult3(
        artist=shapes.artists(uow, viewer, find.ids("artist", *_page(call, "artist"))),
        album=shapes.albums(uow, viewer, find.ids("album", *_page(call, "album"))),
        song=shapes.songs(uow, viewer, find.ids("track", *_page(call, "song"))),
    )


def _page(call: Call, word: str) -> tuple[int, int]:
    offset = call.params.number(f"{word}Offset", 0)
    return offset, call.params.number(f"{word}Count", 20, high=MOST)


class _Everything:
    """Pages of all there is, in the order of names."""

    def __init__(self, uow: UnitOfWork, viewer: Caller) -> None:
        self._uow, self._viewer = uow, viewer

    def ids(self, kind: Kind, offset: int, count: int) -> list[str]:
        if count == 0:
            return []
        if kind == "artist":
            return list(artist_index.current(self._uow, self._viewer).where)[offset : offset + count]
        if kind == "album":
            return catalogue.album_ids(self._uow, self._viewer, AlbumQuery("title")).slice(offset, count)
        return catalogue.track_ids(self._uow, self._viewer, TrackQuery("title")).slice(offset, count)


class _Found:
    """Pages of what matches, best first."""

    def __init__(self, call: Call, uow: UnitOfWork, viewer: Caller, query: str) -> None:
        self._search, self._uow, self._viewer = call.services.search, uow, viewer
        self._query = query

    def ids(self, kind: Kind, offset: int, count: int) -> list[str]:
        limit = min(offset + count, MOST_FOUND)
        if count == 0 or limit <= offset:
            return []
        libraries = self._viewer.libraries
        hits = self._search.query(self._uow, self._query, kinds=(kind,), libraries=libraries, limit=limit)
        return [hit.item_id for hit in hits][offset:limit]
