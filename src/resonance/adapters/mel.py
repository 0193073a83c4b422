"""Mel spectrograms as models of sound were trained on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resonance.adapters.model_manifest import Mel

_SLANEY_HZ = 200.0 / 3  # a step below the break, where the scale is even
_BREAK_HZ, _BREAK_MEL, _LOG_STEP = 1000.0, 15.0, np.log(6.4) / 27


def spectrogram(samples: NDArray[np.float32], rate: int, spec: Mel) -> NDArray[np.float32]:
    """(frames, bands) of the power, as logarithms; frames are centred on every `hop`-th sample."""
    around = np.pad(samples, spec.fft // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(around, spec.fft)[:: spec.hop]
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(spec.fft) / spec.fft)).astype(np.float32)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel = np.maximum(power @ filters(rate, spec).T, 1e-10)
    made: NDArray[np.float32] = (10.0 * np.log10(mel) if spec.log == "db" else np.log(mel)).astype(np.float32)
    return made


def filters(rate: int, spec: Mel) -> NDArray[np.float64]:
    """(bands, fft / 2 + 1): triangles between neighbours of a row of frequencies."""
    to, back = (_hz_to_slaney, _slaney_to_hz) if spec.scale == "slaney" else (_hz_to_htk, _htk_to_hz)
    low, high = to(np.array([spec.low_hz, spec.high_hz]))
    edges = back(np.linspace(low, high, spec.bands + 2))
    bins = np.linspace(0.0, rate / 2, spec.fft // 2 + 1)
    steps = np.diff(edges)[:, np.newaxis]
    from_edge = edges[:, np.newaxis] - bins
    made = np.maximum(0.0, np.minimum(-from_edge[:-2] / steps[:-1], from_edge[2:] / steps[1:]))
    if spec.norm == "slaney":
        made *= (2.0 / (edges[2:] - edges[:-2]))[:, np.newaxis]
    return made


def _hz_to_htk(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    made: NDArray[np.float64] = 2595.0 * np.log10(1.0 + hz / 700.0)
    return made


def _htk_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    made: NDArray[np.float64] = 700.0 * (10.0 ** (mel / 2595.0) - 1.0)
    return made


def _hz_to_slaney(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _BREAK_MEL + np.log(np.maximum(hz, _BREAK_HZ) / _BREAK_HZ) / _LOG_STEP
    return np.where(hz < _BREAK_HZ, hz / _SLANEY_HZ, above)


def _slaney_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _BREAK_HZ * np.exp(_LOG_STEP * (np.maximum(mel, _BREAK_MEL) - _BREAK_MEL))
    return np.where(mel < _BREAK_MEL, mel * _SLANEY_HZ, above)
