"""FLAC and the Ogg family: Vorbis comments."""

from __future__ import annotations

import binascii
import struct
from typing import Any, BinaryIO

from mutagen import MutagenError
from mutagen.flac import FLAC, Picture

from resonance.audio import flac_common
from resonance.audio.raw import RawTags, Stream, Unusual
from resonance.audio.tag_names import FREE


def read_flac(source: BinaryIO) -> RawTags:
    """A native FLAC file, with or without an ID3 tag before it."""
    try:
        return flac_common.read(source)
    except Unusual:
        source.seek(0)
        return read_flac_by_mutagen(source)


def read_flac_by_mutagen(source: BinaryIO) -> RawTags:
    """As read_flac, of whatever mutagen can make sense of."""
    audio: Any = FLAC(source)
    info = audio.info
    kbps = round(info.bitrate / 1000)
    raw = RawTags(
        Stream("flac", "flac", info.length, kbps, info.sample_rate, info.bits_per_sample, info.channels)
    )
    _comments(raw, audio.tags)
    for picture in audio.pictures:
        raw.offer_cover(picture.type, picture.data)
    return raw


def read_ogg(source: BinaryIO, codec: str) -> RawTags:
    """One of vorbis | opus | speex | flac inside Ogg."""
    from mutagen.oggflac import OggFLAC
    from mutagen.oggopus import OggOpus
    from mutagen.oggspeex import OggSpeex
    from mutagen.oggvorbis import OggVorbis

    reader: Any = {"vorbis": OggVorbis, "opus": OggOpus, "speex": OggSpeex, "flac": OggFLAC}[codec]
    audio = reader(source)
    info = audio.info
    raw = RawTags(
        Stream(
            "opus" if codec == "opus" else "ogg",
            codec,
            info.length,
            round(getattr(info, "bitrate", 0) / 1000) or None,
            48_000 if codec == "opus" else info.sample_rate,
            getattr(info, "bits_per_sample", None),
            info.channels,
        )
    )
    _comments(raw, audio.tags)
    return raw


def _comments(raw: RawTags, comments: Any) -> None:
    for key, value in comments or ():
        name = FREE.get(key.upper())
        if name is not None:
            raw.add(name, value)
        elif key.upper() in ("METADATA_BLOCK_PICTURE", "COVERART"):
            _picture(raw, key.upper(), value)


def _picture(raw: RawTags, key: str, value: str) -> None:
    try:
        data = binascii.a2b_base64(value)
        if key == "COVERART":
            raw.offer_cover(0, data)
        else:
            picture: Any = Picture(data)
            raw.offer_cover(picture.type, picture.data)
    except (MutagenError, ValueError, TypeError, struct.error):
        return  # a broken picture does not make the sound broken
