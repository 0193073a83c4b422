"""The waveform of a file and the silence around its music, from samples as they come.

Nothing is held but block maxima, so a day of music costs as little memory as a minute.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PEAKS = 1000
SILENCE_DBFS = -60.0  # what is not louder than this is silence
_SILENT_BELOW = round(32768 * 10 ** (SILENCE_DBFS / 20))
_FIRST_BLOCK = 16  # samples whose maximum is kept; doubled whenever there are too many blocks
_MOST_BLOCKS = 1 << 16


def abs_peak(chunk: NDArray[np.int16]) -> NDArray[np.uint16]:
    """The loudest channel of each moment, 0..32768."""
    import numpy as np

    # The twin of -32768 has no place in 16 bits with a sign, and the right bits without one.
    levels = np.abs(chunk).view(np.uint16)
    return reduce(np.maximum, levels.T)


class Waveform:
    """Maxima of equal blocks, and where sound begins and ends.

    `add` takes levels of 0..32768, one a moment. `frames` counts them.
    """

    def __init__(self) -> None:
        import numpy as np

        self._np = np
        self.frames = 0
        self._block = _FIRST_BLOCK
        self._maxima: list[NDArray[np.uint16]] = []
        self._blocks = 0
        self._rest = np.zeros(0, np.uint16)
        self._first: int | None = None
        self._last = -1

    def add(self, levels: NDArray[np.uint16]) -> None:
        """Take the next moments."""
        np = self._np
        loud = np.flatnonzero(levels > _SILENT_BELOW)
        if loud.size:
            if self._first is None:
                self._first = self.frames + int(loud[0])
            self._last = self.frames + int(loud[-1])
        self.frames += len(levels)
        levels = np.concatenate([self._rest, levels])
        whole = len(levels) // self._block * self._block
        self._rest = levels[whole:]
        if whole:
            self._maxima.append(levels[:whole].reshape(-1, self._block).max(axis=1))
            self._blocks += whole // self._block
        while self._blocks > _MOST_BLOCKS:
            self._halve()

    def _halve(self) -> None:
        np = self._np
        maxima = np.concatenate(self._maxima)
        if len(maxima) % 2:
            # Its samples are gone; one level stands for all of them.
            self._rest = np.concatenate([np.full(self._block, maxima[-1], np.uint16), self._rest])
            maxima = maxima[:-1]
        self._maxima = [maxima.reshape(-1, 2).max(axis=1)]
        self._blocks = len(self._maxima[0])
        self._block *= 2

    def peaks(self) -> bytes:
        """Up to PEAKS bytes, the loudest level of each part, 255 being full scale; empty without sound."""
        np = self._np
        rest = [self._rest.max(keepdims=True)] if len(self._rest) else []
        maxima = np.concatenate([*self._maxima, *rest])
        number = min(PEAKS, len(maxima))
        starts = np.arange(number) * len(maxima) // number
        loudest = np.maximum.reduceat(maxima, starts).astype(np.float64)
        scaled: bytes = np.rint(loudest * 255 / 32768).astype(np.uint8).tobytes()
        return scaled

    def silence(self) -> tuple[int, int]:
        """(leading, trailing) in samples."""
        if self._first is None:
            return self.frames, 0
        return self._first, self.frames - 1 - self._last
