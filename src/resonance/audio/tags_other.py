"""WAV, AIFF, WMA, APE, WavPack, Musepack, DSF, TTA and bare AAC."""

from __future__ import annotations

import importlib
from typing import Any, BinaryIO

from resonance.audio.raw import RawTags, Stream
from resonance.audio.tag_names import ASF as ATTRIBUTES
from resonance.audio.tag_names import FREE
from resonance.audio.tags_id3 import add_frames

_WAVE_CODECS = {1: "pcm", 3: "pcm", 6: "alaw", 7: "mulaw", 0x55: "mp3", 0xFFFE: "pcm"}
_READERS = {
    "wav": ("wave", "WAVE"),
    "aiff": ("aiff", "AIFF"),
    "dsf": ("dsf", "DSF"),
    "tta": ("trueaudio", "TrueAudio"),
    "aac": ("aac", "AAC"),
    "ape": ("monkeysaudio", "MonkeysAudio"),
    "wv": ("wavpack", "WavPack"),
    "mpc": ("musepack", "Musepack"),
    "wma": ("asf", "ASF"),
}


def _open(kind: str, source: BinaryIO) -> Any:
    module, name = _READERS[kind]
    # A format's reader is imported with its first file: scans of other formats start faster.
    return getattr(importlib.import_module(f"mutagen.{module}"), name)(source)


def read_iff(source: BinaryIO, kind: str) -> RawTags:
    """wav | aiff | dsf | tta | aac: formats that carry ID3 or nothing."""
    audio = _open(kind, source)
    info = audio.info
    if kind == "wav":
        codec = _WAVE_CODECS.get(getattr(info, "audio_format", 0), "wave")
    else:
        codec = {"aiff": "pcm", "dsf": "dsd"}.get(kind, kind)
    raw = RawTags(_stream(kind, codec, info))
    if kind != "aac":
        add_frames(raw, audio.tags)
    return raw


def read_asf(source: BinaryIO) -> RawTags:
    """Windows Media audio."""
    audio = _open("wma", source)
    raw = RawTags(_stream("wma", "wma", audio.info))
    for key, value in audio.tags or ():
        if key == "WM/Picture":
            _asf_picture(raw, value.value)
        elif field := ATTRIBUTES.get(key) or FREE.get(key.upper()):
            raw.add(field, str(value))
    return raw


def _asf_picture(raw: RawTags, data: Any) -> None:
    # type (1 byte), length (4), then mime and description as UTF-16 with double NULs, then the picture
    if isinstance(data, bytes) and len(data) > 9:
        size = int.from_bytes(data[1:5], "little")
        if size < len(data):
            raw.offer_cover(data[0], data[-size:])


def read_ape(source: BinaryIO, kind: str) -> RawTags:
    """ape | wv | mpc: formats that carry APEv2."""
    audio = _open(kind, source)
    raw = RawTags(_stream(kind, {"ape": "ape", "wv": "wavpack"}.get(kind, "musepack"), audio.info))
    add_ape(raw, audio.tags)
    return raw


def add_ape(raw: RawTags, tags: Any) -> None:
    """Every APEv2 item we know into `raw`."""
    from mutagen.apev2 import APEBinaryValue, APETextValue

    for key, value in tags.items() if tags is not None else ():
        if isinstance(value, APETextValue):
            if field := FREE.get(key.upper()):
                for text in value:
                    raw.add(field, text)
        elif isinstance(value, APEBinaryValue) and key.lower().startswith("cover art"):
            front = "front" in key.lower()
            raw.offer_cover(3 if front else 2, bytes(value).partition(b"\0")[2])


def _stream(kind: str, codec: str, info: Any) -> Stream:
    return Stream(
        kind,
        codec,
        float(info.length),
        round(getattr(info, "bitrate", 0) / 1000) or None,
        int(info.sample_rate),
        int(getattr(info, "bits_per_sample", 0)) or None,
        int(getattr(info, "channels", 0)),
    )
