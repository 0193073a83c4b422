"""The tempo of a piece: beats a minute, the other octave, how sure, and where the beats lie."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resonance.audio.ear import grid, octave, onset, periodicity

SHORTEST_S = 2.5  # less holds no tempo
UNKNOWN_BELOW = 0.1  # of confidence: then no tempo is given at all


@dataclass(frozen=True, slots=True)
class Tempo:
    """`bpm` (to 0.01) and the tempo it is most easily taken for; None where none was found.

    `bpm_confidence` 0..1: below 0.3 do not rely on it. `bpm_stability` 0..1: the part of the music on one
    steady grid of beats.
    `beat_offset_s`: the first beat, from the start of the array; None where no steady grid holds.
    `onset_rate`: notes and hits a second.
    """

    bpm: float | None = None
    bpm_alt: float | None = None
    bpm_confidence: float = 0.0
    bpm_stability: float | None = None
    beat_offset_s: float | None = None
    onset_rate: float | None = None

    def facts(self, start_s: float = 0.0) -> dict[str, Any]:
        """By the names of features.Features, in a track of which the array began at `start_s`."""
        values = asdict(self)
        if self.beat_offset_s is not None and self.bpm:
            values["beat_offset_s"] = round(math.fmod(start_s + self.beat_offset_s, 60 / self.bpm), 4)
        return values


def estimate(mono: NDArray[np.float32], rate: int = onset.RATE, proposed: float | None = None) -> Tempo:
    """The tempo of `mono` (samples,), 1 s to 10 min; silence, noise, free time give low confidence or None.

    A tempo `proposed` by another method is taken for what periodicity finds; its octave is decided here.
    """
    onsets = onset.envelope(mono, rate)
    if onsets is None:
        return Tempo()
    onset_rate = onset.rate_per_s(onsets)
    rounded_rate = None if onset_rate is None else round(onset_rate, 3)
    seconds = len(mono) / rate
    if seconds < SHORTEST_S or not onset_rate:
        return Tempo(onset_rate=rounded_rate)
    measured = periodicity.measure(onsets, onset_rate)
    tempi = periodicity.tempi(measured) if proposed is None else [proposed]
    ranked = octave.candidates(measured, tempi)
    laid = grid.lay(onsets, ranked[0].bpm) if ranked else None
    if laid is None:
        return Tempo(onset_rate=rounded_rate)
    sure = confidence(laid, seconds, onset_rate)
    if sure < UNKNOWN_BELOW:
        return Tempo(bpm_confidence=round(sure, 3), onset_rate=rounded_rate)
    other = octave.alternative(ranked)
    offset = grid.beat_offset(onsets, onset.fine(mono, rate), laid.bpm) if laid.stability >= 0.5 else None
    return Tempo(
        bpm=round(laid.bpm, 2),
        bpm_alt=None if other is None else round(other * laid.bpm / ranked[0].bpm, 2),
        bpm_confidence=round(sure, 3),
        bpm_stability=round(laid.stability, 3),
        beat_offset_s=None if offset is None else round(offset, 4),
        onset_rate=rounded_rate,
    )


def confidence(laid: grid.Grid, seconds: float, onset_rate: float) -> float:
    """How far to trust a tempo, 0..1.

    Two ways lead to it: beats are alike and the tempo is one over the piece (a band that may drift a
    little); or one grid of beats holds through many windows, however soft the beats. Either needs enough of
    music: 15 s, and onsets.
    """
    tapped = _ramp(laid.clarity, 0.15, 0.45) * _ramp(-laid.spread, -0.022, -0.004)
    held = _ramp(laid.stability, 0.55, 0.85) * _ramp(laid.clarity, 0.14, 0.22) * _ramp(laid.windows, 3.0, 6.0)
    enough = _ramp(seconds, 2.0, 15.0) * _ramp(onset_rate, 0.1, 0.4)
    return 0.95 * max(tapped, held) * enough


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
