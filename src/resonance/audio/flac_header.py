"""The headers of FLAC: STREAMINFO, and the one that begins each frame.

A frame does not say how long it is; it ends where the next header stands. Headers are believed only with
a right CRC-8, the stream's own channels, rate and depth, and exactly the number that has to come next.
"""

from __future__ import annotations

from dataclasses import dataclass

from resonance.audio.facts import BrokenFile

__all__ = [
    "HEADER",
    "Frame",
    "StreamInfo",
    "is_whole",
    "next_header",
    "parse_header",
    "stream_info",
]

HEADER = 16  # bytes of the longest frame header
_RATES = (0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000)
_DEPTHS = (0, 8, 12, 0, 16, 20, 24, 32)


def _table(polynomial: int, bits: int) -> tuple[int, ...]:
    top, mask = 1 << (bits - 1), (1 << bits) - 1
    made = []
    for value in range(256):
        crc = value << (bits - 8)
        for _ in range(8):
            crc = ((crc << 1) ^ polynomial if crc & top else crc << 1) & mask
        made.append(crc)
    return tuple(made)


_CRC8, _CRC16 = _table(0x07, 8), _table(0x8005, 16)


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """The STREAMINFO block. `samples` is 0 where the encoder did not know."""

    raw: bytes
    largest_block: int
    sample_rate_hz: int
    channels: int
    bit_depth: int
    samples: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A header at `offset`: `number` counts frames where `fixed`, else samples; `block` is in samples."""

    offset: int
    number: int
    block: int
    fixed: bool

    @property
    def next_number(self) -> int:
        """What the following frame must say."""
        return self.number + (1 if self.fixed else self.block)


def stream_info(raw: bytes) -> StreamInfo:
    """Read the 34 bytes of STREAMINFO. BrokenFile for what no stream can be."""
    if len(raw) != 34:
        raise BrokenFile("not_audio", "The FLAC header is cut short.")
    packed = int.from_bytes(raw[10:18], "big")
    info = StreamInfo(
        raw,
        int.from_bytes(raw[2:4], "big"),
        packed >> 44,
        (packed >> 41 & 7) + 1,
        (packed >> 36 & 31) + 1,
        packed & (1 << 36) - 1,
    )
    if not info.sample_rate_hz or info.bit_depth < 4:
        raise BrokenFile("not_audio", "The FLAC header names no sample rate.")
    return info


def parse_header(data: bytes, info: StreamInfo, offset: int = 0) -> Frame | None:
    """The frame header that `data` begins with, None when it is none of this stream."""
    if len(data) < 6 or data[0] != 0xFF or data[1] & 0xFE != 0xF8:
        return None
    block_code, rate_code = data[2] >> 4, data[2] & 15
    channels, depth = data[3] >> 4, _DEPTHS[data[3] >> 1 & 7]
    if not block_code or rate_code == 15 or channels > 10 or data[3] & 1 or data[3] >> 1 & 7 == 3:
        return None
    if (channels + 1 if channels < 8 else 2) != info.channels or depth not in (0, info.bit_depth):
        return None
    if rate_code < 12 and _RATES[rate_code] not in (0, info.sample_rate_hz):
        return None
    number, place = _coded_number(data)
    extra = (1 if block_code == 6 else 2 if block_code == 7 else 0, (0, 1, 2, 2)[max(0, rate_code - 11)])
    end = place + sum(extra)
    if number < 0 or len(data) <= end or _crc8(data[: end + 1]):
        return None
    block = int.from_bytes(data[place : place + extra[0]], "big") + 1 if extra[0] else _block(block_code)
    return Frame(offset, number, block, data[1] == 0xF8)


def _block(code: int) -> int:
    return 192 if code == 1 else 144 << code if code < 6 else 1 << code


def _coded_number(data: bytes) -> tuple[int, int]:
    """(the number, where it ends); the number is -1 when it is malformed."""
    first = data[4]
    if first < 0x80:
        return first, 5
    more = 0
    while more < 7 and first << more & 0x80:
        more += 1
    if more == 1 or first == 0xFF or len(data) < 4 + more:
        return -1, 5
    value = first & 0x7F >> more
    for byte in data[5 : 4 + more]:
        if byte & 0xC0 != 0x80:
            return -1, 5
        value = value << 6 | byte & 0x3F
    return value, 4 + more


def _crc8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = _CRC8[crc ^ byte]
    return crc


def is_whole(data: bytes) -> bool:
    """Whether a frame's CRC-16 fits."""
    crc = 0
    for byte in data:
        crc = (crc << 8 & 0xFFFF) ^ _CRC16[crc >> 8 ^ byte]
    return crc == 0


def next_header(data: bytes, start: int, after: Frame, info: StreamInfo) -> Frame | None:
    """The header of the frame that follows `after`, at or behind `start` of `data`.

    None as well when a header that may be the one is not wholly in `data`.
    """
    sync = b"\xff\xf8" if after.fixed else b"\xff\xf9"
    place = data.find(sync, start)
    while place >= 0:
        frame = parse_header(data[place : place + HEADER], info, place)
        if frame is not None and frame.number == after.next_number:
            return frame
        place = data.find(sync, place + 1)
    return None
