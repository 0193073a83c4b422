"""The metadata that nearly every FLAC file has, read without an object for each block and number.

That is quicker than mutagen. Whatever is out of the ordinary (an ID3 tag in front, sizes that do not
agree, repeated blocks, cue sheets, pictures inside comments) raises Unusual: the file is then mutagen's.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from resonance.audio.facts import BrokenFile
from resonance.audio.flac_header import stream_info
from resonance.audio.raw import RawTags, Stream, Unusual
from resonance.audio.tag_names import FREE

_INFO, _PADDING, _APPLICATION, _SEEK_TABLE, _COMMENTS, _PICTURE = 0, 1, 2, 3, 4, 6
_SKIPPED = (_PADDING, _APPLICATION, _SEEK_TABLE)
_ONCE = (_INFO, _SEEK_TABLE, _COMMENTS)
_FIELDS = {name.encode(): field for name, field in FREE.items()}
_PICTURES = (b"METADATA_BLOCK_PICTURE", b"COVERART")
_LENGTH = struct.Struct("<I")


def read(source: BinaryIO) -> RawTags:
    """The stream, comments and pictures of a FLAC file, read from its start."""
    if source.read(4) != b"fLaC":
        raise Unusual
    raw = RawTags(Stream("flac", "flac"))
    pictures: list[tuple[int, bytes]] = []
    met: set[int] = set()
    last = False
    while not last:
        head = source.read(4)
        if len(head) < 4:
            raise Unusual
        kind, last, size = head[0] & 0x7F, head[0] > 0x7F, int.from_bytes(head[1:], "big")
        if (kind in met and kind in _ONCE) or (not met and kind != _INFO):
            raise Unusual
        met.add(kind)
        block = source.read(size)
        if len(block) != size:
            raise Unusual
        if kind == _COMMENTS:
            _add_comments(raw, block)
        elif kind == _PICTURE:
            pictures.append(_picture(block))
        elif kind == _INFO:
            raw.stream = _stream(block)
        elif kind not in _SKIPPED:
            raise Unusual
    for picture in pictures:
        raw.offer_cover(*picture)
    stream, start = raw.stream, source.tell()
    sound = source.seek(0, 2) - start
    stream.bit_rate_kbps = round(int(sound * 8 / stream.duration_s) / 1000) if stream.duration_s else 0
    return raw


def _stream(block: bytes) -> Stream:
    try:
        info = stream_info(block)
    except BrokenFile as fault:
        raise Unusual from fault
    seconds = info.samples / info.sample_rate_hz
    return Stream("flac", "flac", seconds, None, info.sample_rate_hz, info.bit_depth, info.channels)


def _add_comments(raw: RawTags, block: bytes) -> None:
    values = raw.values
    try:
        place = 4 + _LENGTH.unpack_from(block)[0]
        (count,) = _LENGTH.unpack_from(block, place)
        place += 4
        for _ in range(count):
            start = place + 4
            place = start + _LENGTH.unpack_from(block, place)[0]
            name, _, value = block[start:place].partition(b"=")
            name = name.upper()
            field = _FIELDS.get(name)
            if field is None:
                if name in _PICTURES:
                    raise Unusual
            elif field in values:
                values[field].append(value.decode("utf-8", "replace"))
            else:
                values[field] = [value.decode("utf-8", "replace")]
    except struct.error as fault:
        raise Unusual from fault
    if place != len(block):
        raise Unusual


def _picture(block: bytes) -> tuple[int, bytes]:
    """(kind, data): both texts before the data carry their lengths."""
    mime_end = 8 + int.from_bytes(block[4:8], "big")
    numbers = mime_end + 4 + int.from_bytes(block[mime_end : mime_end + 4], "big")
    start = numbers + 20
    if start > len(block) or start + int.from_bytes(block[start - 4 : start], "big") != len(block):
        raise Unusual
    return int.from_bytes(block[:4], "big"), block[start:]
