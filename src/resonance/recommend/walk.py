"""A smooth walk from one track to another through a pool of candidates.

The pool is ordered in layers: those near each point of the straight way. A beam search picks one of each
layer so that steps are small and the way leads on; then single tracks are exchanged while that helps.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from resonance.recommend.geometry import Floats, Places, unit

BEAM = 96
ONWARD = 0.35  # what lying off the straight way costs, beside the steps
POLISH = 6  # rounds of exchanges
NO_KEY = -1


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates by place. `artist` and `recording` are numbers that equal ones share.

    `bpm` is NaN and `key` NO_KEY where unknown. `vectors` are of unit length.
    """

    vectors: Floats
    artist: Places
    recording: Places
    bpm: Floats
    key: Places


@dataclass(frozen=True, slots=True)
class Limits:
    """What a walk must keep. `bpm_step` is a share (0.06: six per cent), half and double time count as equal.

    `mixes[a, b]` says whether key a may lead to key b; None lifts that. A track whose tempo or key is
    unknown cannot keep such a limit and is never passed.
    """

    per_artist: int | None = None
    bpm_step: float | None = None
    mixes: NDArray[np.bool_] | None = None


def straight_way(start: Floats, end: Floats, steps: int) -> Floats:
    """`steps` unit vectors evenly along the arc between two, without the ends."""
    angle = float(np.arccos(np.clip(start @ end, -1.0, 1.0)))
    shares = (np.arange(1, steps + 1, dtype=np.float32) / (steps + 1))[:, None]
    if angle < 1e-3 or angle > np.pi - 1e-3:
        return unit(((1 - shares) * start + shares * end + 1e-6).astype(np.float32))
    way = np.sin((1 - shares) * angle) * start + np.sin(shares * angle) * end
    return unit(way.astype(np.float32))


def walk(pool: Pool, layers: list[Places], way: Floats, ends: tuple[int, int], limits: Limits) -> list[int]:
    """Places of the pool from `ends[0]` to `ends[1]`, one of each layer between them.

    A layer that cannot be passed within the limits is left out, so the walk may be shorter; the ends are
    always there, even where the last step breaks a limit (see `breaks`).
    """
    start, end = ends
    states = [_State(0.0, (start,), {int(pool.artist[start]): 1, int(pool.artist[end]): 0})]
    states[0].count(int(pool.artist[end]))
    taken = {int(pool.recording[start]), int(pool.recording[end])}
    for layer, target in zip(layers, way, strict=True):
        grown = _grown(pool, states, layer, target, limits, taken)
        states = grown or states
    chosen = min(states, key=lambda state: (_ending(pool, state, end, limits), state.cost))
    steps = [*chosen.steps, end]
    return _polished(pool, steps, np.unique(np.concatenate([*layers, steps])), limits)


def breaks(pool: Pool, steps: list[int], limits: Limits) -> list[int]:
    """Positions of steps (0: from the first to the second track) that break a limit of tempo or key."""
    return [
        index
        for index, (one, other) in enumerate(pairwise(steps))
        if not _allowed(pool, one, np.array([other]), limits)[0]
    ]


def lengths(vectors: Floats) -> Floats:
    """The distance of each row to the next: 0 for the same direction, 2 for the opposite one."""
    found: Floats = np.sqrt(np.maximum(2 - 2 * np.einsum("nd,nd->n", vectors[:-1], vectors[1:]), 0))
    return found


class _State:
    """A walk so far."""

    __slots__ = ("artists", "cost", "steps")

    def __init__(self, cost: float, steps: tuple[int, ...], artists: dict[int, int]) -> None:
        self.cost, self.steps, self.artists = cost, steps, artists

    def count(self, artist: int) -> None:
        self.artists[artist] = self.artists.get(artist, 0) + 1


def _grown(
    pool: Pool, states: list[_State], layer: Places, target: Floats, limits: Limits, taken: set[int]
) -> list[_State]:
    """The best walks that are one track longer."""
    if not len(layer):
        return []
    off = ONWARD * (2 - 2 * (pool.vectors[layer] @ target))
    last = np.array([state.steps[-1] for state in states])
    costs = 2 - 2 * (pool.vectors[last] @ pool.vectors[layer].T) + off
    costs += np.array([state.cost for state in states], np.float32)[:, None]
    for row, state in enumerate(states):
        costs[row, ~_allowed(pool, state.steps[-1], layer, limits)] = np.inf
    grown: list[_State] = []
    for place in np.argsort(costs, axis=None, kind="stable"):
        row, column = divmod(int(place), len(layer))
        if len(grown) == BEAM or not np.isfinite(costs[row, column]):
            break
        state, item = states[row], int(layer[column])
        if not _new(pool, state, item, limits, taken):
            continue
        longer = _State(float(costs[row, column]), (*state.steps, item), dict(state.artists))
        longer.count(int(pool.artist[item]))
        grown.append(longer)
    return grown


def _new(pool: Pool, state: _State, item: int, limits: Limits, taken: set[int]) -> bool:
    artist, recording = int(pool.artist[item]), int(pool.recording[item])
    if recording in taken or artist == int(pool.artist[state.steps[-1]]):
        return False
    if limits.per_artist is not None and state.artists.get(artist, 0) >= limits.per_artist:
        return False
    return all(int(pool.recording[step]) != recording for step in state.steps)


def _allowed(pool: Pool, one: int, others: Places, limits: Limits) -> NDArray[np.bool_]:
    """Which of `others` may follow `one` by tempo and key."""
    fine = np.ones(len(others), np.bool_)
    if limits.bpm_step is not None:
        fine &= tempo_apart(pool.bpm[one], pool.bpm[others]) <= limits.bpm_step + 1e-6
    if limits.mixes is not None:
        known = (pool.key[others] != NO_KEY) & (pool.key[one] != NO_KEY)
        fine &= known & limits.mixes[pool.key[one], pool.key[others]]
    return fine


def tempo_apart(one: float | Floats, others: Floats) -> Floats:
    """How far tempos differ, as a share of the slower; half and double time count as equal. NaN: unknown."""
    octaves = np.abs(np.log2(others / one))
    apart: Floats = 2 ** np.minimum(octaves, np.abs(octaves - 1)) - 1
    return apart


def _ending(pool: Pool, state: _State, end: int, limits: Limits) -> tuple[bool, bool, float]:
    last = state.steps[-1]
    fits = bool(_allowed(pool, last, np.array([end]), limits)[0])
    alone = len(state.steps) > 1 and pool.artist[last] == pool.artist[end]
    return not fits, bool(alone), state.cost + float(2 - 2 * pool.vectors[last] @ pool.vectors[end])


def _polished(pool: Pool, steps: list[int], choice: Places, limits: Limits) -> list[int]:
    """Exchange single tracks for others of the pool while the sum of the squared steps falls."""
    near = 2 - 2 * (pool.vectors[steps] @ pool.vectors[choice].T)
    rows = {item: near[row] for row, item in enumerate(steps)}
    for _ in range(POLISH):
        changed = False
        for index in range(1, len(steps) - 1):
            before, here, after = steps[index - 1 : index + 2]
            for item in (before, after):
                if item not in rows:
                    rows[item] = 2 - 2 * (pool.vectors[choice] @ pool.vectors[item])
            costs = rows[before] + rows[after]
            own = 4 - 2 * float(pool.vectors[here] @ (pool.vectors[before] + pool.vectors[after]))
            better = choice[np.argsort(costs, kind="stable")[: int((costs < own - 1e-4).sum())]]
            for item in better[:32]:
                if _exchangeable(pool, steps, index, int(item), limits):
                    steps[index], changed = int(item), True
                    break
        if not changed:
            break
    return steps


def _exchangeable(pool: Pool, steps: list[int], index: int, item: int, limits: Limits) -> bool:
    others = steps[:index] + steps[index + 1 :]
    if any(pool.recording[step] == pool.recording[item] for step in others):
        return False
    artist = int(pool.artist[item])
    if artist in (int(pool.artist[steps[index - 1]]), int(pool.artist[steps[index + 1]])):
        return False
    own = sum(int(pool.artist[step]) == artist for step in others)
    if limits.per_artist is not None and own >= limits.per_artist:
        return False
    following = np.array([steps[index + 1]])
    here = _allowed(pool, steps[index - 1], np.array([item]), limits)[0]
    return bool(here and _allowed(pool, item, following, limits)[0])
