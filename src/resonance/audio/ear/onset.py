"""Where notes and drum hits begin: envelopes of what is new in the sound, and a count of onsets.

No matrix product is used here: sums over bins are made by `add.reduceat`, so the values do not depend on how
many threads a BLAS has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE = 22050
HOP = 256  # 11.6 ms at 22,050 Hz
WINDOW = 1024
FINE_HOP = 64  # 2.9 ms: where a beat lies is read off this envelope, tempo off the other
SILENT_BELOW = 10 ** (-70 / 20)  # a peak below -70 dBFS is no music

_BANDS = 28  # above the low one
_LOW_WEIGHT = np.float32(5)  # the lowest band counts as this many
_LOWEST_HZ, _LOW_HZ, _HIGH_HZ = 30.0, 160.0, 4500.0
_RANGE_DB = 60.0  # what lies this far below the loud part of the piece counts as nothing
_LAG = 2  # frames between the two spectra compared: half a window, where a hit has fully arrived
_UNSURE = np.float32(0.12)  # nepers (1 dB) that a band rises by chance
_LEAST_PEAK = 0.08  # soft strings rise little more; noise then seems to have two onsets a second
_STRONG = 2.5  # drums this strong do not make softer hats less of an onset
_BLOCK = 1024
_FINE_HISTORY = (
    7  # fine frames (20 ms) of which the loudest is the past: a bass wave's own swing is not an onset
)

Curve = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Onsets:
    """How much begins at each frame, all of it and by register; `start_s` is the time of frame 0.

    `total`, `low` (below 160 Hz: kick, bass), `middle` (snare, chords, voices) and `high` (above 4.5 kHz:
    cymbals) have one value a frame, never negative: log magnitude gained, a mean over the register's bands.
    """

    total: Curve
    low: Curve
    middle: Curve
    high: Curve
    frames_per_s: float
    start_s: float


def envelope(mono: NDArray[np.float32], rate: int = RATE) -> Onsets | None:
    """The onset envelopes of `mono` (samples,); None for silence and for less than a quarter of a second."""
    hop, window = _scaled(HOP, rate), _scaled(WINDOW, rate)
    if len(mono) < max(rate // 4, 4 * window) or not _audible(mono):
        return None
    edges = _band_edges(window, rate)
    levels = _band_levels(mono, window, hop, edges)
    rise = levels[_LAG:] - levels[:-_LAG] - _UNSURE
    np.maximum(rise, 0, out=rise)
    high = int(np.searchsorted(edges[:-1] * rate / window, _HIGH_HZ))
    low = rise[:, 0]
    middle, highs = (np.add.reduce(part, axis=1) for part in (rise[:, 1:high], rise[:, high:]))
    bands = rise.shape[1]
    total = (_LOW_WEIGHT * low + middle + highs) / np.float32(_LOW_WEIGHT + bands - 1)
    middle, highs = middle / np.float32(high - 1), highs / np.float32(bands - high)
    # The rise from frame n to n + 2 is loudest where the hit lies in the middle between the two windows.
    start_s = (window / 2 + hop * _LAG / 2) / rate
    return Onsets(total, low, middle, highs, rate / hop, start_s)


def fine(mono: NDArray[np.float32], rate: int = RATE) -> tuple[Curve, float]:
    """A sharper envelope for exact times: (values, frames per second); frame k begins at sample k * hop.

    It looks at the energy of the samples and of their first difference, so it knows no pitch; a hit shows in
    the very frame in which it begins.
    """
    hop = _scaled(FINE_HOP, rate)
    frames = len(mono) // hop
    rises = np.zeros(frames, np.float32)
    for signal in (mono, np.diff(mono, prepend=mono[:1])):
        blocks = signal[: frames * hop].reshape(frames, hop)
        energy = np.einsum("ij,ij->i", blocks, blocks, optimize=False) / np.float32(hop)
        floor = np.float32(max(float(np.quantile(energy, 0.98)) * 1e-4, 1e-14))
        level = np.log(energy + floor)
        past = np.full(frames, level[0] if frames else 0, np.float32)
        for back in range(1, _FINE_HISTORY + 1):
            np.maximum(past[back:], level[:-back], out=past[back:])
        rises += np.maximum(level - past, 0)
    return rises, rate / hop


def rate_per_s(onsets: Onsets) -> float | None:
    """Onsets a second: clear peaks of the envelope; None where it is too flat to have any."""
    curve = onsets.total
    if len(curve) < 20:
        return None
    return len(peaks(curve, onsets.frames_per_s)) / (len(curve) / onsets.frames_per_s)


def peaks(curve: Curve, frames_per_s: float) -> NDArray[np.intp]:
    """Frames at which an onset stands out: the highest within 30 ms and well above what is usual there."""
    near = max(1, round(0.03 * frames_per_s))
    highest = curve.copy()
    for shift in range(1, near + 1):
        np.maximum(highest[shift:], curve[:-shift], out=highest[shift:])
        np.maximum(highest[:-shift], curve[shift:], out=highest[:-shift])
    usual = moving_mean(curve, round(0.5 * frames_per_s))
    strong = min(float(np.quantile(highest, 0.98)), _STRONG)
    stands_out = (curve >= highest) & (curve > usual * 1.2 + max(0.12 * strong, _LEAST_PEAK))
    found = np.flatnonzero(stands_out)
    return found[np.diff(found, prepend=-near - 1) > near]


def moving_mean(curve: NDArray[np.float32], width: int) -> Curve:
    """The mean over `width` frames around each frame, fewer at the ends."""
    half = max(1, width // 2)
    sums = np.concatenate(([0.0], np.cumsum(curve, dtype=np.float64)))
    index = np.arange(len(curve))
    first, last = np.maximum(0, index - half), np.minimum(len(curve), index + half + 1)
    return np.asarray((sums[last] - sums[first]) / (last - first), np.float32)


def _scaled(samples: int, rate: int) -> int:
    return max(1, round(samples * rate / RATE))


def _audible(mono: NDArray[np.float32]) -> bool:
    """Whether anything moves: a constant (DC) is silence as well."""
    return bool(np.isfinite(mono).all()) and float(mono.max() - mono.min()) / 2 > SILENT_BELOW


def _band_edges(window: int, rate: int) -> NDArray[np.intp]:
    """First bins of the bands; the last entry ends the last one.

    Everything low is one band: in single bins the level of a steady deep tone ripples as if it had a rhythm.
    """
    top = min(rate / 2, 11_000.0)
    hz = np.concatenate(([_LOWEST_HZ], np.geomspace(_LOW_HZ, top, _BANDS + 1)))
    bins = np.rint(hz * window / rate).astype(np.intp)
    return np.unique(np.maximum(bins, 1))


def _band_levels(
    mono: NDArray[np.float32], window: int, hop: int, edges: NDArray[np.intp]
) -> NDArray[np.float32]:
    frames = 1 + (len(mono) - window) // hop
    shape = (np.hanning(window + 1)[:-1] / window).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(mono, window)[::hop]
    levels = np.empty((frames, len(edges) - 1), np.float32)
    widths = np.diff(edges).astype(np.float32)
    for begin in range(0, frames, _BLOCK):
        spectrum = np.fft.rfft(windows[begin : begin + _BLOCK] * shape, axis=1)
        power = np.square(spectrum.real)
        power += np.square(spectrum.imag)
        sums = np.add.reduceat(power[:, : edges[-1]], edges[:-1], axis=1)
        levels[begin : begin + _BLOCK] = sums / widths
    loud = max(float(np.quantile(levels.max(axis=1), 0.995)), 1e-16)
    floor = np.float32(loud * 10 ** (-_RANGE_DB / 10))
    return np.asarray(np.log(levels + floor) * np.float32(0.5))
