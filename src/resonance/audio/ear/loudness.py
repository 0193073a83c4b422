"""Programme loudness by EBU R128, from sound as it comes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from resonance.audio.ear.true_peak import TruePeakMeter

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SILENCE_LUFS = -70.0  # the absolute gate; what never passes it has no loudness
_SHORTEST_RANGE_S = 3.0  # one short-term window: the range of less is no range


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness (LUFS), loudness range (LU), true peak (dBTP) and sample peak (dBFS).

    None where there is nothing to measure: silence has neither loudness nor a peak.
    """

    lufs_i: float | None
    lra: float | None
    true_peak_dbtp: float | None
    sample_peak_dbfs: float | None


class LoudnessMeter:
    """Feed it the whole of a file, block by block, then ask for `result`.

    Channels weigh as in ITU-R BS.1770 (surround 1.41, low-frequency effects 0). A mono file is measured as it
    is heard, from two loudspeakers: 3.01 LU above what BS.1770 gives one channel.
    """

    def __init__(self, rate: int, channels: int, layout: str) -> None:
        self._rate, self._layout = rate, layout
        self._step = rate // 10  # the filter gives frames of that length
        self._frames = 0
        self._peak = TruePeakMeter(channels)
        self._graph = graph = Graph()
        graph.threads = 1
        source = graph.add_abuffer(sample_rate=rate, format="flt", layout=layout)
        meter = graph.add("ebur128", "metadata=1:dualmono=true")
        self._source, self._sink = source, graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(self._sink)
        graph.configure()
        self._last: AudioFrame | None = None

    def add(self, block: NDArray[np.float32]) -> None:
        """Take (channels, samples), full scale 1."""
        self._frames += block.shape[1]
        self._peak.add(block)
        # Packed: planes of more than eight channels are not where PyAV looks for them.
        packed = np.ascontiguousarray(block.T).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, "flt", self._layout)
        frame.sample_rate = self._rate
        self._source.push(frame)
        self._pull()

    def _pull(self) -> None:
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            # What is left at the end is shorter than a tenth of a second and bears no figures.
            if isinstance(frame, AudioFrame) and frame.samples >= self._step:
                self._last = frame

    def result(self) -> Loudness:
        """What was measured; ends the meter."""
        self._source.push(None)
        self._pull()
        said = self._last.metadata if self._last is not None else {}
        integrated = _number(said.get("lavfi.r128.I"))
        if integrated is None or integrated <= _SILENCE_LUFS:
            integrated = None
        lra = _number(said.get("lavfi.r128.LRA"))
        if integrated is None or self._frames < _SHORTEST_RANGE_S * self._rate:
            lra = None
        self._peak.finish()
        return Loudness(
            _rounded(integrated),
            _rounded(lra),
            _decibels(self._peak.peak),
            _decibels(self._peak.sample_peak),
        )


def _decibels(level: float) -> float | None:
    return _rounded(20 * math.log10(level)) if level > 0 else None


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
