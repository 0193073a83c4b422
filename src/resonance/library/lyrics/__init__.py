"""The words of a track: from its tags, the .lrc beside it, a provider, or the caller's own hand."""

from __future__ import annotations

from resonance.library.lyrics.own import LONGEST_OFFSET_MS, LONGEST_TEXT, forget, set_offset, write
from resonance.library.lyrics.texts import LyricLine, Lyrics, LyricWord, of_track

__all__ = [
    "LONGEST_OFFSET_MS",
    "LONGEST_TEXT",
    "LyricLine",
    "LyricWord",
    "Lyrics",
    "forget",
    "of_track",
    "set_offset",
    "write",
]
