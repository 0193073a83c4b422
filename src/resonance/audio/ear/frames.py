"""What each moment of a piece is like: the raw material of timbre and character, from one set of spectra."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from resonance.audio.ear.spectrum import cosine_transform, magnitudes, mel_bands

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Curve = NDArray[np.float32]

N_FFT, HOP = 2048, 1024
MFCC = 20
CONTRAST_HZ = (60.0, 200.0, 400.0, 800.0, 1600.0, 3200.0, 6400.0, 9500.0)
_LOW_HZ, _HIGH_HZ = 40.0, 9_500.0  # above, encoders and low sample rates leave nothing to compare
_HIGH_SHARE_HZ = 3_200.0
_MEL = 40
_CONTRAST_SHARE = 0.2  # of a band's bins count as its peaks
_HOLE = 0.02  # of a band's mean power
_ROLLOFF = 0.85
_FLOOR_DB = 50.0  # what lies this far below the mean of the piece is where encoders differ
_GATE_DB = 40.0  # frames this far below the mean are pauses
_SILENT_RMS = 10 ** (-70 / 20)
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Frames:
    """One value a frame of HOP samples, whatever the volume of the whole piece; pauses are left out.

    `level_db`: against the mean. `mfcc`: (frames, MFCC) of log power, nepers. `contrast_db`: (frames, bands).
    `centroid_oct`, `rolloff_oct`: octaves above 1 kHz. `flatness_db`: 0 for noise, below for tones.
    `flux_db`: mean rise of the mel bands. `high_share`: part of the power above 3.2 kHz. `crest_db`: loudest
    sample of the whole excerpt against its RMS.
    """

    level_db: Curve
    mfcc: Curve
    contrast_db: Curve
    centroid_oct: Curve
    rolloff_oct: Curve
    flatness_db: Curve
    flux_db: Curve
    high_share: Curve
    crest_db: float


def describe(mono: NDArray[np.float32], rate: int) -> Frames | None:
    """The frames of `mono`; None for silence and for less than a few frames."""
    centred = mono - np.float32(np.mean(mono, dtype=np.float64)) if len(mono) else mono
    rms = float(np.sqrt(np.mean(np.square(centred, dtype=np.float64)))) if len(mono) else 0.0
    if len(mono) < N_FFT + _FEWEST * HOP or not rms > _SILENT_RMS:
        return None
    describer = _Describer(rate)
    scaled = centred * np.float32(1 / rms)
    rows = [describer.rows(spectra) for spectra in magnitudes(scaled, N_FFT, HOP)]
    level, mel, contrast, shapes = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    heard = level > level.mean() * 10 ** (-_GATE_DB / 10)
    log_mel = np.log(mel)
    rise = np.maximum(np.diff(log_mel, axis=0, prepend=log_mel[:1]), 0).mean(axis=1)
    return Frames(
        level_db=10 * np.log10(level[heard] / np.float32(level.mean())),
        mfcc=cosine_transform(log_mel[heard], MFCC),
        contrast_db=contrast[heard],
        centroid_oct=shapes[heard, 0],
        rolloff_oct=shapes[heard, 1],
        flatness_db=shapes[heard, 2],
        high_share=shapes[heard, 3],
        flux_db=rise[heard] * np.float32(10 / np.log(10)),
        crest_db=float(20 * np.log10(np.abs(scaled).max())),
    )


class _Describer:
    """Tables for one sample rate."""

    def __init__(self, rate: int) -> None:
        self._bands = mel_bands(_MEL, N_FFT, rate, _LOW_HZ, _HIGH_HZ)
        hz = np.arange(N_FFT // 2 + 1) * rate / N_FFT
        self._first, self._last = (int(np.searchsorted(hz, edge)) for edge in (_LOW_HZ, _HIGH_HZ))
        self._hz = hz[self._first : self._last].astype(np.float32)
        self._high = int(np.searchsorted(self._hz, _HIGH_SHARE_HZ))
        edges = np.searchsorted(self._hz, CONTRAST_HZ)
        self._contrast = [(int(a), int(b)) for a, b in pairwise(edges)]
        # At an RMS of 1 the mean power of a bin, window included.
        mean_bin = 1.5 * 4 / N_FFT
        self._floor = np.float32(mean_bin * 10 ** (-_FLOOR_DB / 10))

    def rows(self, spectra: Curve) -> tuple[Curve, Curve, Curve, Curve]:
        """(power, mel bands, contrast, centroid and rolloff and flatness and high share) of each frame."""
        power = np.square(spectra)
        power += self._floor
        inner = np.ascontiguousarray(power[:, self._first : self._last])
        logs = np.log(inner)
        contrast = [self._contrast_of(inner[:, a:b]) for a, b in self._contrast]
        return (
            inner.sum(axis=1),
            self._bands.sums(power),
            np.stack(contrast, axis=1) * np.float32(10 / np.log(10)),
            self._shapes(inner, logs),
        )

    @staticmethod
    def _contrast_of(power: Curve) -> Curve:
        """Nepers between the loudest bins and the usual one; holes that encoders leave count as shallow."""
        bins = power.shape[1]
        mean = power.mean(axis=1, keepdims=True)
        few = max(1, round(_CONTRAST_SHARE * bins))
        parted = np.partition(power, (bins // 2, bins - few), axis=1)
        usual = parted[:, bins // 2] + np.float32(_HOLE) * mean[:, 0]
        difference: Curve = np.log(parted[:, bins - few :].mean(axis=1)) - np.log(usual)
        return difference

    def _shapes(self, inner: Curve, logs: Curve) -> Curve:
        total = inner.sum(axis=1)
        # Amplitudes: in powers a bass alone would decide.
        amplitudes = np.sqrt(inner)
        centroid = (amplitudes * self._hz).sum(axis=1) / amplitudes.sum(axis=1)
        reached = np.cumsum(inner, axis=1) >= np.float32(_ROLLOFF) * total[:, None]
        rolloff = self._hz[reached.argmax(axis=1)]
        flatness = logs.mean(axis=1) - np.log(total / inner.shape[1])
        shapes = (
            np.log2(centroid / 1000),
            np.log2(rolloff / 1000),
            flatness * np.float32(10 / np.log(10)),
            inner[:, self._high :].sum(axis=1) / total,
        )
        return np.stack(shapes, axis=1).astype(np.float32)
