"""Which pitches sound: spectral peaks, cleaned of noise and overtones, gathered round one octave.

The tuning of a piece is known only at its end, so pitches are kept in steps of 5 cents and folded onto the
twelve notes afterwards. No matrix products: their rounding depends on the threads of the BLAS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 240  # of 5 cents in an octave
CENTS = 100  # of a semitone, in which tuning is looked for

_FRAME_S = 0.3715  # 8192 samples at 22,050 Hz: 2.7 Hz a bin, a semitone at 50 Hz
_FRAMES = 32  # of a segment, half overlapping: 6 s. Always so many together, so blocks do not matter
_MOST_SEGMENTS = 128
_LOWEST_HZ, _BASS_HZ, _HIGHEST_HZ = 50.0, 180.0, 2000.0
_AROUND = 24  # bins on either side that tell the level of the noise
_ABOVE_NOISE = 1.3  # times that level: what a peak must reach, and what is not counted of it
_BELOW_TOP = 0.01  # peaks lower than this against the highest of the frame are left out
# How much of a note's level its third and fifth harmonic may have: they are a fifth and a major third, and
# would make every minor chord half a major one.
_OVERTONES = ((3, 0.35), (5, 0.15))
_SILENT_BIN = 1e-5  # of full scale
_EDGE_FRAMES = 8  # 1.5 s at either end of the music
_EDGE_RMS = 1e-3


@dataclass(slots=True)
class Segment:
    """Pitches of a stretch of music: `weight` from its loudness, histograms of (STEPS,) from C upwards."""

    batches: int
    weight: float
    pitches: Floats
    bass: Floats


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is kept of a piece.

    `within`: (CENTS,) weights of the peaks' distances above A = 440 Hz's semitones. `opening` and `closing`:
    pitches of the first and last two seconds that sound. `tonal_s`: how long there were pitches at all.
    """

    segments: list[Segment]
    within: Floats
    opening: Floats
    closing: Floats
    tonal_s: float


class PitchMeter:
    """Listens to mono float32 samples in blocks of any length; some 500 KB, however long the music."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._length = 1 << max(8, round(float(np.log2(rate * _FRAME_S))))
        self._hop = self._length // 2
        self._window = np.blackman(self._length + 1)[:-1].astype(np.float32)
        self._first = max(2, int(_LOWEST_HZ * self._length / rate))
        self._last = min(int(_HIGHEST_HZ * self._length / rate) + 1, self._length // 2 - _AROUND - 2)
        self._pending: list[NDArray[np.float32]] = []
        self._held = 0
        self._segments: list[Segment] = []
        self._span = 1
        self._within = np.zeros(CENTS)
        self._opening: list[Floats] = []
        self._closing: list[Floats] = []
        self._tonal_frames = 0

    def add(self, mono: NDArray[np.float32]) -> None:
        """Take samples of shape (n,), full scale 1."""
        self._pending.append(np.array(mono, np.float32))
        self._held += len(mono)
        needed = (_FRAMES + 1) * self._hop
        if self._held < needed:
            return
        samples = np.concatenate(self._pending)
        while len(samples) >= needed:
            self._take(samples[:needed].copy())
            samples = samples[_FRAMES * self._hop :]
        self._pending, self._held = [samples.copy()], len(samples)

    def heard(self) -> Heard:
        """What was heard so far. More may be added afterwards."""
        rest = PitchMeter(self._rate)
        rest._segments = [
            Segment(s.batches, s.weight, s.pitches.copy(), s.bass.copy()) for s in self._segments
        ]
        rest._span, rest._within, rest._tonal_frames = self._span, self._within.copy(), self._tonal_frames
        rest._opening, rest._closing = list(self._opening), list(self._closing)
        samples = np.concatenate(self._pending) if self._pending else np.zeros(0, np.float32)
        whole = len(samples) // self._hop * self._hop
        if whole >= self._length:
            rest._take(samples[:whole].copy())
        return Heard(
            segments=rest._segments,
            within=rest._within,
            opening=np.sum(rest._opening, axis=0) if rest._opening else np.zeros(STEPS),
            closing=np.sum(rest._closing, axis=0) if rest._closing else np.zeros(STEPS),
            tonal_s=rest._tonal_frames * self._hop / self._rate,
        )

    def _take(self, samples: NDArray[np.float32]) -> None:
        frames = sliding_window_view(samples, self._length)[:: self._hop]
        spectra = np.abs(np.fft.rfft(frames * self._window, axis=1)[:, : self._last + _AROUND + 2])
        # So scaled, a sine of full scale is 1.
        spectra = spectra.astype(np.float32) / np.float32(self._length * 0.21)
        band = spectra[:, self._first : self._last]
        top = band.max(axis=1)
        if not (top > _SILENT_BIN).any():
            return
        frame, place, level = self._peaks(spectra, top)
        if len(frame) == 0:
            return
        power = np.sqrt((band.astype(np.float64) ** 2).sum(axis=1))
        loudness = power**0.35  # soft passages count, though less
        salience = level / top[frame]
        weight = np.sqrt(salience)
        total = np.bincount(frame, weight, len(top))
        weight *= loudness[frame] / (total[frame] + 1e-9)
        salience *= loudness[frame]
        hertz = place * (self._rate / self._length)
        semitone = 69 + 12 * np.log2(hertz / 440)
        step = np.floor(semitone % 12 * (STEPS / 12)).astype(np.intp) % STEPS
        cent = np.floor(semitone % 1 * CENTS).astype(np.intp) % CENTS
        self._within += np.bincount(cent, weight, CENTS)
        self._tonal_frames += int((total > 0).sum())
        low = hertz < _BASS_HZ
        self._append(
            Segment(
                batches=1,
                weight=float(loudness[top > _SILENT_BIN].sum()),
                pitches=_gathered(step, weight),
                bass=_gathered(step[low], salience[low]),
            )
        )
        sounding = np.flatnonzero((power > _EDGE_RMS) & (total > 0))
        self._keep_edges(sounding, frame, step, weight)

    def _keep_edges(
        self, sounding: NDArray[np.intp], frame: NDArray[np.intp], step: NDArray[np.intp], weight: Floats
    ) -> None:
        def pitches(at: np.intp) -> Floats:
            return _gathered(step[frame == at], weight[frame == at])

        self._opening += [pitches(at) for at in sounding[: _EDGE_FRAMES - len(self._opening)]]
        self._closing += [pitches(at) for at in sounding[-_EDGE_FRAMES:]]
        del self._closing[:-_EDGE_FRAMES]

    def _peaks(
        self, spectra: NDArray[np.float32], top: NDArray[np.float32]
    ) -> tuple[NDArray[np.intp], Floats, Floats]:
        """Peaks as (frame, place in bins, level without noise and overtones)."""
        band = slice(self._first, self._last)
        padded = np.pad(spectra, ((0, 0), (_AROUND + 1, _AROUND)))
        sums = np.cumsum(padded, axis=1, dtype=np.float64)
        width = 2 * _AROUND + 1
        noise = (_ABOVE_NOISE / width) * (sums[:, width:] - sums[:, :-width])
        middle = spectra[:, band]
        is_peak = (middle > spectra[:, self._first - 1 : self._last - 1]) & (
            middle >= spectra[:, self._first + 1 : self._last + 1]
        )
        is_peak &= (middle > noise[:, band]) & (middle > _BELOW_TOP * top[:, None])
        is_peak &= top[:, None] > _SILENT_BIN
        frame, at = np.nonzero(is_peak)
        at += self._first
        left, centre, right = (
            np.log(spectra[frame, at + side].astype(np.float64) + 1e-15) for side in (-1, 0, 1)
        )
        place = at + 0.5 * (left - right) / (left - 2 * centre + right - 1e-12)
        level = spectra[frame, at] - noise[frame, at]
        for harmonic, share in _OVERTONES:
            below = np.rint(place / harmonic).astype(np.intp)
            known = below >= self._first
            below = np.where(known, below, self._first)
            under = np.maximum(
                np.maximum(spectra[frame, below - 1], spectra[frame, below]), spectra[frame, below + 1]
            )
            level = level - share * np.where(known & (under > noise[frame, below]), under, 0.0)
        kept = level > 0
        return frame[kept], place[kept], level[kept]

    def _append(self, segment: Segment) -> None:
        if self._segments and self._segments[-1].batches < self._span:
            self._segments[-1] = _joined(self._segments[-1], segment)
            return
        self._segments.append(segment)
        if len(self._segments) > _MOST_SEGMENTS:
            pairs = zip(self._segments[::2], self._segments[1::2], strict=False)
            odd = self._segments[-1:] if len(self._segments) % 2 else []
            self._segments = [*(_joined(a, b) for a, b in pairs), *odd]
            self._span *= 2


def tuning(within: Floats) -> tuple[float, float]:
    """(cents from A = 440 Hz, -50..50; how closely the peaks keep to that tuning, 0..1)."""
    cents = np.arange(CENTS) + 0.5
    apart = (cents[:, None] - cents + 50) % CENTS - 50
    crest = cents[int((np.exp(-0.5 * (apart / 12) ** 2) * within).sum(axis=1).argmax())]
    off = (cents - crest + 50) % CENTS - 50
    near = within * np.exp(-0.5 * (off / 15) ** 2)
    total = float(within.sum())
    if total <= 0:
        return 0.0, 0.0
    centre = crest + float((near * off).sum()) / float(near.sum())
    concentration = abs(complex((within * np.exp(2j * np.pi * cents / CENTS)).sum())) / total
    return float((centre + 50) % CENTS - 50), float(concentration)


def fold(histogram: Floats, cents: float, width: float = 22.0) -> Floats:
    """A histogram of (STEPS,) as twelve notes from C, tuned to `cents`; a note is `width` cents wide."""
    steps = (np.arange(STEPS) + 0.5) * (1200 / STEPS)
    notes = np.arange(12) * 100 + cents
    apart = (steps - notes[:, None] + 600) % 1200 - 600
    folded: Floats = (np.exp(-0.5 * (apart / width) ** 2) * histogram).sum(axis=1)
    return folded


def _gathered(step: NDArray[np.intp], weight: Floats) -> Floats:
    histogram = np.zeros(STEPS)
    histogram += np.bincount(step, weight, STEPS)
    return histogram


def _joined(a: Segment, b: Segment) -> Segment:
    return Segment(a.batches + b.batches, a.weight + b.weight, a.pitches + b.pitches, a.bass + b.bass)
