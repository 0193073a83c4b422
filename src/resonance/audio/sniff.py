"""Which format a file is, by its content; the name is asked only where the content says nothing."""

from __future__ import annotations

from typing import BinaryIO

AUDIO_EXTENSIONS = frozenset(
    [
        ".mp3",
        ".mp2",
        ".mpga",
        ".flac",
        ".ogg",
        ".oga",
        ".opus",
        ".spx",
        ".m4a",
        ".m4b",
        ".mp4",
        ".aac",
        ".alac",
        ".wav",
        ".wave",
        ".aif",
        ".aiff",
        ".aifc",
        ".wma",
        ".asf",
        ".ape",
        ".wv",
        ".mpc",
        ".mp+",
        ".dsf",
        ".tta",
    ]
)
_MPEG_EXTENSIONS = (b".mp3", b".mp2", b".mpga")
_STARTS = {
    b"fLaC": "flac",
    b"OggS": "ogg",
    b"\x30\x26\xb2\x75": "wma",
    b"MAC ": "ape",
    b"wvpk": "wv",
    b"MPCK": "mpc",
    b"DSD ": "dsf",
    b"TTA1": "tta",
}
_MP4_ATOMS = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")
_OGG_CODECS = {b"\x01vorbis": "vorbis", b"OpusHead": "opus", b"Speex   ": "speex", b"\x7fFLAC": "flac"}


def kind_of(source: BinaryIO, name: bytes) -> str | None:
    """mp3 | flac | ogg | m4a | wav | ... or None when it is no audio. Leaves the position anywhere."""
    head = source.read(64)
    if head[:3] == b"ID3" and len(head) >= 10:
        return _behind_id3(source, head)
    return _by_start(head) or (
        "mp3" if name.lower().endswith(_MPEG_EXTENSIONS) and not _is_text(head) else None
    )


def _behind_id3(source: BinaryIO, head: bytes) -> str:
    """Tags of several formats may stand behind an ID3 tag (or two)."""
    end = 0
    for _ in range(4):
        end += id3_size(head)
        source.seek(end)
        head = source.read(64)
        if head[:3] != b"ID3":
            break
    found = _by_start(head)
    return found if found in ("flac", "ape", "wv", "mpc", "tta", "aac") else "mp3"


def id3_size(head: bytes) -> int:
    """Bytes an ID3v2 tag takes, its header and footer included."""
    size = (head[6] & 0x7F) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7 | head[9] & 0x7F
    return 10 + size + (10 if head[5] & 0x10 else 0)


def _by_start(head: bytes) -> str | None:
    found = _STARTS.get(head[:4])
    if found:
        return found
    if head[4:8] in _MP4_ATOMS:
        return "m4a"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[:3] == b"MP+":
        return "mpc"
    if len(head) > 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    return None


def _is_text(head: bytes) -> bool:
    return bool(head) and all(32 <= byte < 127 or byte in b"\t\r\n\f" for byte in head)


def ogg_codec(first_page: bytes) -> str | None:
    """vorbis | opus | speex | flac by the first packet; None for video and the unknown."""
    if len(first_page) < 28:
        return None
    packet = first_page[27 + first_page[26] :]
    for magic, codec in _OGG_CODECS.items():
        if packet.startswith(magic):
            return codec
    # A skeleton stream stands before the sound it describes.
    return "vorbis" if packet.startswith(b"fishead") else None
