"""What stands before the music in an MP3: its table of contents, and the delay that decoders may leave out.

Players agree neither on whether the frame with the table is music nor on whether the delay is. What they do
follows from these facts (playlists.exchange.clock says who does what).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from resonance.audio.mp3_frames import channels_of, form_of
from resonance.audio.regions import at, bare_region, first_sync

# none: no Xing or Info frame. bare: one without LAME's fields, or with those of another encoder.
# doubtful: LAME's fields with a wrong checksum. lame: with the right one.
Header: TypeAlias = Literal["none", "bare", "doubtful", "lame"]

_DECODER_DELAY = 529  # samples of every layer III decoder
# ffmpeg, and so our decoder, believes the delays that these encoders write.
_BELIEVED = (b"LAME", b"Lavf", b"Lavc")


@dataclass(frozen=True, slots=True)
class Start:
    """`cut` samples our decoder leaves out, `frame` samples stand in the table's frame, at `rate` Hz."""

    header: Header
    cut: int
    frame: int
    rate: int


def start_of(path: str | os.PathLike[str]) -> Start | None:
    """How an MP3 starts; None when it holds no frame. A few kilobytes are read. Raises OSError."""
    with Path(path).open("rb") as source:
        start, end = bare_region(source, os.fstat(source.fileno()).st_size)
        frame = at(source, first_sync(source, start, end), 200)
    form = form_of(frame[:4])
    if form is None:
        return None
    tag_at = 4 + form.side_length[channels_of(frame) == 1]
    tag = frame[tag_at:]
    if tag[:4] not in (b"Xing", b"Info"):
        return Start("none", 0, 0, form.sample_rate_hz)
    flags = int.from_bytes(tag[4:8], "big")
    place = 8 + 4 * bin(flags & 3).count("1") + (100 if flags & 4 else 0) + (4 if flags & 8 else 0)
    fields = tag[place : place + 36]
    cut = 0
    if len(fields) >= 24 and fields[:4] in _BELIEVED:
        cut = (int.from_bytes(fields[21:24], "big") >> 12) + _DECODER_DELAY
    return Start(_header(frame, tag_at + place, fields), cut, form.frame_samples, form.sample_rate_hz)


def _header(frame: bytes, place: int, fields: bytes) -> Header:
    if fields[:4] != b"LAME" or len(fields) < 36:
        return "bare"
    stored = int.from_bytes(fields[34:36], "big")
    # LAME sums up to the sum itself; others take the 190 bytes that this is in a stereo file.
    right = stored in (_sum(frame[: place + 34]), _sum(frame[:190]))
    return "lame" if stored and right else "doubtful"


def _sum(data: bytes) -> int:
    """CRC-16/ARC."""
    found = 0
    for byte in data:
        found ^= byte
        for _ in range(8):
            found = found >> 1 ^ 0xA001 if found & 1 else found >> 1
    return found
