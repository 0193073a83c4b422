"""FLAC frames where they lie in a file: found by their headers, never by decoding.

Bytes are read through a small window (no memory map: a file cut while it is read must not end the server),
and nothing costs more for a long file than for a short one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from resonance.audio.facts import BrokenFile
from resonance.audio.flac_header import HEADER, Frame, StreamInfo, is_whole, parse_header, stream_info
from resonance.audio.regions import bare_region

__all__ = ["FlacFile", "Piece"]

_WINDOW = 128 * 1024
_RESYNC = 4 << 20  # how far a damaged place may reach before the stream counts as ended
_NEAR = 256 * 1024  # from here on frames are walked one by one
_MOST_BLOCKS = 10_000


class _Window:
    """A file's bytes up to `end`, a window of them held."""

    def __init__(self, path: Path, end: int | None = None) -> None:
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.end = os.fstat(self._fd).st_size if end is None else end
        self._base, self._data = 0, b""

    def get(self, at: int, length: int) -> bytes:
        """Up to `length` bytes from `at`."""
        length = max(0, min(length, self.end - at))
        if not self._base <= at <= at + length <= self._base + len(self._data):
            self._base = at
            self._data = os.pread(self._fd, min(max(length, _WINDOW), self.end - at), at) if length else b""
        return self._data[at - self._base : at - self._base + length]

    def find(self, pattern: bytes, start: int, stop: int) -> int:
        """The first place of two bytes at or behind `start` and before `stop`, -1 without one."""
        while start < min(stop, self.end):
            if not self._base <= start < self._base + len(self._data) - 1:
                self.get(start, _WINDOW)
            if len(self._data) < 2:
                return -1
            found = self._data.find(pattern, start - self._base)
            if found >= 0:
                return self._base + found if self._base + found < stop else -1
            start = max(start + 1, self._base + len(self._data) - 1)
        return -1

    def __enter__(self) -> _Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._fd)


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole frames in order: their bytes, each one's size and duration in samples, where they begin."""

    start: int
    sizes: list[int]
    durations: list[int]
    data: bytes


class FlacFile:
    """A FLAC file's frames by sample. Samples count from the first frame, whatever number it bears.

    `samples` is how many there are up to the last whole frame; `last_start` is that frame's first one.
    """

    def __init__(self, path: Path, info: StreamInfo, start: int, end: int) -> None:
        self.path, self.info, self._end = path, info, end
        with _Window(path, end) as window:
            first = parse_header(window.get(start, HEADER), info, start)
            if first is None:
                raise BrokenFile("not_audio", "The FLAC file has no frame where its first one should be.")
            self._first = first
            self.fixed_block = first.block if first.fixed else None
            self._known: dict[int, int] = {}
            self.samples, self.last_start, self._end = self._measure(window)
        if not self.samples:
            raise BrokenFile("truncated", "The FLAC file has no whole frame.")

    @classmethod
    def open(cls, path: Path) -> FlacFile:
        """Read the header and find the last frame. BrokenFile for no FLAC, OSError when it cannot be read."""
        with path.open("rb") as source:
            start, end = bare_region(source, os.fstat(source.fileno()).st_size)
            source.seek(start)
            if source.read(4) != b"fLaC":
                raise BrokenFile("not_audio", "The file is no FLAC file.")
            info, place = None, start + 4
            for _ in range(_MOST_BLOCKS):
                head = source.read(4)
                if len(head) < 4:
                    raise BrokenFile("truncated", "The FLAC file ends in its header.")
                length = int.from_bytes(head[1:], "big")
                if info is None:
                    info = stream_info(source.read(34) if head[0] & 0x7F == 0 and length == 34 else b"")
                place += 4 + length
                source.seek(place)
                if head[0] & 0x80:
                    break
        assert info is not None
        return cls(path, info, place, end)

    def read(self, start: int, stop: int) -> Piece | None:
        """The whole frames whose first sample is in [start, stop); None when there is none."""
        sizes: list[int] = []
        places: list[int] = []
        parts: list[bytes] = []
        with _Window(self.path, self._end) as window:
            frame = self._from(window, start)
            while frame is not None and (at := self._sample(frame)) < min(stop, self.samples):
                follower = self._successor(window, frame)
                end = follower.offset if follower else self._end
                if follower is None or follower.number == frame.next_number:
                    parts.append(window.get(frame.offset, end - frame.offset))
                    sizes.append(len(parts[-1]))
                    places.append(at)
                frame = follower
        if frame is not None:
            self._known[stop] = frame.offset
        if not sizes:
            return None
        end_sample = min(self._sample(frame), self.samples) if frame is not None else self.samples
        durations = [after - at for at, after in zip(places, [*places[1:], end_sample], strict=True)]
        return Piece(places[0], sizes, durations, b"".join(parts))

    def _sample(self, frame: Frame) -> int:
        return (frame.number - self._first.number) * (self.fixed_block or 1)

    def _measure(self, window: _Window) -> tuple[int, int, int]:
        """(samples, the last whole frame's first sample, where its bytes end)."""
        frame, earlier = self._before(window, 1 << 62), None
        while (follower := self._successor(window, frame)) is not None:
            earlier, frame = frame, follower
        end = min(window.end, frame.offset + self._longest(frame))
        if is_whole(window.get(frame.offset, end - frame.offset)):
            return self._sample(frame) + frame.block, self._sample(frame), end
        if earlier is None:
            return 0, 0, 0
        return self._sample(earlier) + earlier.block, self._sample(earlier), frame.offset

    def _from(self, window: _Window, sample: int) -> Frame | None:
        """The first frame that begins at `sample` or later."""
        known = self._known.get(sample)
        frame = parse_header(window.get(known, HEADER), self.info, known) if known is not None else None
        frame = frame or self._before(window, sample)
        while frame is not None and self._sample(frame) < sample:
            frame = self._successor(window, frame)
        return frame

    def _before(self, window: _Window, sample: int) -> Frame:
        """A frame that begins at `sample` or earlier, not far from it in bytes."""
        low, high = self._first, window.end
        while high - low.offset > _NEAR:
            middle = low.offset + (high - low.offset) // 2
            frame = self._confirmed(window, middle, min(high, middle + _RESYNC), low)
            if frame is not None and self._sample(frame) <= sample:
                low = frame
            else:
                high = middle
        return low

    def _confirmed(self, window: _Window, start: int, stop: int, after: Frame) -> Frame | None:
        """The first frame between two places that comes later than `after` and has its follower."""
        sync = b"\xff\xf8" if after.fixed else b"\xff\xf9"
        place = window.find(sync, start, stop)
        while place >= 0:
            frame = parse_header(window.get(place, HEADER), self.info, place)
            if frame is not None and frame.number > after.number and self._strict(window, frame):
                return frame
            place = window.find(sync, place + 1, stop)
        return None

    def _strict(self, window: _Window, frame: Frame) -> Frame | None:
        """The frame that follows without a hole."""
        sync = b"\xff\xf8" if frame.fixed else b"\xff\xf9"
        stop = frame.offset + self._longest(frame)
        place = window.find(sync, frame.offset + 6, stop)
        while place >= 0:
            found = parse_header(window.get(place, HEADER), self.info, place)
            if found is not None and found.number == frame.next_number:
                return found
            place = window.find(sync, place + 1, stop)
        return None

    def _successor(self, window: _Window, frame: Frame) -> Frame | None:
        """The frame that follows, behind damaged bytes if it must be; None at the end."""
        return self._strict(window, frame) or self._confirmed(
            window, frame.offset + 6, frame.offset + _RESYNC, frame
        )

    def _longest(self, frame: Frame) -> int:
        """More bytes than the frame can have: uncompressed and a quarter."""
        return frame.block * self.info.channels * (self.info.bit_depth + 1) // 8 * 5 // 4 + 256
