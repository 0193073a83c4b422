"""The words of a track, as kept from its tags and the .lrc beside it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import select

from resonance.audio import lrc
from resonance.db.engine import UnitOfWork
from resonance.db.tables.library import lyrics
from resonance.library.catalogue.access import must_see
from resonance.model.caller import Caller

_SOURCE_ORDER = {"lrc": 0, "tag": 1}


class LyricLine(Struct, frozen=True, gc=False):
    """One line. `start_ms` counts from the start of the track, null where the words are not synced."""

    start_ms: int | None
    text: str


class Lyrics(Struct, frozen=True):
    """One text of a track. `source` is "lrc" (a file beside it) or "tag"; `language` ISO 639-2 or "xxx"."""

    source: str
    language: str
    synced: bool
    lines: list[LyricLine]

    @property
    def plain(self) -> str:
        """The words alone, one line each."""
        return "\n".join(line.text for line in self.lines)


def of_track(uow: UnitOfWork, caller: Caller, track_id: str) -> list[Lyrics]:
    """All texts of a track, synced ones first, then those of files. NotFound as for the track itself."""
    must_see(uow, caller, "track", [track_id])
    query = select(lyrics.c.source, lyrics.c.language, lyrics.c.synced, lyrics.c.body).where(
        lyrics.c.track_id == track_id
    )
    rows: Any = uow.execute(query)
    texts = [Lyrics(row.source, row.language, *_lines(row.body, row.synced)) for row in rows]
    filled = [text for text in texts if text.lines]
    return sorted(
        filled,
        key=lambda text: (not text.synced, _SOURCE_ORDER.get(text.source, 9), text.source, text.language),
    )


def _lines(body: str, synced: bool) -> tuple[bool, list[LyricLine]]:
    if synced and (timed := lrc.parse(body)):
        return True, [LyricLine(line.start_ms, line.text) for line in timed]
    rows = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return False, [LyricLine(None, row.strip()) for row in rows] if body.strip() else []
