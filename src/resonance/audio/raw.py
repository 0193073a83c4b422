"""What a format's reader hands on: its values under our field names, not yet cleaned."""

from __future__ import annotations

from dataclasses import dataclass, field

FRONT_COVER = 3


class Unusual(Exception):
    """What a lean reader leaves to mutagen: both have to come to the same values."""


@dataclass(slots=True)
class Stream:
    """The sound itself. Durations in seconds, bit rate in kbit/s."""

    format: str
    codec: str
    duration_s: float = 0.0
    bit_rate_kbps: int | None = None
    sample_rate_hz: int | None = None
    bit_depth: int | None = None
    channels: int | None = None


@dataclass(slots=True)
class RawTags:
    """Values by field (names of tag_names), plus what is not a plain text.

    `texts` are lyrics as (language, text); `cover` is the best picture so far.
    """

    stream: Stream
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    cover: bytes | None = None
    cover_rank: int = 99

    def add(self, name: str, value: str) -> None:
        """One more value of a field."""
        if name in self.values:
            self.values[name].append(value)
        else:
            self.values[name] = [value]

    def offer_cover(self, kind: int, data: bytes) -> None:
        """Keep the picture when it is better than the one we have: front covers first, then any other."""
        rank = 0 if kind == FRONT_COVER else 1 if kind == 0 else 2
        if rank < self.cover_rank and image_mime(data):
            self.cover, self.cover_rank = data, rank


def image_mime(data: bytes) -> str | None:
    """The picture's type by its first bytes (declared types are often wrong), None when it is no picture."""
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if data[:4] == b"GIF8":
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:2] == b"BM" and len(data) > 54:
        return "image/bmp"
    return None
