"""What the player has to know of a track before it asks for the first fragment."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from resonance.analysis import levels
from resonance.analysis import sound as measured
from resonance.audio import exact
from resonance.audio.decode_pass import count
from resonance.audio.exact import Exact
from resonance.audio.facts import BrokenFile
from resonance.audio.flac_frames import FlacFile
from resonance.audio.mp3_frames import Mp3File
from resonance.core.errors import Unavailable
from resonance.db.engine import UnitOfWork
from resonance.playback.source import Gain, Source
from resonance.playback.tiers import Sound, Tier, tiers_of

_KEPT = 64
_WAIT_S = 10.0


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
    are gone. `tiers` are best first.
    """

    track_id: str
    version: str
    duration_s: float
    samples: int
    sample_rate_hz: int
    channels: int
    source: SourceFacts
    tiers: list[Tier]
    gain: Gain
    silence: Silence | None
    waveform: Literal["ready", "pending", "failed"]


@dataclass(frozen=True, slots=True)
class Playable:
    """A file read as far as sending it needs. `counted`: the length was found by decoding the whole file."""

    version: str
    sound: Sound
    tiers: dict[str, Tier]
    counted: bool


def version_of(stat: os.stat_result) -> str:
    """Changes with the file's bytes as far as its size and time tell."""
    return measured.etag_of(stat.st_size, stat.st_mtime_ns)


class Playables:
    """Reads files for playing and remembers the last ones. `program` finds ffmpeg."""

    def __init__(self, program: Callable[[], str]) -> None:
        self._program = program
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], Playable] = OrderedDict()
        self._busy: dict[tuple[str, str], threading.Lock] = {}

    def remembered(self, source: Source, version: str) -> Playable | None:
        """The file as it was read before."""
        key = (str(source.path), version)
        with self._lock:
            if (known := self._known.get(key)) is not None:
                self._known.move_to_end(key)
            return known

    def read(self, source: Source, version: str, facts: measured.Sound | None) -> Playable:
        """The file as it lies there now. Two requests at a time read it once.

        `facts` is what was measured of it. Raises OSError, Undecodable, Unavailable (there is no ffmpeg, or
        another request has been reading the file for long).
        """
        key = (str(source.path), version)
        with self._lock:
            busy = self._busy.setdefault(key, threading.Lock())
        # A client that asks again while a long file is counted must not take a second thread for as long.
        if not busy.acquire(timeout=_WAIT_S):
            raise Unavailable("library", "The file is still being read.", retry_after=5)
        try:
            if (known := self.remembered(source, version)) is not None:
                return known
            made = _read(source, version, facts, self._program)
            with self._lock:
                self._known[key] = made
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)
            return made
        finally:
            busy.release()
            with self._lock:
                self._busy.pop(key, None)


def _read(source: Source, version: str, facts: measured.Sound | None, program: Callable[[], str]) -> Playable:
    flac, mp3 = _flac(source), _mp3(source)
    header = exact.read(source.path, source.format, source.codec)
    before = facts.exact if facts else None
    frames, counted = 0, False
    if flac is not None:
        length = Exact(flac.samples, flac.info.sample_rate_hz, flac.info.channels)
    elif mp3 is not None:
        frame = mp3.form.frame_samples
        whole = header and header.samples + header.encoder_delay + header.padding
        frames = -(-whole // frame) if whole else mp3.frames
        length = before or header or Exact(frames * frame, mp3.form.sample_rate_hz, mp3.channels)
    elif before or header:
        length = before or header  # type: ignore[assignment]  # one of them is there
    else:
        length, counted = Exact(*count(source.path, program())), True
    sound = Sound(
        length=length,
        codec=source.codec,
        lossless=source.lossless,
        bit_depth=flac.info.bit_depth if flac else source.bit_depth,
        bit_rate_kbps=source.bit_rate_kbps,
        flac=flac,
        mp3=mp3 if frames else None,
        mp3_frames=frames,
    )
    return Playable(version, sound, {tier.name: tier for tier in tiers_of(sound)}, counted)


def _flac(source: Source) -> FlacFile | None:
    try:
        return FlacFile.open(source.path) if source.format == "flac" else None
    except BrokenFile:
        return None  # ffmpeg may make something of it


def _mp3(source: Source) -> Mp3File | None:
    try:
        return Mp3File.open(source.path) if (source.format, source.codec) == ("mp3", "mp3") else None
    except BrokenFile:
        return None


def manifest(
    source: Source, playable: Playable, facts: measured.Sound | None, gain: Gain
) -> PlaybackManifest:
    """The answer to the player."""
    length = playable.sound.length
    silence = None
    if facts and facts.lead_silence_s is not None and facts.trail_silence_s is not None:
        silence = Silence(facts.lead_silence_s, facts.trail_silence_s)
    return PlaybackManifest(
        track_id=source.track_id,
        version=playable.version,
        duration_s=length.duration_s,
        samples=length.samples,
        sample_rate_hz=length.sample_rate_hz,
        channels=length.channels,
        source=SourceFacts(
            source.format,
            source.codec,
            source.lossless,
            source.bit_rate_kbps,
            source.sample_rate_hz,
            source.bit_depth,
        ),
        tiers=list(playable.tiers.values()),
        gain=gain,
        silence=silence,
        waveform=facts.state if facts else "pending",
    )


def levelled(uow: UnitOfWork, source: Source) -> Gain:
    """How much louder to play: what the tags say, else what was measured."""
    gain = source.gain
    track_db, track_peak, album_db, album_peak = (
        *(gain.track_db, gain.track_peak),
        *(gain.album_db, gain.album_peak),
    )
    if track_db is None and (own := levels.of_track(uow, source.track_id)):
        track_db, track_peak = own.gain_db, own.peak
    if album_db is None and source.album_id and (whole := levels.of_album(uow, source.album_id)):
        album_db, album_peak = whole.gain_db, whole.peak
    return Gain(track_db, track_peak, album_db, album_peak)
