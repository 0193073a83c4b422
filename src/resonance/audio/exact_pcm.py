"""Exact lengths where samples are simply counted: FLAC, WAV, AIFF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from resonance.audio.flac_header import stream_info
from resonance.audio.regions import after_id3, at

_CHUNKS = 10_000
_WAV_FORMATS = (1, 3, 6, 7)  # integer, float, A-law, mu-law
_AIFF_BYTES = {b"NONE": 0, b"sowt": 0, b"twos": 0, b"fl32": 4, b"FL32": 4, b"fl64": 8, b"FL64": 8}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a header says: see exact.Exact."""

    samples: int
    sample_rate_hz: int
    channels: int
    encoder_delay: int = 0
    padding: int = 0


def flac(source: BinaryIO, size: int) -> Counted | None:
    """From STREAMINFO; it may leave the count open."""
    start = after_id3(source, size)
    head = at(source, start, 42)
    if len(head) < 42 or head[:4] != b"fLaC" or head[4] & 0x7F != 0:
        return None
    info = stream_info(head[8:42])
    return Counted(info.samples, info.sample_rate_hz, info.channels) if info.samples else None


def wav(source: BinaryIO, size: int) -> Counted | None:
    """From the fmt chunk and the length of data."""
    if at(source, 0, 4) != b"RIFF":
        return None
    chunks = _chunks(source, size, "little")
    if b"fmt " not in chunks or b"data" not in chunks:
        return None
    described = at(source, chunks[b"fmt "][0], 40)
    place, length = chunks[b"data"]
    if len(described) < 16 or not 0 < length < 0xFFFFFF00 or place + length > size:
        return None
    kind, channels = _little(described, 0, 2), _little(described, 2, 2)
    if kind == 0xFFFE and len(described) >= 26:
        kind = _little(described, 24, 2)
    frame = _little(described, 12, 2)
    depth = (_little(described, 14, 2) + 7) // 8
    if kind not in _WAV_FORMATS or not frame or frame != channels * depth:
        return None
    return Counted(length // frame, _little(described, 4, 4), channels)


def aiff(source: BinaryIO, size: int) -> Counted | None:
    """From COMM, when SSND is as long as it says."""
    chunks = _chunks(source, size, "big")
    if b"COMM" not in chunks or b"SSND" not in chunks:
        return None
    described = at(source, chunks[b"COMM"][0], 22)
    place, length = chunks[b"SSND"]
    if len(described) < 18 or place + length > size or any(at(source, place, 4)):
        return None
    channels, frames = _big(described, 0, 2), _big(described, 2, 4)
    kind = described[18:22] if at(source, 8, 4) == b"AIFC" else b"NONE"
    if kind not in _AIFF_BYTES:
        return None
    depth = _AIFF_BYTES[kind] or (_big(described, 6, 2) + 7) // 8
    if not depth or frames * channels * depth != length - 8:
        return None
    return Counted(frames, _extended(described[8:18]), channels)


def _chunks(source: BinaryIO, size: int, order: str) -> dict[bytes, tuple[int, int]]:
    """The first chunk of each name as (place of its body, length)."""
    found: dict[bytes, tuple[int, int]] = {}
    place = 12
    for _ in range(_CHUNKS):
        head = at(source, place, 8)
        if len(head) < 8 or place > size:
            break
        length = int.from_bytes(head[4:], "little" if order == "little" else "big")
        found.setdefault(head[:4], (place + 8, length))
        place += 8 + length + (length & 1)
    return found


def _extended(ten: bytes) -> int:
    """An 80-bit float that holds a sample rate."""
    exponent = (_big(ten, 0, 2) & 0x7FFF) - 16383
    return _big(ten, 2, 8) >> (63 - exponent) if 0 <= exponent <= 31 else 0


def _little(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(data[place : place + length], "little")


def _big(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(data[place : place + length], "big")
