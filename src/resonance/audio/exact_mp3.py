"""The exact length of an MP3 by its Xing or Info frame and the LAME tag in it."""

from __future__ import annotations

from typing import BinaryIO

from resonance.audio.exact_pcm import Counted
from resonance.audio.regions import at, bare_region, first_sync

_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
# Only these write delay and padding where everybody reads them.
_HONEST = (b"LAME", b"Lavf", b"Lavc")
# Bytes around the declared length: less means that the last frame is cut, more may hold another one.
_LACK, _SLACK = 4, 400


def read(source: BinaryIO, size: int) -> Counted | None:
    """None without a count of frames, or when the file is not as long as the tag says."""
    start, end = bare_region(source, size)
    sync = first_sync(source, start, end)
    frame = at(source, sync, 192)
    form = _form(frame)
    if form is None or len(frame) < 192:
        return None
    version, rate, channels = form
    side = (32 if channels == 2 else 17) if version == 3 else (17 if channels == 2 else 9)
    tag = frame[4 + side :]
    if tag[:4] not in (b"Xing", b"Info"):
        return None
    flags = int.from_bytes(tag[4:8], "big")
    frames = int.from_bytes(tag[8:12], "big") if flags & 1 else 0
    if not frames or (flags & 2 and not _as_long(end - sync, tag[12:16])):
        return None
    total = frames * (1152 if version == 3 else 576)
    place = 8 + 4 * bin(flags & 3).count("1") + (100 if flags & 4 else 0) + (4 if flags & 8 else 0)
    delay, padding = _trimmed(tag[place : place + 24])
    return Counted(total - delay - padding, rate, channels, delay, padding)


def _form(head: bytes) -> tuple[int, int, int] | None:
    """(version bits, rate, channels) of a layer III frame header."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, rate = head[1] >> 3 & 3, head[2] >> 2 & 3
    if version == 1 or rate == 3:
        return None
    return version, _RATES[version][rate], 1 if head[3] >> 6 == 3 else 2


def _as_long(present: int, declared: bytes) -> bool:
    length = int.from_bytes(declared, "big")
    return not length or -_LACK <= present - length <= _SLACK


def _trimmed(encoder: bytes) -> tuple[int, int]:
    """(delay, padding) in samples."""
    if len(encoder) < 24 or encoder[:4] not in _HONEST:
        return 0, 0
    packed = int.from_bytes(encoder[21:24], "big")
    return packed >> 12, packed & 0xFFF
