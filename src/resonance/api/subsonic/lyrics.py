"""Handlers: lyrics."""

from __future__ import annotations

from resonance.api.subsonic import browsing, shapes, store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.model import Child, Line, Lyrics, LyricsList, StructuredLyrics
from resonance.db.engine import UnitOfWork
from resonance.library import lyrics


def get_lyrics(call: Call, uow: UnitOfWork) -> Answer:
    """The words of a song by its names; empty when there are none."""
    artist, title = call.params.text("artist") or "", call.params.text("title") or ""
    song_id = store.song_named(uow, call.caller, artist, title) if title else None
    for song in shapes.songs(uow, call.caller, [song_id] if song_id else []):
        for text in lyrics.of_track(uow, call.caller, song.id):
            return Fragment("lyrics", Lyrics(artist=song.artist, title=song.title, value=text.plain))
    return Fragment("lyrics", Lyrics(value=""))


def get_lyrics_by_song_id(call: Call, uow: UnitOfWork) -> Answer:
    """All lyrics of a song, those with times first."""
    song = browsing.song(call, uow, call.params.required("id"))
    texts = lyrics.of_track(uow, call.caller, song.id)
    return Fragment("lyricsList", LyricsList(structured_lyrics=[_structured(song, text) for text in texts]))


def _structured(song: Child, text: lyrics.Lyrics) -> StructuredLyrics:
    return StructuredLyrics(
        lang=text.language or "xxx",
        synced=text.synced,
        display_artist=song.artist,
        display_title=song.title,
        offset=text.offset_ms or None,  # positive means sooner here as there
        line=[Line(start=line.start_ms, value=line.text) for line in text.lines],
    )
