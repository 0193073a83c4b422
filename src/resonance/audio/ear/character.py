"""Scores of 0 to 1 that say how a piece feels, each by a definition anyone can check.

They are made of what can be measured; none is a classifier's verdict. Ranks within a library say more than
the bare numbers. All are independent of the volume of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resonance.audio.ear.frames import Frames

_CALM_BPM, _FAST_BPM = 70.0, 150.0
_DANCE_BPM, _DANCE_OCTAVES = 120.0, 0.6
_MOST_VALENCE_CONFIDENCE = 0.3


@dataclass(frozen=True, slots=True)
class Character:
    """Scores are 0..1; `dynamic_complexity` in dB. `valence_proxy` is a guess and never a mood."""

    energy: float
    danceability: float | None
    brightness: float
    dynamic_complexity: float
    acousticness_proxy: float
    valence_proxy: float | None
    valence_confidence: float | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """What tempo analysis tells. `curve` is an onset envelope at `frames_per_s`; None where there is none."""

    curve: NDArray[np.float32] | None
    frames_per_s: float
    onset_rate: float | None
    bpm: float | None


def describe(frames: Frames, pulse: Pulse, mode: str | None, key_strength: float | None) -> Character:
    """The character of an excerpt; `mode` is major or minor, None where the key is unclear."""
    force = energy(frames, pulse)
    shine = brightness(frames)
    valence, confidence = valence_proxy(force, shine, pulse.bpm, mode, key_strength)
    return Character(
        energy=round(force, 3),
        danceability=_rounded(danceability(pulse)),
        brightness=round(shine, 3),
        dynamic_complexity=round(dynamic_complexity(frames), 2),
        acousticness_proxy=round(acousticness_proxy(frames), 3),
        valence_proxy=_rounded(valence),
        valence_confidence=_rounded(confidence),
    )


def energy(frames: Frames, pulse: Pulse) -> float:
    """How forceful: .35 how much the spectrum changes (mean flux, 0 to 4 dB a frame), .25 how many onsets
    (0 to 8 a second), .25 how dense (crest factor, 22 down to 8 dB), .15 brightness.
    """
    onsets = _ramp(pulse.onset_rate or 0.0, 0.0, 8.0)
    change = _ramp(float(frames.flux_db.mean()), 0.0, 4.0)
    dense = _ramp(-frames.crest_db, -22.0, -8.0)
    return 0.35 * change + 0.25 * onsets + 0.25 * dense + 0.15 * brightness(frames)


def brightness(frames: Frames) -> float:
    """Where the spectrum has its centre (of amplitudes, mean of all frames): 0 at 350 Hz, 1 at 5.6 kHz."""
    return _ramp(float(frames.centroid_oct.mean()), -1.5, 2.5)


def dynamic_complexity(frames: Frames) -> float:
    """How far the level of a moment is from the mean level, on average, in dB."""
    level = frames.level_db.astype(np.float64)
    return float(np.abs(level - level.mean()).mean())


def acousticness_proxy(frames: Frames) -> float:
    """How much like unamplified instruments: .4 tonal (flatness 0 to -30 dB), .3 little power above 3.2 kHz
    (10 % down to .1 %), .3 free dynamics (complexity 1 to 7 dB). Soft synthesisers pass for acoustic.
    """
    tonal = _ramp(-float(frames.flatness_db.mean()), 0.0, 30.0)
    share = max(float(frames.high_share.mean()), 1e-6)
    mild = _ramp(-float(np.log10(share)), 1.0, 3.0)
    free = _ramp(dynamic_complexity(frames), 1.0, 7.0)
    return 0.4 * tonal + 0.3 * mild + 0.3 * free


def danceability(pulse: Pulse) -> float | None:
    """How clear and suitable the beat is: the clarity of the pulse (the highest normalised autocorrelation
    of the onset envelope between 60 and 200 BPM), times .6 to 1 by how near its tempo is to 120 BPM (within
    0.6 octaves). None where nothing begins.
    """
    if pulse.curve is None:
        return None
    clarity = pulse_clarity(pulse.curve, pulse.frames_per_s)
    if clarity is None:
        return None
    near = 0.0
    if pulse.bpm:
        near = float(np.exp(-0.5 * (np.log2(pulse.bpm / _DANCE_BPM) / _DANCE_OCTAVES) ** 2))
    return clarity * (0.6 + 0.4 * near)


def pulse_clarity(curve: NDArray[np.float32], frames_per_s: float) -> float | None:
    """The highest normalised autocorrelation of an onset envelope at lags of 0.3 to 1 s, at least 0."""
    first, last = round(0.3 * frames_per_s), round(frames_per_s)
    values = curve.astype(np.float64)
    values -= values.mean()
    size = len(values)
    if size < 4 * last or not values.any():
        return None
    length = 1 << (2 * size - 1).bit_length()
    spectrum = np.fft.rfft(values, length)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    correlation = np.fft.irfft(power, length)[: last + 1]
    correlation *= size / np.arange(size, size - last - 1, -1)
    return max(0.0, min(1.0, float(correlation[first:].max() / correlation[0])))


def valence_proxy(
    force: float, shine: float, bpm: float | None, mode: str | None, key_strength: float | None
) -> tuple[float | None, float | None]:
    """(a guess at how glad, how sure): .4 major mode, .25 tempo (70 to 150 BPM), .2 energy, .15 brightness.
    Never surer than 0.3 times the strength of the key; nothing where the key is unclear.
    """
    if mode is None or not key_strength:
        return None, None
    pace = _ramp(bpm, _CALM_BPM, _FAST_BPM) if bpm else 0.5
    glad = 0.4 * (mode == "major") + 0.25 * pace + 0.2 * force + 0.15 * shine
    return glad, _MOST_VALENCE_CONFIDENCE * min(1.0, key_strength)


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
