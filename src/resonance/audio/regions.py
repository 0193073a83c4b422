"""Where in a file the tags end and the sound begins; shared by the fingerprint and the checks."""

from __future__ import annotations

from typing import BinaryIO

from resonance.audio import sniff

_SYNC_BLOCK = 65_536
_NO_FILE_IS_LONGER = 1 << 50


def at(source: BinaryIO, place: int, length: int) -> bytes:
    """Up to `length` bytes from `place`."""
    if place > _NO_FILE_IS_LONGER:
        return b""
    source.seek(max(0, place))
    return source.read(max(0, length))


def after_id3(source: BinaryIO, size: int) -> int:
    """Where the file begins behind any ID3v2 tags."""
    start = 0
    for _ in range(4):
        head = at(source, start, 10)
        if len(head) < 10 or head[:3] != b"ID3":
            break
        start += sniff.id3_size(head)
    return min(start, size)


def bare_region(source: BinaryIO, size: int) -> tuple[int, int]:
    """(start, end) of what lies between ID3v2 at the front and ID3v1, Lyrics3 or APE tags at the end."""
    start = after_id3(source, size)
    head = at(source, start, 32)
    if head[:8] == b"APETAGEX":
        start += 32 + int.from_bytes(head[12:16], "little")
    end = size
    for _ in range(4):
        tail = at(source, max(start, end - 160), min(160, max(0, end - start)))
        cut = _trailing_tag(tail)
        if not cut or end - cut < start:
            break
        end -= cut
    return min(start, end), end


def _trailing_tag(tail: bytes) -> int:
    if tail[-128:-125] == b"TAG" and len(tail) >= 128:
        return 128
    if tail[-32:-24] == b"APETAGEX":
        flags = int.from_bytes(tail[-12:-8], "little")
        return int.from_bytes(tail[-20:-16], "little") + (32 if flags & 0x80000000 else 0)
    if tail[-9:] == b"LYRICS200" and tail[-15:-9].isdigit():
        return int(tail[-15:-9]) + 15
    return 0


def first_sync(source: BinaryIO, start: int, end: int) -> int:
    """Where the first MPEG frame seems to begin, within a megabyte of `start`; else `start`."""
    # Some taggers leave their old padding, as zeros, outside the tag.
    place = start
    while place < end and place - start < 1 << 20:
        block = at(source, place, min(_SYNC_BLOCK, end - place))
        found = block.find(b"\xff")
        while 0 <= found < len(block) - 1:
            if block[found + 1] & 0xE0 == 0xE0:
                return place + found
            found = block.find(b"\xff", found + 1)
        place += max(1, len(block) - 1)
        if len(block) < 2:
            break
    return start


class OggPage:
    """The header of one Ogg page and how it is cut into packets."""

    __slots__ = ("_head", "body_length", "header_length", "lacing", "valid")

    def __init__(self, head: bytes) -> None:
        self.valid = len(head) >= 28 and head[:4] == b"OggS" and len(head) >= 27 + head[26]
        self._head = head
        self.lacing = head[27 : 27 + head[26]] if self.valid else b""
        self.header_length = 27 + len(self.lacing)
        self.body_length = sum(self.lacing)

    @property
    def granule(self) -> int:
        """The position in samples at the end of the page; -1 when no packet ends on it."""
        return int.from_bytes(self._head[6:14], "little", signed=True)

    @property
    def serial(self) -> bytes:
        return self._head[14:18]

    @property
    def finished_packets(self) -> int:
        return sum(length < 255 for length in self.lacing)

    @property
    def codec_headers(self) -> int:
        """How many packets stand before the sound; 0 when this page begins no sound we know."""
        body = self._head[self.header_length :]
        if body.startswith(b"\x01vorbis"):
            return 3
        if body.startswith((b"OpusHead", b"Speex   ")):
            return 2
        return 1 + int.from_bytes(body[7:9], "big") if body.startswith(b"\x7fFLAC") and len(body) > 8 else 0

    def packets(self, body: bytes) -> list[tuple[bytes, bool]]:
        """(bytes, whether the packet ends here) in order."""
        found: list[tuple[bytes, bool]] = []
        start = length = 0
        for lace in self.lacing:
            length += lace
            if lace < 255:
                found.append((body[start : start + length], True))
                start, length = start + length, 0
        if length:
            found.append((body[start : start + length], False))
        return found
