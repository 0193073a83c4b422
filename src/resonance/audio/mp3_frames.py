"""MPEG layer III frames: where they lie in a file, and how a stream of them is cut.

A frame's header says how long it is. What stands between frames (tags, damage) is left out, and so is the
Xing, Info or VBRI frame, which is no sound. Free format is not read: nobody plays it.
"""

from __future__ import annotations

import os
import threading
from array import array
from dataclasses import dataclass
from pathlib import Path

from resonance.audio.facts import BrokenFile
from resonance.audio.regions import bare_region

__all__ = ["Form", "Mp3File", "channels_of", "form_of", "is_sound"]

_READ = 1 << 18
_LONGEST = 2_881  # bytes of a frame
_LEAD = 1 << 20  # how far behind the tags the first frame may stand
_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


@dataclass(frozen=True, slots=True)
class Form:
    """What all frames of a stream share. `sizes` is by the upper seven bits of the header's third byte."""

    second: int  # the header's second byte without the CRC bit
    sample_rate_hz: int
    frame_samples: int
    side_length: tuple[int, int]  # of the side information in bytes: stereo, mono
    sizes: dict[int, int]

    def size(self, head: bytes, at: int = 0) -> int:
        """How long the frame is whose header stands at `at`; 0 when there is none of this form."""
        if len(head) < at + 4 or head[at] != 0xFF or head[at + 1] & 0xFE != self.second:
            return 0
        return self.sizes.get(head[at + 2] & 0xFE, 0)


def form_of(head: bytes) -> Form | None:
    """The form of the stream that a frame begins; None when these four bytes are no layer III header."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, rate_bits = head[1] >> 3 & 3, head[2] >> 2 & 3
    if version == 1 or rate_bits == 3 or head[2] >> 4 in (0, 15):
        return None
    rate = _RATES[version][rate_bits]
    factor, table = (144_000, _KBPS_1) if version == 3 else (72_000, _KBPS_2)
    sizes = {
        index << 4 | rate_bits << 2 | padding << 1: factor * kbps // rate + padding
        for index, kbps in enumerate(table)
        if kbps
        for padding in (0, 1)
    }
    side = (32, 17) if version == 3 else (17, 9)
    return Form(head[1] & 0xFE, rate, 1152 if version == 3 else 576, side, sizes)


def channels_of(head: bytes) -> int:
    """1 or 2, by a frame's header."""
    return 1 if head[3] >> 6 == 3 else 2


def is_sound(frame: bytes, form: Form) -> bool:
    """Whether a stream's first frame is music, not the table of contents that encoders put there."""
    side = form.side_length[channels_of(frame) == 1]
    places = (4 + side, 6 + side)  # with a CRC the rest moves by two
    if any(frame[place : place + 4] in (b"Xing", b"Info") for place in places):
        return False
    return frame[36:40] != b"VBRI"


class Mp3File:
    """An MP3 file's frames by number. They are looked up as far as anybody asked, and remembered."""

    def __init__(self, path: Path, form: Form, channels: int, start: int, end: int) -> None:
        self.path, self.form, self.channels = path, form, channels
        self._place, self._end = start, end
        self._offsets, self._sizes = array("Q"), array("H")
        self._lock = threading.Lock()
        self._done = False

    @classmethod
    def open(cls, path: Path) -> Mp3File:
        """Find the first frame. BrokenFile when there is none, OSError when the file cannot be read."""
        with path.open("rb") as source:
            start, end = bare_region(source, os.fstat(source.fileno()).st_size)
            source.seek(start)
            data = source.read(min(end - start, _LEAD))
        at = data.find(b"\xff")
        while at >= 0:
            form = form_of(data[at : at + 4])
            size = form.size(data, at) if form else 0
            if form and (form.size(data, at + size) or start + at + size == end):
                skipped = 0 if is_sound(data[at : at + size], form) else size
                return cls(path, form, channels_of(data[at : at + 4]), start + at + skipped, end)
            at = data.find(b"\xff", at + 1)
        raise BrokenFile("not_audio", "The file has no MP3 frames.")

    @property
    def frames(self) -> int:
        """How many there are; reads the whole file once."""
        self._look_up(1 << 62)
        return len(self._offsets)

    def read(self, first: int, stop: int) -> bytes:
        """The frames `first` to `stop` (not included), b"" behind the last one."""
        self._look_up(stop)
        stop = min(stop, len(self._offsets))
        if first >= stop:
            return b""
        offsets, sizes = self._offsets[first:stop], self._sizes[first:stop]
        with self.path.open("rb") as source:
            source.seek(offsets[0])
            data = source.read(offsets[-1] + sizes[-1] - offsets[0])
        if len(data) == sum(sizes):
            return data
        base = offsets[0]
        return b"".join(data[at - base : at - base + size] for at, size in zip(offsets, sizes, strict=True))

    def _look_up(self, stop: int) -> None:
        if self._done or len(self._offsets) >= stop:
            return
        with self._lock, self.path.open("rb") as source:
            while not self._done and len(self._offsets) < stop:
                source.seek(self._place)
                length = min(_READ, self._end - self._place)
                data = source.read(max(0, length))
                used = self._scan(data)
                self._done = not data or not used or self._place + used >= self._end
                self._place += used

    def _scan(self, data: bytes) -> int:
        """Remember the frames that are whole in `data`; how far it is used up."""
        size_of, at, last = self.form.size, 0, len(data)
        base, ends = self._place, self._place + len(data) >= self._end
        add_offset, add_size = self._offsets.append, self._sizes.append
        while at + 4 <= last:
            size = size_of(data, at)
            if not size:
                found = self._resync(data, at + 1, ends)
                if found < 0:
                    return last if ends else max(at, last - _LONGEST - 4)
                at = found
                continue
            if at + size > last:
                return last if ends else at
            add_offset(base + at)
            add_size(size)
            at += size
        return last if ends else at

    def _resync(self, data: bytes, at: int, ends: bool) -> int:
        """Where the next frame begins that has another one behind it; -1 when it is not in `data`."""
        at = data.find(b"\xff", at)
        while at >= 0:
            size = self.form.size(data, at)
            if size and (self.form.size(data, at + size) or (ends and at + size == len(data))):
                return at
            at = data.find(b"\xff", at + 1)
        return -1
