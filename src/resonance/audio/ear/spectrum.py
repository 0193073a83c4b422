"""Short-time spectra in bounded memory, and sums over their bands that do not depend on threads.

No matrix product of a BLAS is used: its rounding may depend on how many threads it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK_BYTES = 4 << 20


def magnitudes(mono: NDArray[np.float32], n_fft: int, hop: int) -> Iterator[NDArray[np.float32]]:
    """Magnitude spectra of Hann windows, as blocks of (frames, n_fft / 2 + 1).

    Frame k begins at sample k * hop; the last one ends within the sound. A full-scale sine peaks at 1. Less
    than one window of sound has no frame.
    """
    frames = 1 + (len(mono) - n_fft) // hop
    window = (np.hanning(n_fft + 1)[:-1] * (4 / n_fft)).astype(np.float32)
    pieces = np.lib.stride_tricks.sliding_window_view(mono, n_fft)[::hop] if frames > 0 else None
    block = max(1, _BLOCK_BYTES // (4 * n_fft))
    for begin in range(0, max(0, frames), block):
        assert pieces is not None
        yield np.abs(np.fft.rfft(pieces[begin : begin + block] * window, axis=1))


@dataclass(frozen=True, slots=True)
class MelBands:
    """Overlapping triangles, evenly spaced in mel; see mel_bands."""

    starts: NDArray[np.intp]
    rising: NDArray[np.float32]
    widths: NDArray[np.float32]
    first: int
    last: int

    def sums(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mean power in each band: (frames, bins) to (frames, bands)."""
        part = power[:, self.first : self.last]
        up = np.add.reduceat(part * self.rising, self.starts, axis=1)
        down = np.add.reduceat(part, self.starts, axis=1) - up
        # A band is the rising part of one stretch and the falling part of the next.
        bands: NDArray[np.float32] = (up[:, :-1] + down[:, 1:]) / self.widths
        return bands


def mel_bands(number: int, n_fft: int, rate: int, low_hz: float, high_hz: float) -> MelBands:
    """`number` bands between `low_hz` and `high_hz`, each at least one bin wide."""
    corners_mel = np.linspace(_mel(low_hz), _mel(high_hz), number + 2)
    corners = 700 * (10 ** (corners_mel / 2595) - 1) * n_fft / rate
    edges = np.rint(corners).astype(np.intp)
    for at in range(1, len(edges)):
        edges[at] = max(edges[at], edges[at - 1] + 1)
    first, last = int(edges[0]), int(edges[-1])
    bins = np.arange(first, last)
    stretch = np.searchsorted(edges, bins, side="right") - 1
    rising = (bins - edges[stretch] + 0.5) / (edges[stretch + 1] - edges[stretch])
    widths = (edges[2:] - edges[:-2]) / 2
    return MelBands(edges[:-1] - first, rising.astype(np.float32), widths.astype(np.float32), first, last)


def _mel(hz: float) -> float:
    return float(2595 * np.log10(1 + hz / 700))


def cosine_transform(values: NDArray[np.float32], keep: int) -> NDArray[np.float32]:
    """The first `keep` coefficients of the orthonormal DCT-II along the last axis."""
    size = values.shape[1]
    order, place = np.arange(keep)[:, None], np.arange(size)[None]
    matrix = np.cos(np.pi * order * (2 * place + 1) / (2 * size)) * np.sqrt(2 / size)
    matrix[0] /= np.sqrt(2)
    kept: NDArray[np.float32] = np.einsum("fb,kb->fk", values, matrix.astype(np.float32), optimize=False)
    return kept
