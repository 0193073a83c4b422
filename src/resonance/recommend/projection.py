"""From vectors to places on a square: near on the map means alike in sound.

A fuzzy graph of nearest neighbours is laid out by stochastic gradients, as in McInnes, Healy and Melville's
UMAP (2018), starting from the principal components or from an older drawing. Of large libraries a sample is
laid out; the others take places among their nearest neighbours of the sample and are then settled. Every
random choice comes from one seed, so that the same vectors give the same map.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from resonance.recommend.geometry import Floats, Places, nearest_rows, neighbours

SAMPLE = 12_000
NEIGHBOURS = 15
ROUNDS = 220
REPELLED = 5  # random others that each attraction is weighed against
A, B = 0.992, 1.112  # the curve 1 / (1 + a d^2b) that falls off past a distance of 0.3
SPREAD = 10.0  # half the width of the start
EDGE = 0.7  # how far neighbours lie apart in a finished drawing
AGAIN = 0.15  # how strongly places move that begin where an older drawing had them
SEED = 20_240_611
BATCHES = 4  # of one round: places move between them, which keeps the steps small
_MARGIN = 0.04

Step = Callable[[float], None]
Edges = tuple[Places, Places, Floats]


def project(
    rows: Floats, *, start: Floats | None = None, told: Step = lambda _fraction: None, sample: int = SAMPLE
) -> Floats:
    """Places (n, 2) for unit vectors (n, d); `start` has places to begin with, NaN where there are none.

    `told` hears the fraction done and may raise to stop. Needs at least 3 rows.
    """
    dice = np.random.default_rng(SEED)
    chosen = _chosen(len(rows), sample, dice)
    marks = rows[chosen]
    near, likeness = neighbours(marks, min(NEIGHBOURS, len(marks) - 1))
    told(0.1)
    begun, force = _start(marks, None if start is None else start[chosen], near)
    laid = _lay_out(begun, _graph(near, likeness), dice, force, lambda done: told(0.1 + 0.6 * done))
    if len(chosen) == len(rows):
        return laid
    places = np.empty((len(rows), 2), np.float32)
    places[chosen] = laid
    others = np.setdiff1d(np.arange(len(rows)), chosen)
    hosts, kinship = nearest_rows(rows[others], marks, NEIGHBOURS)
    told(0.85)
    places[others] = settle(hosts, kinship, laid, dice)
    return places


def settle(hosts: Places, likeness: Floats, laid: Floats, dice: np.random.Generator) -> Floats:
    """Places for newcomers beside their nearest `hosts` (n, k) among the places `laid`; those stay put."""
    weight = _membership(likeness)
    places = beside(hosts, likeness, laid, dice)
    for turn in range(30):
        alpha = 1.0 - turn / 30
        for host in range(hosts.shape[1]):
            pull = places - laid[hosts[:, host]]
            places += alpha * weight[:, host, None] * _attraction(pull)
        for _ in range(REPELLED * 3):
            push = places - laid[dice.integers(len(laid), size=len(places))]
            places += alpha * 0.3 * _repulsion(push)
    return places


def beside(hosts: Places, likeness: Floats, laid: Floats, dice: np.random.Generator) -> Floats:
    """Places for newcomers at the middle of their nearest `hosts` (n, k), a little apart from each other."""
    # The mean of far hosts is nowhere in particular; the nearest few say where a newcomer belongs.
    sharp = _membership(likeness) ** 3
    sharp /= sharp.sum(axis=1, keepdims=True)
    places: Floats = np.einsum("nk,nkd->nd", sharp, laid[hosts]).astype(np.float32)
    size = float(np.ptp(laid, axis=0).max()) or 1.0
    places += dice.normal(0.0, size * 2e-3, places.shape).astype(np.float32)
    return places


def squared(places: Floats) -> Floats:
    """Places within the unit square, their proportions kept; the outermost few are pressed to its edge."""
    low, high = np.percentile(places, [0.5, 99.5], axis=0)
    size = float((high - low).max()) or 1.0
    inner = (places - (low + high) / 2) / size * (1 - 2 * _MARGIN) + 0.5
    # Beyond the margin distances shrink smoothly: an outlier is not a wall of points on the border.
    over = np.abs(inner - 0.5) - (0.5 - _MARGIN)
    pressed = 0.5 - _MARGIN + _MARGIN * np.tanh(np.maximum(over, 0) / _MARGIN)
    kept = np.where(over > 0, 0.5 + np.sign(inner - 0.5) * pressed, inner)
    fitting: Floats = np.clip(kept, 0.0, 1.0).astype(np.float32)
    return fitting


def aligned(places: Floats, before: Floats) -> Floats:
    """`places` turned, mirrored, scaled and moved onto `before` (Procrustes); rows of NaN have no say."""
    known = np.isfinite(before[:, 0])
    if known.sum() < 3:
        return places
    ours, theirs = places[known].astype(np.float64), before[known].astype(np.float64)
    middle, target = ours.mean(axis=0), theirs.mean(axis=0)
    left, sizes, right = np.linalg.svd((ours - middle).T @ (theirs - target))
    spread = float(((ours - middle) ** 2).sum())
    scale = sizes.sum() / spread if spread > 0 else 1.0
    turned: Floats = ((places - middle) @ (left @ right) * scale + target).astype(np.float32)
    return turned


def _chosen(count: int, sample: int, dice: np.random.Generator) -> Places:
    if count <= sample:
        return np.arange(count)
    return np.sort(dice.choice(count, sample, replace=False))


def _membership(likeness: Floats) -> Floats:
    """How much each neighbour belongs (0..1]: the nearest wholly, the others by its row's own scale."""
    away = np.sqrt(np.maximum(2 - 2 * likeness, 0))
    beyond = away - away[:, :1]
    target = np.log2(max(likeness.shape[1], 2))
    low = np.zeros((len(away), 1), np.float32)
    high = np.full((len(away), 1), 4.0, np.float32)
    for _ in range(24):
        middle = (low + high) / 2
        total = np.exp(-beyond / np.maximum(middle, 1e-6)).sum(axis=1, keepdims=True)
        high = np.where(total > target, middle, high)
        low = np.where(total > target, low, middle)
    belonging: Floats = np.exp(-beyond / np.maximum((low + high) / 2, 1e-3)).astype(np.float32)
    return belonging


def _graph(near: Places, likeness: Floats) -> Edges:
    """(from, to, weight): a pair belongs together when either side says so (fuzzy union)."""
    count, k = near.shape
    belonging = _membership(likeness).ravel()
    here, there = np.repeat(np.arange(count), k), near.ravel()
    low, high = np.minimum(here, there), np.maximum(here, there)
    pairs, index = np.unique(low * count + high, return_inverse=True)
    apart = np.zeros(len(pairs))
    np.add.at(apart, index, np.log1p(-np.minimum(belonging.astype(np.float64), 1 - 1e-9)))
    return pairs // count, pairs % count, (1 - np.exp(apart)).astype(np.float32)


def _start(rows: Floats, known: Floats | None, near: Places) -> tuple[Floats, float]:
    """Where to begin, and how strongly to move from there."""
    centred = rows - rows.mean(axis=0)
    _, axes = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    axes = axes[:, [-1, -2]] if axes.shape[1] > 1 else np.hstack([axes, axes * 0])
    # An axis may point either way; its largest number is taken as positive.
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]] + 1e-12)
    begun: Floats = (centred @ axes).astype(np.float32)
    begun *= SPREAD / max(float(np.abs(begun).max()), 1e-9)
    force = 1.0
    if known is not None and np.isfinite(known[:, 0]).sum() >= max(3, len(known) // 10):
        begun = _recalled(begun, known, near)
        force = AGAIN
    grain = np.random.default_rng(SEED + 1).normal(0, 1e-3, begun.shape)
    begun += grain.astype(np.float32)
    return begun, force


def _recalled(begun: Floats, known: Floats, near: Places) -> Floats:
    """Where a place is known it is taken; the others begin at the middle of their known neighbours."""
    there = np.isfinite(known[:, 0])
    apart = np.linalg.norm(known[:, None] - known[near], axis=2)
    # As far apart as neighbours lie in a finished drawing: else the whole map would swell or shrink.
    scaled = (known - np.nanmean(known, axis=0)) * (EDGE / max(float(np.nanmedian(apart)), 1e-6))
    begun = aligned(begun, scaled)
    hosts = there[near]
    count = hosts.sum(axis=1)
    middle = np.where(hosts[..., None], scaled[near], 0).sum(axis=1) / np.maximum(count, 1)[:, None]
    begun = np.where((count > 0)[:, None], middle, begun)
    return np.where(there[:, None], scaled, begun).astype(np.float32)


def _lay_out(places: Floats, edges: Edges, dice: np.random.Generator, force: float, told: Step) -> Floats:
    here, there, weight = edges
    chance = weight / weight.max()
    places = places.copy()
    for turn in range(ROUNDS):
        alpha = np.float32(force * (1.0 - turn / ROUNDS))
        drawn = np.flatnonzero(dice.random(len(chance), np.float32) < chance)
        dice.shuffle(drawn)
        for batch in np.array_split(drawn, BATCHES):
            _move(places, here[batch], there[batch], alpha, dice)
        told((turn + 1) / ROUNDS)
    return places


def _move(places: Floats, here: Places, there: Places, alpha: np.float32, dice: np.random.Generator) -> None:
    count = len(places)
    pull = _attraction(places[here] - places[there])
    crowd = dice.integers(count, size=(REPELLED, 2 * len(here)))
    ends = np.concatenate([here, there])
    push = np.zeros((len(ends), 2), np.float32)
    for others in crowd:
        push += _repulsion(places[ends] - places[others])
    moved = np.concatenate([pull, -pull]) + push
    for axis in (0, 1):
        places[:, axis] += alpha * np.bincount(ends, moved[:, axis], count).astype(np.float32)


def _attraction(apart: Floats) -> Floats:
    square = np.maximum((apart**2).sum(axis=1, keepdims=True), 1e-8)
    force = (-2 * A * B) * square ** np.float32(B - 1) / (1 + A * square ** np.float32(B))
    limited: Floats = np.clip(force * apart, -4, 4)
    return limited


def _repulsion(apart: Floats) -> Floats:
    square = (apart**2).sum(axis=1, keepdims=True)
    force = (2 * B) / ((0.001 + square) * (1 + A * square ** np.float32(B)))
    limited: Floats = np.clip(force * apart, -4, 4)
    return limited
