"""What the scan and its tag reading processes say to each other."""

from __future__ import annotations

import msgspec

from resonance.audio.facts import AudioFacts, Lyrics


class Job(msgspec.Struct, array_like=True):
    """Files to read: (number, path for the os module as bytes, bytes path of its .lrc or None)."""

    files: list[tuple[int, bytes, bytes | None]]


class Answer(msgspec.Struct, array_like=True):
    """One file's outcome: facts and payload id, or a reason and a detail."""

    number: int
    facts: AudioFacts | None = None
    payload_id: str | None = None
    lyrics: Lyrics | None = None
    reason: str | None = None
    detail: str = ""
