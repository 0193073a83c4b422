"""All texts of a track as one caller sees them."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import select

from resonance.audio import lrc
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import lyrics
from resonance.db.tables.lyrics import own_lyrics
from resonance.library.catalogue.access import must_see
from resonance.model.caller import Caller

OWN = "user"
_SOURCE_ORDER = {"lrc": 0, "tag": 1}


class LyricWord(Struct, frozen=True, gc=False):
    """A part of a line. The texts of a line's words, spaces and all, are the line's text."""

    start_ms: int
    text: str


class LyricLine(Struct, frozen=True):
    """One line. `start_ms` counts from the start of the track, null where the words are not synced.

    `words` is there only where each of them has a time of its own.
    """

    start_ms: int | None
    text: str
    words: list[LyricWord] | UnsetType = UNSET


class Lyrics(Struct, frozen=True):
    """One text of a track. `language` is ISO 639-2 or "xxx".

    `source`: "user" (the caller's own), "lrc" (a file beside the music), "tag", or a provider ("lrclib").
    `offset_ms` is the caller's correction for this track: every line comes that much sooner than it says.
    """

    source: str
    language: str
    synced: bool
    offset_ms: int
    lines: list[LyricLine]

    @property
    def plain(self) -> str:
        """The words alone, one line each."""
        return "\n".join(line.text for line in self.lines)


def of_track(uow: UnitOfWork, caller: Caller, track_id: str) -> list[Lyrics]:
    """All texts of a track: the caller's own, then synced ones, then those of files. Raises NotFound."""
    must_see(uow, caller, "track", [track_id])
    query = select(lyrics.c.source, lyrics.c.language, lyrics.c.synced, lyrics.c.body).where(
        lyrics.c.track_id == track_id
    )
    rows: list[Any] = [tuple(row) for row in uow.execute(query)]
    offset_ms = 0
    if (mine := own_row(uow, caller, track_id)) is not None:
        offset_ms = mine.offset_ms
        if mine.body is not None:
            rows.append((OWN, "xxx", mine.synced, mine.body))
    texts = [_lyrics(source, language, offset_ms, synced, body) for source, language, synced, body in rows]
    return sorted((text for text in texts if text.lines), key=_rank)


def own_row(uow: UnitOfWork, caller: Caller, track_id: str) -> Any:
    """The caller's row of a track, None without one."""
    mine = (own_lyrics.c.user_id == caller.user_id, own_lyrics.c.track_id == track_id)
    return uow.execute(select(own_lyrics).where(*mine)).one_or_none()


def _rank(text: Lyrics) -> tuple[bool, bool, int, str, str]:
    order = _SOURCE_ORDER.get(text.source, 9)
    return text.source != OWN, not text.synced, order, text.source, text.language


def _lyrics(source: str, language: str, offset_ms: int, synced: bool, body: str) -> Lyrics:
    if synced and (timed := lrc.parse(body)):
        return Lyrics(source, language, True, offset_ms, [_timed(line) for line in timed])
    rows = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    lines = [LyricLine(None, row.strip()) for row in rows] if body.strip() else []
    return Lyrics(source, language, False, offset_ms, lines)


def _timed(line: lrc.Line) -> LyricLine:
    words = [LyricWord(word.start_ms, word.text) for word in line.words]
    return LyricLine(line.start_ms, line.text, words or UNSET)
