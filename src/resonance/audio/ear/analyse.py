"""One file to its Features: quickly from its middle, or in full."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from resonance.audio.ear import character, decode, onset, tempo
from resonance.audio.ear.character import Pulse
from resonance.audio.ear.decode import MonoLine, Sound
from resonance.audio.ear.edges import LevelMeter
from resonance.audio.ear.features import Features, Unanalysable
from resonance.audio.ear.frames import describe as describe_frames
from resonance.audio.ear.key import Key, KeyMeter
from resonance.audio.ear.loudness import LoudnessMeter
from resonance.audio.ear.timbre import vector
from resonance.audio.ear.versions import ALL, FULL, QUICK, VERSIONS
from resonance.audio.waveform import Waveform

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXCERPT_S = 120.0  # from the middle; half of it is too little for tempo and timbre
SHORTEST_S = 0.1
_LEVEL_SCALE = np.float32(32768.0)


def quick(path: str | os.PathLike[str], groups: Iterable[str] | None = None) -> Features:
    """Tempo, timbre and a provisional key from the middle two minutes. Raises Unanalysable.

    `groups` leaves some out; asking for more than QUICK has is a ValueError.
    """
    wanted = _wanted(groups, QUICK)
    began = time.process_time()
    with decode.opened(path) as sound:
        length = sound.length_s()
        start = 0.0 if length is None else max(0.0, (length - EXCERPT_S) / 2)
        mono = _excerpt(sound, start)
        if start and not len(mono):
            # The headers promise more than there is.
            start = 0.0
    if not len(mono) and length:
        with decode.opened(path) as sound:
            mono = _excerpt(sound, 0.0)
    _demand(len(mono) / decode.RATE)
    values = _heard(mono, start, wanted, None)
    values["duration_s"] = length
    return _features(values, wanted, sound, began)


def full(path: str | os.PathLike[str], groups: Iterable[str] | None = None) -> Features:
    """Loudness, peaks, exact length, waveform and the final key from the whole file. Raises Unanalysable."""
    return _through(path, _wanted(groups, FULL))


def whole(path: str | os.PathLike[str], groups: Iterable[str] | None = None) -> Features:
    """Everything in one decoding; tempo and timbre still from the middle. Raises Unanalysable."""
    return _through(path, _wanted(groups, ALL))


STAGES = {"quick": quick, "full": full, "whole": whole}


def _wanted(groups: Iterable[str] | None, possible: frozenset[str]) -> frozenset[str]:
    wanted = possible if groups is None else frozenset(groups)
    if not wanted <= possible:
        raise ValueError(f"not measured here: {', '.join(sorted(wanted - possible))}")
    return wanted


def _demand(seconds: float) -> None:
    if not seconds:
        raise Unanalysable("no_sound", "The file decodes to nothing.")
    if seconds < SHORTEST_S:
        raise Unanalysable("too_short", "The file has less than a tenth of a second of sound.")


def _excerpt(sound: Sound, start_s: float) -> NDArray[np.float32]:
    line = MonoLine(sound)
    parts = [line.add(block) for block in sound.blocks(start_s, EXCERPT_S)]
    return np.concatenate([*parts, line.finish()])


def _through(path: str | os.PathLike[str], wanted: frozenset[str]) -> Features:
    began = time.process_time()
    with decode.opened(path) as sound:
        length = sound.length_s() if wanted & {"tempo", "timbre"} else None
        run = _Run(sound, wanted, length)
        for block in sound.blocks():
            run.add(block)
        values = run.values()
    return _features(values, wanted, sound, began)


class _Run:
    """Everything that listens to one decoding of a whole file."""

    def __init__(self, sound: Sound, wanted: frozenset[str], length_s: float | None) -> None:
        self._sound, self._wanted = sound, wanted
        self._wave = Waveform()
        self._levels = LevelMeter(sound.rate)
        loud = "loudness" in wanted
        self._loudness = LoudnessMeter(sound.rate, sound.channels, sound.layout) if loud else None
        self._line = MonoLine(sound) if wanted - {"loudness"} else None
        self._key = KeyMeter(decode.RATE) if "key" in wanted else None
        start = max(0.0, ((length_s or 0.0) - EXCERPT_S) / 2)
        self._first = round(start * decode.RATE) if wanted & {"tempo", "timbre"} else None
        self._excerpt: list[NDArray[np.float32]] = []
        self._mono_seen = 0
        self._frames = 0

    def add(self, block: NDArray[np.float32]) -> None:
        self._frames += block.shape[1]
        if self._loudness is not None:
            self._loudness.add(block)
            self._levels.add(block)
            self._wave.add(_levels(block))
        if self._line is not None:
            self._hear(self._line.add(block))

    def _hear(self, mono: NDArray[np.float32]) -> None:
        if self._key is not None:
            self._key.add(mono)
        if self._first is not None:
            first = self._first - self._mono_seen
            last = first + round(EXCERPT_S * decode.RATE)
            self._excerpt.append(mono[max(0, first) : max(0, last)].copy())
        self._mono_seen += len(mono)

    def values(self) -> dict[str, Any]:
        _demand(self._frames / self._sound.rate)
        if self._line is not None:
            self._hear(self._line.finish())
        key = self._key.result() if self._key is not None else None
        values: dict[str, Any] = {}
        if self._first is not None:
            start = self._first / decode.RATE
            values |= _heard(np.concatenate(self._excerpt), start, self._wanted - {"key"}, key)
        if key is not None:
            values |= key.facts() | {"key_window": "whole"}
        if self._loudness is not None:
            values |= self._loudness_values(self._loudness)
        return values

    def _loudness_values(self, meter: LoudnessMeter) -> dict[str, Any]:
        found, rate = meter.result(), self._sound.rate
        lead, trail = self._wave.silence()
        begin, end = self._levels.edges()
        return {
            "lufs_i": found.lufs_i,
            "lra": found.lra,
            "true_peak_dbtp": found.true_peak_dbtp,
            "sample_peak_dbfs": found.sample_peak_dbfs,
            "intro_end_s": begin,
            "outro_start_s": end,
            "silence_head_s": lead / rate,
            "silence_tail_s": trail / rate,
            "samples": self._wave.frames,
            "sample_rate_hz": rate,
            "channels": self._sound.channels,
            "peaks": self._wave.peaks(),
            "duration_s": self._wave.frames / rate,
        }


def _levels(block: NDArray[np.float32]) -> NDArray[np.uint16]:
    loudest = np.maximum(block.max(axis=0), -block.min(axis=0))
    scaled: NDArray[np.uint16] = np.rint(np.minimum(loudest * _LEVEL_SCALE, _LEVEL_SCALE)).astype(np.uint16)
    return scaled


def _heard(
    mono: NDArray[np.float32], start_s: float, wanted: frozenset[str], key: Key | None
) -> dict[str, Any]:
    """What an excerpt tells; `key` is that of the whole, where it is known."""
    values: dict[str, Any] = {}
    if "key" in wanted:
        meter = KeyMeter(decode.RATE, whole=start_s == 0)
        meter.add(mono)
        key = meter.result()
        values |= key.facts() | {"key_window": "excerpt"}
    beat = tempo.estimate(mono, decode.RATE).facts(start_s) if "tempo" in wanted else {}
    if "timbre" in wanted:
        values |= _timbre_values(mono, beat, key)
    return values | beat


def _timbre_values(mono: NDArray[np.float32], beat: dict[str, Any], key: Key | None) -> dict[str, Any]:
    frames = describe_frames(mono, decode.RATE)
    if frames is None:
        return {}
    onsets = onset.envelope(mono, decode.RATE)
    pulse = Pulse(
        None if onsets is None else onsets.total,
        0.0 if onsets is None else onsets.frames_per_s,
        None if onsets is None else onset.rate_per_s(onsets),
        beat.get("bpm"),
    )
    mode, strength = (key.key_mode, key.key_strength) if key is not None else (None, None)
    found = character.describe(frames, pulse, mode, strength)
    return {name: getattr(found, name) for name in found.__dataclass_fields__} | {
        "timbre": vector(frames, mono, decode.RATE)
    }


def _features(values: dict[str, Any], wanted: frozenset[str], sound: Sound, began: float) -> Features:
    versions: dict[str, Any] = {f"{group}_version": VERSIONS[group] for group in wanted}
    cpu_ms = round((time.process_time() - began) * 1000)
    return Features(**versions, **values, damaged_packets=sound.damaged, cpu_ms=cpu_ms)
