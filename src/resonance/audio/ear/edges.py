"""Where the music proper begins and ends, read off how loud the piece is over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP_S = 0.1
_WINDOW = 30  # steps: 3 s decide whether a passage belongs to the body
_BELOW_BODY_DB = 6.0
_GATE_DB = 20.0  # what lies this far below the mean is a pause and says nothing of the body
_SHORTEST_S = 20.0
_LONGEST_EDGE = 0.4  # of the piece; with a longer beginning or end there is no telling
_STEADY = 0.6  # how much of what lies between must be as loud as the body


class LevelMeter:
    """Feed it the whole of a file, block by block; it keeps one number for each tenth of a second."""

    def __init__(self, rate: int) -> None:
        self._step = max(1, round(rate * _STEP_S))
        self._step_s = self._step / rate
        self._frames, self._rate = 0, rate
        self._powers: list[NDArray[np.float64]] = []
        self._rest = np.zeros(0, np.float64)

    def add(self, block: NDArray[np.float32]) -> None:
        """Take (channels, samples), full scale 1."""
        self._frames += block.shape[1]
        power = np.concatenate([self._rest, np.einsum("ij,ij->j", block, block, dtype=np.float64)])
        whole = len(power) // self._step * self._step
        self._powers.append(power[:whole].reshape(-1, self._step).mean(axis=1))
        self._rest = power[whole:]

    def edges(self) -> tuple[float | None, float | None]:
        """(end of the intro, start of the outro) in seconds; None where the piece has no clear body.

        The body is what is within 6 dB of the piece's usual loudness over three seconds. A piece that starts
        at once has its intro end there; one that stops at once has its outro start at its end.
        """
        powers = np.concatenate(self._powers) if self._powers else np.zeros(0)
        if self._frames < _SHORTEST_S * self._rate or not powers.any():
            return None, None
        sums = np.concatenate([[0.0], np.cumsum(powers)])
        smooth = (sums[_WINDOW:] - sums[:-_WINDOW]) / _WINDOW
        gated = smooth[smooth > powers.mean() * 10 ** (-_GATE_DB / 10)]
        body = float(np.mean(gated)) * 10 ** (-_BELOW_BODY_DB / 10)
        loud = np.flatnonzero(smooth >= body)
        first, last = int(loud[0]), int(loud[-1])
        if np.count_nonzero(smooth[first : last + 1] >= body) < _STEADY * (last + 1 - first):
            return None, None
        # Within the window that belongs to the body the step that does so by itself.
        inside = np.flatnonzero(powers[first : first + _WINDOW] >= body)
        begin = (first + int(inside[0])) * self._step_s
        inside = np.flatnonzero(powers[last : last + _WINDOW] >= body)
        end = (last + int(inside[-1]) + 1) * self._step_s
        length = self._frames / self._rate
        end = min(end, length) if length - end > self._step_s else length
        return (
            round(begin, 2) if begin <= _LONGEST_EDGE * length else None,
            round(end, 2) if end >= (1 - _LONGEST_EDGE) * length else None,
        )
