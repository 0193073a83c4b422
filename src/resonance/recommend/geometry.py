"""Unit vectors and their nearest neighbours, in blocks of bounded memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
BLOCK = 1 << 23  # numbers in one block of similarities: 32 MiB


def unit(rows: Floats) -> Floats:
    """Rows (or one vector) at length 1; what has no direction stays 0."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def blocks(rows: int, others: int) -> Iterator[slice]:
    """Slices of `rows` whose similarities to `others` fit one block."""
    step = max(1, BLOCK // max(others, 1))
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


def nearest_rows(queries: Floats, rows: Floats, k: int) -> tuple[Places, Floats]:
    """For each query the `k` rows of the largest dot product, best first: places and products, (n, k).

    Ties go to the lower place, so the answer is the same on every run.
    """
    k = min(k, len(rows))
    places = np.empty((len(queries), k), np.int64)
    products = np.empty((len(queries), k), np.float32)
    for part in blocks(len(queries), len(rows)):
        similar = queries[part] @ rows.T
        best = np.argpartition(similar, -k, axis=1)[:, -k:] if k < len(rows) else _all(similar)
        best.sort(axis=1)
        values = np.take_along_axis(similar, best, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        places[part] = np.take_along_axis(best, order, axis=1)
        products[part] = np.take_along_axis(values, order, axis=1)
    return places, products


def neighbours(rows: Floats, k: int) -> tuple[Places, Floats]:
    """The `k` nearest other rows of each row."""
    places, products = nearest_rows(rows, rows, k + 1)
    own = places == np.arange(len(rows))[:, None]
    # Where many rows are equal, a row may not be among its own nearest: then the last one goes.
    own[~own.any(axis=1), -1] = True
    shape = (len(rows), places.shape[1] - 1)
    return places[~own].reshape(shape), products[~own].reshape(shape)


def _all(similar: Floats) -> Places:
    return np.tile(np.arange(similar.shape[1]), (len(similar), 1))
