"""Essentia's opinion on tempo, key and danceability, where the extra `essentia` is installed.

The only module that imports it. Percival's tempo gets our octave and grid, the key is Essentia's with the
profiles "edma"; both come in the records of our own ear, under the analyser id "essentia".
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec.structs import replace

from resonance.audio.ear import decode, key, tempo
from resonance.audio.ear.features import Features, Unanalysable
from resonance.audio.ear.key import Key
from resonance.audio.ear.tempo import Tempo
from resonance.audio.ear.versions import ESSENTIA
from resonance.model import camelot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LONGEST_S = 600.0  # of a track; its algorithms want all samples at once
EXCERPT_S = 120.0
_SHORTEST_S = 5.0
_MOST_DANCEABLE = 3.0  # by its documentation


def estimate_tempo(mono: NDArray[np.float32], rate: int = decode.RATE) -> Tempo:
    """Percival's tempo in the octave that ours would choose, with our beats and confidence."""
    found = percival(mono, rate)
    return tempo.estimate(mono, rate, proposed=found) if found else tempo.estimate(mono[:0], rate)


def estimate_key(mono: NDArray[np.float32], rate: int = decode.RATE, *, whole: bool = True) -> Key:
    """Essentia's key, with our tuning. Its strength of noise is that of music, so ours limits it."""
    ours = key.estimate(mono, rate, whole=whole)
    found = edma(mono, rate) if ours.key_tonic is not None else None
    if found is None or ours.key_mode is None or ours.key_tonic is None:
        return ours
    tonic, mode, strength = found
    same = (tonic, mode) == (ours.key_tonic, ours.key_mode)
    return Key(
        key_tonic=tonic,
        key_mode=mode,
        key_strength=round(min(strength, ours.key_strength), 4),
        key_alt=ours.key_alt if same else (ours.key_tonic, ours.key_mode),
        tuning_cents=ours.tuning_cents,
    )


def percival(mono: NDArray[np.float32], rate: int) -> float | None:
    """Tempo in BPM by Percival and Tzanetakis (2014); None for sound too short for it or without beats."""
    if len(mono) < _SHORTEST_S * rate:
        return None
    finer = 1 if rate > 32_000 else 2  # its frames are meant for 44,100 Hz
    estimator = _standard().PercivalBpmEstimator(
        sampleRate=rate, frameSize=1024 // finer, hopSize=128 // finer
    )
    return _positive(float(estimator(_samples(mono))))


def edma(mono: NDArray[np.float32], rate: int) -> tuple[int, str, float] | None:
    """(tonic, mode, strength) by the profiles of electronic dance music."""
    if len(mono) < rate:
        return None
    frame = 4096 if rate > 32_000 else 2048
    extractor = _standard().KeyExtractor(profileType="edma", sampleRate=rate, frameSize=frame, hopSize=frame)
    name, scale, strength = extractor(_samples(mono))
    known = camelot.parse(f"{name} {scale}")
    return None if known is None else (*known, min(1.0, max(0.0, float(strength))))


def danceability(mono: NDArray[np.float32], rate: int) -> float | None:
    """By detrended fluctuation analysis (Streich and Herrera 2005), scaled to 0..1."""
    if len(mono) < 2 * _SHORTEST_S * rate:
        return None
    value, _ = _standard().Danceability(sampleRate=rate)(_samples(mono))
    return None if _positive(float(value)) is None else round(min(1.0, float(value) / _MOST_DANCEABLE), 4)


def second_opinion(path: str | os.PathLike[str], own: Features) -> Features:
    """`own` with Essentia's tempo, key and danceability in those of its groups that were measured.

    Tempo and danceability are of the middle two minutes, the key of the middle ten. Raises Unanalysable.
    """
    with decode.opened(path) as sound:
        length = sound.length_s() or LONGEST_S
        start = max(0.0, (length - LONGEST_S) / 2)
        line = decode.MonoLine(sound)
        mono = np.concatenate([*_mono(line, sound.blocks(start, LONGEST_S)), line.finish()])
    if not len(mono):
        raise Unanalysable("no_sound", "it decodes to nothing")
    values: dict[str, Any] = {"analyser": ESSENTIA}
    skipped = max(0, (len(mono) - round(EXCERPT_S * decode.RATE)) // 2)
    middle = mono[skipped : skipped + round(EXCERPT_S * decode.RATE)]
    if "tempo" in own.groups:
        values |= estimate_tempo(middle).facts(start + skipped / decode.RATE)
    if "key" in own.groups:
        excerpt = own.key_window != "whole"
        values |= estimate_key(middle if excerpt else mono, whole=not excerpt and start == 0).facts()
    if "timbre" in own.groups:
        values["danceability"] = danceability(middle, decode.RATE) or own.danceability
    return replace(own, **values)


def _mono(line: decode.MonoLine, blocks: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    for block in blocks:
        yield line.add(block).copy()


def _samples(mono: NDArray[np.float32]) -> NDArray[np.float32]:
    # Its frame cutters take no odd number of samples in places, and no view.
    return np.ascontiguousarray(mono[: len(mono) // 2 * 2], np.float32)


def _positive(value: float) -> float | None:
    return value if np.isfinite(value) and value > 0 else None


@cache
def _standard() -> Any:
    import essentia

    essentia.log.infoActive = False
    essentia.log.warningActive = False
    import essentia.standard

    return essentia.standard
