"""The true peak of ITU-R BS.1770: how high the wave goes between its samples.

Four times oversampling of everything would cost more than all other loudness figures together. Only where a
sample is near the highest point so far can the wave go higher, and only there it is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HALF = 16  # samples on each side that decide a point between two
_OVERSAMPLING = 4
_NEAR = 0.6  # of the peak: the wave goes hardly more than 4.4 dB above its highest sample


class TruePeakMeter:
    """Feed it all sound, block by block; `peak` and `sample_peak` are linear, full scale is 1."""

    def __init__(self, channels: int) -> None:
        self.peak = 0.0
        self.sample_peak = 0.0
        self._tail = np.zeros((channels, 2 * _HALF), np.float32)
        self._kernels = _kernels()

    def add(self, block: NDArray[np.float32]) -> None:
        """Take (channels, samples)."""
        self._look(np.concatenate([self._tail, block], axis=1))
        self._tail = np.concatenate([self._tail, block[:, -2 * _HALF :]], axis=1)[:, -2 * _HALF :]

    def finish(self) -> None:
        """Look at the last samples; silence follows them."""
        self._look(np.concatenate([self._tail, np.zeros((len(self._tail), 2 * _HALF), np.float32)], axis=1))

    def _look(self, sound: NDArray[np.float32]) -> None:
        # Each sample is in the middle exactly once: the first and last _HALF belong to the neighbours.
        middle = np.abs(sound[:, _HALF:-_HALF])
        highest = float(middle.max(initial=0.0))
        self.sample_peak = max(self.sample_peak, highest)
        self.peak = max(self.peak, highest)
        if not self.peak:
            return
        for wave, levels in zip(sound, middle, strict=True):
            near = np.flatnonzero(levels >= np.float32(_NEAR * self.peak))
            around = np.abs(wave[_HALF - 1 :])
            near = near[(levels[near] >= around[near]) & (levels[near] >= around[near + 2])]
            if near.size:
                self._between(wave, near + _HALF)

    def _between(self, wave: NDArray[np.float32], at: NDArray[np.intp]) -> None:
        pieces = np.lib.stride_tricks.sliding_window_view(wave, 2 * _HALF + 1)
        for begin in range(0, len(at), 1 << 14):
            windows = pieces[at[begin : begin + (1 << 14)] - _HALF]
            points = np.einsum("wt,pt->wp", windows, self._kernels, optimize=False)
            self.peak = max(self.peak, float(np.abs(points).max()))


def _kernels() -> NDArray[np.float32]:
    """(points, 2 * _HALF + 1): the weights of the samples around for each point between neighbours."""
    steps = np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    points = np.concatenate([-steps, steps])[:, None]
    distance = points - np.arange(-_HALF, _HALF + 1)[None]
    shape = np.i0(8.0 * np.sqrt(np.maximum(0, 1 - (distance / (_HALF + 1)) ** 2))) / np.i0(8.0)
    weights = np.sinc(distance) * shape
    weights /= weights.sum(axis=1, keepdims=True)
    return weights.astype(np.float32)
