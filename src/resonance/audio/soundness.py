"""Cheap checks of a file's structure before a tag parser is let loose on it.

They find what is cut off, and they bound the number of things a parser would make objects of: a hostile
file of a few megabytes could otherwise cost a gigabyte.
"""

from __future__ import annotations

from typing import BinaryIO

from resonance.audio import sniff
from resonance.audio.facts import BrokenFile
from resonance.audio.flac_header import HEADER, parse_header, stream_info
from resonance.audio.regions import OggPage, after_id3, at, bare_region, first_sync

_MANY = 10_000
_LARGE_TAG = 1 << 20
_MAX_VENDOR = 8_192
_OGG_TAIL = 65_536
_CONTAINERS = (
    b"moov",
    b"udta",
    b"trak",
    b"mdia",
    b"meta",
    b"ilst",
    b"stbl",
    b"minf",
    b"moof",
    b"traf",
    b"----",
)
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")


def check(source: BinaryIO, kind: str, size: int) -> None:
    """Raise BrokenFile when the file is cut off or built to exhaust its reader. Moves the position."""
    start = _check_id3(source, size)
    if kind == "flac":
        _check_flac(source, start, size)
    elif kind in ("mp3", "aac"):
        _check_mpeg(source, start, size)
    elif kind == "ogg":
        _check_ogg(source, size)
    elif kind == "m4a":
        _check_mp4(source, size)
    elif kind in ("wav", "aiff"):
        _check_iff(source, kind, size)
    elif kind == "wma":
        _check_asf(source, size)
    elif kind in ("ape", "wv", "mpc"):
        _check_ape(source, kind, start, size)
    elif kind == "tta":
        _check_tta(source, start, size)
    elif kind == "dsf" and int.from_bytes(at(source, 12, 8), "little") > size:
        raise truncated("The file ends before the size in its header.")


def truncated(detail: str) -> BrokenFile:
    """The file ends too soon."""
    return BrokenFile("truncated", detail)


def _oversized() -> BrokenFile:
    return BrokenFile("bad_tags", "The metadata has more parts than any honest file.")


def _check_id3(source: BinaryIO, size: int) -> int:
    head = at(source, 0, 10)
    if head[:3] != b"ID3":
        return 0
    if len(head) < 10:
        raise truncated("The file ends inside its ID3 tag.")
    end = sniff.id3_size(head)
    if end > size:
        raise truncated("The file ends inside its ID3 tag.")
    if end > _LARGE_TAG:
        tag = at(source, 10, end - 10)
        if max(_frames(tag, 7), _frames(tag, 8)) > _MANY // 2:
            raise _oversized()
    return after_id3(source, size)


def _frames(tag: bytes, bits: int) -> int:
    """How many frames the tag has when sizes have 7 (ID3v2.4) or 8 (v2.3) bits a byte."""
    place = count = 0
    while place + 10 <= len(tag) and tag[place] and count <= _MANY:
        size = 0
        for byte in tag[place + 4 : place + 8]:
            size = size << bits | byte & (0x7F if bits == 7 else 0xFF)
        place += 10 + size
        count += 1
    return count


def _check_flac(source: BinaryIO, start: int, size: int) -> None:
    place = start + 4
    for _ in range(_MANY):
        head = at(source, place, 12)
        if len(head) < 4:
            raise truncated("The file ends inside its FLAC metadata.")
        length = int.from_bytes(head[1:4], "big")
        if head[0] & 0x7F == 4:
            _check_comments(at(source, place + 4, _MAX_VENDOR + 8))
        place += 4 + length
        if place > size:
            raise truncated("The file ends inside its FLAC metadata.")
        if head[0] & 0x80:
            break
    else:
        raise _oversized()
    _, end = bare_region(source, size)
    if end - place < 8:
        raise truncated("There is no sound after the FLAC metadata.")
    _check_flac_end(source, start, place, end)


def _check_flac_end(source: BinaryIO, start: int, place: int, end: int) -> None:
    """The last frame must be near the length the header promises."""
    info = at(source, start + 8, 34)
    stream = stream_info(info)
    if not stream.samples or not stream.largest_block or info[:2] != info[2:4]:
        return
    tail = at(source, max(place, end - _OGG_TAIL), _OGG_TAIL)[: end - place]
    found = tail.rfind(b"\xff\xf8")
    while found >= 0:
        frame = parse_header(tail[found : found + HEADER], stream)
        if frame is not None:
            # One frame may lack: some encoders write a short last one with its own size.
            if (frame.number + 2) * stream.largest_block < stream.samples:
                raise truncated("The sound ends before the length in the FLAC header.")
            return
        found = tail.rfind(b"\xff\xf8", 0, found)


def _check_comments(block: bytes) -> None:
    vendor = int.from_bytes(block[:4], "little")
    if vendor > _MAX_VENDOR or int.from_bytes(block[4 + vendor : 8 + vendor], "little") > _MANY:
        raise _oversized()


def _check_mpeg(source: BinaryIO, start: int, size: int) -> None:
    _, end = bare_region(source, size)
    if end - start < 128:
        raise (
            truncated("There is no sound after the tag.")
            if start
            else BrokenFile("not_audio", "Too short for sound.")
        )
    sync = first_sync(source, start, end)
    frame = at(source, sync, 192)
    info = max(frame.find(b"Xing"), frame.find(b"Info"))
    if info < 0 or len(frame) < info + 16:
        return
    flags = int.from_bytes(frame[info + 4 : info + 8], "big")
    if flags & 2:
        place = info + 8 + (4 if flags & 1 else 0)
        declared = int.from_bytes(frame[place : place + 4], "big")
        # Editors that cut or join files leave old values; only a gross lack is a broken copy.
        if end - sync < 0.95 * declared - 512:
            raise truncated(f"{end - sync:,} of {declared:,} bytes of sound are there.")


def _check_ogg(source: BinaryIO, size: int) -> None:
    first = OggPage(at(source, 0, 282))
    if not first.valid:
        raise truncated("The file ends inside its first Ogg page.")
    second = OggPage(at(source, first.header_length + first.body_length, 282))
    if second.valid:
        body = at(source, first.header_length + first.body_length + second.header_length, _MAX_VENDOR + 32)
        for magic in (b"\x03vorbis", b"OpusTags"):
            if body.startswith(magic):
                _check_comments(body[len(magic) :])
    tail = at(source, max(0, size - _OGG_TAIL), _OGG_TAIL)
    found = tail.rfind(b"OggS")
    if found < 0:
        return
    last = OggPage(tail[found : found + 282])
    if not last.valid or found + last.header_length + last.body_length > len(tail):
        raise truncated("The file ends inside an Ogg page.")
    if last.granule <= 0:
        raise truncated("There is no sound after the Ogg headers.")


def _check_mp4(source: BinaryIO, size: int) -> None:
    place = 0
    seen = set()
    for _ in range(_MANY):
        head = at(source, place, 16)
        if len(head) < 8:
            if head:
                raise truncated("The file ends inside an MP4 atom.")
            break
        length = int.from_bytes(head[:4], "big")
        length = int.from_bytes(head[8:16], "big") if length == 1 else length or size - place
        if length < 8:
            raise BrokenFile("bad_tags", "An MP4 atom has an impossible size.")
        if place + length > size:
            raise truncated(f"The file ends inside the MP4 atom {head[4:8].decode('latin-1')!r}.")
        seen.add(head[4:8])
        if head[4:8] == b"moov" and length > _LARGE_TAG:
            _count_atoms(at(source, place + 8, length - 8))
        place += length
    else:
        raise _oversized()
    if b"moov" not in seen:
        raise truncated("The MP4 file lacks its index (moov).")


def _count_atoms(data: bytes) -> None:
    pending, count = [(0, len(data))], 0
    while pending:
        place, end = pending.pop()
        while place + 8 <= end:
            length = int.from_bytes(data[place : place + 4], "big")
            if length < 8 or (count := count + 1) > _MANY:
                raise _oversized()
            if data[place + 4 : place + 8] in _CONTAINERS:
                inner = 12 if data[place + 4 : place + 8] == b"meta" else 8
                pending.append((place + inner, min(end, place + length)))
            place += length


def _check_iff(source: BinaryIO, kind: str, size: int) -> None:
    sound, order = (b"data", "little") if kind == "wav" else (b"SSND", "big")
    place, seen = 12, False
    for _ in range(_MANY):
        head = at(source, place, 8)
        if len(head) < 8:
            break
        length = int.from_bytes(head[4:8], "little" if order == "little" else "big")
        if head[:4] == sound:
            # Writers into a pipe cannot know the length and leave the largest one or none.
            if length < 0xFFFFFF00 and place + 8 + length > size + 1:
                raise truncated(f"{max(0, size - place - 8):,} of {length:,} bytes of sound are there.")
            seen = True
            if length >= 0xFFFFFF00:
                break
        elif place + 8 + length > size + 1:
            raise truncated("The file ends inside a chunk.")
        place += 8 + length + (length & 1)
    else:
        raise _oversized()
    if not seen:
        raise truncated("The file has no sound chunk.")


def _check_asf(source: BinaryIO, size: int) -> None:
    head = at(source, 0, 30)
    header = int.from_bytes(head[16:24], "little")
    if len(head) < 30 or header > size:
        raise truncated("The file ends inside its header.")
    if int.from_bytes(head[24:28], "little") > _MANY:
        raise _oversized()
    data = at(source, header, 24)
    if data[:16] != _ASF_DATA or header + int.from_bytes(data[16:24], "little") > size:
        raise truncated("The file ends inside its sound.")


def _check_tta(source: BinaryIO, start: int, size: int) -> None:
    head = at(source, start, 22)
    rate, samples = int.from_bytes(head[10:14], "little"), int.from_bytes(head[14:18], "little")
    frames = -(-samples * 245 // (rate * 256)) if rate else 0
    table = at(source, start + 22, min(4 * frames, _LARGE_TAG))
    sound = sum(int.from_bytes(table[place : place + 4], "little") for place in range(0, len(table), 4))
    if len(head) < 22 or len(table) < min(4 * frames, _LARGE_TAG) or start + 26 + len(table) + sound > size:
        raise truncated("The file ends before the sizes in its seek table.")


def _check_ape(source: BinaryIO, kind: str, start: int, size: int) -> None:
    head = at(source, start, 8)
    if size - start < 128 or (kind == "wv" and start + 8 + int.from_bytes(head[4:8], "little") > size):
        raise truncated("The file ends inside its first block.")
    tail = at(source, max(0, size - 160), 160)
    found = tail.rfind(b"APETAGEX")
    if found >= 0 and int.from_bytes(tail[found + 16 : found + 20], "little") > _MANY:
        raise _oversized()
