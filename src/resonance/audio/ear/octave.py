"""Which of the tempi that fit is the one people count: an explicit prior and what speaks for each octave.

Finding the period is easy; public tempo sets are won or lost by the octave (57 % against 83 % on GiantSteps).
So each candidate gets a score, the logarithm of odds, as a sum of terms that can be read:

- PRIOR: people tap near 118 BPM; half an octave away (a factor 1.41) the odds are exp(-1/2). That is broad on
  purpose: 70 and 174 stay in reach when the rhythm speaks for them.
- EDGE: tempi outside 70..180 are rarely counted, so every further tenth of an octave costs 0.6.
- WEIGHTS: the rhythm. A beat of the right length repeats itself (after one, two, four), can be halved but not
  cut in three, and has a snare every second beat that takes turns with the kick (the backbeat, the strongest
  term). Onsets: one to three a beat; many speak for a faster beat.

The weights are a conditional logit fitted to synthetic drum and band patterns with the prior held fixed, so
the tempi of the examples taught nothing about tempi; two disjoint sets of patterns gave the same signs and
like sizes. tests/fixtures/tempo_patterns.py has the patterns, and a third set that neither fit has seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resonance.audio.ear.periodicity import FASTEST_BPM, SLOWEST_BPM, Periodicity

CENTRE_BPM = 118.0
WIDTH_OCTAVES = 0.5
PREFERRED = (70.0, 180.0)
EDGE_PER_OCTAVE = 6.0
USUAL_ONSETS = 1.3  # log2 of onsets a beat: 2.5

SAME = 0.03  # two candidates this near are one
RATIOS = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1.0, 4 / 3, 3 / 2, 2.0, 3.0, 4.0)

WEIGHTS = {
    "one beat": 0.50,
    "two beats": 0.30,
    "three beats": 0.30,
    "four beats": 0.45,
    "half a beat": 0.50,
    "a third of a beat": -0.80,
    "low, two beats": 0.45,
    "low, four beats": 0.90,
    "snare, one beat": 0.45,
    "snare, two beats": 0.50,
    "backbeat": 1.40,
    "middle, one beat": 0.30,
    "middle, two beats": 0.55,
    "onsets a beat": -1.15,
    "unusual onsets a beat": -0.85,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tempo that fits, and its score: the logarithm of odds."""

    bpm: float
    score: float


def candidates(measured: Periodicity, found: list[float]) -> list[Candidate]:
    """Every tempo in a simple ratio to one of `found` that people could count, best first."""
    tempi: list[float] = []
    for bpm in (bpm * ratio for bpm in found for ratio in RATIOS):
        if SLOWEST_BPM <= bpm <= FASTEST_BPM and all(abs(bpm / known - 1) > SAME for known in tempi):
            tempi.append(bpm)
    scored = [Candidate(tempo, prior(tempo) + evidence(measured, tempo)) for tempo in tempi]
    return sorted(scored, key=lambda c: (-c.score, c.bpm))


def prior(bpm: float) -> float:
    """The log-odds of a tempo before anything is heard."""
    octaves = float(np.log2(bpm / CENTRE_BPM))
    low, high = PREFERRED
    beyond = max(0.0, float(np.log2(low / bpm)), float(np.log2(bpm / high)))
    return -0.5 * (octaves / WIDTH_OCTAVES) ** 2 - EDGE_PER_OCTAVE * beyond


def evidence(measured: Periodicity, bpm: float) -> float:
    """What the rhythm says for `bpm`, in log-odds."""
    return sum(WEIGHTS[name] * value for name, value in terms(measured, bpm).items())


def terms(measured: Periodicity, bpm: float) -> dict[str, float]:
    """The measured values that WEIGHTS weigh, by the same names."""
    beat = 60.0 / bpm
    m = measured
    onsets = float(np.log2(max(m.onset_rate * beat, 0.2)))
    return {
        "one beat": m.at(m.total, beat),
        "two beats": m.at(m.total, 2 * beat),
        "four beats": m.at(m.total, 4 * beat),
        "half a beat": m.at(m.total, beat / 2),
        "three beats": m.at(m.total, 3 * beat),
        "a third of a beat": m.at(m.total, beat / 3),
        "low, two beats": m.at(m.low, 2 * beat),
        "low, four beats": m.at(m.low, 4 * beat),
        "snare, one beat": m.at(m.snare, beat),
        "snare, two beats": m.at(m.snare, 2 * beat),
        "backbeat": m.at(m.backbeat, beat) - float(m.backbeat[:2].max()),
        "middle, one beat": m.at(m.middle, beat),
        "middle, two beats": m.at(m.middle, 2 * beat),
        "onsets a beat": onsets,
        "unusual onsets a beat": (onsets - USUAL_ONSETS) ** 2,
    }


def alternative(ranked: list[Candidate]) -> float | None:
    """The other octave of the first, the better one; another ratio (3:2) where that scores far better."""
    first = ranked[0]
    octaves = [c for c in ranked[1:] if min(abs(c.bpm / first.bpm / ratio - 1) for ratio in (2, 0.5)) < SAME]
    if not octaves:
        return ranked[1].bpm if len(ranked) > 1 else None
    others = [c for c in ranked[1:] if c not in octaves and c.score > octaves[0].score + 1.5]
    return (others or octaves)[0].bpm
