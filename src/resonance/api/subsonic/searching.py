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
_WORDS: dict[Kind, str] = {"artist": "artist", "album": "album", "track": "song"}
_Pages = dict[Kind, range]
_Ids = dict[Kind, list[str]]


def search2(call: Call, uow: UnitOfWork) -> Answer:
    """Search in the folder view."""
    return Fragment("searchResult2", lists.folder_view(_search(call, uow)))


def search3(call: Call, uow: UnitOfWork) -> Answer:
    """Search."""
    return Fragment("searchResult3", _search(call, uow))


def _search(call: Call, uow: UnitOfWork) -> SearchResult3:
    viewer = call.viewer(uow)
    pages = {kind: _page(call, word) for kind, word in _WORDS.items()}
    query = (call.params.text("query") or "").strip().strip('"').strip()
    # Old clients end words with an asterisk, as Lucene had it; the last word is a prefix here anyway.
    find = _everything if query in ("", "*") else _found
    ids = find(call, uow, viewer, query, pages)
    return SearchResult3(
        artist=shapes.artists(uow, viewer, ids["artist"]),
        album=shapes.albums(uow, viewer, ids["album"]),
        song=shapes.songs(uow, viewer, ids["track"]),
    )


def _page(call: Call, word: str) -> range:
    offset = call.params.number(f"{word}Offset", 0)
    return range(offset, offset + call.params.number(f"{word}Count", 20, high=MOST))


def _everything(_call: Call, uow: UnitOfWork, viewer: Caller, _query: str, pages: _Pages) -> _Ids:
    """Pages of all there is, in the order of names."""
    artists, albums, songs = pages["artist"], pages["album"], pages["track"]
    found: _Ids = {"artist": [], "album": [], "track": []}
    if artists:
        everyone = list(artist_index.current(uow, viewer).where)
        found["artist"] = everyone[artists.start : artists.stop]
    if albums:
        by_title = catalogue.album_ids(uow, viewer, AlbumQuery("title"))
        found["album"] = by_title.slice(albums.start, len(albums))
    if songs:
        tracks = catalogue.track_ids(uow, viewer, TrackQuery("title"))
        found["track"] = tracks.slice(songs.start, len(songs))
    return found


def _found(call: Call, uow: UnitOfWork, viewer: Caller, query: str, pages: _Pages) -> _Ids:
    """Pages of what matches, best first. One look for all kinds: misspellings are weighed once."""
    found: _Ids = {"artist": [], "album": [], "track": []}
    kinds = [kind for kind, page in pages.items() if page]
    limit = min(max((page.stop for page in pages.values() if page), default=0), MOST_FOUND)
    hits = call.services.search.query(uow, query, kinds=kinds, libraries=viewer.libraries, limit=limit)
    for hit in hits:
        found[hit.kind].append(hit.item_id)
    return {kind: ids[pages[kind].start : pages[kind].stop] for kind, ids in found.items()}
