"""MP4 audio: iTunes atoms and free-form names."""

from __future__ import annotations

from typing import Any, BinaryIO

from mutagen.mp4 import MP4, MP4FreeForm

from resonance.audio.facts import BrokenFile
from resonance.audio.raw import FRONT_COVER, RawTags, Stream
from resonance.audio.tag_names import FREE
from resonance.audio.tag_names import MP4 as ATOMS

_FREEFORM = "----:"
_PAIRS = {"trkn": ("number", "number_total"), "disk": ("disc", "disc_total")}
# atom: (field, the values that mean yes; none for a plain number)
_FLAGS: dict[str, tuple[str, tuple[int, ...]]] = {
    "tmpo": ("bpm", ()),
    "cpil": ("compilation", (1,)),
    "rtng": ("explicit", (1, 4)),
}


def read_mp4(source: BinaryIO) -> RawTags:
    """AAC or ALAC (or any other sound) in MP4; pictures without sound are no audio."""
    audio: Any = MP4(source)
    info = audio.info
    if not info.codec:
        raise BrokenFile("not_audio", "The MP4 file holds no sound track.")
    codec = "aac" if info.codec.startswith("mp4a") else info.codec.lower()
    depth = info.bits_per_sample if codec in ("alac", "flac") else None
    stream = Stream(
        "m4a", codec, info.length, round(info.bitrate / 1000), info.sample_rate, depth, info.channels
    )
    raw = RawTags(stream)
    for key, values in (audio.tags or {}).items():
        _atom(raw, key, values if isinstance(values, list) else [values])
    return raw


def _atom(raw: RawTags, key: str, values: list[Any]) -> None:
    if key in ATOMS:
        for value in values:
            raw.add(ATOMS[key], str(value))
    elif key.startswith(_FREEFORM):
        field = FREE.get(key.rpartition(":")[2].upper())
        for value in values if field else ():
            if field and isinstance(value, MP4FreeForm):
                raw.add(field, value.decode("utf-8", "replace"))
    elif key in _PAIRS:
        for field, value in zip(_PAIRS[key], values[0], strict=False):
            raw.add(field, str(value))
    elif key == "covr":
        for value in values:
            raw.offer_cover(FRONT_COVER, bytes(value))
    elif key in _FLAGS:
        field, true = _FLAGS[key]
        raw.add(field, str(values[0]) if not true else "1" if values[0] in true else "0")
