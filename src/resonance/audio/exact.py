"""The exact length of the music in a file, read from its headers in a few small reads.

What is counted is what ffmpeg decodes when it is given `input_options` and `filters`: without the encoder's
delay at the start and its padding at the end.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from resonance.audio import exact_mp3, exact_mp4, exact_ogg, exact_pcm
from resonance.audio.facts import BrokenFile

_READERS = {
    ("flac", "flac"): exact_pcm.flac,
    ("wav", "pcm"): exact_pcm.wav,
    ("aiff", "pcm"): exact_pcm.aiff,
    ("mp3", "mp3"): exact_mp3.read,
    ("m4a", "aac"): exact_mp4.aac,
    ("m4a", "alac"): exact_mp4.alac,
    ("opus", "opus"): exact_ogg.opus,
    ("ogg", "opus"): exact_ogg.opus,
    ("ogg", "vorbis"): exact_ogg.vorbis,
    ("ogg", "flac"): exact_ogg.flac,
}


@dataclass(frozen=True, slots=True)
class Exact:
    """`samples` of each channel at `sample_rate_hz`, after `encoder_delay` and `padding` are gone.

    Delay and padding are in samples too, 0 where the format has none. `cut` says that ffmpeg's own versions
    disagree on them, so that it has to be told (see `input_options`).
    """

    samples: int
    sample_rate_hz: int
    channels: int
    encoder_delay: int = 0
    padding: int = 0
    cut: bool = False

    @property
    def duration_s(self) -> float:
        """The length in seconds."""
        return self.samples / self.sample_rate_hz


def read(path: str | os.PathLike[str], format: str, codec: str) -> Exact | None:
    """The exact length as the headers tell it; None where they do not, or contradict the file.

    `format` and `codec` are those of the carrier. A hostile file costs at most a few megabytes of reading.
    Raises OSError when the file cannot be read.
    """
    reader = _READERS.get((format, codec))
    if reader is None:
        return None
    with Path(path).open("rb") as source:
        try:
            found = reader(source, os.fstat(source.fileno()).st_size)
        except BrokenFile:
            return None
    if found is None or found.samples <= 0 or not 0 < found.sample_rate_hz <= 1_000_000:
        return None
    if not 0 < found.channels <= 64:
        return None
    cut = codec == "aac"
    return Exact(
        found.samples, found.sample_rate_hz, found.channels, found.encoder_delay, max(0, found.padding), cut
    )


def input_options(exact: Exact | None) -> list[str]:
    """What stands before ffmpeg's -i, so that exactly these samples come out of the filters below."""
    # Without them ffmpeg trims AAC by rules of its own that differ from version to version.
    return ["-ignore_editlist", "1", "-flags2", "+skip_manual"] if exact and exact.cut else []


def filters(exact: Exact | None, *, first: int = 0, last: int | None = None) -> list[str]:
    """Audio filters that keep the samples from `first` until before `last`, both counted within the music.

    Empty when the whole is wanted and ffmpeg gives it by itself.
    """
    if exact is None or not exact.cut:
        until = "" if last is None else f":end_sample={last}"
        return [f"atrim=start_sample={first}{until}"] if first or until else []
    start = exact.encoder_delay + first
    end = exact.encoder_delay + (exact.samples if last is None else min(last, exact.samples))
    return [f"atrim=start_sample={start}:end_sample={end}"]
