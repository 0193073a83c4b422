"""Handlers: what is like a song, ways between songs, an artist's top songs."""

from __future__ import annotations

from resonance.api.subsonic import shapes, store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.faults import missing
from resonance.api.subsonic.model import Songs, SonicMatch
from resonance.db.engine import UnitOfWork
from resonance.library import catalogue
from resonance.recommend.wishes import LONGEST, SHORTEST, PathWish

MOST = 500


def get_top_songs(call: Call, uow: UnitOfWork) -> Answer:
    """What is played most of an artist, named or by id; empty for a name that nobody here has."""
    count = call.params.number("count", 50, high=MOST)
    artist_id = call.params.text("id")
    if artist_id:
        catalogue.must_see(uow, call.caller, "artist", [artist_id])
    else:
        name = call.params.text("artist")
        if not name:
            raise missing("artist")
        artist_id = store.artist_named(uow, call.caller, name)
    recommend = call.services.recommend
    ids = recommend.top_song_ids(uow, call.caller, artist_id, count=count) if artist_id else []
    return Fragment("topSongs", Songs(song=shapes.songs(uow, call.caller, ids)))


def get_similar_songs(call: Call, uow: UnitOfWork) -> Answer:
    """Songs like a song, or around an album or an artist."""
    return Fragment("similarSongs", _around(call, uow))


def get_similar_songs2(call: Call, uow: UnitOfWork) -> Answer:
    """The same for tagged artists."""
    return Fragment("similarSongs2", _around(call, uow))


def _around(call: Call, uow: UnitOfWork) -> Songs:
    item_id = call.params.required("id")
    count = call.params.number("count", 50, high=MOST)
    ids = call.services.recommend.around(uow, call.caller, item_id, count=count)
    return Songs(song=shapes.songs(uow, call.caller, ids))


def get_sonic_similar_tracks(call: Call, uow: UnitOfWork) -> Answer:
    """Songs that sound like one; none while it has not been listened to: sound is measured, never guessed."""
    song_id = call.params.required("id")
    count = call.params.number("count", 10, high=MOST)
    recommend, limit = call.services.recommend, max(count, 1)
    found = recommend.similar_tracks(uow, call.caller, song_id, by="sound", limit=limit, apart=False)
    items = found.items[:count] if found.by == "sound" else []
    return _matches(call, uow, [(item.track.id, item.score) for item in items])


def find_sonic_path(call: Call, uow: UnitOfWork) -> Answer:
    """Songs that lead from one to another in small steps; similarities are to the first."""
    start, end = call.params.required("startSongId"), call.params.required("endSongId")
    count = call.params.number("count", 25, low=1, high=LONGEST)
    if start == end:
        catalogue.must_see(uow, call.caller, "track", [start])
        return _matches(call, uow, [(start, 1.0)])
    wish = PathWish(length=max(count, SHORTEST))
    steps = call.services.recommend.path(uow, call.caller, start, end, wish).items
    if count < SHORTEST:
        steps = [steps[0], steps[-1]][:count]
    return _matches(call, uow, [(step.track.id, step.similarity) for step in steps])


def _matches(call: Call, uow: UnitOfWork, scored: list[tuple[str, float]]) -> Answer:
    songs = {song.id: song for song in shapes.songs(uow, call.caller, [item for item, _ in scored])}
    found = [SonicMatch(similarity=score, entry=songs[item]) for item, score in scored if item in songs]
    return Fragment("sonicMatch", found)
