"""Laying a grid of beats over a piece: the exact tempo, how well the grid holds, where the beat lies.

Every beat's onsets are turned into phasors at the first harmonics of the beat; where the tempo is right they
point the same way from beat to beat. A small error of tempo turns them steadily, which over two minutes shows
errors of a hundredth of a percent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from resonance.audio.ear.onset import Curve, Onsets
from resonance.audio.ear.periodicity import sharpen

HARMONICS = 8
WINDOW_BEATS = 16  # over which a tempo is taken as steady
ON_GRID = 0.06  # of a beat: 30 ms at 120 BPM
_REACH = 0.06  # how far local tempi may lie from the piece's
_FOLD_S = 0.001
_FINE_DELAY_S = 0.0004  # a hit shows in the fine frame where it begins, on average this long after its middle

Phasors = NDArray[np.complex128]


@dataclass(frozen=True, slots=True)
class Grid:
    """A tempo and how well beats keep to it.

    `bpm` over all. `stability` 0..1: the part of the music that lies on one grid. `spread`: how far local
    tempi lie apart (relative, robust standard deviation). `clarity` 0..1: how alike the beats are; noise has
    about 0.1. `windows`: stretches of 16 beats in the piece.
    """

    bpm: float
    stability: float
    spread: float
    clarity: float
    windows: float


def lay(onsets: Onsets, bpm: float) -> Grid | None:
    """The grid near `bpm` (within 6 %); None for less than 4 beats."""
    curve = sharpen(onsets.total, onsets.frames_per_s)
    first = _phasors(curve, onsets.frames_per_s, bpm)
    if first.shape[1] < 4:
        return None
    deviations, weights, _ = _local_tempi(first)
    middle = _weighted_quantile(deviations, weights, 0.5)
    bpm *= 1 + middle
    phasors = _phasors(curve, onsets.frames_per_s, bpm)
    deviations, weights, clarity = _local_tempi(phasors)
    slow, middle, fast = (_weighted_quantile(deviations, weights, part) for part in (0.16, 0.5, 0.84))
    local = bpm * (1 + middle)
    steady = bpm * (1 + _steady_deviation(phasors))
    phasors = _phasors(curve, onsets.frames_per_s, steady)
    stability = _held(phasors)
    windows = phasors.shape[1] / WINDOW_BEATS
    return Grid(steady if stability >= 0.5 else local, stability, (fast - slow) / 2, clarity, windows)


def _phasors(curve: Curve, frames_per_s: float, bpm: float) -> Phasors:
    """(HARMONICS, beats): each beat's onsets, by phase at each harmonic of the beat."""
    per_beat = frames_per_s * 60 / bpm
    beats = int(len(curve) / per_beat)
    starts = np.rint(np.arange(beats) * per_beat).astype(np.intp)
    length = round(beats * per_beat)
    if beats == 0:
        return np.zeros((HARMONICS, 0), np.complex128)
    turn = np.exp(-2j * np.pi / per_beat * np.arange(length))
    values = curve[:length].astype(np.float64)
    means = np.add.reduceat(values, starts) / np.diff(starts, append=length)
    values = values - np.repeat(means, np.diff(starts, append=length))
    result = np.empty((HARMONICS, beats), np.complex128)
    power = values.astype(np.complex128)
    for harmonic in range(HARMONICS):
        power = power * turn
        result[harmonic] = np.add.reduceat(power, starts)
    return result


def _turning(beats: int, deviations: NDArray[np.float64]) -> NDArray[np.complex128]:
    """(HARMONICS, beats, deviations): what undoes the turning that a tempo faster by `deviations` gives."""
    harmonics = np.arange(1, HARMONICS + 1)
    phase = harmonics[:, None, None] * np.arange(beats)[None, :, None] * deviations[None, None, :]
    return np.asarray(np.exp(-2j * np.pi * phase))


def _local_tempi(phasors: Phasors) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """(relative deviation of each window's tempo, its weight, mean clarity)."""
    beats = phasors.shape[1]
    width = min(WINDOW_BEATS, beats)
    grid = np.linspace(-_REACH, _REACH, 121)
    turning = _turning(width, grid)
    starts = np.arange(0, beats - width + 1, max(1, width // 2))
    windows = np.stack([phasors[:, s : s + width] for s in starts])
    sums = np.einsum("whb,hbd->whd", windows, turning, optimize=False)
    score = np.sum(np.abs(sums) ** 2, axis=1)
    energy = np.sum(np.abs(windows) ** 2, axis=(1, 2)) * width + 1e-12
    best = np.argmax(score, axis=1)
    deviations = np.array([_peak(grid, row, int(at)) for row, at in zip(score, best, strict=True)])
    clarity = score[np.arange(len(starts)), best] / energy
    weights = np.sqrt(energy) * clarity
    weights = weights / (weights.sum() + 1e-12)
    return deviations, weights, float(np.sum(weights * clarity))


def _steady_deviation(phasors: Phasors) -> float:
    """The relative deviation at which the beats of the whole piece point the same way."""
    beats = phasors.shape[1]
    best = 0.0
    for reach, points in ((0.006, 121), (0.0002, 41)):
        grid = np.linspace(best - reach, best + reach, points)
        sums = np.einsum("hb,hbd->hd", phasors, _turning(beats, grid), optimize=False)
        score = np.sum(np.abs(sums) ** 2, axis=0)
        best = _peak(grid, score, int(np.argmax(score)))
    return best


def _held(phasors: Phasors) -> float:
    """The part of the piece, by strength, whose beats lie within ON_GRID of the piece's grid."""
    beats = phasors.shape[1]
    width = min(8, beats)
    starts = np.arange(0, beats - width + 1, width)
    windows = np.stack([phasors[:, s : s + width].sum(axis=1) for s in starts])
    template = windows.sum(axis=0)
    shifts = np.linspace(-0.5, 0.5, 101)[:-1]
    harmonics = np.arange(1, HARMONICS + 1)
    back = np.exp(2j * np.pi * harmonics[:, None] * shifts[None, :])
    # Each is compared with the others only: two windows would otherwise always agree with their own sum.
    others = np.conj(template - windows) if len(windows) > 1 else np.conj(windows)
    alike = np.einsum("wh,hs->ws", windows * others, back, optimize=False).real
    # By strength, not by the place of the best shift: plain quarter notes look the same half a beat on.
    on_grid = alike[:, np.abs(shifts) <= ON_GRID].max(axis=1) >= 0.97 * alike.max(axis=1)
    strength = np.sqrt(np.sum(np.abs(windows) ** 2, axis=1)) + 1e-12
    return float(np.sum(strength * on_grid) / np.sum(strength))


def beat_offset(onsets: Onsets, sharp: tuple[Curve, float], bpm: float) -> float:
    """Seconds from the start of the array to the first beat of the grid, 0 up to one beat.

    Kick and snare say which of the folded onsets is the beat; the fine envelope says when it begins.
    """
    beat = 60.0 / bpm
    bins = max(8, round(beat / _FOLD_S))
    weight = np.zeros(bins)
    for curve, share in ((onsets.low, 1.0), (np.sqrt(onsets.middle * onsets.high), 0.7), (onsets.total, 0.7)):
        folded = _fold(sharpen(curve, onsets.frames_per_s), onsets.frames_per_s, onsets.start_s, beat, bins)
        weight += share * folded / (folded.sum() + 1e-12)
    coarse = int(np.argmax(_smooth(weight, round(0.012 / _FOLD_S))))
    curve, frames_per_s = sharp
    start = 0.5 / frames_per_s - _FINE_DELAY_S
    exact = _fold(curve, frames_per_s, start, beat, bins)
    near = np.arange(-35, 36)
    around = _smooth(exact, 2)[(coarse + near) % bins]
    peak = coarse + int(near[int(np.argmax(around))])
    close = np.arange(-8, 9)
    strength = exact[(peak + close) % bins]
    centre = peak + (float(np.sum(strength * close) / np.sum(strength)) if strength.sum() > 0 else 0.0)
    return float((centre + 0.5) / bins * beat % beat)


def _fold(curve: Curve, frames_per_s: float, start_s: float, beat: float, bins: int) -> NDArray[np.float64]:
    """The curve laid over itself beat by beat: (bins,)."""
    times = start_s + np.arange(len(curve)) / frames_per_s
    where = (times / beat % 1.0 * bins).astype(np.intp) % bins
    return np.bincount(where, weights=curve, minlength=bins).astype(np.float64)


def _smooth(ring: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    return np.asarray(np.sum([np.roll(ring, shift) for shift in range(-half, half + 1)], axis=0))


def _peak(grid: NDArray[np.float64], values: NDArray[np.float64], at: int) -> float:
    """The top of the parabola through the highest value and its neighbours."""
    if not 0 < at < len(grid) - 1:
        return float(grid[at])
    left, top, right = (float(values[at + step]) for step in (-1, 0, 1))
    bend = left - 2 * top + right
    shift = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return float(grid[at] + shift * (grid[1] - grid[0]))


def _weighted_quantile(values: NDArray[np.float64], weights: NDArray[np.float64], part: float) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][min(len(values) - 1, int(np.searchsorted(reached, part * reached[-1])))])
