"""Handlers: lyrics."""

from __future__ import annotations

from resonance.api.subsonic import browsing, shapes, store
from resonance.api.subsonic.call import Answer, Call
from resonance.api.subsonic.envelope import Fragment
from resonance.api.subsonic.model import Child, Line, Lyrics, LyricsList, StructuredLyrics
from resonance.audio import lrc
from resonance.db.engine import UnitOfWork


def get_lyrics(call: Call, uow: UnitOfWork) -> Answer:
    """The words of a song by its names; empty when there are none."""
    artist, title = call.params.text("artist") or "", call.params.text("title") or ""
    song_id = store.song_named(uow, call.caller, artist, title) if title else None
    for song in shapes.songs(uow, call.caller, [song_id] if song_id else []):
        for row in store.lyrics(uow, song.id):
            text = "\n".join(line.value for line in _lines(row.body, synced=row.synced))
            return Fragment("lyrics", Lyrics(artist=song.artist, title=song.title, value=text))
    return Fragment("lyrics", Lyrics(value=""))


def get_lyrics_by_song_id(call: Call, uow: UnitOfWork) -> Answer:
    """All lyrics of a song, those with times first."""
    song = browsing.song(call, uow, call.params.required("id"))
    found = [
        _structured(song, row.language, row.body, synced=row.synced) for row in store.lyrics(uow, song.id)
    ]
    return Fragment("lyricsList", LyricsList(structured_lyrics=found))


def _structured(song: Child, language: str, body: str, *, synced: bool) -> StructuredLyrics:
    return StructuredLyrics(
        lang=language or "xxx",
        synced=synced,
        display_artist=song.artist,
        display_title=song.title,
        line=_lines(body, synced=synced),
    )


def _lines(body: str, *, synced: bool) -> list[Line]:
    if synced:
        return [Line(start=line.start_ms, value=line.text) for line in lrc.parse(body)]
    return [Line(value=line.strip()) for line in body.splitlines()]
