"""FLAC and the Ogg family: Vorbis comments."""

from __future__ import annotations

import binascii
from typing import BinaryIO

from mutagen.flac import FLAC, Picture

from resonance.audio.raw import RawTags, Stream
from resonance.audio.tag_names import FREE


def read_flac(source: BinaryIO) -> RawTags:
    """A native FLAC file, with or without an ID3 tag before it."""
    audio = FLAC(source)
    info = audio.info
    raw = RawTags(
        Stream(
            "flac",
            "flac",
            info.length,
            round(info.bitrate / 1000),
            info.sample_rate,
            info.bits_per_sample,
            info.channels,
        )
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

    reader = {"vorbis": OggVorbis, "opus": OggOpus, "speex": OggSpeex, "flac": OggFLAC}[codec]
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


def _comments(raw: RawTags, comments: list[tuple[str, str]] | None) -> None:
    for key, value in comments or ():
        name = FREE.get(key.upper())
        if name is not None:
            raw.add(name, value)
        elif key.upper() == "METADATA_BLOCK_PICTURE":
            _picture(raw, value)
        elif key.upper() == "COVERART":
            try:
                raw.offer_cover(0, binascii.a2b_base64(value))
            except (binascii.Error, ValueError):
                continue


def _picture(raw: RawTags, value: str) -> None:
    try:
        picture = Picture(binascii.a2b_base64(value))
    except Exception:  # a broken picture does not make the sound broken
        return
    raw.offer_cover(picture.type, picture.data)
