"""From which moment programs count the time of a file, against ours.

Our zero is the first sample after the delay that the encoder declares; so do gapless players. DJ software
counts what it decodes. Known of it, from what its users and the authors of converters measured:

- Rekordbox (since 1.5.4) leaves no delay out, in MP3 or AAC. It takes the frame with an MP3's table of
  contents for music when LAME wrote it with a right checksum, else not.
- Traktor leaves no delay of an MP3 out either, and takes that frame for music in every case. In AAC it
  follows the declared delay.

So with a LAME file both are 1105 + 1152 samples (51 ms) ahead of us, with one of ffmpeg's Rekordbox is 25 ms
and Traktor 51 ms ahead, without any table nobody is. docs/dj-export.md has the table and the sources.
"""

from __future__ import annotations

import os
from typing import Literal, TypeAlias

from msgspec.structs import replace

from resonance.audio import exact
from resonance.audio.mp3_start import start_of
from resonance.model.cue import Cue

Clock: TypeAlias = Literal["rekordbox", "traktor"]


def ahead_s(path: str | os.PathLike[str], format: str, codec: str, clock: Clock) -> float:
    """How many seconds later than we a program shows the same moment of a file; 0 if it cannot be read."""
    try:
        if codec == "mp3":
            return _mp3(path, clock)
        if codec == "aac" and clock == "rekordbox":
            known = exact.read(path, format, codec)
            return known.encoder_delay / known.sample_rate_hz if known else 0.0
    except OSError:
        return 0.0
    return 0.0


def _mp3(path: str | os.PathLike[str], clock: Clock) -> float:
    start = start_of(path)
    if start is None:
        return 0.0
    counted = start.header == "lame" or clock == "traktor"
    return (start.cut + (start.frame if counted else 0)) / start.rate


def moved(cues: tuple[Cue, ...], by_s: float) -> tuple[Cue, ...]:
    """The cues `by_s` later; what would lie before the start lies on it."""
    if not by_s:
        return cues
    return tuple(_moved(cue, by_s) for cue in cues)


def _moved(cue: Cue, by_s: float) -> Cue:
    start = cue.start_s + by_s
    if cue.kind == "grid" and start < 0 and cue.bpm:
        # A grid goes on both ways: another beat of it is as good.
        beats = int(-start * cue.bpm / 60) + 1
        bar = cue.beats or 4
        beat = None if cue.beat is None else (cue.beat - 1 + beats) % bar + 1
        return replace(cue, start_s=start + beats * 60 / cue.bpm, beat=beat)
    end = None if cue.end_s is None else max(0.0, cue.end_s + by_s)
    return replace(cue, start_s=max(0.0, start), end_s=end)
