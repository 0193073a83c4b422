"""How raw vectors of a space are made comparable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

STEADY = 1e-6  # a dimension that varies less says nothing


@dataclass(frozen=True)
class Standard:
    """Mean and standard deviation of each dimension over a library, and of how many tracks."""

    mean: Floats
    scale: Floats
    tracks: int

    @classmethod
    def of(cls, parts: Iterable[Floats], dimensions: int) -> Standard:
        """From a stream of raw vectors."""
        count, total, squares = 0, np.zeros(dimensions), np.zeros(dimensions)
        middle = np.zeros(dimensions)  # near the mean, so that squares stay small
        for part in parts:
            if not count:
                middle = part.mean(axis=0, dtype=np.float64)
            off = part - middle
            count, total, squares = count + len(part), total + off.sum(axis=0), squares + (off**2).sum(axis=0)
        shift = total / max(count, 1)
        spread = np.sqrt(np.maximum(squares / max(count, 1) - shift**2, 0.0))
        spread[spread < STEADY] = 1.0
        if count < 2:  # one track would be its own mean
            return cls(np.zeros(dimensions, np.float32), np.ones(dimensions, np.float32), count)
        return cls((middle + shift).astype(np.float32), spread.astype(np.float32), count)

    def applied(self, raw: Floats) -> Floats:
        """Distances from the mean, in standard deviations."""
        made: Floats = (raw - self.mean) / self.scale
        return made


def compared(raw: Floats, standard: Standard | None) -> Floats:
    """Unit length, standardised first where the space is; zeros stay zeros."""
    values = raw if standard is None else standard.applied(raw)
    lengths = np.linalg.norm(values, axis=-1, keepdims=True)
    made: Floats = np.divide(values, lengths, out=np.zeros_like(values), where=lengths > 1e-12)
    return made
