"""How strongly the onsets repeat after each lag: the raw evidence for a tempo and for its octave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resonance.audio.ear.onset import Curve, Onsets, moving_mean

SLOWEST_BPM, FASTEST_BPM = 50.0, 215.0
_SEARCHED_BPM = np.geomspace(40.0, 260.0, 800)
_MOST = 3
_RIVAL = 0.85  # of the best salience: what reaches it is a tempo to consider
LONGEST_LAG_S = 10.0  # eight beats at 48 BPM

Lags = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Periodicity:
    """Autocorrelations by lag in frames, each 1 at lag 0, of all onsets and by register.

    `backbeat` is the cross-correlation of low onsets with snare-like ones, divided by their energies: high at
    a beat's lag and low at lag 0 where kick and snare take turns. `onset_rate` is per second.
    """

    total: Lags
    low: Lags
    middle: Lags
    snare: Lags
    backbeat: Lags
    frames_per_s: float
    onset_rate: float

    def at(self, curve: Lags, seconds: float) -> float:
        """The value of `curve` at a lag, the best within 1.5 % or a frame: players are not exact."""
        lag = seconds * self.frames_per_s
        near = max(1.0, 0.015 * lag)
        first, last = int(np.floor(lag - near)), int(np.ceil(lag + near)) + 1
        if first < 0 or last > len(curve):
            return 0.0
        return float(curve[first:last].max())


def measure(onsets: Onsets, onset_rate: float) -> Periodicity:
    """Autocorrelations of the sharpened envelopes."""
    rate = onsets.frames_per_s
    total, low, middle, high = (
        sharpen(x, rate) for x in (onsets.total, onsets.low, onsets.middle, onsets.high)
    )
    snare = np.sqrt(middle * high)
    longest = min(round(LONGEST_LAG_S * rate), len(total) - 1)
    spectra = [_spectrum(x) for x in (total, low, middle, snare)]
    own = [_normalised(_back(s, s, longest), len(total)) for s in spectra]
    both = _back(spectra[1], spectra[3], longest) + _back(spectra[3], spectra[1], longest)
    energy = np.sqrt(np.sum(np.abs(spectra[1]) ** 2) * np.sum(np.abs(spectra[3]) ** 2)) / (
        len(spectra[1]) - 1
    )
    cross = both / (energy + 1e-12) * _unbias(len(total), longest)
    return Periodicity(own[0], own[1], own[2], own[3], cross, rate, onset_rate)


def sharpen(curve: Curve, frames_per_s: float) -> Curve:
    """What rises above the mean of the second around, smoothed over three frames against jitter."""
    above = np.maximum(curve - moving_mean(curve, round(frames_per_s)), 0)
    smooth = above * np.float32(0.5)
    smooth[1:] += np.float32(0.25) * above[:-1]
    smooth[:-1] += np.float32(0.25) * above[1:]
    return np.asarray(smooth)


def tempi(measured: Periodicity) -> list[float]:
    """The tempi (BPM) that explain the repetition best, three at most, best first; in any octave."""
    found = salience(measured, 60.0 / _SEARCHED_BPM)
    inner = found[1:-1]
    tops = np.flatnonzero((inner >= found[:-2]) & (inner > found[2:])) + 1
    if len(tops) == 0:
        return [float(_SEARCHED_BPM[int(np.argmax(found))])]
    tops = tops[np.argsort(-found[tops], kind="stable")]
    return [float(_SEARCHED_BPM[top]) for top in tops[:_MOST] if found[top] >= _RIVAL * found[tops[0]]]


def salience(measured: Periodicity, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well a beat of each length explains the repetition: the mean over 1, 2, 3, 4, 6 and 8 beats."""
    lags = np.arange(len(measured.total))
    score = np.zeros(len(seconds))
    for beats in (1, 2, 3, 4, 6, 8):
        score += np.interp(seconds * beats * measured.frames_per_s, lags, measured.total, right=0.0)
    return score / 6


def _spectrum(curve: Curve) -> NDArray[np.complex128]:
    size = 1 << int(2 * len(curve) - 1).bit_length()
    centred = curve.astype(np.float64) - float(curve.mean(dtype=np.float64))
    return np.fft.rfft(centred, size)


def _back(a: NDArray[np.complex128], b: NDArray[np.complex128], longest: int) -> Lags:
    return np.asarray(np.fft.irfft(a * np.conj(b))[: longest + 1])


def _unbias(length: int, longest: int) -> Lags:
    return length / (length - np.arange(longest + 1.0))


def _normalised(values: Lags, length: int) -> Lags:
    return np.asarray(values / (values[0] + 1e-12) * _unbias(length, len(values) - 1))
