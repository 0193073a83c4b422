"""Cuts an encoder's output, as it comes, into its packets (whole frames) and their lengths in samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Protocol

from resonance.audio.flac_header import (
    HEADER,
    Frame,
    StreamInfo,
    next_header,
    parse_header,
    stream_info,
)
from resonance.audio.mp3_frames import form_of
from resonance.audio.regions import OggPage

__all__ = ["FlacPackets", "OpusPackets", "Packet", "Packets", "SizedPackets", "adts", "mp3"]

Packet = tuple[bytes, int]
_AAC_FRAME = 1024
_OPUS_FRAME = 960  # encoders are told to make packets of 20 ms


class Packets(Protocol):
    """One encoder's output."""

    def feed(self, data: bytes) -> Iterator[Packet]:
        """The packets that are whole now. ValueError for bytes that are none."""

    def end(self) -> Iterator[Packet]:
        """What is left when the output has ended."""


class SizedPackets:
    """Packets whose header says how long they are.

    `measure` gives (bytes, samples) of the packet at a place, None when its header is not all there.
    """

    def __init__(self, measure: Callable[[bytes, int], tuple[int, int] | None]) -> None:
        self._measure = measure
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Packet]:
        data, at = self._rest + data, 0
        while (found := self._measure(data, at)) is not None and at + found[0] <= len(data):
            yield data[at : at + found[0]], found[1]
            at += found[0]
        self._rest = data[at:]

    def end(self) -> Iterator[Packet]:
        return iter(())


_form = lru_cache(maxsize=256)(form_of)


def mp3(data: bytes, at: int) -> tuple[int, int] | None:
    """Measures MPEG layer III without any tag."""
    if len(data) < at + 4:
        return None
    form = _form(data[at : at + 4])
    if form is None:
        raise ValueError("no MP3 frame where one should be")
    return form.size(data, at), form.frame_samples


def adts(data: bytes, at: int) -> tuple[int, int] | None:
    """Measures AAC in ADTS."""
    if len(data) < at + 7:
        return None
    size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    if data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0 or size < 7:
        raise ValueError("no AAC frame where one should be")
    return size, _AAC_FRAME


class FlacPackets:
    """A FLAC stream: the header is left out, each frame's end is the next one's header."""

    def __init__(self) -> None:
        self._rest = b""
        self._info: StreamInfo | None = None
        self._frame: Frame | None = None
        self._looked = 0  # up to here the next header was looked for

    def feed(self, data: bytes) -> Iterator[Packet]:
        self._rest += data
        if self._frame is None and not self._begin():
            return
        assert self._info is not None and self._frame is not None
        at = 0
        while found := next_header(self._rest, max(self._looked, at + 6), self._frame, self._info):
            yield self._rest[at : found.offset], self._frame.block
            at, self._frame, self._looked = found.offset, found, found.offset + 6
        self._rest = self._rest[at:]
        # A header may stand across the border of two chunks.
        self._looked = max(6, len(self._rest) - HEADER)

    def end(self) -> Iterator[Packet]:
        if self._frame is not None:
            yield self._rest, self._frame.block

    def _begin(self) -> bool:
        """Step over the header once it is all there."""
        data, at, last = self._rest, 4, False
        while not last:
            if len(data) < at + 4:
                return False
            last, length = bool(data[at] & 0x80), int.from_bytes(data[at + 1 : at + 4], "big")
            if self._info is None and len(data) >= at + 38:
                self._info = stream_info(data[at + 4 : at + 38])
            at += 4 + length
        if len(data) < at + HEADER or self._info is None:
            return False
        self._rest = data[at:]
        self._frame = parse_header(self._rest[:HEADER], self._info)
        if self._frame is None:
            raise ValueError("no FLAC frame where one should be")
        return True


class OpusPackets:
    """Opus in Ogg, without its two header packets."""

    def __init__(self) -> None:
        self._rest = b""
        self._begun = b""  # of a packet that goes on in the next page
        self._headers = 2

    def feed(self, data: bytes) -> Iterator[Packet]:
        self._rest += data
        at = 0
        while True:
            head = self._rest[at : at + 282]
            if len(head) < 27 or len(head) < 27 + head[26]:
                break
            page = OggPage(head)
            end = at + page.header_length + page.body_length
            if head[:4] != b"OggS":
                raise ValueError("no Ogg page where one should be")
            if len(self._rest) < end:
                break
            for part, ends in page.packets(self._rest[at + page.header_length : end]):
                self._begun += part
                if ends:
                    yield from self._whole()
            at = end
        self._rest = self._rest[at:]

    def _whole(self) -> Iterator[Packet]:
        packet, self._begun = self._begun, b""
        if self._headers:
            self._headers -= 1
        elif packet:
            yield packet, _OPUS_FRAME

    def end(self) -> Iterator[Packet]:
        return iter(())
