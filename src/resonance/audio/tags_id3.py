"""ID3 tags: MP3, and the same tags inside WAV, AIFF, DSF, AAC and TTA."""

from __future__ import annotations

import zlib
from typing import Any, BinaryIO

from mutagen.id3 import _frames

from resonance.audio import id3_common, lrc
from resonance.audio.raw import RawTags, Stream, Unusual
from resonance.audio.tag_names import FREE, PEOPLE
from resonance.audio.tag_names import ID3 as FRAMES

_MILLISECONDS = 2
MAX_INFLATED = 32 * 1024 * 1024


class _BoundedZlib:
    """What mutagen uses of zlib, with an end: a frame of 100 kB may inflate to 100 MB."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        inflater = zlib.decompressobj()
        out = inflater.decompress(data, MAX_INFLATED)
        if inflater.unconsumed_tail:
            raise zlib.error("frame inflates beyond the limit")
        return out


# The only place where mutagen has no hook.
setattr(_frames, "zlib", _BoundedZlib)  # noqa: B010 - a plain assignment fails type checks


def read_mp3(source: BinaryIO) -> RawTags:
    """MPEG audio, layers 1 to 3."""
    from mutagen.mp3 import MP3, MPEGInfo

    try:
        size, raw = id3_common.read(source)
    except Unusual:
        source.seek(0)
        audio: Any = MP3(source)
        raw = RawTags(_stream(audio.info))
        add_frames(raw, audio.tags)
        return raw
    raw.stream = _stream(MPEGInfo(source, size))
    return raw


def _stream(info: Any) -> Stream:
    bit_rate_kbps = round(info.bitrate / 1000)
    return Stream("mp3", f"mp{info.layer}", info.length, bit_rate_kbps, info.sample_rate, None, info.channels)


def add_frames(raw: RawTags, tags: Any) -> None:
    """Every frame we know into `raw`."""
    for frame in tags.values() if tags is not None else ():
        kind = frame.FrameID
        field = FRAMES.get(kind)
        if field == "genre":
            for genre in frame.genres:
                raw.add("genre", genre)
        elif field is not None:
            for value in frame.text:
                raw.add(field, str(value))
        elif kind == "TXXX":
            field = FREE.get(frame.desc.upper())
            if field is not None:
                for value in frame.text:
                    raw.add(field, value)
        elif kind in _SPECIAL:
            _SPECIAL[kind](raw, frame)


def _comment(raw: RawTags, frame: Any) -> None:
    # Players keep machine values in described comments ("iTunNORM"); only the plain one is for people.
    if not frame.desc or frame.desc.lower() in ("description", "comment", "id3v1 comment"):
        for value in frame.text:
            raw.add("comment", value)
    elif field := FREE.get(frame.desc.upper()):
        for value in frame.text:
            raw.add(field, value)


def _picture(raw: RawTags, frame: Any) -> None:
    raw.offer_cover(int(frame.type), frame.data)


def _recording_id(raw: RawTags, frame: Any) -> None:
    if frame.owner == "http://musicbrainz.org":
        raw.add("recording_mbid", frame.data.decode("ascii", "replace"))


def _plain_lyrics(raw: RawTags, frame: Any) -> None:
    raw.texts.append((frame.lang, frame.text))


def _synced_lyrics(raw: RawTags, frame: Any) -> None:
    if frame.format == _MILLISECONDS and frame.type in (0, 1, 2):
        raw.texts.append((frame.lang, lrc.write(lrc.of_syllables(frame.text))))


def _people(raw: RawTags, frame: Any) -> None:
    for role, name in frame.people:
        if field := PEOPLE.get(role.lower()):
            raw.add(field, name)


def _musicians(raw: RawTags, frame: Any) -> None:
    for _instrument, name in frame.people:
        raw.add("performer", name)


def _volume(raw: RawTags, frame: Any) -> None:
    kind = frame.desc.lower()
    if kind in ("track", "album") and frame.channel == 1 and f"gain_{kind}" not in raw.values:
        raw.add(f"gain_{kind}", f"{frame.gain:.4f}")
        if frame.peak:
            raw.add(f"peak_{kind}", f"{frame.peak:.6f}")


_SPECIAL = {
    "APIC": _picture,
    "COMM": _comment,
    "IPLS": _people,
    "RVA2": _volume,
    "SYLT": _synced_lyrics,
    "TIPL": _people,
    "TMCL": _musicians,
    "UFID": _recording_id,
    "USLT": _plain_lyrics,
}
