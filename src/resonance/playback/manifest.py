"""What the player has to know of a track before it asks for the first fragment."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from resonance.audio.facts import BrokenFile
from resonance.audio.flac_frames import FlacFile
from resonance.playback.source import Gain, Source
from resonance.playback.tiers import Sound, Tier, tiers_of

_KEPT = 64


class SourceFacts(Struct, frozen=True):
    """The file behind a track."""

    format: str
    codec: str
    lossless: bool
    bit_rate_kbps: int | None
    sample_rate_hz: int | None
    bit_depth: int | None


class Silence(Struct, frozen=True):
    """How long nothing is heard at both ends, in seconds."""

    lead_s: float
    trail_s: float


class PlaybackManifest(Struct, frozen=True, kw_only=True):
    """A track for the player. `version` changes with the file's bytes.

    `samples` at `sample_rate_hz` is the exact length of the decoded music: the encoder's delay and padding
    are gone. `exact` is false where it could only be estimated. `tiers` are best first.
    """

    track_id: str
    version: str
    duration_s: float
    samples: int
    sample_rate_hz: int
    channels: int
    exact: bool
    source: SourceFacts
    tiers: list[Tier]
    gain: Gain
    silence: Silence | None
    waveform: Literal["ready", "pending", "failed"]


@dataclass(frozen=True, slots=True)
class Playable:
    """A file read as far as sending it needs."""

    version: str
    sound: Sound
    tiers: dict[str, Tier]


def version_of(stat: os.stat_result) -> str:
    """Changes with the file's bytes as far as its size and time tell."""
    return f"{stat.st_size:x}-{stat.st_mtime_ns:x}"


class Playables:
    """Reads files for playing and remembers the last ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], Playable] = OrderedDict()
        self._busy: dict[tuple[str, str], threading.Lock] = {}

    def of(self, source: Source, version: str) -> Playable:
        """The file as it lies there now. Two requests at a time read it once."""
        key = (str(source.path), version)
        with self._lock:
            if (known := self._known.get(key)) is not None:
                self._known.move_to_end(key)
                return known
            busy = self._busy.setdefault(key, threading.Lock())
        with busy:
            if (known := self._known.get(key)) is not None:
                return known
            made = _read(source, version)
            with self._lock:
                self._known[key] = made
                self._busy.pop(key, None)
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)
            return made


def _read(source: Source, version: str) -> Playable:
    flac = _flac(source)
    if flac is None:
        raise BrokenFile("not_audio", "The file cannot be played yet.")
    sound = Sound(
        samples=flac.samples,
        sample_rate_hz=flac.info.sample_rate_hz,
        channels=flac.info.channels,
        bit_depth=flac.info.bit_depth,
        bit_rate_kbps=source.bit_rate_kbps,
        lossless=True,
        flac=flac,
    )
    return Playable(version, sound, {tier.name: tier for tier in tiers_of(sound)})


def _flac(source: Source) -> FlacFile | None:
    if source.format != "flac":
        return None
    try:
        return FlacFile.open(source.path)
    except BrokenFile:
        return None  # ffmpeg may make something of it


def manifest(source: Source, playable: Playable) -> PlaybackManifest:
    """The answer to the player."""
    sound = playable.sound
    return PlaybackManifest(
        track_id=source.track_id,
        version=playable.version,
        duration_s=sound.samples / sound.sample_rate_hz,
        samples=sound.samples,
        sample_rate_hz=sound.sample_rate_hz,
        channels=sound.channels,
        exact=True,
        source=SourceFacts(
            source.format,
            source.codec,
            source.lossless,
            source.bit_rate_kbps,
            source.sample_rate_hz,
            source.bit_depth,
        ),
        tiers=list(playable.tiers.values()),
        gain=source.gain,
        silence=None,
        waveform="pending",
    )
