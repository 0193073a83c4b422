"""The key of a piece: which tonic and mode its pitches point to, how clearly, and how it is tuned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resonance.audio.ear.chroma import Floats, Heard, PitchMeter, fold, tuning

MODES = ("major", "minor")

# How much each note above the tonic belongs to a key. Two published sets, in equal parts: A. Faraldo's
# "edma", from electronic dance music (Faraldo et al., "Key estimation in electronic dance music", ECIR 2016),
# and I. Sha'ath's, tuned by ear on pop and dance music after Krumhansl's listeners (KeyFinder, 2011).
_EDM = (
    (0.1652, 0.0475, 0.0829, 0.0669, 0.0999, 0.0927, 0.0529, 0.1316, 0.0522, 0.0744, 0.0694, 0.0643),
    (0.1724, 0.0534, 0.0761, 0.1004, 0.0562, 0.0853, 0.0498, 0.1345, 0.0746, 0.0500, 0.0919, 0.0555),
)
_POP = (
    (6.6, 2.0, 3.5, 2.3, 4.6, 4.0, 2.5, 5.2, 2.4, 3.7, 2.3, 3.4),
    (6.5, 2.7, 3.5, 5.4, 2.6, 3.5, 2.5, 5.2, 4.0, 2.7, 4.3, 3.2),
)
# What the bass plays: mostly tonic and fifth, the third below an inverted chord.
_BASS = (
    (1.0, 0.0, 0.15, 0.05, 0.4, 0.35, 0.0, 0.55, 0.05, 0.15, 0.1, 0.05),
    (1.0, 0.0, 0.1, 0.4, 0.05, 0.35, 0.0, 0.55, 0.15, 0.05, 0.2, 0.05),
)
_TRIAD = ((1.0, 0, 0, 0, 0.8, 0, 0, 0.8, 0, 0, 0, 0), (1.0, 0, 0, 0.8, 0, 0, 0, 0.8, 0, 0, 0, 0))
_BASS_SHARE = 0.08
_SEGMENTS_SHARE = 0.3  # of the segments' votes against the piece as a whole
_SOFTNESS = 0.15  # of a vote, in units of correlation
# A piece tends to begin and end on its tonic: in 44 soundtracks on whose key four published profiles agree,
# 17 began so and 23 ended so, against 4 by chance. Enough to choose between keys that are nearly even.
_EDGE_SHARE = 0.08
_ENOUGH_S = 18.0  # music shorter than this is trusted in proportion
_NO_KEY_BELOW = 0.05
_TUNED = 0.35  # concentration of pitches that tells a tuning without a key


@dataclass(frozen=True, slots=True)
class Key:
    """A measured key: `key_tonic` 0 is C, 11 is B; `key_mode` "major" or "minor"; `key_alt` comes second.

    `key_strength` 0..1: below 0.3 take it for a guess. What points to no key has neither tonic, mode nor
    alternative, and strength 0. `tuning_cents` from A = 440 Hz, -50..50, None without clear pitches.
    """

    key_tonic: int | None
    key_mode: str | None
    key_strength: float
    key_alt: tuple[int, str] | None
    tuning_cents: float | None

    def facts(self) -> dict[str, Any]:
        """By the names of features.Features."""
        alternative = self.key_alt or (None, None)
        return {
            "key_tonic": self.key_tonic,
            "key_mode": self.key_mode,
            "key_strength": self.key_strength,
            "key_alt_tonic": alternative[0],
            "key_alt_mode": alternative[1],
            "tuning_cents": self.tuning_cents,
        }


NO_KEY = Key(None, None, 0.0, None, None)


class KeyMeter:
    """Listens to mono float32 samples at `rate` Hz in blocks of any length; the lengths change no bit.

    `whole` says that the samples begin and end with the piece. Memory stays below a megabyte.
    """

    def __init__(self, rate: int, *, whole: bool = True) -> None:
        self._pitches = PitchMeter(rate)
        self._whole = whole

    def add(self, mono: NDArray[np.float32]) -> None:
        """Take samples of shape (n,), full scale 1."""
        self._pitches.add(mono)

    def result(self) -> Key:
        """The key of what was added so far; more may be added afterwards."""
        return _judge(self._pitches.heard(), whole=self._whole)


def estimate(mono: NDArray[np.float32], rate: int = 22_050, *, whole: bool = True) -> Key:
    """The key of one array of samples, as KeyMeter finds it."""
    meter = KeyMeter(rate, whole=whole)
    meter.add(mono)
    return meter.result()


def _judge(heard: Heard, *, whole: bool) -> Key:
    if not heard.segments:
        return NO_KEY
    cents, concentration = tuning(heard.within)
    cents = round(cents, 1) + 0.0  # never -0.0
    notes = np.array([fold(segment.pitches, cents) for segment in heard.segments])
    bass = np.array([fold(segment.bass, cents, 30.0) for segment in heard.segments])
    of_piece = notes.sum(axis=0)
    at_large = _scores(of_piece[None], bass.sum(axis=0)[None])[0]
    weights = np.array([segment.weight for segment in heard.segments])
    votes = (_votes(_scores(notes, bass)) * weights[:, None]).sum(axis=0) / weights.sum()
    shares = (1 - _SEGMENTS_SHARE) * _votes(at_large[None])[0] + _SEGMENTS_SHARE * votes
    standing = _SOFTNESS * np.log(shares + 1e-9)
    if whole:
        for edge in (heard.opening, heard.closing):
            standing += _EDGE_SHARE * _match(fold(edge, cents)[None], _TRIADS)[0]
    # Equal scores stay in the order of the keys, so the answer is one on every machine.
    first, second = (int(at) for at in np.argsort(-standing, kind="stable")[:2])
    strength = _strength(
        tonality=concentration,
        fit=float(at_large[first]),
        lead=float(standing[first] - standing[second]),
        notes=of_piece / (of_piece.sum() + 1e-12),
        seconds=heard.tonal_s,
    )
    if strength < _NO_KEY_BELOW:
        return replace(NO_KEY, tuning_cents=cents if concentration > _TUNED else None)
    return Key(
        key_tonic=first % 12,
        key_mode=MODES[first // 12],
        key_strength=round(strength, 4),
        key_alt=(second % 12, MODES[second // 12]),
        tuning_cents=cents,
    )


def _strength(*, tonality: float, fit: float, lead: float, notes: Floats, seconds: float) -> float:
    """How clear a key is, 0..1. The limits were read off noise, drums and single notes against music."""
    pitched = _ramp(tonality, 0.10, 0.35)  # noise and drums: 0.00-0.16; music: 0.3-1.0
    fitting = _ramp(fit, 0.35, 0.80)  # noise: 0.2-0.5; notes by chance: 0.3-0.55; music: 0.7-1.1
    # One or two notes alone are in many keys: their spread over the octave is too uneven.
    varied = 1 - _ramp(float(notes.std()) * 12, 1.7, 2.6)
    leading = 0.4 + 0.6 * _ramp(lead, 0.0, 0.15)
    return pitched * fitting * varied * leading * min(1.0, seconds / _ENOUGH_S)


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _standard(profile: Floats) -> Floats:
    """Mean 0 and length 1 along the last axis; what is all equal stays 0."""
    centred = profile - profile.mean(axis=-1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=-1, keepdims=True))
    standard: Floats = centred / (length + 1e-9)
    return standard


def _all_keys(major_minor: Floats) -> Floats:
    """(2, 12) -> (24, 12): first the major keys from C, then the minor ones."""
    return np.array([np.roll(profile, tonic) for profile in major_minor for tonic in range(12)])


def _match(notes: Floats, keys: Floats) -> Floats:
    """Correlations of (n, 12) notes with (24, 12) keys: one scale for both modes."""
    scores: Floats = (_standard(notes)[:, None, :] * keys[None]).sum(axis=-1)
    return scores


def _scores(notes: Floats, bass: Floats) -> Floats:
    return _match(notes, _KEYS) + _BASS_SHARE * _match(bass, _BASSES)


def _votes(scores: Floats) -> Floats:
    """(n, 24) scores -> shares that sum to 1 in each row."""
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / _SOFTNESS)
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


_KEYS = _all_keys((_standard(np.array(_EDM)) + _standard(np.array(_POP))) / 2)
_BASSES = _all_keys(_standard(np.array(_BASS)))
_TRIADS = _all_keys(_standard(np.array(_TRIAD)))
