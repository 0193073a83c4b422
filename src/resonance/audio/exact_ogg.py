"""The exact length of an Ogg stream by the granule positions of its first and last pages."""

from __future__ import annotations

from typing import BinaryIO

from resonance.audio.exact_pcm import Counted
from resonance.audio.flac_header import stream_info
from resonance.audio.regions import OggPage, at

_HEADER_PAGES = 4_096  # a cover of 16 MB in the comments
_TAIL = 131_072
_OPUS_RATE = 48_000
# The samples (at 48 kHz) of an Opus packet by its configuration: SILK, hybrid, CELT.
_OPUS_FRAMES = (*(480, 960, 1920, 2880) * 3, *(480, 960) * 2, *(120, 240, 480, 960) * 4)


def opus(source: BinaryIO, size: int) -> Counted | None:
    """The last granule without the pre-skip."""
    first = _first_page(source)
    if first is None or not first[1].startswith(b"OpusHead") or len(first[1]) < 19:
        return None
    head = first[1]
    skip = int.from_bytes(head[10:12], "little")
    begun, last = _begin(source, first[0], 2), _last_granule(source, size, first[0].serial)
    if begun is None or last is None:
        return None
    page, packets = begun
    lengths = [_opus_samples(packet) for packet in packets]
    if not lengths or page.granule > sum(lengths):
        return None  # it starts in the middle of another stream
    return Counted(last - skip, _OPUS_RATE, head[9], skip)


def vorbis(source: BinaryIO, size: int) -> Counted | None:
    """The last granule, of streams that start at 0."""
    first = _first_page(source)
    if first is None or not first[1].startswith(b"\x01vorbis") or len(first[1]) < 30:
        return None
    head = first[1]
    begun, last = _begin(source, first[0], 3), _last_granule(source, size, first[0].serial)
    if begun is None or last is None:
        return None
    page, packets = begun
    longest = 1 << (head[28] >> 4)
    # A stream of one page may be cut at its start and at its end, which only decoding tells apart.
    if page.granule >= last or page.granule > (len(packets) - 1) * longest // 2:
        return None
    return Counted(last, int.from_bytes(head[12:16], "little"), head[11])


def flac(source: BinaryIO, size: int) -> Counted | None:
    """STREAMINFO in the first packet, else the last granule: a count cannot be filled in afterwards here."""
    first = _first_page(source)
    if first is None or not first[1].startswith(b"\x7fFLAC") or len(first[1]) < 51:
        return None
    info = stream_info(first[1][17:51])
    if info.samples:
        return Counted(info.samples, info.sample_rate_hz, info.channels)
    begun = _begin(source, first[0], 1 + int.from_bytes(first[1][7:9], "big"))
    last = _last_granule(source, size, first[0].serial)
    if begun is None or last is None or begun[0].granule > len(begun[1]) * info.largest_block:
        return None
    return Counted(last, info.sample_rate_hz, info.channels)


def _first_page(source: BinaryIO) -> tuple[OggPage, bytes] | None:
    page = OggPage(at(source, 0, 282))
    return (page, at(source, page.header_length, page.body_length)) if page.valid else None


def _begin(source: BinaryIO, first: OggPage, headers: int) -> tuple[OggPage, list[bytes]] | None:
    """The first page of sound on which a packet ends, and the packets that have ended by then."""
    place, finished = first.header_length + first.body_length, first.finished_packets
    sound: list[bytes] = []
    for _ in range(_HEADER_PAGES):
        page = OggPage(at(source, place, 282))
        if not page.valid or page.serial != first.serial:
            return None
        body = at(source, place + page.header_length, page.body_length)
        ended = [packet for packet, whole in page.packets(body) if whole]
        if finished >= headers:
            sound += ended
            if page.granule >= 0 and sound:
                return page, sound
        elif finished + len(ended) > headers:
            return None  # sound on a page of headers: no honest writer does that
        finished += len(ended)
        place += page.header_length + page.body_length
    return None


def _last_granule(source: BinaryIO, size: int, serial: bytes) -> int | None:
    """None when the file ends with another stream, or within a page."""
    tail = at(source, max(0, size - _TAIL), _TAIL)
    found = tail.rfind(b"OggS")
    while found >= 0:
        page = OggPage(tail[found : found + 282])
        if not page.valid or page.serial != serial:
            return None
        if page.granule >= 0:
            return page.granule
        found = tail.rfind(b"OggS", 0, found)
    return None


def _opus_samples(packet: bytes) -> int:
    if not packet:
        return 0
    code = packet[0] & 3
    count = (1, 2, 2)[code] if code < 3 else (packet[1] & 63 if len(packet) > 1 else 0)
    return count * _OPUS_FRAMES[packet[0] >> 3]
