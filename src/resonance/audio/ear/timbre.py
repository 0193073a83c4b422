"""What a piece sounds like: 64 figures that stay the same through codecs, sample rates and volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from resonance.audio.ear.features import TIMBRE_DIMENSIONS
from resonance.audio.ear.spectrum import magnitudes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from resonance.audio.ear.frames import Frames

_CHROMA_FFT, _CHROMA_HOP = 8192, 8192
_CHROMA_HZ = (100.0, 2200.0)
_FAINT = 0.05  # peaks below this part of a frame's highest are no notes
_TRIADS = ((4, 7), (3, 7), (3, 6))  # major, minor, diminished


def vector(frames: Frames, mono: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The raw timbre vector, float32 of (TIMBRE_DIMENSIONS,); `frames` are those of `mono`.

    | dimensions | what |
    |---|---|
    | 0-19, 20-39 | MFCC 0-19: mean, standard deviation (log power, nepers, at the piece's own mean volume) |
    | 40-46 | spectral contrast in seven bands, dB / 10 |
    | 47-48, 49-50 | centroid, rolloff (85 %): mean, deviation, octaves above 1 kHz |
    | 51-52 | flatness: mean, deviation, dB / 10 |
    | 53-54 | flux: mean, deviation, dB |
    | 55-60 | shares of the intervals of 1 to 6 semitones among the notes sounding together |
    | 61-63 | shares of major, minor and diminished triads |

    Compare standardised by a library's means and deviations, never as it is: the units differ.
    """
    mfcc = frames.mfcc
    parts = [
        mfcc.mean(axis=0),
        mfcc.std(axis=0),
        frames.contrast_db.mean(axis=0) / 10,
        _pair(frames.centroid_oct),
        _pair(frames.rolloff_oct),
        _pair(frames.flatness_db / np.float32(10)),
        _pair(frames.flux_db),
        interval_shares(mono, rate),
    ]
    found = np.concatenate(parts).astype(np.float32)
    assert found.shape == (TIMBRE_DIMENSIONS,)
    return found


def _pair(curve: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.array([curve.mean(), curve.std()], np.float32)


def interval_shares(mono: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """(9,): shares of intervals of 1 to 6 semitones, then of the three triads; whatever the key and tuning.

    All zero where nothing sounds like notes.
    """
    notes = [_notes(spectra, rate) for spectra in magnitudes(mono, _CHROMA_FFT, _CHROMA_HOP)]
    shares = np.zeros(6 + len(_TRIADS), np.float32)
    if not notes:
        return shares
    frame_offsets = np.cumsum([0, *(frames for _, _, _, frames in notes)])
    frame = np.concatenate([at + n[0] for at, n in zip(frame_offsets, notes, strict=False)])
    pitch, weight = (np.concatenate([n[part] for n in notes]) for part in (1, 2))
    if not len(frame):
        return shares
    tuning = np.angle(np.sum(weight * np.exp(2j * np.pi * pitch))) / (2 * np.pi)
    chroma = np.zeros((int(frame_offsets[-1]), 12))
    np.add.at(chroma, (frame, np.rint(pitch - tuning).astype(np.intp) % 12), weight)
    chroma /= np.maximum(chroma.sum(axis=1, keepdims=True), 1e-9)
    intervals = [np.sum(chroma * np.roll(chroma, -step, axis=1)) for step in range(1, 7)]
    triads = [
        np.sum(
            np.minimum(np.minimum(chroma, np.roll(chroma, -third, axis=1)), np.roll(chroma, -fifth, axis=1))
        )
        for third, fifth in _TRIADS
    ]
    for target, values in ((shares[:6], intervals), (shares[6:], triads)):
        total = float(np.sum(values))
        if total > 0:
            target[:] = np.array(values) / total
    return shares


def _notes(
    spectra: NDArray[np.float32], rate: int
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64], int]:
    """(frame, pitch in semitones, weight) of the spectral peaks, and how many frames there are."""
    first, last = (int(hz * _CHROMA_FFT / rate) for hz in _CHROMA_HZ)
    part = spectra[:, first - 1 : last + 1].astype(np.float64)
    below, here, above = part[:, :-2], part[:, 1:-1], part[:, 2:]
    highest = here.max(axis=1, keepdims=True)
    frame, at = np.nonzero((here > below) & (here >= above) & (here > _FAINT * highest) & (highest > 1e-5))
    left, middle, right = (np.log(side[frame, at] + 1e-12) for side in (below, here, above))
    shift = 0.5 * (left - right) / np.minimum(left - 2 * middle + right, -1e-9)
    hz = (first + at + np.clip(shift, -0.5, 0.5)) * rate / _CHROMA_FFT
    weight = here[frame, at] / highest[frame, 0]
    return frame, 12 * np.log2(hz / 440), weight, len(spectra)
