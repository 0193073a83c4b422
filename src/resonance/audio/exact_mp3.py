"""The exact length of an MP3 by its Xing or Info frame and the LAME tag in it."""

from __future__ import annotations

from typing import BinaryIO

from resonance.audio.exact_pcm import Counted
from resonance.audio.mp3_frames import channels_of, form_of
from resonance.audio.regions import at, bare_region, first_sync

# Only these write delay and padding where everybody reads them.
_HONEST = (b"LAME", b"Lavf", b"Lavc")
# Bytes around the declared length: less means that the last frame is cut, more may hold another one.
_LACK, _SLACK = 4, 400


def read(source: BinaryIO, size: int) -> Counted | None:
    """None without a count of frames, or when the file is not as long as the tag says."""
    start, end = bare_region(source, size)
    sync = first_sync(source, start, end)
    frame = at(source, sync, 192)
    form = form_of(frame[:4])
    if form is None or len(frame) < 192:
        return None
    channels = channels_of(frame)
    tag = frame[4 + form.side_length[channels == 1] :]
    if tag[:4] not in (b"Xing", b"Info"):
        return None
    flags = int.from_bytes(tag[4:8], "big")
    frames = int.from_bytes(tag[8:12], "big") if flags & 1 else 0
    if not frames or (flags & 2 and not _as_long(end - sync, tag[12:16])):
        return None
    total = frames * form.frame_samples
    place = 8 + 4 * bin(flags & 3).count("1") + (100 if flags & 4 else 0) + (4 if flags & 8 else 0)
    delay, padding = _trimmed(tag[place : place + 24])
    return Counted(total - delay - padding, form.sample_rate_hz, channels, delay, padding)


def _as_long(present: int, declared: bytes) -> bool:
    length = int.from_bytes(declared, "big")
    return not length or -_LACK <= present - length <= _SLACK


def _trimmed(encoder: bytes) -> tuple[int, int]:
    """(delay, padding) in samples."""
    if len(encoder) < 24 or encoder[:4] not in _HONEST:
        return 0, 0
    packed = int.from_bytes(encoder[21:24], "big")
    return packed >> 12, packed & 0xFFF
