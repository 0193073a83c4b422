"""`payload_id`: a cheap name for what is heard, whatever the tags say.

Two files with one payload id hold the same encoded sound. Retagging, adding a cover, changing padding or
moving an MP4's index keeps it. At most a few dozen kilobytes are read, however long the file is.
"""

from __future__ import annotations

import hashlib
import os
from io import FileIO
from typing import BinaryIO

from resonance.audio import sniff
from resonance.audio.facts import BrokenFile
from resonance.audio.regions import OggPage, after_id3, at, bare_region, first_sync

_BLOCK = 4096
_TAIL = 65_536
_OGG_PACKETS = 64
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")


def payload_id(path: str | bytes) -> str:
    """`<format>:<32 hex digits>`. Raises BrokenFile when the file cannot be opened or is no audio."""
    try:
        with FileIO(path) as source:
            size = os.fstat(source.fileno()).st_size
            kind = sniff.kind_of(source, os.fsencode(path))
            if kind is None:
                raise BrokenFile("not_audio" if size else "empty", "There is no sound to name.")
            return payload_of(source, kind, size)
    except OSError as fault:
        raise BrokenFile("unreadable", fault.strerror or str(fault)) from fault


def payload_of(source: BinaryIO, kind: str, size: int) -> str:
    """As payload_id, of an open file whose format is known."""
    digest = hashlib.blake2b(digest_size=16)
    for part in _payload(source, kind, size):
        digest.update(part)
    return f"{kind}:{digest.hexdigest()}"


def _payload(source: BinaryIO, kind: str, size: int) -> list[bytes]:
    if kind == "flac":
        return _flac(source, size)
    if kind == "ogg":
        return _ogg(source, size)
    if kind == "m4a":
        return _blocks(source, _mp4_media(source, size))
    if kind in ("wav", "aiff"):
        return _blocks(source, [_iff_chunk(source, kind, size)])
    if kind == "wma":
        return _blocks(source, [_asf_data(source, size)])
    if kind == "dsf":
        return _blocks(source, [_dsf_data(source, size)])
    start, end = bare_region(source, size)
    return _blocks(source, [(first_sync(source, start, end) if kind in ("mp3", "aac") else start, end)])


def _blocks(source: BinaryIO, regions: list[tuple[int, int]]) -> list[bytes]:
    """The total length, and the start, middle and end of the largest region."""
    total = sum(end - start for start, end in regions)
    start, end = max(regions, key=lambda region: region[1] - region[0], default=(0, 0))
    parts = [str(total).encode()]
    if end - start <= 3 * _BLOCK:
        return [*parts, at(source, start, end - start)]
    places = (start, (start + end - _BLOCK) // 2, end - _BLOCK)
    return [*parts, *(at(source, place, _BLOCK) for place in places)]


def _flac(source: BinaryIO, size: int) -> list[bytes]:
    start = after_id3(source, size)
    info = at(source, start + 8, 34)
    if any(info[18:34]):
        return [info[10:34]]  # rate, channels, depth, number of samples, MD5 of the samples
    place = start + 4
    for _ in range(4096):
        head = at(source, place, 4)
        if len(head) < 4:
            break
        place += 4 + int.from_bytes(head[1:4], "big")
        if head[0] & 0x80:
            break
    _, end = bare_region(source, size)
    return _blocks(source, [(min(place, end), end)])


def _ogg(source: BinaryIO, size: int) -> list[bytes]:
    """The first packets of sound, the last page's sound and the length in samples; never a page header,
    because retagging renumbers pages."""
    parts: list[bytes] = []
    headers = -1
    serial = b""
    place, pending = 0, b""
    packets = 0
    for _ in range(20_000):
        page = OggPage(at(source, place, 282))
        if not page.valid:
            break
        if not serial and page.codec_headers:
            serial, headers = page.serial, page.codec_headers
        if page.serial == serial and headers > 0:
            headers -= page.finished_packets
            # Codecs start sound on a fresh page after their headers.
        elif page.serial == serial:
            body = at(source, place + page.header_length, page.body_length)
            for packet, whole in page.packets(body):
                pending += packet
                if whole:
                    parts.append(pending)
                    packets, pending = packets + 1, b""
            if packets >= _OGG_PACKETS:
                break
        place += page.header_length + page.body_length
    tail = at(source, max(0, size - _TAIL), _TAIL)
    last = tail.rfind(b"OggS")
    if last >= 0:
        page = OggPage(tail[last : last + 282])
        parts = [*parts[:_OGG_PACKETS], tail[last + 6 : last + 14], tail[last + page.header_length :]]
    return parts


def _mp4_media(source: BinaryIO, size: int) -> list[tuple[int, int]]:
    regions: list[tuple[int, int]] = []
    place = 0
    for _ in range(10_000):
        head = at(source, place, 16)
        if len(head) < 8:
            break
        length, header = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, header = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = size - place
        if length < header:
            break
        if head[4:8] == b"mdat":
            regions.append((place + header, min(place + length, size)))
        place += length
    return regions


def _iff_chunk(source: BinaryIO, kind: str, size: int) -> tuple[int, int]:
    name, order = (b"data", "little") if kind == "wav" else (b"SSND", "big")
    place = 12
    for _ in range(10_000):
        head = at(source, place, 8)
        if len(head) < 8:
            break
        length = int.from_bytes(head[4:8], "little" if order == "little" else "big")
        if head[:4] == name:
            return place + 8, min(place + 8 + length, size)
        place += 8 + length + (length & 1)
    return size, size


def _asf_data(source: BinaryIO, size: int) -> tuple[int, int]:
    place = 0
    for _ in range(100):
        head = at(source, place, 24)
        if len(head) < 24:
            break
        length = int.from_bytes(head[16:24], "little")
        if head[:16] == _ASF_DATA:
            return place + 24, min(place + length, size)
        place += max(24, length)
    return size, size


def _dsf_data(source: BinaryIO, size: int) -> tuple[int, int]:
    place = 28
    for _ in range(10):
        head = at(source, place, 12)
        if len(head) < 12:
            break
        length = int.from_bytes(head[4:12], "little")
        if head[:4] == b"data":
            return place + 12, min(place + length, size)
        place += max(12, length)
    return size, size
